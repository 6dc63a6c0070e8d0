"""The points of a marked attempt: line by line, and as people say them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.marks import Marking


@dataclass(frozen=True, slots=True)
class Points:
    """The points earned in all and on each step, out of those of the scheme."""

    earned: float
    of: float
    by_step: Mapping[str, float]

    def __str__(self) -> str:
        return f"{shown(self.earned)} of {shown(self.of)} {'point' if self.of == 1 else 'points'}"


def points(marking: Marking, scheme: Mapping[str, float]) -> Points:
    """The points of a marking; ``scheme`` are those of every step."""
    by_step = {line.step.name: scheme[line.step.name] * line.share for line in marking.lines}
    return Points(math.fsum(by_step.values()), math.fsum(scheme.values()), by_step)


def shown(number: float) -> str:
    """Points without needless digits: ``4.5``, ``6``, ``0.67``."""
    return f"{number:.2f}".rstrip("0").rstrip(".") if math.isfinite(number) else str(number)
