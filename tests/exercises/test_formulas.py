"""The formula of a line is the one of the problem at hand."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.exercises.catalogue import family
from quizapp.exercises.families._formulas import activated, sign_of, slope_of, step_of
from quizapp.exercises.families.perceptron._threshold import heaviside, sign
from quizapp.exercises.family import DeclarationError, Given, Step
from quizapp.exercises.formulas import formula
from quizapp.exercises.functions import activation, slope
from quizapp.exercises.graph import call
from quizapp.exercises.worked import hint, worked
from quizapp.mathtext import inline, parse, stacked, typst
from quizapp.study.asked import asked
from tests.exercises.latex_arithmetic import evaluate
from tests.exercises.small_families import declared, posed
from tests.exercises.variants import IDS, LEVELS, drawn, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.exercises.problem import Problem

REMARK = re.compile(
    r"\\text\{[^}]*(?:\(|\) ?\}|: ?\}| or \})|\\pm|\\mp|\\(?:text|mathrm)\{(?:AGG|with biases)"
)
"""What a general formula says of other conventions: "(row: ...)", "... or ...", a double sign."""

EXACT = [
    ("mlp-forward", "z1", {"layout": "row"}, {}, r"z^{(1)} = x W^{(1)} + b^{(1)}"),
    ("mlp-forward", "h", {}, {"f": "relu"}, r"h = \max(0, z^{(1)})"),
    ("mlp-forward", "h", {}, {"f": "sigmoid"}, r"h = \frac{1}{1 + e^{-z^{(1)}}}"),
    ("mlp-forward", "y", {}, {"out": "softmax"},
     r"y_k = \frac{e^{z^{(2)}_k}}{\sum_j e^{z^{(2)}_j}}"),
    ("backprop-hidden", "E", {"squared_error": "mean"}, {},
     r"E = \frac{1}{O} \sum_k (y_k - t_k)^2"),
    ("backprop-hidden", "delta2", {"squared_error": "sum"}, {"out": "tanh"},
     r"\delta^{(2)} = 2 (y - t) \odot (1 - y^2)"),
    ("backprop-hidden", "delta2", {"squared_error": "half-sum"}, {"out": "identity"},
     r"\delta^{(2)} = y - t"),
    ("backprop-hidden", "delta1", {"layout": "row"}, {"f": "sigmoid"},
     r"\delta^{(1)} = \delta^{(2)} (W^{(2)})^\top \odot h \odot (1 - h)"),
    ("output-delta", "slope", {"relu_slope_at_zero": "one"}, {"out": "relu"},
     r"\varphi'(z) = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}"),
    ("output-delta", "loss_value", {"squared_error": "mean"}, {"loss": "cross-entropy"},
     r"-\sum_k [t_k \ln y_k + (1 - t_k) \ln(1 - y_k)]"),
    ("hopfield-energy", "energy", {"offset": "threshold"}, {},
     r"E = -\frac{1}{2} y^\top W y + b^\top y"),
    ("momentum", "v", {"momentum": "ema"}, {}, r"v_k = \mu v_{k-1} + (1 - \mu) g_k"),
    ("l2-step", "penalty", {"l2": "half-lambda"}, {}, r"\frac{\lambda}{2} \|w\|^2"),
    ("activations", "value", {"gelu": "exact"}, {"f": "gelu"}, r"y = x\, \Phi(x)"),
    ("hopfield-recall", "states", {"tie": "keep"}, {},
     r"y_i \leftarrow \mathrm{sgn}(h_i), \; \mathrm{sgn}(0) = y_i"),
    ("unit-forward", "y", {"heaviside_at_zero": "zero"}, {"f": "heaviside"},
     r"y = H(z), \; H(0) = 0"),
    ("dense-params", "biases", {}, {"bias": False}, "0"),
]  # fmt: skip


def choices(problem: Problem) -> dict[str, tuple[Any, ...]]:
    """The givens that are one of a few values, or yes or no."""
    flags = {name for name, value in problem.givens.items() if isinstance(value, bool)}
    return {
        given.name: (True, False) if given.name in flags else given.choices
        for given in problem.family.givens
        if given.choices or given.name in flags
    }


def every(problem: Problem) -> Iterator[Problem]:
    """The problem under all conventions, with all values of the givens that are one of a few.

    The numbers stay as they are: what is left need not be solvable, but has formulas.
    """
    chosen = choices(problem)
    for conventions in settings(problem.family):
        for values in itertools.product(*chosen.values()):
            givens = {**problem.givens, **dict(zip(chosen, values, strict=True))}
            yield replace(problem, conventions=conventions, givens=givens)


@pytest.mark.parametrize(("family_id", "level"), LEVELS)
def test_formulas_are_shown_everywhere(family_id: str, level: int) -> None:
    problem = drawn(family_id, level, 0)
    found = {formula(of, step) for of in every(problem) for step in problem.family.steps}
    for latex in found | {step.formula for step in problem.family.steps}:
        assert parse(latex)
        assert inline(latex)
        assert stacked(latex).lines
        assert typst(latex)


@pytest.mark.parametrize("family_id", IDS)
def test_no_formula_speaks_of_other_conventions(family_id: str) -> None:
    problem = drawn(family_id, family(family_id).levels[0], 0)
    found = {(s.name, formula(of, s)) for of in every(problem) for s in problem.family.steps}
    assert [named for named in sorted(found) if REMARK.search(named[1])] == []


@pytest.mark.parametrize("family_id", IDS)
def test_every_setting_has_a_formula_of_its_own(family_id: str) -> None:
    """None is missing, which would show the general form, and what they read tells them apart."""
    problem = drawn(family_id, family(family_id).levels[0], 0)
    for step in problem.family.steps:
        if step.formula_for is not None:
            found = {call(step.formula_for, of.env) for of in every(problem)}
            assert len(found) > 1, step.name


@pytest.mark.parametrize(("family_id", "name", "conventions", "givens", "latex"), EXACT)
def test_exactly(
    family_id: str, name: str, conventions: dict[str, str], givens: dict[str, Any], latex: str
) -> None:
    problem = drawn(family_id, family(family_id).levels[0], 0)
    posed_so = replace(
        problem,
        conventions={**problem.conventions, **conventions},
        givens={**problem.givens, **givens},
    )
    assert formula(posed_so, problem.family.by_name[name]) == latex


def chosen_by(rule: Any) -> Problem:
    """A problem whose only line has the formula of a rule."""
    of = declared(
        [Given("a", "a", "a number")],
        [Step("twice", "Twice", "2a", lambda a: 2 * a, final=True, formula_for=rule)],
        conventions={"sign": ("plus", "minus")},
    )
    return posed(of, {"sign": "minus"}, a=2.0)


def test_lines_and_hints_carry_the_formula() -> None:
    problem = chosen_by(lambda sign: "2a" if sign == "plus" else "-2a")
    assert [line.formula for line in worked(problem)] == ["-2a"]
    assert [line.formula for line in asked(problem)] == ["-2a"]
    assert hint(problem, "twice", 2) == ("Its formula:", "-2a")


def test_the_general_form_stands_in_for_a_missing_one() -> None:
    problem = chosen_by(lambda sign: {"plus": "2a"}[sign])
    assert formula(problem, problem.family.by_name["twice"]) == "2a"
    problem = chosen_by(None)
    assert formula(problem, problem.family.by_name["twice"]) == "2a"


@pytest.mark.parametrize("rule", [lambda twice: f"{twice}", lambda row: f"{row}", lambda b: f"{b}"])
def test_a_formula_reads_givens_and_conventions_only(rule: Any) -> None:
    with pytest.raises(DeclarationError, match="the formula of twice reads unknown"):
        chosen_by(rule)


@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "relu"])
def test_activations_and_slopes_are_those_that_are_computed(name: str) -> None:
    assert evaluate(activated(name, "0.7")) == pytest.approx(float(activation(name, 0.7)))
    if name != "relu":
        y = float(activation(name, 0.7))
        written = (
            slope_of(name, "z", y=f"{y:.12f}").replace(" (", r" \cdot (").replace("^2", "^{2}")
        )
        assert evaluate(written) == pytest.approx(float(slope(name, 0.7)))


@pytest.mark.parametrize("tie", ["plus", "minus"])
def test_a_sign_a_step_and_a_kink_are_written_as_they_are_decided_at_zero(tie: str) -> None:
    at_zero = "one" if tie == "plus" else "zero"
    assert sign_of("z", tie).endswith(rf"\mathrm{{sgn}}(0) = {sign(0.0, tie):.0f}")
    assert step_of("z", at_zero).endswith(f"H(0) = {heaviside(0.0, at_zero):.0f}")
    side = r"\ge" if slope("relu", 0.0, at_zero) else ">"
    assert f"1 & z {side} 0" in slope_of("relu", "z", at_zero)
