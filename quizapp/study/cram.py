"""Cramming: cards chosen by what they are about, asked now; the schedule stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from quizapp.study.finder import Finder
from quizapp.study.selection import course_cards

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.cards import Card
    from quizapp.study.workspace import Workspace

Kind = Literal["failed", "leeches", "flag", "course", "topic", "search"]

_FLAGS = range(1, 8)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to cram."""

    kind: Kind
    name: str
    """The flag's number, the topic, or what was searched for; "" where the kind says all."""
    cards: Mapping[str, Card] = field(repr=False)

    @property
    def why(self) -> str:
        """How the log calls it."""
        return f"{self.kind}:{self.name}" if self.name else self.kind


class Crammer:
    """The cards of the chosen course. Its methods may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._finder = Finder(workspace)
        self._mine = course_cards(workspace)

    def search(self, query: str) -> Offer:
        """Return the cards of the course that fit a query. Raises QueryError."""
        return self._asked("search", query.strip(), query)

    def offers(self) -> list[Offer]:
        """Return what there is to cram: what went wrong today, leeches, flags, all, topics."""
        return [offer for offer in self._all() if offer.cards]

    def refresh(self) -> None:
        """Take in what has happened since."""
        self._finder.refresh()

    def _all(self) -> Iterator[Offer]:
        yield self._asked("failed", "", "failed:1")
        yield self._asked("leeches", "", "is:leech")
        for flag in _FLAGS:
            yield self._asked("flag", str(flag), f"flag:{flag}")
        yield Offer("course", "", self._mine)
        for topic in dict.fromkeys(card.topic for card in self._mine.values()):
            cards = {name: card for name, card in self._mine.items() if card.topic == topic}
            yield Offer("topic", topic, cards)

    def _asked(self, kind: Kind, name: str, query: str) -> Offer:
        found = set(self._finder.find(query))
        cards = {key: card for key, card in self._mine.items() if key in found}
        return Offer(kind, name, cards)
