"""Simulated students: the honest ones are never marked down, the others are caught."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizapp.core.verdicts import Verdict
from quizapp.exercises.grading import mark
from quizapp.exercises.graph import Undefined, evaluate
from tests.exercises.variants import LEVELS, cycled, existing, settings, shown

if TYPE_CHECKING:
    from quizapp.exercises.family import Slip
    from quizapp.exercises.marks import LineMark
    from quizapp.exercises.problem import Problem

Rounding = Callable[[Any], Any]

VARIANTS = 12
WAYS = [(more, way) for more in (0, 1) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)]
RIGHT = {Verdict.CORRECT, Verdict.CARRIED}

every_level = pytest.mark.parametrize(("family_id", "level"), LEVELS)


def on_paper(decimals: int, way: str) -> Rounding:
    """Rounding as a person does it: on the decimal digits, not on the binary fraction."""
    unit = Decimal(1).scaleb(-decimals)

    def one(value: float) -> float:
        if not math.isfinite(value):
            return value
        # The last binary digits are not on the paper: 0.125 is not 0.12499999999999999.
        return float(Decimal(repr(round(value, 12))).quantize(unit, rounding=way))

    def line(value: Any) -> Any:
        array = np.asarray(value, dtype=float)
        rounded = np.array([one(v) for v in array.reshape(-1).tolist()]).reshape(array.shape)
        return rounded if array.ndim else float(rounded)

    return line


def lines(
    problem: Problem,
    number: int,
    *,
    conventions: dict[str, str] | None = None,
    slip: Slip | None = None,
) -> dict[str, Any]:
    """All lines of a student who rounds each in the way of that number."""
    more, way = WAYS[number % len(WAYS)]
    return evaluate(
        problem.family,
        {**problem.env, **(conventions or {})},
        line=on_paper(problem.decimals + more, way),
        replaced={slip.step: slip.rule} if slip else None,
    )


def handed_in(values: dict[str, Any], decimals: int) -> dict[str, str]:
    """Lines as text, a matrix one row a line; further zeros are not written."""
    return {name: _text(np.asarray(value), decimals) for name, value in values.items()}


def _text(value: Any, decimals: int) -> str:
    if value.dtype == bool:
        return " ".join("yes" if v else "no" for v in value.reshape(-1))
    if value.ndim == 2:
        return "\n".join(_text(row, decimals) for row in value)
    return " ".join(f"{float(v):.{decimals}f}" for v in value.reshape(-1))


def blamed(line: LineMark) -> bool:
    return line.verdict not in {*RIGHT, Verdict.BLANK}


@every_level
def test_who_rounds_every_line_and_shows_all_is_right(family_id: str, level: int) -> None:
    for variant, problem in enumerate(cycled(family_id, level, VARIANTS)):
        for number in (variant, variant + 1, variant + 3):
            typed = handed_in(lines(problem, number), problem.decimals + 1)
            marking = mark(problem, typed)
            assert [m for m in marking.lines if m.verdict is not Verdict.CORRECT] == []
            assert marking.score == 1.0


@every_level
def test_who_rounds_and_gives_only_finals_is_right(family_id: str, level: int) -> None:
    for variant, problem in enumerate(cycled(family_id, level, VARIANTS)):
        steps, finals = list(problem.family.by_name), problem.family.finals
        # A blank line below the last final (the argmax of a softmax) is not done.
        up_to_last = 1 + max(steps.index(name) for name in finals)
        values = lines(problem, variant)
        marking = mark(problem, handed_in({n: values[n] for n in finals}, problem.decimals + 1))
        assert [m for m in marking.lines if blamed(m)] == []
        assert marking.score == pytest.approx(up_to_last / len(steps))


@every_level
def test_who_uses_another_convention_is_not_wrong(family_id: str, level: int) -> None:
    for variant, problem in enumerate(cycled(family_id, level, VARIANTS)):
        among = settings(problem.family)
        for setting in {variant % len(among), (variant + 1) % len(among), -1}:
            try:
                values = lines(problem, variant, conventions=among[setting])
            except Undefined:
                continue  # a matrix of this shape cannot be read in the other layout
            marking = mark(problem, shown(values))
            allowed = RIGHT | {Verdict.CONVENTION}
            assert [m for m in marking.lines if m.verdict not in allowed] == [], among[setting]


@every_level
def test_who_makes_one_slip_is_caught_there_and_only_there(family_id: str, level: int) -> None:
    for variant, problem in enumerate(cycled(family_id, level, VARIANTS)):
        for slip in existing(problem):
            marking = mark(problem, shown(lines(problem, variant, slip=slip)))
            line = marking.line(slip.step)
            assert line.verdict in {Verdict.SLIP, Verdict.CONVENTION}, (slip.name, line)
            assert slip.name in [s.name for s in line.slips], (slip.name, line)
            assert [m for m in marking.lines if m is not line and blamed(m)] == [], slip.name


@every_level
def test_an_entry_further_off_than_rounding_can_be_is_not_right(family_id: str, level: int) -> None:
    for variant, problem in enumerate(cycled(family_id, level, VARIANTS)):
        truth = problem.solve()
        for step in problem.family.steps:
            if step.kind != "real":
                continue
            typed = np.array(truth[step.name], dtype=float)
            index = tuple(variant % n for n in typed.shape)
            typed[index] += FAR * (_deviation(problem, step.name) + 10.0**-problem.decimals)
            marking = mark(problem, shown({**truth, step.name: typed}))
            assert marking.line(step.name).verdict is not Verdict.CORRECT, step.name


FAR = 5.0
"""So many times what six roundings can do, and a unit, is no rounding any more."""


def _deviation(problem: Problem, step: str) -> float:
    """How far a student who rounds each line in another way moves any entry of a line."""
    exact = np.asarray(problem.solve()[step], dtype=float)
    runs = [evaluate(problem.family, problem.env, line=_in_turns(problem, n)) for n in range(12)]
    return max(float(np.max(np.abs(np.asarray(run[step]) - exact))) for run in runs)


def _in_turns(problem: Problem, start: int) -> Rounding:
    """The six roundings one after the other, forwards or (from 6 on) backwards."""
    ways = [on_paper(problem.decimals + more, way) for more, way in WAYS]
    stride = 1 if start < len(WAYS) else 5
    turns = itertools.count(start, stride)

    def line(value: Any) -> Any:
        return ways[next(turns) % len(ways)](value)

    return line


@every_level
def test_who_slips_and_gives_only_finals_does_not_pass(family_id: str, level: int) -> None:
    for variant, problem in enumerate(cycled(family_id, level, VARIANTS)):
        for slip in existing(problem):
            values = lines(problem, variant, slip=slip)
            truth = problem.solve()
            finals = problem.family.finals
            marking = mark(problem, shown({name: values[name] for name in finals}))
            far = [n for n in finals if _far(values[n], truth[n], problem.decimals)]
            passed = [n for n in far if marking.line(n).verdict is Verdict.CORRECT]
            assert passed == [], slip.name


def _far(value: Any, truth: Any, decimals: int) -> bool:
    """Whether some entry is off by more than any rounding of these computations could do."""
    a, b = np.asarray(value, dtype=float), np.asarray(truth, dtype=float)
    return a.shape != b.shape or bool(
        np.any(np.abs(a - b) > 200 * 10.0**-decimals * (1 + np.abs(b)))
    )
