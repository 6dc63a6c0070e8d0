"""Which cards and computations ask for each item of a syllabus, and whether that is enough."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizapp.packs.model import Pack

IMPORTANT = frozenset(("theorem", "algorithm", "formula", "comparison", "trap"))
"""Kinds of items that have to be asked for in two different ways."""
COMPUTATION = "computation"
"""How an exercise family asks, next to the types of the cards."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How an item is asked for."""

    cards: tuple[str, ...]
    """Ids of the cards as the files write them."""
    families: tuple[str, ...]
    ways: frozenset[str]
    """Card types, and ``COMPUTATION``."""
    needed: int
    """How many different ways there have to be; 0 where the exam does not ask."""

    @property
    def enough(self) -> bool:
        """Whether the item is asked for in enough ways."""
        return len(self.ways) >= self.needed


def needed(kind: str, *, examinable: bool) -> int:
    """Return in how many different ways an item of a kind has to be asked for."""
    return (2 if kind in IMPORTANT else 1) if examinable else 0


def covering(cards: Iterable[tuple[str, str, Iterable[str]]]) -> dict[str, dict[str, str]]:
    """Return for each item its cards with their types; a card is (id, type, items)."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for card, kind, items in cards:
        for item in items:
            found[item][card] = kind
    return found


def covered(types: Mapping[str, str], families: Iterable[str], least: int) -> Coverage:
    """Return the coverage of an item with these cards (by id, with their types) and families."""
    families = tuple(families)
    ways = frozenset((*types.values(), *([COMPUTATION] if families else ())))
    return Coverage(tuple(types), families, ways, least)


def coverage(pack: Pack) -> dict[str, Coverage]:
    """Return the coverage of every item of a pack, by its id."""
    by_item = covering((card.note, card.type, card.items) for card in pack.cards.values())
    return {
        item.id: covered(
            by_item.get(item.id, {}), item.families, needed(item.kind, examinable=item.examinable)
        )
        for item in pack.items.values()
    }
