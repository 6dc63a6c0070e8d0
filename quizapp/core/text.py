"""Cleaning text from strangers at the door."""

from __future__ import annotations

import unicodedata

_KEPT = {"\n", "\t"}
# Explicit bidirectional controls reorder what a reader sees; Cf holds them and the zero-width ones.
_REFUSED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SAFE_FORMAT = {"\u200d", "\u200c"}  # joiners that some scripts need


def clean(text: str) -> str:
    """Return the text without control, escape, bidirectional and private characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or c in _SAFE_FORMAT or not _refused(c))


def _refused(character: str) -> bool:
    return unicodedata.category(character) in _REFUSED_CATEGORIES


_LONGEST = 40
_LARGEST = 10**30


def quoted(raw: object) -> str:
    """What someone wrote, for a message: on one line, short, nothing that a terminal would obey."""
    if isinstance(raw, (list, tuple, set, dict)):
        return "a mapping" if isinstance(raw, dict) else "a list"
    if isinstance(raw, int) and abs(raw) > _LARGEST:
        return "a very large number"
    text = repr(raw[:_LONGEST] if isinstance(raw, (str, bytes)) else raw)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
