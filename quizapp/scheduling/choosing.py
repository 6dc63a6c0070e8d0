"""Which cards of a course a study day brings, and mixed in which way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from quizapp.scheduling.memory import CardMemory


@dataclass(frozen=True, slots=True)
class Entry:
    """A card in syllabus order, with its topic."""

    card: str
    topic: str
    note: str = ""
    """What it shares with its siblings, the cards that give its answer away; may be empty."""

    @property
    def kin(self) -> str:
        """The note, or the card itself where it has no siblings."""
        return self.note or self.card


def siblings(order: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Return for each card with siblings all cards of its note."""
    notes: dict[str, list[str]] = {}
    for entry in order:
        if entry.note:
            notes.setdefault(entry.note, []).append(entry.card)
    groups = (tuple(cards) for cards in notes.values() if len(cards) > 1)
    return {card: group for group in groups for card in group}


def one_each(entries: Iterable[Entry], shown: set[str]) -> Iterator[Entry]:
    """Yield the first card of each note that the day does not show yet, and count it as shown.

    ``shown`` grows only as far as the cards are taken.
    """
    for entry in entries:
        if entry.kin not in shown:
            shown.add(entry.kin)
            yield entry


def first(entries: Iterable[Entry], limit: int | None, done: int) -> list[Entry]:
    """Return as many of the first entries as a limit leaves; None is no limit."""
    return list(islice(entries, None if limit is None else max(0, limit - done)))


def reviews_due(
    present: Sequence[Entry], memories: Mapping[str, CardMemory], day: date
) -> list[Entry]:
    """Return the cards in review that are due, longest overdue first."""
    due = [
        (memory.due_day, index, entry)
        for index, entry in enumerate(present)
        if (memory := memories.get(entry.card)) is not None
        and memory.due_day is not None
        and memory.due_day <= day
    ]
    due.sort(key=lambda entry: entry[:2])
    return [entry for _, _, entry in due]


def mixed(entries: Iterable[Entry], rng: random.Random) -> list[str]:
    """Return the cards with each topic spread evenly; within a topic the order stays."""
    topics: dict[str, list[str]] = {}
    for entry in entries:
        topics.setdefault(entry.topic, []).append(entry.card)
    spots = []
    for cards in topics.values():
        phase = rng.random()
        spots += [((index + phase) / len(cards), card) for index, card in enumerate(cards)]
    return [card for _, card in sorted(spots)]


def spread(reviews: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return reviews with the new cards spread evenly through them."""
    spots = [((index + 0.5) / len(reviews), 0, card) for index, card in enumerate(reviews)]
    spots += [((index + 0.5) / len(new), 1, card) for index, card in enumerate(new)]
    return [card for _, _, card in sorted(spots, key=lambda spot: spot[:2])]


BLOCK = 20
"""So many cards of a plan are mixed among themselves."""


def in_blocks(planned: Sequence[Entry], rng: random.Random) -> list[str]:
    """Return planned cards block by block in the order of the plan, each mixed by topic.

    Who stops early has done what gains most, but for the mixing within one block.
    """
    blocks = (planned[start : start + BLOCK] for start in range(0, len(planned), BLOCK))
    return [card for block in blocks for card in mixed(block, rng)]
