"""What every exercise family must prove, one module for all of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizapp.core.verdicts import Verdict
from quizapp.exercises.catalogue import family
from quizapp.exercises.family import GivenError
from quizapp.exercises.generate import generate, shows
from quizapp.exercises.grading import mark
from quizapp.exercises.graph import Undefined, call, evaluate
from quizapp.exercises.problem import plain, read_problem
from tests.exercises import nested
from tests.exercises.latex_arithmetic import evaluate as arithmetic
from tests.exercises.oracles import DRAWS, LOOSE, ORACLES
from tests.exercises.variants import (
    IDS,
    LEVELS,
    SEED,
    alike,
    cycled,
    drawn,
    existing,
    settings,
    shown,
    slipped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.exercises.family import Family, Slip
    from quizapp.exercises.marks import Marking
    from quizapp.exercises.problem import Problem

DATA = Path(__file__).parent / "data"
SPECIFICATION: dict[str, Any] = json.loads((DATA / "specification.json").read_text("utf-8"))
SOLVED: list[dict[str, Any]] = json.loads((DATA / "solve.json").read_text("utf-8"))
SLIPPED: list[dict[str, Any]] = json.loads((DATA / "slips.json").read_text("utf-8"))

every_level = pytest.mark.parametrize(("family_id", "level"), LEVELS)
every_family = pytest.mark.parametrize("family_id", IDS)
RIGHT = {Verdict.CORRECT, Verdict.CARRIED}


def stated(case: Mapping[str, Any]) -> Problem:
    return read_problem({name: case[name] for name in ("family", "givens", "conventions")})


def named(case: Mapping[str, Any]) -> str:
    return f"{case['family']}-{case.get('slip', '')}"


# The interface ---------------------------------------------------------------------------


@pytest.mark.parametrize("family_id", [name for name in SPECIFICATION if name in IDS])
def test_names_are_those_of_the_specification(family_id: str) -> None:
    of, wanted = family(family_id), SPECIFICATION[family_id]
    assert of.id == family_id
    assert of.topic == wanted["topic"]
    assert [g.name for g in of.givens] == wanted["givens"]
    assert [s.name for s in of.steps] == wanted["steps"]
    assert list(of.finals) == wanted["finals"]
    assert {s.name: s.loop for s in of.steps if s.loop} == wanted["loops"]
    assert {s.name: s.step for s in of.slips} == wanted["slips"]
    assert list(of.conventions) == list(wanted["conventions"])
    assert {name: list(v) for name, v in of.conventions.items()} == wanted["conventions"]


@every_family
def test_every_family_has_an_oracle(family_id: str) -> None:
    assert family_id in ORACLES
    assert family_id in DRAWS


@every_family
def test_what_people_read_is_written(family_id: str) -> None:
    of = family(family_id)
    assert of.task.endswith(".")
    assert all(g.about and g.symbol for g in of.givens)
    assert all(s.title and s.formula for s in of.steps)
    assert all(s.says.endswith(".") for s in of.slips)
    assert len({s.says for s in of.slips}) == len(of.slips)


# The public cases ------------------------------------------------------------------------


@pytest.mark.parametrize("case", [c for c in SOLVED if c["family"] in IDS], ids=named)
def test_public_cases_are_solved(case: dict[str, Any]) -> None:
    values = stated(case).solve()
    assert list(values) == list(case["expected"])
    assert [name for name, v in case["expected"].items() if not nested.alike(values[name], v)] == []


@pytest.mark.parametrize("case", [c for c in SLIPPED if c["family"] in IDS], ids=named)
def test_public_slips_are_made_and_named(case: dict[str, Any]) -> None:
    problem = stated(case)
    slip = next(s for s in problem.family.slips if s.name == case["slip"])
    values = slipped(problem, slip)
    wanted = case["expected_wrong"]
    assert [name for name, v in wanted.items() if not nested.alike(values[name], v)] == []
    assert_named(problem, slip, mark(problem, wanted))


# Solving ---------------------------------------------------------------------------------


def differing(problem: Problem) -> list[str]:
    """The steps that an independent computation does not confirm."""
    family_id = problem.family.id
    givens = {name: plain(value) for name, value in problem.givens.items()}
    wanted = ORACLES[family_id](givens, problem.conventions)
    values = problem.solve()
    assert list(values) == [s.name for s in problem.family.steps]
    out = []
    for name, value in values.items():
        slack = LOOSE.get((family_id, name), 1e-9)
        if not nested.alike(value, wanted[name], slack, min(slack, 1e-9) + slack / 1e2):
            out.append(name)
    return out


@every_level
def test_solver_equals_the_oracle_on_variants(family_id: str, level: int) -> None:
    for problem in cycled(family_id, level, 12):
        assert differing(problem) == []


@every_family
def test_solver_equals_the_oracle_on_own_problems(family_id: str) -> None:
    rng = np.random.default_rng(SEED)
    among = settings(family(family_id))
    for number in range(max(36, 2 * len(among))):
        conventions = among[number % len(among)]
        givens = DRAWS[family_id](rng, conventions)
        raw = {"family": family_id, "givens": givens, "conventions": conventions}
        assert differing(read_problem(raw)) == [], raw


@every_level
def test_worked_solution_evaluates_to_the_values(family_id: str, level: int) -> None:
    for problem in cycled(family_id, level, 8):
        values = problem.solve()
        for step in problem.family.steps:
            if step.work is None:
                assert step.kind != "real", f"{step.name} shows no work"
                continue
            value = values[step.name]
            work = call(step.work, {**problem.env, **values, "value": value})
            assert [entry.index for entry in work] == nested.places(value), step.name
            for entry in work:
                got, wanted = arithmetic(entry.latex), nested.at(value, entry.index)
                assert abs(got - wanted) <= 1e-5 * max(1.0, abs(wanted)), (step.name, entry)


# Generating ------------------------------------------------------------------------------


@every_level
def test_same_seed_same_problem(family_id: str, level: int) -> None:
    of = family(family_id)
    first = [generate(of, seed=7, level=level, variant=v).as_json() for v in range(3)]
    again = [generate(of, seed=7, level=level, variant=v).as_json() for v in (2, 1, 0)]
    assert first == again[::-1]
    others = [generate(of, seed=s, level=level).as_json()["givens"] for s in range(20, 32)]
    assert any(other != first[0]["givens"] for other in others)


@every_level
def test_a_problem_travels_through_json(family_id: str, level: int) -> None:
    problem = drawn(family_id, level, 0)
    back = read_problem(json.loads(json.dumps(problem.as_json())))
    assert back.as_json() == problem.as_json()
    assert all(nested.alike(v, problem.solve()[name], 0.0) for name, v in back.solve().items())


@every_level
def test_generation_does_not_fail_under_any_convention(family_id: str, level: int) -> None:
    for setting, conventions in enumerate(settings(family(family_id))):
        for variant in range(30):
            assert drawn(family_id, level, variant, setting).conventions == conventions


# Slips -----------------------------------------------------------------------------------


def assert_named(problem: Problem, slip: Slip, marking: Marking) -> None:
    """A slip is named on its line, beside nothing but its like, and no other line suffers."""
    line = marking.line(slip.step)
    assert line.verdict in {Verdict.SLIP, Verdict.CONVENTION}, (slip.name, line)
    assert slip.name in [s.name for s in line.slips], (slip.name, line)
    assert {s.name for s in line.slips} <= set(alike(problem, slip)), (slip.name, line)
    for other in marking.lines:
        if other is not line:
            assert other.verdict in RIGHT, (slip.name, other)
            assert not other.slips, (slip.name, other)


@every_level
def test_every_slip_shows_and_is_named(family_id: str, level: int) -> None:
    for problem in cycled(family_id, level, 12):
        for slip in existing(problem):
            values = slipped(problem, slip)
            assert not nested.alike(values[slip.step], problem.solve()[slip.step]), slip.name
            assert shows(problem, slip), slip.name
            assert_named(problem, slip, mark(problem, shown(values)))


@every_family
def test_every_slip_exists_on_some_variant(family_id: str) -> None:
    of = family(family_id)
    missing = {slip.name for slip in of.slips}
    for level in of.levels:
        for setting in range(len(settings(of))):
            for variant in range(30):
                missing -= {s.name for s in existing(drawn(family_id, level, variant, setting))}
                if not missing:
                    return
    assert not missing


# Conventions -----------------------------------------------------------------------------


def under(problem: Problem, setting: Mapping[str, str]) -> dict[str, Any] | None:
    """All lines of someone who uses another setting; None where it has no solution."""
    try:
        return evaluate(problem.family, {**problem.env, **setting})
    except Undefined:
        return None


@every_level
def test_another_convention_is_no_mistake(family_id: str, level: int) -> None:
    for problem in cycled(family_id, level, 6):
        for setting in settings(problem.family):
            values = under(problem, setting)
            if values is None:
                continue
            marking = mark(problem, shown(values))
            for line in marking.lines:
                assert line.verdict in RIGHT | {Verdict.CONVENTION}, (setting, line)
            if not problem.printed:
                assert marking.score == 1.0, setting


@every_family
def test_every_convention_is_reached_and_named(family_id: str) -> None:
    of = family(family_id)
    for name, values in of.conventions.items():
        for value in values[1:]:
            assert any(names_convention(p, {name: value}) for p in under_others(of, name)), (
                name,
                value,
            )


def under_others(of: Family, name: str) -> Iterator[Problem]:
    """Problems under the default of one convention and any setting of the others.

    The default setting comes first. A convention may matter only under another one (the tie
    rule of sgn in +/-1 coding); with one or two outputs a mean squared error equals another
    convention, own problems have more.
    """
    among = [
        (number, setting)
        for number, setting in enumerate(settings(of))
        if setting[name] == of.defaults[name]
    ]
    for number, setting in among:
        for level in of.levels[::-1]:
            for variant in range(30):
                yield drawn(of.id, level, variant, number)
        rng = np.random.default_rng(SEED)
        for _ in range(30):
            givens = DRAWS[of.id](rng, setting)
            yield read_problem({"family": of.id, "givens": givens, "conventions": setting})


def names_convention(problem: Problem, other: Mapping[str, str]) -> bool:
    """Whether an exact answer under one other convention is called by its name."""
    # The two GELU formulas differ by less than 0.001: only more decimals tell them apart.
    finer = replace(problem, decimals=6)
    values = under(finer, {**problem.conventions, **other})
    if values is None:
        return False
    return any(dict(line.convention) == other for line in mark(finer, shown(values)).lines)


# Givens that make no sense ---------------------------------------------------------------

BOND = [[0, 1], [1, 0]]
NONSENSE: list[tuple[str, dict[str, Any]]] = [
    ("dropout", {"h": [1, 2], "mask": [1, 0], "p": 1}),
    ("dropout", {"h": [1, 2], "mask": [1, 0], "p": -0.1}),
    ("dropout", {"h": [1, 2], "mask": [1, 0.5], "p": 0.5}),
    ("sgd-step", {"theta": [1], "grads": [[1], [2]], "eta": -0.1}),
    ("l2-step", {"w": [1], "g": [1], "loss": 1, "lam": -1, "eta": 0.1}),
    ("l2-step", {"w": [1], "g": [1], "loss": 1, "lam": 1, "eta": -0.1}),
    ("hopfield-energy", {"W": [[0, 1], [2, 0]], "b": [0, 0], "y": [1, 1]}),
    ("hopfield-energy", {"W": BOND, "b": [0, 0], "y": [1, 0]}),
    ("hopfield-weights", {"patterns": [[1, 0]], "coding": "bipolar"}),
    ("hopfield-weights", {"patterns": [[1, -1]], "coding": "binary"}),
    (
        "hopfield-recall",
        {"W": BOND, "b": [0, 0], "start": [1, 1], "sweeps": [[3]], "patterns": [[1, 1]]},
    ),
    ("positional-encoding", {"positions": [0, 1], "d": 3}),
    ("activations", {"x": [1], "f": "softplus", "alpha": 1, "beta": 1}),
    ("attention", {"Q": [[1, 2]], "K": [[1]], "V": [[1]]}),
    (
        "mlp-forward",
        {"x": [1], "W1": [[1, 2]], "b1": [0], "W2": [[1]], "b2": [0], "f": "tanh", "out": "tanh"},
    ),
]


@pytest.mark.parametrize(("family_id", "givens"), NONSENSE)
def test_givens_that_make_no_sense_are_refused(family_id: str, givens: dict[str, Any]) -> None:
    with pytest.raises(GivenError):
        read_problem({"family": family_id, "givens": givens})
