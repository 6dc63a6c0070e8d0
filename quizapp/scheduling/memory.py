"""What the schedule knows about one card, and how an answer changes it (FSRS-6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

import fsrs

from quizapp.scheduling.balance import Load, fuzzed, reach, within
from quizapp.scheduling.formulas import Formulas
from quizapp.scheduling.skills import SKILL

if TYPE_CHECKING:
    from collections.abc import Sequence

Phase = Literal["learning", "review", "relearning"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

_MINUTE = 60_000_000
_AGAIN, _HARD, _GOOD, _EASY = 1, 2, 3, 4
# Learning steps of 1 and 10 minutes, one relearning step of 10, as Anki and py-fsrs have them.
_MOVES: dict[tuple[Phase, int | None, int], tuple[Phase, int | None, int | None]] = {
    ("learning", 0, _AGAIN): ("learning", 0, _MINUTE),
    ("learning", 0, _HARD): ("learning", 0, 11 * _MINUTE // 2),
    ("learning", 0, _GOOD): ("learning", 1, 10 * _MINUTE),
    ("learning", 0, _EASY): ("review", None, None),
    ("learning", 1, _AGAIN): ("learning", 0, _MINUTE),
    ("learning", 1, _HARD): ("learning", 1, 10 * _MINUTE),
    ("learning", 1, _GOOD): ("review", None, None),
    ("learning", 1, _EASY): ("review", None, None),
    ("review", None, _AGAIN): ("relearning", 0, 10 * _MINUTE),
    ("review", None, _HARD): ("review", None, None),
    ("review", None, _GOOD): ("review", None, None),
    ("review", None, _EASY): ("review", None, None),
    ("relearning", 0, _AGAIN): ("relearning", 0, 10 * _MINUTE),
    ("relearning", 0, _HARD): ("relearning", 0, 15 * _MINUTE),
    ("relearning", 0, _GOOD): ("review", None, None),
    ("relearning", 0, _EASY): ("review", None, None),
}
"""From phase, step and rating to the next phase and step and the wait until then, microseconds;
without a wait the interval of the stability holds."""


class Rating(IntEnum):
    """How well a card was recalled."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class CardMemory:
    """The memory of one card that has been answered at least once."""

    phase: Phase
    """Learning and relearning go by minutes, review by study days."""

    step: int | None
    """The learning or relearning step; None in review."""

    stability: float
    """Days until the predicted recall falls to 90 %."""

    difficulty: float
    """From 1 (easy) to 10."""

    due_at: int | None
    """Microseconds UTC since 1970, in learning and relearning; None in review."""

    due_day: date | None
    """The study day, in review; None in learning and relearning."""

    last_day: date
    """The study day of the last answer."""

    reps: int
    """How often it was answered."""

    lapses: int
    """How often it was forgotten in review."""


