"""A text with blanks: ``{{answer}}`` or ``{{answer::hint}}``, all hidden together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.cards.asks import Reveal
from quizapp.cards.card import CardFields
from quizapp.cards.registry import Flaw
from quizapp.cards.shape import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards.sides import AnswerBy

TYPE = "cloze"

EXAMPLE = """\
text: 'The energy of a Hopfield network {{falls or stays::rises or falls?}} with each update.'
"""
"""Its own fields, as an author starts with them."""

# Looking further for each pair of braces would take a long time in a text made of braces.
_LONGEST_LOOK = 200
_MARKS = re.compile(r"\\.|\$|\{\{+|\}\}+", re.DOTALL)


@exact
class Fields(CardFields):
    """What a cloze card writes; it has no question."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A hidden stretch of the text, with the offsets of its braces."""

    start: int
    end: int
    answer: str
    hint: str


def flaws(fields: Fields) -> Iterator[Flaw]:
    """Yield what is wrong with the blanks of the text."""
    blanks, faults = read_blanks(fields["text"])
    for offset, message in faults:
        yield Flaw(("text",), message, offset)
    if not blanks and not faults:
        yield Flaw(("text",), "a cloze needs a blank: put what is to be recalled in {{ and }}")


def ask(fields: Fields, answer_by: AnswerBy) -> Reveal:  # noqa: ARG001 - the text is the same
    """Return the text with ``[...]`` or ``[hint]`` for each blank in front, whole behind."""
    text = fields["text"]
    blanks, _ = read_blanks(text)
    front = _fill(text, [(blank, f"[{blank.hint or '...'}]") for blank in blanks])
    return Reveal(front=front, back=_fill(text, [(blank, blank.answer) for blank in blanks]))


def read_blanks(text: str) -> tuple[list[Blank], list[tuple[int, str]]]:
    """Return the blanks of a text, and (offset, message) for each place that is no good blank.

    A blank may hold whole ``$...$``, but cannot stand inside maths, where ``}}`` only closes
    groups; a backslash before a character takes its meaning away.
    """
    blanks: list[Blank] = []
    faults: list[tuple[int, str]] = []
    opened: int | None = None
    in_maths = False
    for mark in _MARKS.finditer(text):
        token, at = mark.group(), mark.start()
        if token.startswith("\\"):
            continue
        if token == "$":  # noqa: S105 - a dollar, no password
            in_maths = not in_maths
        elif token.startswith("{"):
            if in_maths and opened is None:
                if _closes_as_blank(text, mark.end()):
                    faults.append((at, _IN_MATHS))
            elif opened is not None:
                if not in_maths:
                    faults.append((at, "a blank cannot hold another blank: close the first one"))
            elif len(token) > 2:
                faults.append((at, "a blank opens with exactly two braces: write {{answer}}"))
            else:
                opened = at
        elif opened is not None:
            if in_maths:
                faults.append((at, _BRACES))
                in_maths = False
            elif len(token) > 2:
                faults.append((at, "a blank closes with exactly two braces: write {{answer}}"))
            else:
                blanks += _blank(text, opened, mark.end(), faults)
            opened = None
        elif not in_maths:
            faults.append((at, "}} without a blank: open it with {{ or drop the braces"))
    if opened is not None:
        faults.append((opened, "the blank is never closed: end it with }}"))
    return blanks, faults


_IN_MATHS = "a blank cannot stand inside maths: put the whole $...$ into the blank"
_BRACES = "maths in a blank cannot hold }}: put a space between the two braces"


def _closes_as_blank(text: str, start: int) -> bool:
    """Return whether ``{{`` inside maths reads like a blank rather than like nested groups."""
    rest = text[start : start + _LONGEST_LOOK].split("$", 1)[0]
    depth = 0
    for index, character in enumerate(rest):
        if character == "{":
            depth += 1
        elif character == "}":
            if depth == 0:
                return rest[index : index + 2] == "}}"
            depth -= 1
    return False


def _blank(text: str, start: int, end: int, faults: list[tuple[int, str]]) -> list[Blank]:
    inside = text[start + 2 : end - 2]
    answer, divider, hint = inside.rpartition("::")
    if not divider:
        answer, hint = inside, ""
    if not answer.strip():
        faults.append((start, "the blank is empty: write the answer between the braces"))
        return []
    return [Blank(start, end, answer, hint.strip())]


def _fill(text: str, fillings: list[tuple[Blank, str]]) -> str:
    """Return the text with each blank replaced; the blanks come in the order of the text."""
    pieces: list[str] = []
    last = 0
    for blank, filling in fillings:
        pieces += [text[last : blank.start], filling]
        last = blank.end
    return "".join([*pieces, text[last:]])
