"""Texts of cards as the HTML of Anki's fields, with formulas for MathJax."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from quizapp.cards.cloze import read_blanks
from quizapp.study.card_export.pieces import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPEN, _HINT, _CLOSE = "\ue000", "\ue001", "\ue002"
"""Stand for the signs of a blank while the text around them is escaped."""
_DOUBLED = re.compile(r"([{}])(?=\1)")
# What Anki would take for something of its own in a field.
_COMMANDS = re.compile(r"\[(?=/?(?:sound:|latex\]|\$+\]|anki:))")
_DELIMITER = re.compile(r"\\(?=[()\[\]])")
_WORD_JOINER = "\u2060"


def as_html(text: str) -> str:
    """A text with its paragraphs, lists and formulas."""
    out: list[str] = []
    listing = False
    for listed, line in blocks(text, _prose, _maths):
        if listed and not listing:
            out.append("<ul>")
        elif listing and not listed:
            out.append("</ul>")
        elif out and not listed:
            out.append("<br><br>")
        listing = listed
        out.append(f"<li>{line}</li>" if listed else line)
    return "".join([*out, "</ul>" if listing else ""])


def as_lines(texts: Iterable[str]) -> str:
    """Texts below each other."""
    return "<br>".join(map(as_html, texts))


def cloze_as_html(text: str) -> str:
    """A text with its blanks as Anki's, all of the number 1: they are hidden together."""
    out: list[str] = []
    position = 0
    for blank in read_blanks(text)[0]:
        hint = f"{_HINT}{blank.hint}" if blank.hint else ""
        out.append(f"{text[position : blank.start]}{_OPEN}{blank.answer}{hint}{_CLOSE}")
        position = blank.end
    shown = as_html("".join([*out, text[position:]]))
    for sign, written in ((_OPEN, "{{c1::"), (_HINT, "::"), (_CLOSE, "}}")):
        shown = shown.replace(sign, written)
    return shown


def _prose(words: str) -> str:
    escaped = html.escape(words, quote=False)
    escaped = _COMMANDS.sub("&#91;", escaped).replace("::", "&#58;&#58;")
    escaped = escaped.replace("{{", "{&#123;").replace("}}", "}&#125;")
    return re.sub(r"\s*\n\s*", " ", _DELIMITER.sub("\\\\" + _WORD_JOINER, escaped))


def _maths(source: str) -> str:
    # Two braces would close a blank of Anki's, and two colons begin its hint.
    apart = _DOUBLED.sub(r"\1 ", source).replace("::", ": :")
    return rf"\({html.escape(apart, quote=False)}\)"