class Scheduler:
    """FSRS-6 as py-fsrs has it, with elapsed time in whole study days and a fuzz of our own.

    ``parameters`` are the 21 of FSRS-6 (None: the defaults of py-fsrs), ``retention`` the
    recall wished for on the due day. Raises ``ValueError`` for parameters out of the bounds
    of py-fsrs or a retention that is not between 0 and 1.
    """

    def __init__(self, parameters: Sequence[float] | None = None, retention: float = 0.9) -> None:
        if not 0.0 < retention < 1.0:
            raise ValueError(f"the retention must lie between 0 and 1, got {retention}")
        self._fsrs = fsrs.Scheduler(
            parameters=fsrs.Scheduler().parameters if parameters is None else tuple(parameters),
            desired_retention=retention,
            enable_fuzzing=False,
        )
        self._formulas = Formulas(self._fsrs.parameters, retention)

    @property
    def parameters(self) -> tuple[float, ...]:
        """The 21 parameters of FSRS-6."""
        return self._fsrs.parameters

    @property
    def retention(self) -> float:
        """The recall wished for on the due day."""
        return self._fsrs.desired_retention

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scheduler):
            return NotImplemented
        return (self.parameters, self.retention) == (other.parameters, other.retention)

    def __hash__(self) -> int:
        return hash((self.parameters, self.retention))

    def __repr__(self) -> str:
        return f"Scheduler(parameters={self.parameters}, retention={self.retention})"

    def answer(
        self,
        memory: CardMemory | None,
        rating: Rating,
        at: datetime,
        day: date,
        card_id: str,
        load: Load | None = None,
    ) -> CardMemory:
        """Return the memory after an answer; ``memory`` is None for a new card.

        ``at`` is the aware moment of the answer, ``day`` its study day (see ``days.study_day``),
        ``load`` what the days ahead bring already; without it the interval is moved by its fuzz.
        A skill has no learning steps: a whole exercise is not asked for twice on a day.
        """
        if load is not None:
            return self.preview(memory, at, day, card_id, load)[rating]
        return self.answer_at(memory, int(rating), microseconds(at), day, card_id)

    def answer_at(
        self,
        memory: CardMemory | None,
        rating: int,
        at: int,
        day: date,
        card_id: str,
        due: date | None = None,
    ) -> CardMemory:
        """Return the same as ``answer``, for a moment in microseconds UTC since 1970.

        ``due`` is the day that was chosen by the load; it holds where it lies within reach of the
        interval. A replay goes through here a million times, so it is plain arithmetic over
        ``Formulas``.
        """
        phase: Phase = "learning"
        step: int | None = 0
        reps, lapses = 1, 0
        if memory is None:
            stability, difficulty = self._formulas.first(rating)
        else:
            phase, step, reps, lapses = memory.phase, memory.step, memory.reps + 1, memory.lapses
            stability, difficulty = self._formulas.after(
                memory.stability,
                memory.difficulty,
                (day - memory.last_day).days,
                rating,
            )
            if phase == "review" and rating == _AGAIN:
                lapses += 1
        phase, step, wait = _MOVES[phase, step, rating]
        if wait is not None and card_id.startswith(SKILL):
            phase, step, wait = "review", None, None
        due_day = None
        if wait is None:
            interval, today = self._formulas.interval(stability), day.toordinal()
            chosen = 0 if due is None else due.toordinal() - today
            days = chosen if within(chosen, interval) else fuzzed(interval, card_id, reps)
            due_day = date.fromordinal(today + days)
        due_at = None if wait is None else at + wait
        return CardMemory(phase, step, stability, difficulty, due_at, due_day, day, reps, lapses)

    def preview(
        self,
        memory: CardMemory | None,
        at: datetime,
        day: date,
        card_id: str,
        load: Load | None = None,
    ) -> dict[Rating, CardMemory]:
        """Return what each rating would lead to, exactly as ``answer`` then gives it."""
        found = {rating: self.answer(memory, rating, at, day, card_id) for rating in Rating}
        if load is None:
            return found
        rated = [rating for rating in Rating if found[rating].due_day is not None]
        intervals = [self._formulas.interval(found[rating].stability) for rating in rated]
        reps = 1 if memory is None else memory.reps + 1
        chosen = load.choose(intervals, day, f"{card_id}\x1f{reps}")
        for rating, days in zip(rated, chosen, strict=True):
            found[rating] = replace(found[rating], due_day=day + timedelta(days=days))
        return found

    def days_in_reach(self, memory: CardMemory, day: date) -> tuple[date, date] | None:
        """Return between which days a card may come that was answered on a day, both included.

        None in learning and relearning, where the steps alone decide.
        """
        if memory.due_day is None:
            return None
        first, last = reach(self._formulas.interval(memory.stability))
        return day + timedelta(days=first), day + timedelta(days=last)

    def retrievability(self, memory: CardMemory, day: date) -> float:
        """Return the predicted probability of recall on a study day, from 0 to 1."""
        return self._formulas.recall(memory.stability, (day - memory.last_day).days)


def microseconds(moment: datetime) -> int:
    """Return an aware moment as microseconds UTC since 1970, without a detour by floats."""
    return (moment - EPOCH) // MICROSECOND


def describe_interval(memory: CardMemory, at: datetime, day: date) -> str:
    """Return the time until a card is due, short enough for a button: <1m, 10m, 3d, 1.2mo."""
    if memory.due_day is not None:
        return _days((memory.due_day - day).days)
    seconds = ((memory.due_at or 0) - microseconds(at)) / 1e6
    if seconds < 60:
        return "<1m"
    if seconds < 3600:
        return f"{int(seconds / 60 + 0.5)}m"
    if seconds < 86400:
        return f"{_short(seconds / 3600)}h"
    return _days(int(seconds / 86400 + 0.5))


def _days(days: int) -> str:
    if days < 31:
        return f"{max(days, 0)}d"
    if days < 365:
        return f"{_short(days * 12 / 365.25)}mo"
    return f"{_short(days / 365.25)}y"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
