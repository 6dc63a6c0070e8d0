"""What the schedule knows about one card, and how an answer changes it (FSRS-6)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

import fsrs

if TYPE_CHECKING:
    from collections.abc import Sequence

Phase = Literal["learning", "review", "relearning"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FUZZ_FROM_DAYS = 3
FUZZ_SHARE = 20
"""Intervals move by at most one part in this many, that is 5 %."""

_STATES: dict[Phase, fsrs.State] = {
    "learning": fsrs.State.Learning,
    "review": fsrs.State.Review,
    "relearning": fsrs.State.Relearning,
}
_PHASES: dict[fsrs.State, Phase] = {state: phase for phase, state in _STATES.items()}
_RATINGS = {int(rating): rating for rating in fsrs.Rating}
# py-fsrs sleeps for a card without an id, and reads the clock for one without a due time.
_CARD_ID = 1


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
    """FSRS-6 by py-fsrs, with elapsed time in whole study days and a fuzz of our own.

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
        self, memory: CardMemory | None, rating: Rating, at: datetime, day: date, card_id: str
    ) -> CardMemory:
        """Return the memory after an answer; ``memory`` is None for a new card.

        ``at`` is the aware moment of the answer, ``day`` its study day (see ``days.study_day``).
        """
        # Midnight UTC of the study day: py-fsrs counts blocks of 24 hours, so days are whole.
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        card, _ = self._fsrs.review_card(_card(memory, midnight), _RATINGS[rating], midnight)
        if card.stability is None or card.difficulty is None:
            raise TypeError("py-fsrs gave no stability")
        reps = 1 if memory is None else memory.reps + 1
        lapsed = memory is not None and memory.phase == "review" and rating == Rating.AGAIN
        interval = card.due - midnight
        due_at, due_day = None, None
        if card.state is fsrs.State.Review:
            due_day = day + timedelta(days=fuzzed(interval.days, card_id, reps))
        else:
            due_at = microseconds(at + interval)
        return CardMemory(
            phase=_PHASES[card.state],
            step=card.step,
            stability=card.stability,
            difficulty=card.difficulty,
            due_at=due_at,
            due_day=due_day,
            last_day=day,
            reps=reps,
            lapses=(memory.lapses if memory else 0) + lapsed,
        )

    def preview(
        self, memory: CardMemory | None, at: datetime, day: date, card_id: str
    ) -> dict[Rating, CardMemory]:
        """Return what each rating would lead to, exactly as ``answer`` then gives it."""
        return {rating: self.answer(memory, rating, at, day, card_id) for rating in Rating}

    def retrievability(self, memory: CardMemory, day: date) -> float:
        """Return the predicted probability of recall on a study day, from 0 to 1."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return self._fsrs.get_card_retrievability(_card(memory, midnight), midnight)


def fuzzed(days: int, card_id: str, reps: int) -> int:
    """Return an interval in days moved by up to 5 %, the same for the same card and repetition.

    Cards learned together would otherwise come back together for ever. Below 20 days a whole
    day is more than 5 %, so these stay; a longer interval never becomes shorter than a shorter
    one of the same card, so the buttons keep their order.
    """
    if days < FUZZ_FROM_DAYS:
        return days
    reach = days // FUZZ_SHARE
    digest = hashlib.blake2b(f"{card_id}\x1f{reps}".encode(), digest_size=4).digest()
    return days - reach + (int.from_bytes(digest) * (2 * reach + 1) >> 32)


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


def _card(memory: CardMemory | None, midnight: datetime) -> fsrs.Card:
    """Return the card as py-fsrs knows it; its due time is not read there."""
    if memory is None:
        return fsrs.Card(_CARD_ID, due=midnight)
    last = memory.last_day
    return fsrs.Card(
        _CARD_ID,
        state=_STATES[memory.phase],
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=midnight,
        last_review=datetime(last.year, last.month, last.day, tzinfo=UTC),
    )
