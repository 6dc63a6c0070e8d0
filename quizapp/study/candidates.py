"""The cards that a study day may bring: a queue over these is the queue over all of them.

A course may have a hundred thousand cards, and a day brings a few hundred: those being learned,
the longest overdue, the first unseen ones, and what was asked for. Only these are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from datetime import date

    from quizapp.scheduling.choosing import Entry
    from quizapp.scheduling.memory import CardMemory
    from quizapp.scheduling.queue import Limits
    from quizapp.store.store import Store
    from quizapp.study.course_order import CourseOrder

_SPARE = 2
"""So many times the limit of due cards are read first: some are another course's."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a day may bring."""

    entries: list[Entry]
    """In the order of the course."""
    memories: dict[str, CardMemory]
    """Of these cards, and of all cards that were answered on the day."""


def candidates(
    store: Store,
    order: CourseOrder,
    day: date,
    limits: Limits | None,
    *,
    topic: str | None = None,
    asked: Collection[str] = (),
) -> Candidates:
    """The cards that a day may bring within its limits; without limits only what is ``asked`` for.

    Cards that are being learned and those answered on the day are always among them, and so are
    the siblings of all. Raises StoreError.
    """
    answered = store.answered_on(day)
    near = {*answered, *store.learning(), *asked}
    if limits is not None:
        ours = _Ours(order, topic, {entry.kin for entry in order.with_siblings(near)})
        near.update(_due(store, ours, day, limits.reviews))
        near.update(_fresh(store.known(), store.held(day), ours, limits.new))
    entries = [one for one in order.with_siblings(near) if topic is None or one.topic == topic]
    memories = store.memories_of({*answered, *asked, *(entry.card for entry in entries)})
    return Candidates(entries, memories)


class _Ours:
    """The cards of the course or of one topic, and the notes that are taken already."""

    def __init__(self, order: CourseOrder, topic: str | None, taken: set[str]) -> None:
        self.order = order
        self.taken = taken
        self._topic = topic

    def of(self, cards: Iterable[str]) -> Iterator[Entry]:
        """Yield the entries of those that belong here."""
        for card in cards:
            entry = self.order.entries.get(card)
            if entry is not None and self._topic in {None, entry.topic}:
                yield entry


def _due(store: Store, ours: _Ours, day: date, limit: int | None) -> list[str]:
    """As many of the longest overdue cards as have the notes that the limit asks for."""
    count = None if limit is None else _SPARE * limit + 1
    while True:
        rows = store.due(day, count)
        complete = count is None or len(rows) < count
        # Within a day the order of the course decides, so that a day counts whole or not at all.
        whole = rows if complete else [row for row in rows if row[1] < rows[-1][1]]
        found = list(ours.of(card for card, _ in whole))
        if complete or len({entry.kin for entry in found} - ours.taken) >= (limit or 0):
            ours.taken.update(entry.kin for entry in found)
            return [entry.card for entry in found]
        count = None if count is None else count * _SPARE


def _fresh(
    known: AbstractSet[str], held: Collection[str], ours: _Ours, limit: int | None
) -> list[str]:
    """The first unseen cards of so many further notes."""
    found: list[str] = []
    notes: set[str] = set()
    for entry in ours.of(ours.order.unseen(known)):
        if limit is not None and len(notes) >= limit:
            break
        if entry.card not in held:
            found.append(entry.card)
            if entry.kin not in ours.taken:
                notes.add(entry.kin)
    return found
