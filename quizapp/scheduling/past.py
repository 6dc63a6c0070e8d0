"""The answers of a log, column by column: what a look back over a million of them reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Column: TypeAlias = Sequence[int] | npt.NDArray[Any]

FORGOTTEN, MOVED = 0, 5
"""In the place of a rating: the card was made new again, or its next day was set by hand."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers in replay order; a place in one column is the same answer in all of them."""

    names: tuple[str, ...]
    """The cards by their number."""

    cards: Column
    """The number of the card."""

    days: Column
    """The study day as a proleptic ordinal."""

    ratings: Column
    """1 (again) to 4 (easy), ``FORGOTTEN`` or ``MOVED``."""

    ms: Column
    """How long the answer took, milliseconds."""

    parameters: tuple[tuple[int, tuple[float, ...]], ...]
    """The first place at which parameters of FSRS hold, and these; the first one is at 0."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where a log was read, and what must still be so for going on from there."""

    device: str
    """Under which id this copy of the database writes: another copy is another log."""
    seq: int
    """The place of the last entry in this file, 0 in an empty one."""
    event: str
    """Its id."""
    clock: int
    """The clock of the last answer in replay order, -1 without one."""
    undone: str
    """A hash of which entries up to there are undone."""
    parameters: str
    """A hash of which parameters of FSRS hold from when on, up to there."""


@dataclass(frozen=True, slots=True)
class Read:
    """Answers read, and up to where."""

    answers: Answers
    mark: Mark
    goes_on: bool
    """Whether these answers come after those of the mark that was given; else they are all."""


@dataclass(frozen=True, slots=True)
class KnownCards:
    """What is known now of the cards that have been answered, column by column."""

    cards: Sequence[str]
    stability: Sequence[float]
    difficulty: Sequence[float]
    due: Sequence[int]
    """The study day as an ordinal; 0 in learning and relearning."""
    last: Sequence[int]
    """The study day of the last answer as an ordinal."""
    suspended: Sequence[int]
    """0 or 1."""
