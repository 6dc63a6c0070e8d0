"""Texts with blanks, from Anki's ``{{c1::answer::hint}}`` and from ``[answer]`` in Markdown.

While a text is on its way, signs of a private area stand for the braces of its blanks: no text
can hold them, and nothing on the way mistakes them for something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizapp.mathtext.segments import paragraphs

OPEN, HINT, CLOSE = "\ue000", "\ue001", "\ue002"
_SIGNS = re.compile(f"[{OPEN}{HINT}{CLOSE}]")
_MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_CLOZE = re.compile(r"\{\{c([0-9]{1,3}(?:,[0-9]{1,3}){0,9})::|\}\}")
_DOUBLED = re.compile(r"([{}])(?=\1)")
_ENDS_IN_BACKSLASH = re.compile(r"(?:^|[^\\])(?:\\\\)*\\$")


class BlankError(Exception):
    """A text whose blanks cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A field with Anki's blanks, taken apart."""

    pieces: tuple[tuple[str, frozenset[int]], ...]
    """Stretches of the field, with the numbers of the blanks that hold them."""
    hints: dict[int, str]
    """Piece at which a blank with a hint ends, to the hint."""
    numbers: tuple[int, ...]
    """Of the blanks, in order."""

    def marked(self, number: int) -> str:
        """The field with the blanks of one number marked and all others filled in."""
        out: list[str] = []
        inside = False
        for index, (text, numbers) in enumerate(self.pieces):
            if (number in numbers) != inside:
                out.append(CLOSE if inside else OPEN)
                inside = not inside
            out.append(text)
            if inside and index in self.hints:
                hint = self.hints[index]
                out.append(f"{HINT}{hint}{CLOSE}")
                inside = False
        return "".join([*out, CLOSE if inside else ""])


def read_cloze(source: str) -> Cloze:
    """The blanks of a field. A blank that is never closed is text."""
    source = without_signs(source)
    marks = _paired(source)
    pieces: list[tuple[str, frozenset[int]]] = []
    hints: dict[int, str] = {}
    opened: list[frozenset[int]] = []
    position = 0
    for start, end, numbers in marks:
        text = source[position:start]
        position = end
        within = frozenset[int]().union(*opened) if opened else frozenset[int]()
        if numbers is None:
            answer, divider, hint = text.partition("::")
            pieces.append((answer, within))
            if divider:
                hints[len(pieces) - 1] = hint.strip()
            opened.pop()
        else:
            pieces.append((text, within))
            opened.append(numbers)
    pieces.append((source[position:], frozenset()))
    found = sorted({number for _, _, numbers in marks if numbers for number in numbers})
    return Cloze(tuple(pieces), hints, tuple(found))


def _paired(source: str) -> list[tuple[int, int, frozenset[int] | None]]:
    """Start and end of each brace of a blank with its numbers, None for a closing one."""
    kept: list[tuple[int, int, frozenset[int] | None] | None] = []
    opened: list[int] = []
    for match in _CLOZE.finditer(source):
        if match[1] is not None:
            opened.append(len(kept))
            kept.append((*match.span(), frozenset(map(int, match[1].split(",")))))
        elif opened:
            opened.pop()
            kept.append((*match.span(), None))
    for index in opened:
        kept[index] = None
    return [mark for mark in kept if mark is not None]


def without_signs(text: str) -> str:
    """The text without the signs that stand for braces here."""
    return _SIGNS.sub("", text)


def around_formulas(text: str) -> tuple[str, int]:
    """The text with each blank within a formula grown to all of it, and how many these are.

    Ours never stand inside maths. Raises BlankError where a blank reaches into a formula.
    """
    out: list[str] = []
    position = grown = 0
    for paragraph in paragraphs(text):
        for segment in paragraph.segments:
            if not segment.is_formula or not _SIGNS.search(segment.source):
                continue
            if not _balanced(segment.source):
                raise BlankError("a blank begins inside a formula and ends outside")
            hint = "".join(re.findall(f"{HINT}([^{CLOSE}]*){CLOSE}", segment.source)[:1])
            bare = _SIGNS.sub("", re.sub(f"{HINT}[^{CLOSE}]*", "", segment.source))
            out.append(text[position : segment.offset - 1])
            out.append(f"{OPEN}${bare}${HINT + hint if hint else ''}{CLOSE}")
            position = segment.offset + len(segment.source) + 1
            grown += 1
    out.append(text[position:])
    return "".join(out), grown


def _balanced(source: str) -> bool:
    depth = 0
    for sign in _SIGNS.findall(source):
        depth += {OPEN: 1, HINT: 0, CLOSE: -1}[sign]
        if depth < 0:
            return False
    return depth == 0


def braced(text: str) -> str:
    """The text with braces for the signs; other braces are kept from being read as blanks."""
    text = _DOUBLED.sub(r"\1 ", text)
    out: list[str] = []
    position = 0
    for match in _MARKED.finditer(text):
        before = _SIGNS.sub("", text[position : match.start()])
        position = match.end()
        answer, _, hint = match[1].partition(HINT)
        answer = answer.strip()
        if not answer:
            continue
        hint = " ".join(_SIGNS.sub("", hint).replace("::", ":").split()).strip("{}")
        if hint or "::" in answer:
            answer = f"{answer}::{hint}"
        left = " " if answer.startswith("{") else ""
        right = " " if answer.endswith("}") or _ENDS_IN_BACKSLASH.search(answer) else ""
        out.append(_apart(before) + "{{" + left + answer + right + "}}")
    rest = _SIGNS.sub("", text[position:])
    joined = "".join([*out, rest])
    return re.sub(r"\}\}\}", "}} }", joined)


def _apart(before: str) -> str:
    """What stands before a blank, with a space where it would change the blank's braces."""
    return f"{before} " if before.endswith("{") or _ENDS_IN_BACKSLASH.search(before) else before
