"""Asking a handful of cards now: each until it was right, without touching the schedule."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.cards import ask as ask_of
from quizapp.cards import judge, shuffled
from quizapp.scheduling.memory import Rating
from quizapp.study.review import MOST_MS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from quizapp.cards import Ask, Card, Judgement, Response
    from quizapp.store.events import Event
    from quizapp.study.workspace import Workspace

KIND = "cram"
"""The event of an answer; no interval depends on it."""
AFTER = 4
"""A card that was not known comes back after so many others, or at the end."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A card in front of the student."""

    card: Card
    ask: Ask
    again: bool
    """Whether it was asked before in this quiz."""
    since: datetime


@dataclass(frozen=True, slots=True)
class _Turn:
    """An answer that can be taken back, and how things stood before it."""

    event: Event
    queue: tuple[Card, ...]
    missed: frozenset[str]
    done: int
    known_at_once: int


class Quiz:
    """A round of cards, the order drawn anew for each ``seed``; ``why`` goes into the log."""

    def __init__(
        self, workspace: Workspace, cards: Mapping[str, Card], *, seed: int, why: str
    ) -> None:
        self.workspace = workspace
        self.total = len(cards)
        self.known_at_once = 0
        """Cards that were right the first time."""
        self.done = 0
        """Cards that are through."""
        self._why = why
        self._stream = random.Random(seed)
        self._queue = list(cards.values())
        self._stream.shuffle(self._queue)
        self._missed: frozenset[str] = frozenset()
        self._asked: Asked | None = None
        self._turns: list[_Turn] = []

    def current(self) -> Asked | None:
        """The card to answer now, None when all are through."""
        if self._asked is None and self._queue:
            card = self._queue[0]
            ask = ask_of(card, self.workspace.settings.answer_by)
            shown = shuffled(ask, self._stream.randrange(2**32))
            again = card.id in self._missed
            self._asked = Asked(card, shown, again, self.workspace.now())
        return self._asked

    def judge(self, response: Response) -> Judgement:
        """Whether a response to the current card is right. Raises LookupError without a card."""
        return judge(self._here().ask, response)

    def answer(self, *, known: bool) -> None:
        """Go on; a card that was not known comes back.

        Raises StoreError where the answer cannot be written; then the card stays in front.
        """
        asked = self._here()
        card = asked.card
        took = (self.workspace.now() - asked.since).total_seconds() * 1000
        payload = {
            "card": card.id,
            "rating": int(Rating.GOOD if known else Rating.AGAIN),
            "ms": int(min(max(took, 0), MOST_MS)),
            "why": self._why,
        }
        event = self.workspace.store.append(KIND, card.id, payload)
        self._turns.append(
            _Turn(event, tuple(self._queue), self._missed, self.done, self.known_at_once)
        )
        del self._queue[0]
        self._asked = None
        if known:
            self.done += 1
            self.known_at_once += not asked.again
        else:
            self._missed |= {card.id}
            self._queue.insert(AFTER, card)

    def undo(self) -> bool:
        """Put the card that was answered last in front again; False where there is none.

        Raises StoreError where that cannot be written; then all is as it was.
        """
        if not self._turns:
            return False
        self.workspace.store.take_back(self._turns[-1].event)
        turn = self._turns.pop()
        self._queue = list(turn.queue)
        self._missed, self.done = turn.missed, turn.done
        self.known_at_once = turn.known_at_once
        self._asked = None
        return True

    def _here(self) -> Asked:
        asked = self.current()
        if asked is None:
            raise LookupError("no card is left in this quiz")
        return asked
