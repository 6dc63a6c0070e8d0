"""What is wrong with a query: one sentence, with its place."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 30


class QueryError(QuizError):
    """A query that cannot be read; ``start`` and ``end`` are the characters, from 0."""

    code = "query"

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message, where=f"character {start + 1}")
        self.start = start
        self.end = end


def short(text: str) -> str:
    """A piece of a query, cut where it is too long for a sentence."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of the known names that was probably meant, None where none is near."""
    names = list(known)
    name = name[:_LONGEST]
    begun = [one for one in names if name and one.startswith(name)]
    close = begun or difflib.get_close_matches(name, names, n=1)
    if close:
        return close[0]
    alike = [one for one in names if one[:1] == name[:1]]
    # Of two letters the second may be the wrong one; what is asked for most stands first.
    return alike[0] if len(alike) == 1 or (alike and len(name) <= 2) else None
