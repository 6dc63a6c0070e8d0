"""What the schedule held of a card just before each answer, by replay over arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.past import FORGOTTEN, MOVED
from quizapp.scheduling.twin import AGAIN, EASY, GOOD, HARD, Twin

if TYPE_CHECKING:
    import numpy.typing as npt

    from quizapp.scheduling.past import Answers

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

_FIRST_STEP, _SECOND_STEP, _REVIEW, _RELEARNING = range(4)


@dataclass(frozen=True, slots=True)
class Replayed:
    """For each answer what the schedule held of its card just before it."""

    first: npt.NDArray[np.bool_]
    in_review: npt.NDArray[np.bool_]
    stability: Floats
    """Days; nan before the first answer."""
    recall: Floats
    """Predicted, 0 to 1; nan before the first answer and within a day."""


class Memories:
    """Phase, stability, difficulty and last day of every card, by the number of the card."""

    def __init__(self, cards: int) -> None:
        self.phase = np.zeros(cards, np.int8)
        self.stability = np.zeros(cards)
        self.difficulty = np.zeros(cards)
        self.last = np.zeros(cards, np.int64)
        """The ordinal of a study day; 0 for a card that is new."""

    def grow(self, cards: int) -> None:
        """Make room for further cards, all of them new."""
        more = max(0, cards - len(self.last))
        self.phase = np.r_[self.phase, np.zeros(more, np.int8)]
        self.stability = np.r_[self.stability, np.zeros(more)]
        self.difficulty = np.r_[self.difficulty, np.zeros(more)]
        self.last = np.r_[self.last, np.zeros(more, np.int64)]

    def take(self, columns: _Columns, twin: Twin, places: Ints) -> None:
        """Write down what held, then let one entry of each of the cards happen."""
        ratings = columns.ratings[places]
        rated = (ratings >= AGAIN) & (ratings <= EASY)
        if not rated.all():
            self._change(columns.cards[places[~rated]], ratings[~rated])
            places = places[rated]
        new = self.last[columns.cards[places]] == 0
        if new.any():
            self._begin(columns, twin, places[new])
            places = places[~new]
        if len(places):
            self._go_on(columns, twin, places)

    def _change(self, cards: Ints, what: Ints) -> None:
        """What the student did to the schedule by hand; a new card is left alone by it."""
        self.last[cards[what == FORGOTTEN]] = 0
        self.phase[cards[what == FORGOTTEN]] = _FIRST_STEP
        moved = cards[what == MOVED]
        self.phase[moved[self.last[moved] > 0]] = _REVIEW

    def _begin(self, columns: _Columns, twin: Twin, places: Ints) -> None:
        columns.out.first[places] = True
        cards, ratings = columns.cards[places], columns.ratings[places]
        self.stability[cards], self.difficulty[cards] = twin.first(ratings)
        self.phase[cards] = _MOVES[_FIRST_STEP, ratings]
        self.last[cards] = columns.days[places]

    def _go_on(self, columns: _Columns, twin: Twin, places: Ints) -> None:
        cards, ratings, days = columns.cards[places], columns.ratings[places], columns.days[places]
        before, phase, elapsed = self.stability[cards], self.phase[cards], days - self.last[cards]
        columns.out.stability[places] = before
        columns.out.in_review[places] = phase == _REVIEW
        later = elapsed > 0
        columns.out.recall[places[later]] = twin.recall(before[later], elapsed[later])
        self.stability[cards], self.difficulty[cards] = twin.after(
            before, self.difficulty[cards], elapsed, ratings
        )
        self.phase[cards] = _MOVES[phase, ratings]
        self.last[cards] = days


def replayed(answers: Answers, memory: Memories | None = None) -> Replayed:
    """Return what held just before each answer; all cards take their n-th answer together.

    ``memory`` is what the cards knew before, by the numbers of the answers; it goes on with them.
    """
    count = len(answers.cards)
    out = Replayed(
        np.zeros(count, bool), np.zeros(count, bool), np.full(count, np.nan), np.full(count, np.nan)
    )
    if not count:
        return out
    memory = memory or Memories(len(answers.names))
    columns = _Columns(answers, out)
    for places in _rounds(columns.cards):
        for twin, here in columns.by_twin(places):
            memory.take(columns, twin, here)
    return out


def _rounds(cards: Ints) -> list[Ints]:
    """The places of all first answers, of all second ones and so on."""
    order = np.argsort(cards, kind="stable")
    ordered = cards[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(ordered)])
    nth = np.arange(len(ordered)) - np.repeat(starts, lengths)
    by_round = order[np.argsort(nth, kind="stable")]
    return np.split(by_round, np.cumsum(np.bincount(nth))[:-1])


class _Columns:
    """The columns as arrays, and which parameters hold at a place."""

    def __init__(self, answers: Answers, out: Replayed) -> None:
        self.cards = np.asarray(answers.cards, dtype=np.int64)
        self.days = np.asarray(answers.days, dtype=np.int64)
        self.ratings = np.asarray(answers.ratings, dtype=np.int64)
        self.out = out
        self._from = [place for place, _ in answers.parameters]
        self._twins = [Twin(parameters) for _, parameters in answers.parameters]

    def by_twin(self, places: Ints) -> list[tuple[Twin, Ints]]:
        """The places apart by the parameters in force."""
        if len(self._twins) == 1:
            return [(self._twins[0], places)]
        which = np.searchsorted(self._from, places, side="right") - 1
        found = [(twin, places[which == n]) for n, twin in enumerate(self._twins)]
        return [(twin, here) for twin, here in found if len(here)]


def _moves() -> npt.NDArray[np.int8]:
    """The phase after an answer, with the two learning steps and one relearning step of py-fsrs."""
    table = np.full((4, 5), _REVIEW, np.int8)
    table[_FIRST_STEP, [AGAIN, HARD, GOOD]] = _FIRST_STEP, _FIRST_STEP, _SECOND_STEP
    table[_SECOND_STEP, [AGAIN, HARD]] = _FIRST_STEP, _SECOND_STEP
    table[_REVIEW, AGAIN] = _RELEARNING
    table[_RELEARNING, [AGAIN, HARD]] = _RELEARNING
    table[:, EASY] = _REVIEW
    return table


_MOVES = _moves()
