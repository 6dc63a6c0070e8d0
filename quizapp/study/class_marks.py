"""A class marked: each student, and what they have in common."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exercises.grading import as_json, mark
from quizapp.study.class_answers import HandedIn, Refused
from quizapp.study.points import Points, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quizapp.exercises.family import Family, Slip
    from quizapp.exercises.marks import Marking

_STANDING = {
    Verdict.CORRECT: "right",
    Verdict.CARRIED: "carried",
    Verdict.CONVENTION: "convention",
    Verdict.SLIP: "wrong",
    Verdict.WRONG: "wrong",
    Verdict.INVALID: "unreadable",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """One student's marks."""

    student: str
    marking: Marking
    points: Points
    place: str
    cells: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """The marks as the machine interface writes them."""
        return {
            "student": self.student,
            "points": self.points.earned,
            "of": self.points.of,
            **as_json(self.marking),
        }


def mark_all(handed_in: Iterable[HandedIn | Refused]) -> Iterator[Marked | Refused]:
    """The marks of all students in their order; what cannot be marked stops nobody else's."""
    for one in handed_in:
        if isinstance(one, Refused):
            yield one
            continue
        try:
            marking = mark(one.shared.problem, one.answers, one.scheme)
        except QuizError as error:
            where = f"{one.place}: {error.where}" if error.where else one.place
            yield Refused(one.student, QuizError(error.message, where=where, code=error.code))
            continue
        yield Marked(one.student, marking, points(marking, one.scheme), one.place, one.cells)


@dataclass(frozen=True, slots=True)
class SlipCount:
    """A slip and how many students made it."""

    family: Family
    number: int
    """The number of its line, from 1."""
    slip: Slip
    students: int


@dataclass(frozen=True, slots=True)
class LineCount:
    """A line and how many students have which verdict on it."""

    family: Family
    number: int
    step: str
    title: str
    counts: Mapping[str, int]
    """right, carried, convention, wrong, unreadable, blank; ``blank`` only where it cost points."""


@dataclass
class ClassMarks:
    """What a class has in common, as far as its students were added."""

    scores: list[float] = field(default_factory=list)
    refused: int = 0
    _earned: list[float] = field(default_factory=list)
    _of: set[float] = field(default_factory=set)
    _families: dict[str, Family] = field(default_factory=dict)
    _slips: Counter[tuple[str, str]] = field(default_factory=Counter)
    _conventions: Counter[tuple[str, str]] = field(default_factory=Counter)
    _lines: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, one: Marked | Refused) -> None:
        """Count one student."""
        if isinstance(one, Refused):
            self.refused += 1
            return
        family = one.marking.problem.family
        self._families.setdefault(family.id, family)
        self.scores.append(one.marking.score)
        self._earned.append(one.points.earned)
        self._of.add(one.points.of)
        lines = one.marking.lines
        made = {slip.name for ln in lines if ln.verdict is Verdict.SLIP for slip in ln.slips}
        self._slips.update((family.id, name) for name in made)
        kept = {
            item
            for ln in lines
            if ln.verdict is Verdict.CONVENTION
            for item in ln.convention.items()
        }
        self._conventions.update(kept)
        for line in one.marking.lines:
            standing = _STANDING.get(line.verdict)
            if standing is None or (standing == "unreadable" and line.share == 1.0):
                standing = "right" if line.share == 1.0 else "blank"
            self._lines[family.id, line.step.name, standing] += 1

    @property
    def students(self) -> int:
        """How many were marked."""
        return len(self.scores)

    @property
    def mean(self) -> float:
        """The mean score, 0 to 1; 0 without anybody."""
        return math.fsum(self.scores) / len(self.scores) if self.scores else 0.0

    @property
    def median(self) -> float:
        """The median score, 0 to 1; 0 without anybody."""
        return median(self.scores) if self.scores else 0.0

    @property
    def mean_points(self) -> tuple[float, float] | None:
        """The mean of the points and what they are out of; None where that differs."""
        if len(self._of) != 1:
            return None
        return math.fsum(self._earned) / len(self._earned), next(iter(self._of))

    @property
    def families(self) -> list[Family]:
        """The families of the problems, in the order in which they came."""
        return list(self._families.values())

    def slips(self) -> list[SlipCount]:
        """The slips that were made, the most common first, then in the order of the lines."""
        found = [
            SlipCount(family, 1 + list(family.by_name).index(slip.step), slip, count)
            for family in self.families
            for slip in family.slips
            if (count := self._slips[family.id, slip.name])
        ]
        return sorted(found, key=lambda one: (-one.students, one.number))

    def conventions(self) -> list[tuple[str, str, int]]:
        """Conventions other than the problem's, by name and value, with how many keep to them."""
        return [(*named, count) for named, count in self._conventions.most_common()]

    def lines(self) -> list[LineCount]:
        """All lines, those that most students have wrong first, then in their order."""
        kinds = (*dict.fromkeys(_STANDING.values()), "blank")
        found = [
            LineCount(
                family,
                number,
                step.name,
                step.title,
                {kind: self._lines[family.id, step.name, kind] for kind in kinds},
            )
            for family in self.families
            for number, step in enumerate(family.steps, start=1)
        ]
        return sorted(found, key=lambda one: -one.counts["wrong"])

    def as_json(self, missing: Iterable[str] = ()) -> dict[str, Any]:
        """The summary as the machine interface writes it."""
        mean_points = self.mean_points
        return {
            "summary": {
                "students": self.students,
                "failed": self.refused,
                "mean_score": self.mean if self.scores else None,
                "median_score": self.median if self.scores else None,
                "mean_points": None if mean_points is None else mean_points[0],
                "of": None if mean_points is None else mean_points[1],
                "slips": [
                    {
                        "family": one.family.id,
                        "step": one.slip.step,
                        "slip": one.slip.name,
                        "says": one.slip.says,
                        "students": one.students,
                    }
                    for one in self.slips()
                ],
                "conventions": [
                    {"convention": name, "value": value, "students": count}
                    for name, value, count in self.conventions()
                ],
                "lines": [
                    {"family": one.family.id, "step": one.step, **one.counts}
                    for one in self.lines()
                ],
                "missing": list(missing),
            }
        }
