r"""Prose and formulas told apart: ``$...$`` is a formula, ``\\$`` a dollar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK_LINE = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")
_DOLLAR = re.compile(r"\\?\$")
# Inside a formula a backslash protects whatever follows: \\ is a new row, \$ a dollar.
_FORMULA = re.compile(r"\$((?:[^\\$]|\\.)*)\$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; ``source`` is what was written, without the dollars of a formula."""

    source: str
    is_formula: bool
    offset: int
    """Where ``source`` starts in the whole text, from 0."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What stands between blank lines; ``open_dollar`` is the offset of a $ without partner."""

    segments: tuple[Segment, ...]
    open_dollar: int | None


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text; a formula never reaches over a blank line."""
    result = []
    start = 0
    for match in _BLANK_LINE.finditer(text):
        result.append(_paragraph(text, start, match.start()))
        start = match.end()
    result.append(_paragraph(text, start, len(text)))
    return [paragraph for paragraph in result if paragraph.segments]


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    segments = tuple(_segments(text, start, end))
    last = segments[-1] if segments else None
    opened = last is not None and not last.is_formula and last.source.startswith("$")
    return Paragraph(segments, last.offset if last and opened else None)


def _segments(text: str, start: int, end: int) -> Iterator[Segment]:
    """The pieces in order; a $ without partner begins a last piece of prose that keeps it."""
    position = first = start
    while position < end:
        dollar = _DOLLAR.search(text, position, end)
        if dollar is None:
            break
        position = dollar.end()
        if dollar[0] != "$":
            continue  # an escaped dollar is part of the prose around it
        opening = dollar.start()
        if opening > first:
            yield Segment(text[first:opening], is_formula=False, offset=first)
        first = opening
        formula = _FORMULA.match(text, opening, end)
        if formula is None:
            break
        yield Segment(formula[1], is_formula=True, offset=opening + 1)
        position = first = formula.end()
    if first < end:
        yield Segment(text[first:end], is_formula=False, offset=first)
