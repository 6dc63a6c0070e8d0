"""Generated variants that several test modules look at, drawn once."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Any

from quizapp.exercises.catalogue import family, family_ids
from quizapp.exercises.generate import generate
from quizapp.exercises.graph import applies, evaluate
from quizapp.exercises.problem import plain
from tests.exercises import nested

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Family, Slip
    from quizapp.exercises.problem import Problem

IDS = family_ids()
LEVELS = [(family_id, level) for family_id in IDS for level in family(family_id).levels]
SEED = 2026


def settings(of: Family) -> list[dict[str, str]]:
    """All settings of the conventions of a family, the default one first."""
    return [
        dict(zip(of.conventions, values, strict=True))
        for values in itertools.product(*of.conventions.values())
    ]


@cache
def drawn(family_id: str, level: int, variant: int, setting: int = 0) -> Problem:
    """One generated variant, under the setting of that number."""
    of = family(family_id)
    conventions = settings(of)[setting]
    return generate(of, seed=SEED, level=level, variant=variant, conventions=conventions)


def cycled(family_id: str, level: int, count: int) -> list[Problem]:
    """Variants under the settings of the conventions in turn."""
    among = len(settings(family(family_id)))
    return [drawn(family_id, level, number, number % among) for number in range(count)]


def existing(problem: Problem) -> list[Slip]:
    """The slips that can be made on a problem."""
    scope = {**problem.truth.values, **problem.env}
    return [slip for slip in problem.family.slips if applies(slip.when, scope)]


def slipped(problem: Problem, slip: Slip) -> dict[str, Any]:
    """All lines of someone who makes one slip and computes on from it, unrounded."""
    return evaluate(problem.family, problem.env, replaced={slip.step: slip.rule})


def shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Lines as the machine interface hands them in."""
    return {name: plain(value) for name, value in values.items()}


def alike(problem: Problem, slip: Slip) -> list[str]:
    """The slips on the same line whose numbers can hardly be told from those of this one."""
    mine = slipped(problem, slip)[slip.step]
    out = []
    for other in existing(problem):
        if other.step == slip.step:
            theirs = slipped(problem, other)[other.step]
            if nested.alike(theirs, mine, 0.01, 0.01):
                out.append(other.name)
    return out
