"""A study day as it is worked through: what is in front, what is left, more on request."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from quizapp.scheduling.skills import family_of
from quizapp.study.course_order import course_order
from quizapp.study.day import build_day
from quizapp.study.showing import Shown, show
from quizapp.study.skills import ShownSkill, course_skills

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizapp.cards import Card
    from quizapp.scheduling.memory import CardMemory
    from quizapp.scheduling.queue import Counts
    from quizapp.study.day import Day
    from quizapp.study.exam_plan import TodayShare
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace


class DaySession:
    """The cards and skills of today, one in front of the student.

    With a plan for the exam the day brings the plan's share, else what is due and what is new up
    to the limits; ``more`` goes on beyond either. A session about one topic goes by what is due.
    """

    def __init__(self, workspace: Workspace, *, topic: str | None = None) -> None:
        self.workspace = workspace
        self.topic = topic
        self._beyond = 0
        self._shown: Shown | ShownSkill | None = None
        self._day = self._build()

    def _build(self, also: Iterable[str] = ()) -> Day:
        return build_day(
            self.workspace,
            course_order(self.workspace),
            self._skills.values(),
            topic=self.topic,
            beyond=self._beyond,
            also=also,
        )

    @cached_property
    def _cards(self) -> Mapping[str, Card]:
        return course_order(self.workspace).cards

    @property
    def _memories(self) -> dict[str, CardMemory]:
        return self._day.memories

    @cached_property
    def _skills(self) -> dict[str, Skill]:
        return {skill.card: skill for skill in course_skills(self.workspace)}

    # What is left --------------------------------------------------------------------------

    @property
    def counts(self) -> Counts:
        """How many cards and skills are left today."""
        return self._day.queue.counts()

    @property
    def share(self) -> TodayShare | None:
        """The plan's share of the day as it stood when the queue was built; None without a plan."""
        return self._day.share

    @property
    def memories(self) -> dict[str, CardMemory]:
        """The memories of all skills, of the cards that may come and of those answered today."""
        return self._memories

    def cards_left(self) -> frozenset[str]:
        """The cards and skills that are left today."""
        return self._day.queue.cards()

    def skills_left(self) -> tuple[int, int]:
        """How many skills are left today: those never answered, and the others."""
        left = [card for card in self._day.queue.cards() if family_of(card) is not None]
        known = sum(card in self._memories for card in left)
        return len(left) - known, known

    def counts_by_topic(self) -> dict[str, Counts]:
        """How many cards and skills are left today in each topic."""
        return self._day.queue.counts_by_topic()

    def wakes_at(self) -> datetime | None:
        """When the next learning card falls due, None without one."""
        at = self._day.queue.wakes_at()
        return None if at is None else datetime.fromtimestamp(at / 1e6).astimezone()

    def current(self) -> Shown | ShownSkill | None:
        """What to answer now, the same until it is answered; None when nothing is left."""
        if self._day.queue.day != self.workspace.today():
            self._beyond = 0
            self._day = self._build()
            self._shown = None
        if self._shown is None:
            card_id = self._day.queue.next(self.workspace.now())
            self._shown = None if card_id is None else self._show(card_id)
        return self._shown

    def more(self) -> int:
        """Go on beyond what the day was to bring; return how many cards and skills that adds.

        With a plan it is what the next days would bring, about ten minutes of it; else a few more
        new cards and reviews than the limits allow. Holds for this session.
        """
        before = self.counts.total
        self._beyond += 1
        self._day = self._build()
        return max(0, self.counts.total - before)

    def renew(self) -> None:
        """Go on with content that has changed; the card in front stays if there still is one.

        It is another ``Shown`` where the card itself was changed.
        """
        self.__dict__.pop("_cards", None)
        self.__dict__.pop("_skills", None)
        self._day = self._build()
        shown = self._shown
        if isinstance(shown, ShownSkill):
            self._shown = shown if shown.id in self._skills else None
            return
        now = self._cards.get(shown.card.id) if shown is not None else None
        if shown is not None and shown.card != now:
            self._shown = None if now is None else self._show(now.id)

    def rebuilt(self) -> None:
        """Build the day anew from the log: cards have come forward, gone, or come back."""
        self._day = self._build()
        self._shown = None

    def _show(self, card_id: str) -> Shown | ShownSkill:
        what = self._skills.get(card_id) or self._cards[card_id]
        return show(self.workspace, what, self._memories.get(card_id))

    def _here(self) -> Shown | ShownSkill:
        # A card that is in front stays there when the study day turns over under it.
        shown = self._shown or self.current()
        if shown is None:
            raise LookupError("no card is left for now")
        return shown
