"""Students who make one named slip, or two, and compute on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.exercises.graph import Undefined, call, finite, parameters
from tests.exercises.students.honest import usual
from tests.exercises.students.sheet import FINALS, calculate, compute, hand_in, reading, stream
from tests.exercises.variants import existing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.exercises.family import Rule, Step
    from quizapp.exercises.problem import Problem
    from tests.exercises.students.paper import Hand
    from tests.exercises.students.sheet import Sheet

CALCULATORS = 0.25
"""So many compute on with all digits and round only what they write."""


def with_one_slip(problem: Problem) -> Iterator[Sheet]:
    """For every slip that exists here: all lines, and the final ones; in a loop also one row."""
    for slip in existing(problem):
        rng = stream(problem, f"slip {slip.name}")
        hand = usual(problem, rng)
        calculates = bool(rng.random() < CALCULATORS)
        how = f"{hand}, in the calculator" if calculates else str(hand)
        values = _slipped(problem, hand, {slip.step: slip.rule}, calculates=calculates)
        if values is None:
            continue
        finals = problem.family.finals
        yield hand_in(problem, "one slip", values, rng, how, slips=(slip,))
        yield hand_in(problem, FINALS, values, rng, how, slips=(slip,), shown=finals)
        step = problem.family.by_name[slip.step]
        if step.loop:
            row = int(rng.integers(len(values[step.name]))) + 1
            values = _slipped(problem, hand, {step.name: in_one_row(step, slip.rule, row)})
            if values is not None:
                how = f"{hand}, in row {row}"
                yield hand_in(problem, "one slip", values, rng, how, slips=(slip,))


def with_two_slips(problem: Problem, count: int) -> Iterator[Sheet]:
    """All lines of students who make two slips on different lines, for pairs drawn."""
    slips = existing(problem)
    pairs = [(a, b) for i, a in enumerate(slips) for b in slips[i + 1 :] if a.step != b.step]
    rng = stream(problem, "two slips")
    for number in rng.permutation(len(pairs))[:count].tolist():
        pair = pairs[number]
        hand = usual(problem, rng)
        values = _slipped(problem, hand, {slip.step: slip.rule for slip in pair})
        if values is not None:
            yield hand_in(problem, "two slips", values, rng, hand, slips=pair)


def _slipped(
    problem: Problem, hand: Hand, replaced: Mapping[str, Rule], *, calculates: bool = False
) -> dict[str, Any] | None:
    """The lines with rules replaced; None where nothing could be written down."""
    try:
        values = (calculate if calculates else compute)(problem, hand, replaced=replaced)
    except Undefined:
        return None
    return values if all(finite(value) for value in values.values()) else None


def in_one_row(step: Step, rule: Rule, row: int) -> Rule:
    """The rule of a loop that is another one in one row only."""
    names = tuple(dict.fromkeys((*parameters(step.rule), *parameters(rule), "row")))
    return reading(names, lambda scope: call(rule if scope["row"] == row else step.rule, scope))
