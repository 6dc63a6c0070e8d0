"""What was predicted at the moment of each answer, by replay over arrays, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.twin import AGAIN, EASY, GOOD, HARD, Twin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import numpy.typing as npt

    from quizapp.scheduling.memory import Scheduler
    from quizapp.scheduling.past import Answers, KnownCard

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

MATURE_DAYS = 21
"""From this stability on a card is mature, as Anki draws the line."""

_FIRST_STEP, _SECOND_STEP, _REVIEW, _RELEARNING = range(4)


@dataclass(frozen=True, slots=True)
class DayTally:
    """What the answers of one study day came to."""

    answers: int = 0
    ms: int = 0
    new: int = 0
    """Cards answered for the first time."""
    young: int = 0
    """Answers, on a later day, to cards in review whose stability was below ``MATURE_DAYS``."""
    young_recalled: int = 0
    mature: int = 0
    mature_recalled: int = 0


@dataclass(frozen=True, slots=True)
class PredictionTally:
    """The answers whose predicted recall, rounded down, was one whole percent."""

    percent: int
    count: int
    predicted: float
    """The sum of the predicted recalls, each 0 to 1."""
    recalled: int


@dataclass(frozen=True, slots=True)
class Hindsight:
    """The answers of a log in tallies."""

    days: Mapping[int, DayTally]
    """By the ordinal of the study day; days without answers are left out."""
    predictions: tuple[PredictionTally, ...]
    """Only answers on a later day than the one before: within a day nothing is forgotten."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """For each answer what the schedule held of its card just before it."""

    first: npt.NDArray[np.bool_]
    in_review: npt.NDArray[np.bool_]
    stability: Floats
    """Days; nan before the first answer."""
    recall: Floats
    """Predicted, 0 to 1; nan before the first answer and within a day."""


def look_back(answers: Answers) -> Hindsight:
    """Return the tallies of all answers."""
    before = replayed(answers)
    days = np.asarray(answers.days, dtype=np.int64)
    right = np.asarray(answers.ratings, dtype=np.int64) != AGAIN
    return Hindsight(_by_day(answers, days, right, before), _by_percent(right, before.recall))


def recalls(scheduler: Scheduler, cards: Sequence[KnownCard], day: int) -> list[float]:
    """Return the recall predicted for a study day of each card, in the same order."""
    if not cards:
        return []
    stability = np.array([card.stability for card in cards])
    elapsed = day - np.array([card.last for card in cards])
    return [float(value) for value in Twin.of(scheduler).recall(stability, elapsed)]


def replayed(answers: Answers) -> Replayed:
    """Return what held just before each answer; all cards take their n-th answer together."""
    cards = np.asarray(answers.cards, dtype=np.int64)
    count = len(cards)
    out = Replayed(
        np.zeros(count, bool), np.zeros(count, bool), np.full(count, np.nan), np.full(count, np.nan)
    )
    if not count:
        return out
    columns = _Columns(answers, out)
    memory = _Memories(len(answers.names))
    for nth, places in enumerate(_rounds(cards)):
        for twin, here in columns.by_twin(places):
            memory.take(columns, twin, here, first=nth == 0)
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


class _Memories:
    """Phase, stability, difficulty and last day of every card."""

    def __init__(self, cards: int) -> None:
        self.phase = np.zeros(cards, np.int8)
        self.stability = np.zeros(cards)
        self.difficulty = np.zeros(cards)
        self.last = np.zeros(cards, np.int64)

    def take(self, columns: _Columns, twin: Twin, places: Ints, *, first: bool) -> None:
        """Write down what held, then let one answer of each of the cards happen."""
        cards, ratings, days = columns.cards[places], columns.ratings[places], columns.days[places]
        if first:
            columns.out.first[places] = True
            stability, difficulty = twin.first(ratings)
        else:
            before, elapsed = self.stability[cards], days - self.last[cards]
            columns.out.stability[places] = before
            columns.out.in_review[places] = self.phase[cards] == _REVIEW
            recalled = twin.recall(before, elapsed)
            columns.out.recall[places] = np.where(elapsed > 0, recalled, np.nan)
            stability, difficulty = twin.after(before, self.difficulty[cards], elapsed, ratings)
        self.stability[cards], self.difficulty[cards] = stability, difficulty
        self.phase[cards] = _moved(self.phase[cards], ratings)
        self.last[cards] = days


def _moved(phase: npt.NDArray[np.int8], rating: Ints) -> npt.NDArray[np.int8]:
    """The phase after an answer, with the two learning steps and one relearning step of py-fsrs."""
    table = np.full((4, 5), _REVIEW, np.int8)
    table[_FIRST_STEP, [AGAIN, HARD, GOOD]] = _FIRST_STEP, _FIRST_STEP, _SECOND_STEP
    table[_SECOND_STEP, [AGAIN, HARD]] = _FIRST_STEP, _SECOND_STEP
    table[_REVIEW, AGAIN] = _RELEARNING
    table[_RELEARNING, [AGAIN, HARD]] = _RELEARNING
    table[:, EASY] = _REVIEW
    moved: npt.NDArray[np.int8] = table[phase, rating]
    return moved


def _by_day(
    answers: Answers, days: Ints, right: npt.NDArray[np.bool_], before: Replayed
) -> dict[int, DayTally]:
    if not len(days):
        return {}
    base = int(days.min())
    place, size = days - base, int(days.max()) - base + 1
    reviewed = before.in_review & ~np.isnan(before.recall)
    mature = reviewed & (before.stability >= MATURE_DAYS)
    young = reviewed & ~mature

    def count(chosen: npt.NDArray[Any]) -> list[int]:
        return [int(number) for number in np.bincount(place[chosen], minlength=size)]

    ms = np.bincount(place, weights=np.asarray(answers.ms, dtype=np.float64), minlength=size)
    columns = (
        np.bincount(place, minlength=size).tolist(),
        [round(value) for value in ms.tolist()],
        count(before.first),
        *(count(chosen) for chosen in (young, young & right, mature, mature & right)),
    )
    rows = enumerate(zip(*columns, strict=True))
    return {base + n: DayTally(*row) for n, row in rows if row[0]}


def _by_percent(right: npt.NDArray[np.bool_], recall: Floats) -> tuple[PredictionTally, ...]:
    told = ~np.isnan(recall)
    recall, right = recall[told], right[told]
    percent = np.minimum((recall * 100).astype(np.int64), 99)
    count = np.bincount(percent, minlength=100)
    predicted = np.bincount(percent, weights=recall, minlength=100)
    recalled = np.bincount(percent[right], minlength=100)
    return tuple(
        PredictionTally(n, int(count[n]), float(predicted[n]), int(recalled[n]))
        for n in range(100)
        if count[n]
    )
