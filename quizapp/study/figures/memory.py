"""How well the cards sit: their stability and their difficulty."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STABILITIES = (0.0, 1.0, 3.0, 7.0, 21.0, 60.0, 180.0, 365.0)
"""Days at which a class of stability begins."""
DIFFICULTIES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)


@dataclass(frozen=True, slots=True)
class Class:
    """The cards from one value up to the next one."""

    low: float
    high: float | None
    """The first value that is no longer in it; None for the last class."""
    cards: int


@dataclass(frozen=True, slots=True)
class Memory:
    """The cards that were answered, in classes."""

    cards: int
    stability: tuple[Class, ...]
    """In days until the predicted recall has fallen to 90 %."""
    difficulty: tuple[Class, ...]
    """From 1 to 10."""
    median_stability: float | None
    median_difficulty: float | None


def memory(stability: Sequence[float], difficulty: Sequence[float]) -> Memory:
    """Return the distributions from the stabilities (days) and difficulties, each in order."""
    return Memory(
        len(stability),
        _classes(stability, STABILITIES),
        _classes(difficulty, DIFFICULTIES),
        _median(stability),
        _median(difficulty),
    )


def _median(ordered: Sequence[float]) -> float | None:
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _classes(ordered: Sequence[float], starts: Sequence[float]) -> tuple[Class, ...]:
    """The classes of rising values; what lies below the first start is in the first class."""
    places = [0, *(bisect_left(ordered, start) for start in starts[1:]), len(ordered)]
    counts = [after - before for before, after in pairwise(places)]
    return tuple(map(Class, starts, (*starts[1:], None), counts))
