"""How many terminal cells a text takes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NO_CELL = {"Mn", "Me", "Cf", "Cc"}


def width(text: str) -> int:
    """Return the number of terminal cells: 0 for a combining mark, 2 for a wide character."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells, text))


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if unicodedata.category(character) in _NO_CELL:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
