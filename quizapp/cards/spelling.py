"""When two short answers are the same in spite of their spelling."""

from __future__ import annotations

import re
import unicodedata

FORGIVING_FROM = 6
"""Letters that an answer has to have before one wrong letter is forgiven."""

_ARTICLE = re.compile(r"(?:the|an?)\s+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# Blanks, quotes and punctuation never matter; a hyphen does not between letters ("feed-forward"),
# a point does in a number ("0.5").
_SILENT = re.compile(
    r"[\s'\"`´’‘“”,;:!?()\[\]{}$\\_]|\.(?!\d)|(?<=[^\W\d])\.|(?<=[^\W\d])-(?=[^\W\d])"
)


def essence(text: str) -> str:
    """Return what counts of an answer: no case, accents, blanks, punctuation, first article."""
    folded = unicodedata.normalize("NFKD", text).translate(_DASHES).casefold()
    bare = "".join(c for c in folded if not unicodedata.combining(c)).strip()
    return _SILENT.sub("", _ARTICLE.sub("", bare, count=1) if _ARTICLE.match(bare) else bare)


def misspelt(typed: str, meant: str) -> bool:
    """Return whether one wrong, missing, doubled or swapped letter lies between two essences.

    Never in the first letter, in a digit or in a short word: there another word is meant
    ("asynchronous", "L1", "tanh").
    """
    if min(len(typed), len(meant)) < FORGIVING_FROM or typed[0] != meant[0] or typed == meant:
        return False
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), -1)
    if start < 0:  # one is the beginning of the other
        start = min(len(typed), len(meant))
    left, right = typed[start:], meant[start:]
    edits = (
        (left[1:], right[1:], left[:1] + right[:1]),  # another letter
        (left[1:], right, left[:1]),  # one too many
        (left, right[1:], right[:1]),  # one missing
        (left[2:], right[2:] if left[:2] == right[1::-1] else None, left[:2]),  # two swapped
    )
    return any(a == b and changed.isalpha() for a, b, changed in edits)
