"""Asking a handful of cards now: each until it was right, without touching the schedule."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.cards import ask as ask_of
from quizapp.cards import judge, shuffled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.cards import Ask, Card, Judgement, Response
    from quizapp.study.workspace import Workspace

KIND = "quiz"
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


class Quiz:
    """A round of cards, the order drawn anew for each ``seed``."""

    def __init__(self, workspace: Workspace, cards: Mapping[str, Card], *, seed: int) -> None:
        self.workspace = workspace
        self.total = len(cards)
        self.known_at_once = 0
        """Cards that were right the first time."""
        self.done = 0
        """Cards that are through."""
        self._stream = random.Random(seed)
        order = list(cards.values())
        self._stream.shuffle(order)
        self._queue = deque(order)
        self._missed: set[str] = set()
        self._asked: Asked | None = None

    def current(self) -> Asked | None:
        """The card to answer now, None when all are through."""
        if self._asked is None and self._queue:
            card = self._queue[0]
            ask = ask_of(card, self.workspace.settings.answer_by)
            shown = shuffled(ask, self._stream.randrange(2**32))
            self._asked = Asked(card, shown, again=card.id in self._missed)
        return self._asked

    def judge(self, response: Response) -> Judgement:
        """Whether a response to the current card is right. Raises LookupError without a card."""
        return judge(self._here().ask, response)

    def answer(self, *, known: bool) -> None:
        """Go on; a card that was not known comes back.

        Raises StoreError where the answer cannot be written; then the card stays in front.
        """
        asked = self._here()
        self.workspace.store.append(KIND, asked.card.id, {"known": known})
        self._queue.popleft()
        self._asked = None
        if known:
            self.done += 1
            self.known_at_once += not asked.again
        else:
            self._missed.add(asked.card.id)
            self._queue.insert(AFTER, asked.card)

    def _here(self) -> Asked:
        asked = self.current()
        if asked is None:
            raise LookupError("no card is left in this quiz")
        return asked
