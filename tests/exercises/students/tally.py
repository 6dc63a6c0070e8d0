"""Counting what became of the students."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.exercises.students.measures import MEASURES, Measure

if TYPE_CHECKING:
    from quizapp.exercises.problem import Problem


@dataclass(frozen=True)
class Failure:
    """A student who speaks against a goal."""

    measure: Measure
    what: str
    """The sheet, by family, level, seed, variant and kind, and what was said of it."""

    def __str__(self) -> str:
        return f"[{self.measure.title}] {self.what}"


@dataclass
class Tally:
    """For every measure, of how many and how many; the failures; what drawing rejected."""

    of: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    drawn: int = 0
    rejected: Counter[str] = field(default_factory=Counter)

    def count(self, measure: Measure, what: object, *, hit: bool) -> None:
        """One more student, and whether the measure hits."""
        self.of[measure.title] += 1
        self.hits[measure.title] += hit
        against = not hit if measure.least is not None else hit
        if against:
            self.failures.append(Failure(measure, str(what)))

    def count_problem(self, problem: Problem) -> None:
        """One more variant drawn, and what was rejected before it."""
        self.drawn += 1
        self.rejected.update(problem.rejected)

    def add(self, other: Tally) -> None:
        """The counts of another tally too."""
        self.of.update(other.of)
        self.hits.update(other.hits)
        self.failures.extend(other.failures)
        self.drawn += other.drawn
        self.rejected.update(other.rejected)

    def missed(self) -> list[str]:
        """The goals that are not met, with the students who say so."""
        out = []
        for measure in MEASURES:
            hits, of = self.hits[measure.title], self.of[measure.title]
            if not measure.met(hits, of):
                against = [str(failure) for failure in self.failures if failure.measure is measure]
                out.append("\n".join([f"{measure.hit}: {hits} of {of}", *against[:5]]))
        return out
