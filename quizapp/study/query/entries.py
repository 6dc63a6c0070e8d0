"""What a query sees of a card that does not change from answer to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.study.search import searchable, searchable_card

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizapp.cards import Card
    from quizapp.packs.model import Pack
    from quizapp.study.query.tree import Field


EXERCISE = "exercise"
"""The type of a skill, where cards have theirs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One card, or one exercise on the schedule."""

    id: str
    names: Mapping[Field, tuple[str, ...]]
    """In small letters."""
    text: str
    """All its texts, as ``search.searchable`` makes them."""


def card_entry(card: Card, pack: Pack) -> Entry:
    """The entry of a card of a pack."""
    names: dict[Field, tuple[str, ...]] = {
        "topic": _small([card.topic]),
        "course": _courses(card.items, pack),
        "type": _small([card.type]),
        "item": _small(card.items),
        "id": _small([card.id]),
        "tag": _small(card.tags),
        "family": _small(card.families),
        "source": _small(f"{source.course} {source.place}" for source in card.sources),
        "disc": _small(card.discrepancies),
    }
    return Entry(card.id, names, searchable_card(card))


def exercise_entry(
    card: str, *, family: str, topic: str, title: str, items: tuple[str, ...], course: str
) -> Entry:
    """The entry of an exercise family that is on the schedule."""
    names: dict[Field, tuple[str, ...]] = {
        "topic": _small([topic]),
        "course": _small([course]),
        "type": (EXERCISE,),
        "item": _small(items),
        "id": _small([card]),
        "family": _small([family]),
    }
    return Entry(card, names, searchable(f"{card}\n{topic}\n{title}"))


def _courses(items: Iterable[str], pack: Pack) -> tuple[str, ...]:
    found = (pack.items[name].course for name in items if name in pack.items)
    return _small(dict.fromkeys(found))


def _small(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names)
