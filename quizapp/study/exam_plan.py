"""What a plan until the exam says: today's share, the forecast, what does not fit, the days ahead.

Only the shapes, without anything heavy, so that a screen can import them; ``planning.py`` fills
them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from quizapp.scheduling.plan import Plan

DeckName = Literal["cards", "skills"]


@dataclass(frozen=True, slots=True)
class TopicForecast:
    """The predicted recall of one topic on the day of the exam, cards and skills together."""

    topic: str
    recall: float
    """With the plan, 0 to 1; what is never met counts 0."""
    now: float
    """If nothing more were studied."""
    weight: float
    """The share of the exam, 0 to 1."""
    weakest: bool = False
    """Whether its recall is the lowest of the topics that the exam asks for in earnest."""


@dataclass(frozen=True, slots=True)
class ExamForecast:
    """The predicted recall on the day of the exam, from 0 to 1. What is never met counts 0."""

    overall: float
    """With the plan, weighted as the blueprint."""
    now: float
    """If nothing more were studied."""
    cards: float
    """With the plan, of the cards alone."""
    skills: float | None
    """With the plan, of the computations alone; None where the exam has none."""
    topics: tuple[TopicForecast, ...]
    """In the order in which the course teaches them."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Items of a topic that do not fit into the time, or that were left out for that."""

    topic: str
    deck: DeckName
    items: tuple[str, ...]
    """Ids of syllabus items (or of a card that names none)."""
    cards: tuple[str, ...]
    """The cards or skills that need not be learned then."""
    weight: float
    """The share of the exam that is given up, 0 to 1."""
    minutes: float
    """The minutes that this frees until the exam."""


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Whether every item can be met once in time, cards and computations."""

    feasible: bool
    items_open: int
    """Items that nothing was answered of."""
    minutes_needed: float
    """To meet each of them once."""
    minutes_left: float
    """All study time until the exam."""
    drops: tuple[Dropped, ...]
    """What to leave out so that the rest fits, least weight an hour first; empty if feasible."""

    @property
    def squeezed(self) -> str | None:
        """What is too much for its own part of the time, where the time as a whole would do."""
        if not self.drops or self.minutes_needed > self.minutes_left:
            return None
        decks = {drop.deck for drop in self.drops}
        count = sum(len(drop.cards) for drop in self.drops)
        thing = "card" if decks == {"cards"} else "computation"
        told = f"1 {thing} is" if count == 1 else f"{count} {thing}s are"
        return f"{told} more than the part of the time for {thing}s holds."


@dataclass(frozen=True, slots=True)
class TodayShare:
    """What the plan gives this study day, and what is left of it.

    The share is that of the morning: it stays while answers come in.
    """

    new: int
    reviews: int
    skills: int
    """All of the day, whether done or not."""
    minutes: float
    left: tuple[str, ...]
    """Cards still to come, in the planner's order."""
    skills_left: tuple[str, ...]
    """Skills still to come (``skill/...``), in the planner's order."""
    minutes_left: float
    """What is left is expected to take so long."""
    final_pass: bool = False
    """Whether the day belongs to the final pass: each card for the last time before the exam."""

    @property
    def done(self) -> bool:
        """Whether nothing of the share is left."""
        return not self.left and not self.skills_left


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A study day of the plan; those after today assume that reviews go as predicted."""

    day: date
    minutes: float
    new: int
    reviews: int
    skills: int
    final_pass: bool


@dataclass(frozen=True, slots=True)
class MoreTime:
    """What more time a day would bring."""

    minutes: float
    """So many more on each study day."""
    overall: float
    """The predicted recall then, 0 to 1."""
    gain: float
    """By how much that is more."""


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """The plan until the exam, made anew from the log whenever it is asked for."""

    course: str
    """Its title."""
    exam: date
    today: date
    days_left: int
    """Days until the exam, at least 1."""
    minutes_a_day: int
    goal: float
    """The recall that the student aims at: the retention of the settings, 0 to 1."""
    share: TodayShare
    forecast: ExamForecast
    feasibility: Feasibility
    more: MoreTime | None
    """None when no study day is left."""
    days: tuple[DayAhead, ...]
    """Each study day until the exam, today with its whole share; days off are left out."""
    accepted: tuple[Dropped, ...]
    """What the student has agreed to leave out; it is not planned for any more."""
    cards: Plan | None
    """The planner's own plan of the cards as they are now, None where there are none."""
    skills: Plan | None
    """The same of the skills."""
