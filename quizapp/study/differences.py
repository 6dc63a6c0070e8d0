"""Where slides, courses and textbook differ: which entries concern one, and the cards on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.cards.notation import in_notation
from quizapp.study.selection import symbols_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizapp.cards import Card
    from quizapp.packs.model import Discrepancy, Pack

SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which entries to show; "" narrows nothing."""

    course: str = ""
    topic: str = ""
    severity: str = ""
    words: str = ""
    """Every one of these words stands somewhere in the entry."""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.course or self.topic or self.severity or self.words.strip())


def concerns(entry: Discrepancy, course: str) -> bool:
    """Return whether a course makes one of the claims or its exam has an answer of its own."""
    return course in entry.exam_advice or any(claim.course == course for claim in entry.claims)


def entries(pack: Pack, narrowing: Narrowing, ids: Sequence[str] = ()) -> list[Discrepancy]:
    """Return the entries (of these ids, if any are given) that fit, the gravest first."""
    given = [pack.discrepancies[name] for name in ids if name in pack.discrepancies]
    words = narrowing.words.casefold().split()
    found = [
        entry
        for entry in (given if ids else pack.discrepancies.values())
        if (not narrowing.course or concerns(entry, narrowing.course))
        and narrowing.topic in {"", entry.topic}
        and narrowing.severity in {"", entry.severity}
        and (not words or _has_all(entry, words))
    ]
    return found if ids else sorted(found, key=_gravity)


def counts(found: Iterable[Discrepancy], pack: Pack) -> dict[str, Counter[str]]:
    """Return how many of the entries there are by course, by topic and by severity."""
    by: dict[str, Counter[str]] = {"course": Counter(), "topic": Counter(), "severity": Counter()}
    for entry in found:
        by["course"].update(course for course in pack.courses if concerns(entry, course))
        by["topic"][entry.topic] += 1
        by["severity"][entry.severity] += 1
    return by


def cards_on(pack: Pack, found: Iterable[Discrepancy], course: str) -> dict[str, Card]:
    """Return the cards that touch the entries, by id, in the notation of a course.

    Cards on an item of the course come first; those of other courses follow, since an entry may
    be asked about from their side only.
    """
    wanted = [entry.id for entry in found]
    order = {name: place for place, name in enumerate(wanted)}
    touching = [card for card in pack.cards.values() if order.keys() & set(card.discrepancies)]
    touching.sort(key=lambda card: _place(card, order, pack, course))
    symbols = symbols_of(pack, course)
    return {card.id: in_notation(card, symbols) for card in touching}


def _place(card: Card, order: Mapping[str, int], pack: Pack, course: str) -> tuple[bool, int]:
    mine = any(pack.items[item].course == course for item in card.items if item in pack.items)
    return not mine, min(order[name] for name in card.discrepancies if name in order)


def _gravity(entry: Discrepancy) -> int:
    known = entry.severity in SEVERITIES
    return SEVERITIES.index(entry.severity) if known else len(SEVERITIES)


def _has_all(entry: Discrepancy, words: list[str]) -> bool:
    text = " ".join(
        (
            entry.title,
            entry.topic,
            entry.id,
            entry.verdict,
            entry.literature.says,
            *entry.literature.references,
            *(claim.says for claim in entry.claims),
        )
    ).casefold()
    return all(word in text for word in words)
