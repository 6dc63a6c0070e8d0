"""A card: one thing to know, with its sources."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NotRequired

from typing_extensions import TypedDict

from quizapp.cards.shape import exact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.place import Place


@dataclass(frozen=True, slots=True)
class Source:
    """Where a course says it."""

    course: str
    """Key of the course."""
    place: str
    """Where in the course's material, in the words of the pack."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a pack, of any type."""

    id: str
    """Never changes, so that an edited card keeps its progress."""
    type: str
    """Name of the type; one of ``quizapp.cards.types()``."""
    topic: str
    items: tuple[str, ...]
    """Syllabus items that the card covers."""
    sources: tuple[Source, ...]
    discrepancies: tuple[str, ...]
    """Discrepancies to mention after the answer, never before."""
    families: tuple[str, ...]
    """Exercise families that the card belongs with."""
    tags: tuple[str, ...]
    explanation: str
    """What there is to learn from the answer; may be empty."""
    data: Mapping[str, Any] = field(hash=False)
    """The fields of its type, as the type's module declares them."""
    symbolic: bool = False
    """Some of its symbols are those of the reader's course."""
    at: Place | None = field(default=None, compare=False)
    """Where the card stands in the pack, for editing it."""

    @property
    def note(self) -> str:
        """The id in the pack's file, which the cards of both directions share."""
        return self.id.partition("~")[0]

    def digest(self) -> str:
        """Return a hash of what the card teaches; it tells *that* a card changed, not which."""
        content = [self.type, self.data, self.explanation]
        text = json.dumps(content, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()


@exact
class SourceFields(TypedDict):
    """A source as a card file writes it."""

    course: str
    place: str


@exact
class CardFields(TypedDict):
    """What every card of a file writes, whatever its type."""

    id: str
    type: str
    explanation: NotRequired[str]
    items: list[str]
    sources: list[SourceFields]
    discrepancies: NotRequired[list[str]]
    families: NotRequired[list[str]]
    tags: NotRequired[list[str]]
