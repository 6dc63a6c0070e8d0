"""The cards of the course in the order of its teaching, with what a queue asks about them."""

from __future__ import annotations

from itertools import filterfalse, islice
from typing import TYPE_CHECKING

from quizapp.scheduling.choosing import Entry, siblings
from quizapp.study.selection import course_cards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from quizapp.cards import Card
    from quizapp.study.workspace import Workspace


class CourseOrder:
    """Made once for the content and the course; what a day brings is looked up in it."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        self.cards = cards
        """By their ids."""
        shared = {card.note for card in cards.values() if card.note != card.id}
        self.entries = {
            card.id: Entry(card.id, card.topic, card.note if card.note in shared else "")
            for card in cards.values()
        }
        """By the ids of the cards, in the order of the course; the note only where it is shared."""
        self._place = {card: place for place, card in enumerate(self.entries)}
        self._ids = tuple(self.entries)
        self._siblings = siblings([entry for entry in self.entries.values() if entry.note])
        self._known: AbstractSet[str] = frozenset()
        self._behind = 0
        """So many cards at the beginning were all known at the last look."""

    def unseen(self, known: AbstractSet[str]) -> Iterator[str]:
        """Yield the cards that are not known, in the order of the course.

        A set that is the same one as the last time may have grown since, but not lost any.
        """
        if known is not self._known:
            self._known, self._behind = known, 0
        ahead = filterfalse(known.__contains__, islice(self._ids, self._behind, None))
        soonest = next(ahead, None)
        self._behind = len(self._ids) if soonest is None else self._place[soonest]
        if soonest is not None:
            yield soonest
            yield from ahead

    def with_siblings(self, cards: Iterable[str]) -> list[Entry]:
        """Return those of some cards that are in the course and their siblings, in its order."""
        found: set[str] = set()
        for card in cards:
            if card in self.entries:
                found.update(self._siblings.get(card, (card,)))
        return [self.entries[card] for card in sorted(found, key=self._place.__getitem__)]


def course_order(workspace: Workspace) -> CourseOrder:
    """The order of the chosen course, kept for as long as nothing that it depends on changes."""
    now = (workspace.pack, workspace.course.id, workspace.settings.beyond_exam)
    kept = workspace.__dict__.get("course_order")
    if kept is not None and kept[0][0] is now[0] and kept[0][1:] == now[1:]:
        order: CourseOrder = kept[1]
        return order
    order = CourseOrder(course_cards(workspace))
    workspace.__dict__["course_order"] = (now, order)
    return order
