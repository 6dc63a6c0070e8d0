"""How the practice exams went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class ExamMark:
    """One exam that was handed in."""

    title: str
    day: date
    points: float
    of: float
    seconds: float

    @property
    def share(self) -> float:
        """Points earned over points possible, 0 to 1."""
        return self.points / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Exams:
    """All exams, the first one first."""

    marks: tuple[ExamMark, ...]
    best: float | None
    """The best share, 0 to 1; None without exams."""
    last: float | None
    mean: float | None


def exams(marks: Sequence[ExamMark]) -> Exams:
    """Return what the exams, in the order in which they were sat, came to."""
    shares = [mark.share for mark in marks]
    if not shares:
        return Exams((), None, None, None)
    return Exams(tuple(marks), max(shares), shares[-1], sum(shares) / len(shares))
