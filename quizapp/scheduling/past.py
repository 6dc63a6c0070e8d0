"""The answers of a log, column by column: what a look back over a million of them reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers in replay order; a place in one column is the same answer in all of them."""

    names: tuple[str, ...]
    """The cards by their number."""

    cards: array[int]
    """The number of the card."""

    days: array[int]
    """The study day as a proleptic ordinal."""

    ratings: array[int]
    """1 (again) to 4 (easy)."""

    ms: array[int]
    """How long the answer took, milliseconds."""

    parameters: tuple[tuple[int, tuple[float, ...]], ...]
    """The first place at which parameters of FSRS hold, and these; the first one is at 0."""


class KnownCard(NamedTuple):
    """What is known now of a card that has been answered; a tuple, as there are very many."""

    card: str
    stability: float
    difficulty: float
    due: int | None
    """The study day as an ordinal; None in learning and relearning."""
    last: int
    """The study day of the last answer as an ordinal."""
    suspended: bool


@dataclass(frozen=True, slots=True)
class Past:
    """All that statistics on cards need from the log."""

    answers: Answers
    cards: tuple[KnownCard, ...]
