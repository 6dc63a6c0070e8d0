"""Single characters: look-alikes, commas between digits, and quoting for a message."""

from __future__ import annotations

import re
import unicodedata

# Every replacement is one character for one, so that places stay true.
_ALIKE = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width
        **dict.fromkeys("−–—‐‑‒―﹣˗", "-"),
        **dict.fromkeys("·⋅∙•×✕∗", "*"),
        **dict.fromkeys("÷∕⁄", "/"),
        "≈": "=",
        **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"),
        # The tall brackets of a matrix, as this program shows them.
        **dict.fromkeys("⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠", " "),
        **dict.fromkeys("\u200b\u2060\ufeff", " "),
    }
)
_TIGHT = re.compile("(?<=[0-9]),(?=[0-9])")


def normalize(text: str) -> str:
    """Return the text with look-alike characters replaced, each character in its place."""
    text = text.translate(_ALIKE)
    if text.isascii():
        return text
    return "".join(_digit(character) for character in text)


def _digit(character: str) -> str:
    """Return a decimal digit of any script as an ASCII one, any other character unchanged."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def tight_commas(text: str) -> list[int]:
    """Return where, counted from 1, commas stand between two digits without a blank."""
    return [found.start() + 1 for found in _TIGHT.finditer(text)]


def quoted(text: str) -> str:
    """Return a short piece of the text in quotation marks, fit for a sentence."""
    piece = text if len(text) <= 20 else text[:20] + "…"
    if not piece.isprintable():
        piece = " ".join(f"U+{ord(character):04X}" for character in piece)
    return f"“{piece}”"
