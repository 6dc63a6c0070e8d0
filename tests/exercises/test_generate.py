from __future__ import annotations

from typing import Any

import pytest

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family
from quizapp.exercises.family import Family, Given, Slip, Step
from quizapp.exercises.generate import TRIES, GenerationError, generate, objection, shows, variants
from tests.exercises.small_families import declared, posed

A = Given("a", "a", "a number")
SAME = Step("y", "y", "y", lambda a: a, final=True)


def drawing(*values: float, rule: Any = None, **more: Any) -> Family:
    """A family that draws one of these numbers."""
    step = Step("y", "y", "y", rule, final=True) if rule else SAME
    return declared([A], [step], make=lambda rng, *_: {"a": rng.choice(values)}, **more)


def test_variants_differ_and_come_back() -> None:
    of = drawing(*range(50))
    stream = variants(of, seed=3)
    drawn = [next(stream).givens["a"] for _ in range(6)]
    assert len(set(drawn)) > 2
    assert generate(of, seed=3, variant=4).givens["a"] == drawn[4]


def test_what_a_family_avoids_is_not_drawn() -> None:
    of = drawing(1, 2, avoid=lambda a: "one" if a == 1 else None)
    assert {generate(of, seed=1, variant=v).givens["a"] for v in range(9)} == {2.0}
    assert any(generate(of, seed=1, variant=v).rejected["one"] for v in range(9))


def test_a_family_without_a_variant_says_why() -> None:
    with pytest.raises(GenerationError, match=rf"{TRIES} tries: never \({TRIES}\)"):
        generate(drawing(1, avoid=lambda a: "never" if a else None), seed=1)


@pytest.mark.parametrize(
    ("a", "rule", "why"),
    [
        (0, lambda a: 1 / float(a), "no solution"),
        (1, lambda a: a * float("inf"), "not finite"),
        (0.1235, None, "rounding boundary"),
        (0.0001, lambda a, line: 1 / line(a), "rounding breaks a line"),
        (2, None, None),
    ],
)
def test_numbers_not_worth_setting(a: float, rule: Any, why: str | None) -> None:
    assert objection(posed(drawing(1, rule=rule), a=a)) == why


def test_a_slip_that_would_not_show_is_not_set() -> None:
    half = Slip("squared", "y", lambda a: a * a, "Not the square.")
    of = declared([A], [SAME], [half])
    assert objection(posed(of, a=1)) == "slip squared would not show"
    assert objection(posed(of, a=3)) is None
    assert not shows(posed(of, a=1.0005), half)


def test_ties_are_set_only_where_they_are_wanted() -> None:
    of = drawing(0, 1, tie=lambda a: bool(a == 0))
    assert objection(posed(of, a=0)) == "tie"
    assert objection(posed(of, a=0), wants_tie=True) is None
    assert objection(posed(of, a=1), wants_tie=True) == "no tie"


@pytest.mark.parametrize(
    "asked",
    [
        {"seed": -1},
        {"seed": 1, "variant": -1},
        {"seed": 1, "level": 9},
        {"seed": 1, "conventions": {"tie": "plus"}},
        {"seed": 1, "conventions": {"softmax_shift": "min"}},
    ],
)
def test_what_cannot_be_drawn_is_told(asked: dict[str, Any]) -> None:
    with pytest.raises(QuizError):
        generate(family("softmax"), **asked)
