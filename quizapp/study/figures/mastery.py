"""How well the syllabus is known, topic by topic and item by item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class ItemMastery:
    """One item of the syllabus."""

    id: str
    topic: str
    statement: str
    asked: int
    """How many cards and computations ask for it."""
    seen: int
    """How many of these were answered."""
    mastery: float | None
    """0 to 1; None where nothing was answered."""


@dataclass(frozen=True, slots=True)
class TopicMastery:
    """One topic with its items, in the order of the syllabus."""

    topic: str
    items: tuple[ItemMastery, ...]
    begun: int
    """The items of which something was answered."""
    mastery: float | None
    """The mean over its items, what was never answered counted as 0; None where nothing was."""


@dataclass(frozen=True, slots=True)
class Mastery:
    """What the exam may ask for."""

    topics: tuple[TopicMastery, ...]
    mastery: float | None
    """The mean over all items."""


def mastery(items: Sequence[ItemMastery]) -> Mastery:
    """Return the mastery of the topics, in the order in which their items come."""
    topics: dict[str, list[ItemMastery]] = {}
    for item in items:
        topics.setdefault(item.topic, []).append(item)
    return Mastery(tuple(_topic(name, found) for name, found in topics.items()), _mean(items))


def _topic(topic: str, items: Sequence[ItemMastery]) -> TopicMastery:
    begun = sum(item.seen > 0 for item in items)
    return TopicMastery(topic, tuple(items), begun, _mean(items))


def _mean(items: Sequence[ItemMastery]) -> float | None:
    if all(item.mastery is None for item in items):
        return None
    return sum(item.mastery or 0.0 for item in items) / len(items)
