"""Students without a mistake: they round, skip lines, or use another convention."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quizapp.exercises.graph import Undefined, call, finite, parameters
from tests.exercises.students.free import in_other_terms
from tests.exercises.students.paper import MixedHand, hands, restored
from tests.exercises.students.sheet import (
    FINALS,
    calculate,
    compute,
    hand_in,
    reading,
    same,
    stream,
)
from tests.exercises.variants import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.exercises.family import Rule, Step
    from quizapp.exercises.problem import Problem
    from tests.exercises.students.paper import Hand
    from tests.exercises.students.sheet import Sheet


def honest_sheets(problem: Problem) -> Iterator[Sheet]:
    """What students without a mistake hand in, one of every kind."""
    for make in (rounding, mixing, calculating, carrying, keeping_figures, skipping, only_finals):
        yield make(problem)
    if any(step.align for step in problem.family.steps):
        yield in_own_terms(problem)


def usual(problem: Problem, rng: Any) -> Hand:
    """One of the six ways to round every line."""
    among = hands(problem)
    return among[int(rng.integers(len(among)))]


def rounding(problem: Problem) -> Sheet:
    """Every line rounded in one way, the inner ones too, and all of them shown."""
    rng = stream(problem, "rounds")
    hand = usual(problem, rng)
    return hand_in(problem, "rounds", compute(problem, hand), rng, hand)


def mixing(problem: Problem) -> Sheet:
    """Every line in another way, as one who takes from a calculator what it shows."""
    rng = stream(problem, "mixes")
    hand = MixedHand(hands(problem), rng)
    return hand_in(problem, "mixes", compute(problem, hand), rng, hand)


def calculating(problem: Problem) -> Sheet:
    """Everything computed on in the calculator; only what is written down is rounded."""
    rng = stream(problem, "calculates")
    hand = usual(problem, rng)
    return hand_in(problem, "calculates", calculate(problem, hand), rng, hand)


def carrying(problem: Problem) -> Sheet:
    """Computed on from the written lines; an e^x or a root stays in the calculator."""
    rng = stream(problem, "carries")
    hand = usual(problem, rng)
    return hand_in(problem, "carries", compute(problem, hand, inner=same), rng, hand)


def keeping_figures(problem: Problem) -> Sheet:
    """Small numbers in significant figures on every line, asked for or not."""
    rng = stream(problem, "keeps figures")
    hand = replace(usual(problem, rng), figures=True)
    return hand_in(problem, "keeps figures", compute(problem, hand), rng, hand)


def skipping(problem: Problem) -> Sheet:
    """Some lines blank, but not those that are asked for."""
    rng = stream(problem, "skips")
    hand = usual(problem, rng)
    finals = problem.family.finals
    shown = [name for name in problem.family.by_name if name in finals or rng.random() < 0.5]
    return hand_in(problem, "skips", compute(problem, hand), rng, hand, shown=shown)


def in_own_terms(problem: Problem) -> Sheet:
    """Paths in another order, colours by other names, and computed on from these."""
    rng = stream(problem, "own terms")
    hand = usual(problem, rng)
    replaced = {
        step.name: _in_own_terms(problem, step, rng) for step in problem.family.steps if step.align
    }
    values = compute(problem, hand, replaced=replaced)
    return hand_in(problem, "own terms", values, rng, hand)


def _in_own_terms(problem: Problem, step: Step, rng: Any) -> Rule:
    def rule(scope: Mapping[str, Any]) -> Any:
        return restored(step, in_other_terms(problem, step.name, call(step.rule, scope), rng))

    return reading(parameters(step.rule), rule)


def only_finals(problem: Problem) -> Sheet:
    """Nothing but the lines that are asked for."""
    rng = stream(problem, FINALS)
    hand = usual(problem, rng)
    values = compute(problem, hand)
    return hand_in(problem, FINALS, values, rng, hand, shown=problem.family.finals)


def of_other_conventions(problem: Problem) -> Iterator[Sheet]:
    """All lines, and only the final ones, of someone who uses another convention.

    The setting is drawn among all others. One under which these numbers have no solution (a
    matrix of this shape cannot be read in the other layout, a logarithm is infinite) is nobody's.
    """
    others = [s for s in settings(problem.family) if s != dict(problem.conventions)]
    if not others:
        return
    rng = stream(problem, "other convention")
    hand = usual(problem, rng)
    setting = others[int(rng.integers(len(others)))]
    own = {name: v for name, v in setting.items() if v != problem.conventions[name]}
    try:
        values = compute(problem, hand, conventions=setting)
    except Undefined:
        return
    if not all(finite(value) for value in values.values()):
        return
    for kind, shown in (("other convention", None), (FINALS, problem.family.finals)):
        yield hand_in(problem, kind, values, rng, hand, shown=shown, conventions=own)
