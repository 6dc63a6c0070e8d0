"""Words as a student lists them: one, several, or rows of them, whatever stands between.

``t x z; t y z``, ``t -> x -> z`` one a line, ``[["t", "x", "z"], ["t", "y", "z"]]`` and, of
numbers, ``1: {1, 2}`` are all read. Every pass is linear in a text whose length and nesting are
capped first.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from quizapp.core.text import clean
from quizapp.exercises.answers.groups import (
    BETWEEN,
    BLANK,
    COMMA,
    LONGEST_WORD,
    SEMICOLON,
    Group,
    grouped,
)
from quizapp.exercises.answers.outcome import Invalid, UnreadableError
from quizapp.exercises.answers.reading import MAX_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_NOTHING = frozenset({"∅", "none"})

Nested: TypeAlias = "str | list[Nested] | None"
"""A word, nested lists of words, or None where a cell is blank."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: how deep lists stand inside each other (0: one word).

    ``known`` are words (as ``fold`` gives them) that may stand there: they tell what letters and
    words that are written together mean. ``width`` is how many lists a block of the deepest but
    one level holds, None where that is open. Between ``numbers`` : and | separate as well.
    """

    depth: int
    known: Collection[str] = frozenset()
    fold: Callable[[str], str] = str
    width: int | None = None
    numbers: bool = False


def read_words(text: str, asked: Asked) -> Nested | Invalid:
    """The words of a text as lists of the depth that is asked for; None if it is blank.

    Never raises: what cannot be read is Invalid with the reason.
    """
    if len(text) > MAX_LENGTH:
        reason = f"This is longer than {MAX_LENGTH} characters; write only the answer."
        return Invalid(reason, MAX_LENGTH + 1)
    text = clean(text)
    if text.strip() in BLANK:
        return None
    try:
        if asked.depth == 0:
            return _one(text)
        return _shaped(grouped(text, numbers=asked.numbers), asked, asked.depth)
    except UnreadableError as fault:
        return Invalid(fault.reason, fault.at)


def one_word(text: str) -> str | None:
    """A text as a single word, without the quotes around it; None if it is blank.

    Raises UnreadableError for one that is too long.
    """
    bare = " ".join(clean(text).split())
    if bare in BLANK:
        return None
    if len(bare) > LONGEST_WORD:
        raise UnreadableError(
            f"A word of more than {LONGEST_WORD} characters stands here; write only the answer.", 1
        )
    return bare


def _one(text: str) -> str | None:
    bare = text.strip()
    while len(bare) > 1 and bare[0] + bare[-1] in {"[]", "()", '""', "''", "“”", "„“", "„”"}:
        bare = bare[1:-1].strip()
    return one_word(bare)


# Lists -----------------------------------------------------------------------------------


def _shaped(group: Group, asked: Asked, depth: int) -> list[Nested]:
    """The words of a group as lists of a depth."""
    while len(group.items) == 1 and isinstance(group.items[0], Group) and group.height > depth:
        group = group.items[0]
    if depth == 1:
        return _flat(group, asked)
    words = _leaves(group)
    if not words or (len(words) == 1 and words[0] in _NOTHING - set(asked.known)):
        return []
    ways = [[_listed(part, asked, depth - 1) for part in parts] for parts in _cuts(group, depth)]
    if depth == asked.depth > 2 and asked.width is not None:
        fitting = [rows for rows in ways if all(_is_wide(row, asked.width) for row in rows)]
        return (fitting or ways)[0]
    return ways[0]


def _listed(part: Group, asked: Asked, depth: int) -> Nested:
    """A row; None where a single blank stands for it."""
    return None if part.items == [None] else _shaped(part, asked, depth)


def _is_wide(row: Nested, width: int) -> bool:
    return row is None or (isinstance(row, list) and len(row) == width)


def _leaves(group: Group) -> list[str | None]:
    out: list[str | None] = []
    for item in group.items:
        if isinstance(item, Group):
            out += _leaves(item)
        else:
            out.append(item)
    return out


def _cuts(group: Group, depth: int) -> list[list[Group]]:
    """The group cut into rows, the likeliest way first."""
    items = group.items
    inside = [item for item in items if isinstance(item, Group)]
    strengths = set(group.apart[1:])
    strong = {strength for strength in strengths if strength >= SEMICOLON}
    bracketed = len(inside) == len(items) and all(item.height >= depth - 1 for item in inside)
    each = [group.part(n, n + 1) for n in range(len(items))]
    if depth > 2:
        ways = [each] if bracketed else []
        return [*ways, *([_cut_at(group, max(strong))] if strong else []), [group]]
    if bracketed:
        return [each]
    if strong:
        return [_cut_at(group, SEMICOLON)]
    if COMMA in strengths and (BETWEEN in strengths or inside):
        return [_cut_at(group, COMMA)]
    if inside:  # 1 {1 2} 1 {1}: a word and what stands in brackets behind it
        ends = [n + 1 for n, item in enumerate(items) if isinstance(item, Group)]
        if ends[-1] < len(items):
            ends.append(len(items))
        return [[group.part(a, b) for a, b in pairwise([0, *ends])]]
    return [[group]]


def _cut_at(group: Group, strength: int) -> list[Group]:
    starts = [0, *(n for n, apart in enumerate(group.apart) if n and apart >= strength)]
    ends = [*starts[1:], len(group.items)]
    return [group.part(a, b) for a, b in zip(starts, ends, strict=True)]


def _flat(group: Group, asked: Asked) -> list[Nested]:
    """The words of a row, those apart that are written together and can be told apart."""
    out: list[Nested] = []
    for part in _cut_at(group, COMMA) if group.items else []:
        words = _leaves(part)
        together = " ".join(word for word in words if word is not None)
        if len(words) > 1 and asked.fold(together) in asked.known:
            out.append(together)
            continue
        for word in words:
            out += _apart(word, asked)
    if len(out) == 1 and out[0] in _NOTHING - set(asked.known):
        return []
    return out


def _apart(word: str | None, asked: Asked) -> list[str | None]:
    """The words that are written together as one."""
    if word is None or not asked.known or asked.fold(word) in asked.known:
        return [word]
    for pieces in (word.split("-"), list(word)):
        if all(asked.fold(piece) in asked.known for piece in pieces):
            return list(pieces)
    return [] if word == "-" and asked.depth > 1 else [word]
