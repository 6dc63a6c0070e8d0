"""A review session: the next card, its judgement, its rating, undo."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from quizapp.cards import ask as ask_of
from quizapp.cards.asks import Ask, Judgement, Response, Reveal, judge, shuffled
from quizapp.scheduling.choosing import Entry
from quizapp.scheduling.memory import Rating, describe_interval
from quizapp.scheduling.queue import Counts, Done, Limits, Queue
from quizapp.study.selection import course_cards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.cards import Card
    from quizapp.scheduling.memory import CardMemory
    from quizapp.study.workspace import Workspace

MOST_MS = 60_000
"""An answer that took longer counts as this long: the student was away."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card in front of the student."""

    card: Card
    ask: Ask
    memory: CardMemory | None
    intervals: Mapping[Rating, str]
    """What each rating would lead to, as it stands on the button."""
    since: datetime

    @property
    def is_new(self) -> bool:
        """Whether the card is seen for the first time."""
        return self.memory is None


class ReviewSession:
    """The reviews of today. Every answer is in the log before the next card is shown."""

    def __init__(self, workspace: Workspace, *, topic: str | None = None) -> None:
        self.workspace = workspace
        self.topic = topic
        self.answered = 0
        """Cards rated since the session began, undone ones not counted."""
        self._shown: Shown | None = None
        self._memories = workspace.store.memories()
        self._queue = self._build()

    def _build(self) -> Queue:
        workspace = self.workspace
        day = workspace.today()
        new, reviews = workspace.store.done_today(day)
        settings = workspace.settings
        return Queue(
            [
                Entry(card.id, card.topic, card.note)
                for card in self._cards.values()
                if self.topic is None or card.topic == self.topic
            ],
            self._memories,
            day=day,
            limits=Limits(settings.new_a_day, settings.reviews_a_day),
            done=Done(new, reviews),
            held=workspace.store.held(day),
        )

    @cached_property
    def _cards(self) -> dict[str, Card]:
        return course_cards(self.workspace)

    @property
    def counts(self) -> Counts:
        """How many cards are left today."""
        return self._queue.counts()

    def counts_by_topic(self) -> dict[str, Counts]:
        """How many cards are left today in each topic."""
        return self._queue.counts_by_topic()

    def wakes_at(self) -> datetime | None:
        """When the next learning card falls due, None without one."""
        at = self._queue.wakes_at()
        return None if at is None else datetime.fromtimestamp(at / 1e6).astimezone()

    def current(self) -> Shown | None:
        """The card to answer now, the same until it is answered; None when nothing is left."""
        if self._queue.day != self.workspace.today():
            self._queue = self._build()
            self._shown = None
        if self._shown is None:
            card_id = self._queue.next(self.workspace.now())
            self._shown = None if card_id is None else self._show(card_id)
        return self._shown

    def renew(self) -> None:
        """Go on with content that has changed; the card in front stays if there still is one.

        It is another ``Shown`` where the card itself was changed.
        """
        self.__dict__.pop("_cards", None)
        self._queue = self._build()
        shown = self._shown
        now = self._cards.get(shown.card.id) if shown is not None else None
        if shown is not None and shown.card != now:
            self._shown = None if now is None else self._show(now.id)

    def _show(self, card_id: str) -> Shown:
        workspace = self.workspace
        card = self._cards[card_id]
        memory = self._memories.get(card_id)
        reps = memory.reps if memory else 0
        seed = zlib.crc32(f"{card_id}:{reps}".encode())
        now, day = workspace.now(), workspace.today()
        previews = workspace.scheduler.preview(memory, now, day, card_id)
        return Shown(
            card=card,
            ask=shuffled(ask_of(card, workspace.settings.answer_by), seed),
            memory=memory,
            intervals={r: describe_interval(m, now, day) for r, m in previews.items()},
            since=now,
        )

    def judge(self, response: Response) -> Judgement:
        """Whether a response to the current card is right. Raises LookupError without a card."""
        return judge(self._here().ask, response)

    @staticmethod
    def suggestion(judgement: Judgement) -> Rating:
        """The rating to preselect: Again for a wrong answer, else Good."""
        return Rating.AGAIN if judgement.right is False else Rating.GOOD

    def rate(self, rating: Rating) -> CardMemory:
        """Rate the current card; when this returns, the answer is on disk.

        Raises LookupError without a card and StoreError if nothing could be written; then the
        card stays in front.
        """
        shown = self._here()
        took = (self.workspace.now() - shown.since).total_seconds() * 1000
        how = "reveal" if isinstance(shown.ask, Reveal) else "checked"
        memory = self.workspace.store.review(
            shown.card.id,
            rating,
            ms=int(min(max(took, 0), MOST_MS)),
            how=how,
            scheduler=self.workspace.scheduler,
        )
        self._memories[shown.card.id] = memory
        self._queue.answered(shown.card.id, memory)
        self.answered += 1
        self._shown = None
        return memory

    def undo(self) -> str | None:
        """Take back the last thing done to a card and put it in front; its id, or None.

        Reaches back over restarts, answer by answer.
        """
        event = self.workspace.store.undo()
        if event is None:
            return None
        self._restore(event.subject, back=event.kind == "review")
        return event.subject

    def redo(self) -> str | None:
        """Take the last undo back; the id of the card, or None when nothing was undone."""
        event = self.workspace.store.redo()
        if event is None:
            return None
        self._memories = self.workspace.store.memories()
        self._queue = self._build()
        self._shown = None
        return event.subject

    def _restore(self, card_id: str, *, back: bool) -> None:
        memory = self.workspace.store.memory(card_id)
        if memory is None:
            self._memories.pop(card_id, None)
        else:
            self._memories[card_id] = memory
        if back:
            self.answered = max(0, self.answered - 1)
        self._queue.put_back(card_id, memory)
        in_reach = card_id in self._cards and (
            self.topic is None or self._cards[card_id].topic == self.topic
        )
        self._shown = self._show(card_id) if in_reach else None

    def suspend(self) -> None:
        """Keep the current card out until it is taken back in; ``undo`` does."""
        shown = self._here()
        self.workspace.store.suspend(shown.card.id)
        self._leave(shown)

    def bury(self) -> None:
        """Keep the current card out until tomorrow."""
        from datetime import timedelta

        shown = self._here()
        self.workspace.store.bury(shown.card.id, self._queue.day + timedelta(days=1))
        self._leave(shown)

    def _leave(self, shown: Shown) -> None:
        if self._queue.has_siblings(shown.card.id):
            self._queue = self._build()  # today one of them may come instead
        else:
            self._queue.remove(shown.card.id)
        self._shown = None

    def _here(self) -> Shown:
        # A card that is in front stays there when the study day turns over under it.
        shown = self._shown or self.current()
        if shown is None:
            raise LookupError("no card is left for now")
        return shown
