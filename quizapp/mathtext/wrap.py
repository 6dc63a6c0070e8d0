"""Words into lines; a word may be a formula with spaces in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.mathtext.ast import Kind
from quizapp.mathtext.symbols import CHARACTERS
from quizapp.mathtext.width import width

if TYPE_CHECKING:
    from collections.abc import Sequence

_RELATIONS = frozenset(text for text, kind in CHARACTERS.values() if kind is Kind.RELATION)
_OPERATORS = frozenset(text for text, kind in CHARACTERS.values() if kind is Kind.BINARY)
_OPENING, _CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")
_SHORTEST = 3
"""A break leaves at least one part in so many of the line, so that lines do not get ragged."""


def wrapped(words: Sequence[str], columns: int) -> list[str]:
    """Return lines of at most ``columns`` cells; only a word wider than that is broken."""
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for word in words:
        cells = width(word)
        if line and used + 1 + cells > columns:
            lines.append(" ".join(line).rstrip())
            line, used = [], 0
        if cells > columns:
            *full, word = _broken(word, columns)  # noqa: PLW2901 - what is left of the word
            lines.extend(full)
            cells = width(word)
        used += cells + bool(line)
        line.append(word)
    if line:
        lines.append(" ".join(line).rstrip())
    return lines


def _broken(word: str, columns: int) -> list[str]:
    """The parts of a word that is wider than a line, each at most ``columns`` wide."""
    parts: list[str] = []
    start = 0
    while (cut := _cut(word, start, columns)) is not None:
        parts.append(word[start:cut].rstrip())
        start = cut + (word[cut] == " ")
    return [*parts, word[start:]]


def _cut(word: str, start: int, columns: int) -> int | None:
    """Where to break the rest of a word, None if it fits.

    Before the last relation outside brackets, else the last operator there, else at a space,
    else anywhere.
    """
    relation = operator = space = cells = depth = 0
    for index in range(start, len(word)):
        character = word[index]
        cells += width(character)
        depth += (character in _OPENING) - (character in _CLOSING)
        if character == " " and index > start:
            space = index
            following, after = word[index + 1 : index + 2], word[index + 2 : index + 3]
            if depth <= 0 and following in _RELATIONS:
                relation = index
            elif depth <= 0 and following in _OPERATORS and after == " ":
                operator = index
        if cells > columns:
            for cut in (relation, operator):
                if (cut - start) * _SHORTEST >= columns:
                    return cut
            return space or max(index, start + 1)
    return None
