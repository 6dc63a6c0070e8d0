"""A plan until the exam: what goes in, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.scheduling.horizon import Pace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from quizapp.scheduling.memory import CardMemory


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A card that may be asked in the exam."""

    card: str
    topic: str
    items: tuple[str, ...] = ()
    """The syllabus items it covers; one without counts as an item of its own."""

    note: str = ""
    """What it shares with its siblings, of which a day brings one; may be empty."""

    memory: CardMemory | None = None
    """None for a card never answered."""

    @property
    def covers(self) -> tuple[str, ...]:
        """The items, or the card itself where it names none."""
        return self.items or (self.card,)


@dataclass(frozen=True, slots=True)
class Exam:
    """When the exam is, and the time there is until then. The exam's own day is no study day."""

    day: date
    minutes_a_day: float
    days_off: frozenset[date] = frozenset()
    easy_days: Mapping[int, float] = field(default_factory=dict)
    """Weekday (0 for Monday) to the share of the minutes that it has, 0 to 1; 0 is a day off."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """The share of each topic in the blueprint, in any unit. Empty: every card counts alike.
    A topic that is not named counts nothing; its cards come last and are dropped first."""

    pace: Pace = field(default_factory=Pace)
    spent_today: float = 0.0
    """Seconds already studied today."""

    more_minutes: float = 15.0
    """How much more a day is looked at, too: see ``More``."""

    def study_days(self, today: date) -> list[date]:
        """Return the study days from today to the day before the exam."""
        count = max(0, (self.day - today).days)
        days = (today + timedelta(days=index) for index in range(count))
        return [day for day in days if day not in self.days_off and self.share_of(day) > 0]

    def share_of(self, day: date) -> float:
        """Return the share of the usual minutes that a day's weekday has, from 0 to 1."""
        return self.easy_days.get(day.weekday(), 1.0)


@dataclass(frozen=True, slots=True)
class Share:
    """What a study day brings."""

    day: date
    cards: tuple[str, ...]
    """All cards in the order in which they should come: who stops early has done what gains
    most."""

    new: tuple[str, ...]
    """Those never seen, in the same order."""

    reviews: tuple[str, ...]
    """Those seen before, in the same order."""

    seconds: float
    """How long they are expected to take."""

    enough: int = 0
    """So many of the first cards gain by coming today and not later; what follows them only uses
    the time up, at little gain."""

    final_pass: bool = False
    """Whether the day belongs to the final pass: each card for the last time before the exam."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Items of a topic that should be left out."""

    topic: str
    items: tuple[str, ...]
    cards: tuple[str, ...]
    """The new cards that need not be learned then."""

    weight: float
    """The share of the exam that is given up, from 0 to 1."""

    seconds: float
    """The time that this frees."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether every item can be met once in time; if so, the days of the plan meet it."""

    feasible: bool
    items_open: int
    """Items none of whose cards has been seen."""

    seconds_needed: float
    """For one new card of each; cards that cover several items count once."""

    seconds_left: float
    """All study time until the exam, but for what learning steps broken off take."""

    drops: tuple[Drop, ...] = ()
    """What to leave out so that the rest fits, least weight an hour first; empty if feasible."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The predicted recall on the exam day, from 0 to 1. What is never met counts 0."""

    overall: float
    topics: Mapping[str, float]
    """In syllabus order."""


@dataclass(frozen=True, slots=True)
class More:
    """What more time a day would bring."""

    minutes: float
    forecast: Forecast
    gain: float
    """How much the overall recall would rise."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan until the exam, made anew from what is whenever it is asked for."""

    today: Share
    days: tuple[Share, ...]
    """Each study day until the exam; the first is today's unless today is a day off. The shares
    of later days assume that reviews go as predicted."""

    coverage: Coverage
    forecast: Forecast
    idle: Forecast
    """What would be recalled if nothing more were studied."""

    more: More | None
    """``more_minutes`` more each day; None when no study day is left."""
