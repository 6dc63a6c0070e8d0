"""The card types, found by looking into this package: a new type is one new file."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.cards.asks import Ask
    from quizapp.cards.sides import AnswerBy, Path


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a card's own fields, though each has the right type."""

    path: Path
    """Where in the card, e.g. ``("options", 2, "text")``."""
    message: str
    offset: int = 0
    """Where in the text at that path, in characters."""


class CardType(Protocol):
    """What a module of this package holds to be a card type."""

    TYPE: str
    """The name that a pack writes."""
    EXAMPLE: str
    """Its own fields in YAML, as an author starts with them."""
    Fields: type
    """A TypedDict of the common fields and its own; pydantic reads it."""

    def flaws(self, fields: Any) -> Iterator[Flaw]:
        """Yield what is wrong with fields that have the right types."""

    def ask(self, fields: Any, answer_by: AnswerBy) -> Ask:
        """Return how the card asks."""


@cache
def types() -> Mapping[str, CardType]:
    """Return every card type by its name, in alphabetical order."""
    import quizapp.cards as package

    found: dict[str, CardType] = {}
    for module in pkgutil.iter_modules(package.__path__):
        candidate = import_module(f"{package.__name__}.{module.name}")
        if hasattr(candidate, "TYPE"):
            found[candidate.TYPE] = cast("CardType", candidate)
    return dict(sorted(found.items()))
