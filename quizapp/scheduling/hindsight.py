"""What was predicted at the moment of each answer, and what came of it, in tallies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from quizapp.scheduling.foreseen import Memories, Replayed, replayed
from quizapp.scheduling.past import FORGOTTEN, MOVED, Answers
from quizapp.scheduling.twin import AGAIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import numpy.typing as npt

MATURE_DAYS = 21
"""From this stability on a card is mature, as Anki draws the line."""
_PERCENTS = 100
_AT_ONCE = 200_000
"""Answers replayed together: the columns of a million would take a hundred megabytes."""


class DayTally(NamedTuple):
    """What the answers of one study day came to; a tuple, as there may be a thousand days."""

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


class LookBack:
    """The tallies of a log so far; further answers carry them on.

    What has come before is not read again: the cards' memories are kept with the tallies.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._memory = Memories(0)
        self._days: dict[int, list[int]] = {}
        self._predictions = np.zeros((3, _PERCENTS))

    def take(self, answers: Answers) -> None:
        """Take up answers that come after all that were taken up before."""
        if not len(answers.cards):
            return
        numbered = self._numbered(answers)
        for start in range(0, len(answers.cards), _AT_ONCE):
            self._take(_part(numbered, start))

    def _take(self, ours: Answers) -> None:
        before = replayed(ours, self._memory)
        ratings = np.asarray(ours.ratings)
        rated = (ratings != FORGOTTEN) & (ratings != MOVED)
        if not rated.all():
            ours, before = _answered(ours, before, rated)
        right = np.asarray(ours.ratings) != AGAIN
        for day, tally in _by_day(ours, right, before).items():
            known = self._days.setdefault(day, [0] * len(tally))
            self._days[day] = [sum(pair) for pair in zip(known, tally, strict=True)]
        self._predictions += _by_percent(right, before.recall)

    def hindsight(self) -> Hindsight:
        """Return the tallies."""
        days = {day: DayTally(*self._days[day]) for day in sorted(self._days)}
        rows = enumerate(self._predictions.T.tolist())
        return Hindsight(
            days,
            tuple(PredictionTally(n, int(c), p, int(r)) for n, (c, p, r) in rows if c),
        )

    def _numbered(self, answers: Answers) -> Answers:
        """The answers with the numbers that the cards have here."""
        numbers = self._numbers
        here = [numbers.setdefault(name, len(numbers)) for name in answers.names]
        self._memory.grow(len(numbers))
        cards = np.array(here, np.int64)[np.asarray(answers.cards)] if here else answers.cards
        return Answers(
            tuple(numbers), cards, answers.days, answers.ratings, answers.ms, answers.parameters
        )  # fmt: skip

    def to_bytes(self) -> bytes:
        """Return all of it as bytes, for ``from_bytes``."""
        memory = self._memory
        head = json.dumps([list(self._numbers), list(self._days.items())]).encode()
        arrays = (
            memory.phase, memory.stability, memory.difficulty, memory.last, self._predictions
        )  # fmt: skip
        return b"\n".join((head, b"".join(array.tobytes() for array in arrays)))

    @classmethod
    def from_bytes(cls, content: bytes) -> LookBack:
        """Return what ``to_bytes`` wrote. Raises ValueError for anything else."""
        head, _, rest = content.partition(b"\n")
        names, days = json.loads(head)
        found = cls()
        found._numbers = {name: n for n, name in enumerate(names)}
        found._days = dict(days)
        count, start = len(names), 0
        memory = found._memory

        def column(kind: type[Any], size: int = count) -> npt.NDArray[Any]:
            nonlocal start
            read = np.frombuffer(rest, kind, size, start).copy()
            start += read.nbytes
            return read

        memory.phase = column(np.int8)
        memory.stability, memory.difficulty = column(np.float64), column(np.float64)
        memory.last = column(np.int64)
        found._predictions = column(np.float64, 3 * _PERCENTS).reshape(3, _PERCENTS)
        return found


def look_back(answers: Answers) -> Hindsight:
    """Return the tallies of all answers."""
    found = LookBack()
    found.take(answers)
    return found.hindsight()


def _part(answers: Answers, start: int) -> Answers:
    """Some of the answers from a place on."""
    columns = (answers.cards, answers.days, answers.ratings, answers.ms)
    cards, days, ratings, ms = (np.asarray(one[start : start + _AT_ONCE]) for one in columns)
    held = {max(0, place - start): what for place, what in answers.parameters}
    return Answers(answers.names, cards, days, ratings, ms, tuple(held.items()))


def _answered(
    answers: Answers, before: Replayed, chosen: npt.NDArray[np.bool_]
) -> tuple[Answers, Replayed]:
    """Only the entries that are answers."""
    days, ratings, ms = (np.asarray(c)[chosen] for c in (answers.days, answers.ratings, answers.ms))
    return (
        Answers(answers.names, answers.cards, days, ratings, ms, answers.parameters),
        Replayed(
            before.first[chosen],
            before.in_review[chosen],
            before.stability[chosen],
            before.recall[chosen],
        ),
    )


def _by_day(
    answers: Answers, right: npt.NDArray[np.bool_], before: Replayed
) -> dict[int, list[int]]:
    days = np.asarray(answers.days, dtype=np.int64)
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
    return {base + n: list(row) for n, row in rows if row[0]}


def _by_percent(
    right: npt.NDArray[np.bool_], recall: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """For each percent how many answers, the sum of their predictions, how many were right."""
    told = ~np.isnan(recall)
    recall, right = recall[told], right[told]
    percent = np.minimum((recall * _PERCENTS).astype(np.int64), _PERCENTS - 1)
    weights = (None, recall, right.astype(np.float64))
    return np.array([np.bincount(percent, one, minlength=_PERCENTS) for one in weights], float)
