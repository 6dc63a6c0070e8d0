"""Running the students over the variants of a family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.exercises.generate import generate
from tests.exercises.students.careless import just_beyond, with_an_error
from tests.exercises.students.fits import Explanations
from tests.exercises.students.honest import honest_sheets, of_other_conventions
from tests.exercises.students.judging import (
    judge_error,
    judge_honest,
    judge_near_miss,
    judge_slip,
    judge_two_slips,
)
from tests.exercises.students.slipping import with_one_slip, with_two_slips
from tests.exercises.students.tally import Tally
from tests.exercises.variants import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizapp.exercises.family import Family
    from quizapp.exercises.problem import Problem


@dataclass(frozen=True)
class Class:
    """Who sits before each problem: the honest ones, and so many of the others."""

    honest: bool = True
    slips: bool = True
    pairs: int = 2
    errors: int = 3
    misses: int = 2


EVERYONE = Class()


def variants(of: Family, level: int, seed: int, numbers: Iterable[int]) -> Iterator[Problem]:
    """The variants of these numbers, under the settings of the conventions in turn."""
    among = settings(of)
    for number in numbers:
        conventions = among[number % len(among)]
        yield generate(of, seed=seed, level=level, variant=number, conventions=conventions)


def simulate(problems: Iterable[Problem], who: Class = EVERYONE) -> Tally:
    """What becomes of a class that works on these problems."""
    tally = Tally()
    for problem in problems:
        tally.count_problem(problem)
        if who.honest:
            for sheet in honest_sheets(problem):
                judge_honest(sheet, tally)
            for sheet in of_other_conventions(problem):
                judge_honest(sheet, tally)
        explanations = Explanations(problem)
        if who.slips:
            for sheet in with_one_slip(problem):
                judge_slip(sheet, explanations, tally)
        for sheet in with_two_slips(problem, who.pairs):
            judge_two_slips(sheet, explanations, tally)
        for sheet in with_an_error(problem, who.errors):
            judge_error(sheet, explanations, tally)
        for sheet in just_beyond(problem, who.misses):
            judge_near_miss(sheet, tally)
    return tally
