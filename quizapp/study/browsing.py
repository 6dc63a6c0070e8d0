"""All cards of the packs in use, narrowed by course, topic, type and words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizapp.cards.notation import in_notation
from quizapp.study.search import CardSearch
from quizapp.study.selection import symbols_of

if TYPE_CHECKING:
    from quizapp.cards import Card
    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which cards to show; "" narrows nothing."""

    course: str = ""
    topic: str = ""
    kind: str = ""
    """A card type."""
    words: str = ""


class Browser:
    """The cards as they are now, in the notation of the chosen course."""

    def __init__(self, workspace: Workspace) -> None:
        self._pack = pack = workspace.pack
        symbols = symbols_of(pack, workspace.course.id)
        # The other direction of a reversed card is the same note.
        cards = [card for card in pack.cards.values() if card.id == card.note]
        self._search = CardSearch(in_notation(card, symbols) for card in cards)
        self._courses = {card.id: self._courses_of(card) for card in cards}

    def find(self, chosen: Chosen) -> list[Card]:
        """Return the cards that fit, in the order of the pack."""
        return [
            card
            for card in self._search.find(chosen.words)
            if (not chosen.course or chosen.course in self._courses[card.id])
            and chosen.topic in {"", card.topic}
            and chosen.kind in {"", card.type}
        ]

    def counts(self, chosen: Chosen, by: str) -> dict[str, int]:
        """Return how many cards each course, topic or type (``kind``) would show."""
        found = self.find(replace(chosen, **{by: ""}))
        if by == "course":
            counted = Counter(key for card in found for key in self._courses[card.id])
            return {key: counted[key] for key in self._pack.courses if counted[key]}
        counted = Counter(card.topic if by == "topic" else card.type for card in found)
        return dict(sorted(counted.items()))

    def _courses_of(self, card: Card) -> frozenset[str]:
        items = self._pack.items
        return frozenset(items[name].course for name in card.items if name in items)
