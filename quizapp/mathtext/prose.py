"""Texts of cards: prose with formulas, paragraphs and lists, wrapped for the terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizapp.core.text import clean
from quizapp.mathtext.errors import MathError
from quizapp.mathtext.inline import inline
from quizapp.mathtext.parse import parse
from quizapp.mathtext.segments import Paragraph, Segment, paragraphs
from quizapp.mathtext.stacked import gains_by_stacking, stacked
from quizapp.mathtext.wrap import wrapped

_ITEM = re.compile(r"(?:^|\n)[ \t]*- ")
# A no-break space is there to hold two words together.
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_INDENT = 2
_BULLET = "• "


@dataclass(frozen=True, slots=True, order=True)
class MathFault:
    """Something wrong with the maths of a text: the offset in the text, from 0, and what to do."""

    offset: int
    message: str


def prose(text: str, columns: int, *, raw: bool = False, stack: bool = False) -> list[str]:
    """Return the text as lines of at most ``columns`` cells (of at least 4).

    A formula is broken only where it alone is wider than a line, at a relation, an operator or
    a space. ``raw`` shows the LaTeX source; ``stack`` shows a formula that is a paragraph of its
    own in two dimensions where that gains something and fits. A formula that cannot be read is
    shown as its source.
    """
    columns = max(columns, 4)
    lines: list[str] = []
    for paragraph in paragraphs(clean(text)):
        shown = _stacked_lines(paragraph, columns) if stack and not raw else None
        if lines:
            lines.append("")
        lines.extend(shown or _flowing_lines(paragraph, columns, raw=raw))
    return lines


def plain(text: str) -> str:
    """Return the text on one line, for lists and titles."""
    pieces = (
        (_BULLET if listed else "") + " ".join(words)
        for paragraph in paragraphs(clean(text))
        for listed, words in _parts(paragraph, raw=False)
    )
    return " ".join(piece for piece in pieces if piece)


def faults(text: str) -> list[MathFault]:
    """Return what is wrong with the maths of a text, in order; an empty list if nothing is."""
    if _is_plainly_right(text):
        return []
    found = []
    for paragraph in paragraphs(text):
        for segment in paragraph.segments:
            if segment.is_formula:
                found.extend(_faults_of_formula(segment))
        if paragraph.open_dollar is not None:
            message = "A $ opens a formula that is never closed; close it, or write \\$."
            found.append(MathFault(paragraph.open_dollar, message))
    return found


def _is_plainly_right(text: str) -> bool:
    """Whether a simple text is surely right: nearly every text is, and this is soon seen."""
    parts = text.split("$")
    if len(parts) % 2 == 0 or "\\$" in text or _BLANK_LINE.search(text):
        return False
    try:
        return all(part.strip() and parse(part) is not None for part in parts[1::2])
    except MathError:
        return False


def _faults_of_formula(segment: Segment) -> list[MathFault]:
    if not segment.source.strip():
        message = "The formula is empty; write it between the dollars, or \\$ for the sign."
        return [MathFault(segment.offset - 1, message)]
    try:
        parse(segment.source)
    except MathError as error:
        return [MathFault(segment.offset + error.column - 1, error.message)]
    return []


# Paragraphs


def _stacked_lines(paragraph: Paragraph, columns: int) -> list[str] | None:
    """The lines of a paragraph that is one formula, if it gains by stacking and fits."""
    filled = [s for s in paragraph.segments if s.is_formula or s.source.strip()]
    if len(filled) != 1 or not filled[0].is_formula:
        return None
    try:
        node = parse(filled[0].source)
    except MathError:
        return None  # the flowing form shows the source of what cannot be read
    if not gains_by_stacking(node):
        return None
    block = stacked(filled[0].source)
    if block.width + _INDENT > columns:
        return None
    return [(" " * _INDENT + line).rstrip() for line in block.lines]


def _flowing_lines(paragraph: Paragraph, columns: int, *, raw: bool) -> list[str]:
    lines = []
    for listed, words in _parts(paragraph, raw=raw):
        if not listed:
            lines.extend(wrapped(words, columns))
            continue
        item = wrapped(words, columns - len(_BULLET)) or [""]
        lines.append((_BULLET + item[0]).rstrip())
        lines.extend(" " * len(_BULLET) + line for line in item[1:])
    return lines


def _parts(paragraph: Paragraph, *, raw: bool) -> list[tuple[bool, list[str]]]:
    """The running text and the list items of a paragraph: whether an item, and its words.

    A formula is glued to what touches it, as in ($x$), and never split at its own spaces.
    """
    parts: list[tuple[bool, list[str]]] = []
    words: list[str] = []
    listed = glued = False
    for segment in paragraph.segments:
        if segment.is_formula:
            _append(words, _formula(segment.source, raw=raw), glued=glued)
            glued = True
            continue
        source = segment.source if raw else segment.source.replace("\\$", "$")
        # A line starts here only at the start of the paragraph or after a line break.
        opening = segment is paragraph.segments[0]
        position = 0
        for item in _ITEM.finditer(source):
            if item.start() == 0 and not opening and not item[0].startswith("\n"):
                continue
            glued = _append_text(words, source[position : item.start()], glued=glued)
            parts.append((listed, words))
            words, listed, glued = [], True, False
            position = item.end()
        glued = _append_text(words, source[position:], glued=glued)
    parts.append((listed, words))
    return [(item, found) for item, found in parts if found or item]


def _append_text(words: list[str], text: str, *, glued: bool) -> bool:
    """Add the words of a text; returns whether what follows touches its last word."""
    for index, word in enumerate(_BLANKS.split(text)):
        if word:
            _append(words, word, glued=glued and index == 0)
    if not text:
        return glued
    return not _BLANKS.fullmatch(text[-1])


def _append(words: list[str], word: str, *, glued: bool) -> None:
    if glued and words:
        words[-1] += word
    else:
        words.append(word)


def _formula(source: str, *, raw: bool) -> str:
    shown = "" if raw else _rendered(source)
    return shown or f"${' '.join(source.split())}$"


def _rendered(source: str) -> str:
    try:
        return inline(source)
    except MathError:
        return ""  # shown as its source; the linter has reported it
