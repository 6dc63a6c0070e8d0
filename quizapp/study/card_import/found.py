"""Cards as a source gives them, before a pack takes them in."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from quizapp.core.errors import QuizError

MOST_CARDS = 50_000
"""Cards, or rows that are none, in one import."""
LONGEST_FIELD = 100_000
"""Characters of one field of a source."""
MOST_BLANKS = 50
"""Blanks of one text, each of which makes a card."""
MOST_TEXT = 64_000_000
"""Characters of all cards of an import."""


class ImportFileError(QuizError):
    """A source that cannot be read, or a pack that cannot take it in."""

    code = "import"


@dataclass(frozen=True, slots=True)
class FoundCard:
    """One card of a source."""

    id: str
    """The same at every import of the source, whatever changes but its question or note."""
    type: str
    given: dict[str, Any]
    """The fields that the source speaks of, with the names of the pack format."""
    topic: tuple[str, ...]
    """Path of names, such as deck and subdeck; empty where the source has none."""
    place: str
    """Where in the source, for people."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a source that gives no card."""

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was done to texts, as a sentence with ``{}`` for how often."""

    one: str
    several: str

    def told(self, count: int) -> str:
        """The sentence for so many."""
        return (self.one if count == 1 else self.several).format(count)


@dataclass(slots=True)
class Found:
    """What a source holds."""

    title: str
    cards: list[FoundCard] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: Counter[Remark] = field(default_factory=Counter)
    """What was done to texts, and how often."""
    _size: int = 0

    def add(self, card: FoundCard) -> None:
        """Take in a card. Raises ImportFileError where there are too many."""
        self.cards.append(card)
        self._size += sum(len(value) for value in card.given.values() if isinstance(value, str))
        self._check()

    def leave_out(self, place: str, why: str) -> None:
        """Say of something that it gives no card. Raises as ``add`` does."""
        self.left_out.append(LeftOut(place, why))
        self._check()

    def _check(self) -> None:
        if self._size > MOST_TEXT:
            raise ImportFileError("there is more text here than a pack holds.", where=self.title)
        if len(self.cards) + len(self.left_out) > MOST_CARDS:
            raise ImportFileError(
                f"there are more than {MOST_CARDS} cards here; split the file.", where=self.title
            )


def hashed(*parts: str) -> str:
    """Sixteen letters and digits that stand for some texts."""
    whole = "\x1f".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:16]


def question_id(*question: str) -> str:
    """The id of a card whose source gives none: it follows from the question."""
    return f"card-{hashed(*question)}"
