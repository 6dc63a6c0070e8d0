"""A query once it is read: frozen data, which says nothing of how it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Field = Literal[
    "topic", "course", "type", "item", "id", "tag", "family", "source", "disc"
]  # fmt: skip
"""What a card has names in."""

Standing = Literal[
    "due", "new", "learning", "review", "suspended", "buried", "leech", "today", "skill", "dropped"
]  # fmt: skip
"""Where a card stands in the schedule."""

Quantity = Literal["stability", "difficulty", "recall", "due", "interval", "lapses", "reps"]
"""What is known of a card as a number."""

Sign = Literal["<=", ">=", "!=", "<", ">", "="]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every card; what an empty query asks for."""


@dataclass(frozen=True, slots=True)
class Text:
    """Cards that hold a text, words as they stand, capitals and spelling of Greek letters aside."""

    text: str
    """Not empty, one blank between words."""


@dataclass(frozen=True, slots=True)
class Named:
    """Cards by a name; ``*`` in it stands for any characters."""

    field: Field
    name: str
    """In small letters, not empty."""


@dataclass(frozen=True, slots=True)
class Is:
    """Cards by where they stand."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class Flagged:
    """Cards by their flag."""

    flag: int | None
    """0 to 7; None for any but 0."""


@dataclass(frozen=True, slots=True)
class Rated:
    """Cards that were answered lately."""

    days: int
    """So many study days, today counted."""
    rating: int | None = None
    """1 (again) to 4 (easy); None for any."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """Cards that were answered for the first time lately."""

    days: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Cards by a number that is known of them."""

    quantity: Quantity
    sign: Sign
    value: float


@dataclass(frozen=True, slots=True)
class Not:
    """The cards that do not fit a query."""

    query: Query


@dataclass(frozen=True, slots=True)
class And:
    """The cards that fit all of several queries: two or more, none of them an ``And``."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """The cards that fit any of several queries: two or more, none of them an ``Or``."""

    queries: tuple[Query, ...]


Term = Text | Named | Is | Flagged | Rated | Introduced | Measured
Query = Everything | Term | Not | And | Or


def named_in(query: Query) -> Iterator[Named]:
    """Yield the names that a query asks for, in its order."""
    match query:
        case Named():
            yield query
        case Not(inner):
            yield from named_in(inner)
        case And(parts) | Or(parts):
            for part in parts:
                yield from named_in(part)


def all_of(queries: Iterable[Query]) -> Query:
    """One query for what fits all of several; everything for none."""
    flat: list[Query] = []
    for query in queries:
        if isinstance(query, And):
            flat += query.queries
        elif not isinstance(query, Everything):
            flat.append(query)
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(queries: Iterable[Query]) -> Query:
    """One query for what fits any of several, at least one of them."""
    flat: list[Query] = []
    for query in queries:
        flat += query.queries if isinstance(query, Or) else (query,)
    if Everything() in flat:
        return Everything()
    return flat[0] if len(flat) == 1 else Or(tuple(flat))
