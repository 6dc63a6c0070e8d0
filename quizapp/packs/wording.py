"""Pieces of the sentences in which a fault is told."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUOTE = 40
# Comparing takes time: a pack full of long unknown words must not hold anybody up.
_LONGEST_COMPARED = 60
_MOST_COMPARED = 50


def quoted(text: str) -> str:
    """Return a text in quotes on one line, cut where it is long."""
    cut = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return "'" + " ".join(cut.split()) + "'"


def listed(words: Iterable[str]) -> str:
    """Return words in one line, with commas."""
    return ", ".join(words)


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    if len(word) > _LONGEST_COMPARED:
        return None
    words = list(known)
    if len(words) > _MOST_COMPARED:
        words = [other for other in words if other[:2] == word[:2]][:_MOST_COMPARED]
    return next(iter(get_close_matches(word, words, n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``": did you mean 'x'?"`` for the closest known word, empty where none is close."""
    match = closest(word, known)
    return f": did you mean {quoted(match)}?" if match else ""
