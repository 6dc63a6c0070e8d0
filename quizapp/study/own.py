"""A problem of the student's own: a sheet that is filled in given by given."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from quizapp.core.text import clean
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.family import GivenError
from quizapp.exercises.problem import MOST_DECIMALS
from quizapp.exercises.shapes import expected_shape, shown_shape
from quizapp.study.asked import asked
from quizapp.study.practice import own_problem
from quizapp.study.raw_given import example, read_raw
from quizapp.study.selection import course_conventions

if TYPE_CHECKING:
    from quizapp.exercises.family import Family, Given
    from quizapp.exercises.problem import Problem
    from quizapp.study.workspace import Workspace

_ROW_ENDS = re.compile(r"[;\n]|\]\s*,?\s*\[|\)\s*,?\s*\(")
_LONE_SIGN = re.compile(r"(?<![^\s,;\[(])[+\-\u2212](?![^\s,;\])])")
"""A + or - alone, as states are written on a sheet."""
_OUTER = re.compile(r"[\[\](){}]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_DEEP = 3
_BETWEEN = re.compile(r"[,\s]+")
_SHAPELESS = frozenset({"text", "ragged", "raw"})
"""Kinds of givens that are no table of numbers."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a given is read while it is typed.

    ``value`` is None and ``reason`` empty while nothing stands there.
    """

    value: Any = None
    shape: tuple[int, ...] = ()
    reason: str = ""


@dataclass
class Sheet:
    """What stands on the form of a family."""

    family: Family
    conventions: dict[str, str]
    decimals: int
    texts: dict[str, str] = field(default_factory=dict)
    """What was typed, by given."""
    _examples: dict[str, Any] = field(default_factory=dict)

    def example(self, given: Given) -> Any:
        """What a given that is no table of numbers is like; None where nobody knows."""
        if given.name not in self._examples:
            self._examples[given.name] = example(self.family, given)
        return self._examples[given.name]

    def letters(self, given: Given) -> tuple[str, ...]:
        """The shape of a given in letters under the conventions chosen; () for a number."""
        return expected_shape(given, self.conventions)

    def reading(self, name: str) -> Reading:
        """How a given is read now."""
        given = self.family.given_by_name[name]
        text = clean(self.texts.get(name, ""))
        if not text.strip():
            return Reading()
        if given.kind == "text":
            return Reading(text.strip())
        if given.kind == "ragged":
            return _ragged(text)
        if given.kind == "raw":
            return Reading(*_raw(text, self.example(given)))
        if given.kind == "sign":
            text = _LONE_SIGN.sub(r"\g<0>1", text)
        return _numbers(text, self.letters(given))

    def sizes(self) -> dict[str, int]:
        """The sizes that follow from what can be read, by letter; the first given decides."""
        found: dict[str, int] = {}
        for given in self.family.givens:
            reading = self.reading(given.name)
            if given.kind in _SHAPELESS or reading.value is None:
                continue
            for letter, size in zip(self.letters(given), reading.shape, strict=False):
                if not letter.isdigit():
                    found.setdefault(letter, size)
        return found

    def misfit(self, name: str) -> str:
        """Why the shape of a given does not fit with the givens before it; "" if it does."""
        given = self.family.given_by_name[name]
        reading = self.reading(name)
        if given.kind in _SHAPELESS or reading.value is None:
            return ""
        letters = self.letters(given)
        sizes = self.sizes()
        needed = tuple(int(x) if x.isdigit() else sizes[x] for x in letters)
        if reading.shape == needed:
            return ""
        known = ", ".join(dict.fromkeys(f"{x} = {sizes[x]}" for x in letters if not x.isdigit()))
        why = f" ({known})" if known else ""
        return f"this is {shown_shape(reading.shape)}, but {shown_shape(needed)} is needed{why}."

    def wanted(self, given: Given) -> str:
        """The shape of a given for people, with the sizes known so far: ``n x d_k = 2 x d_k``."""
        if given.kind in _SHAPELESS:
            return ""
        letters = self.letters(given)
        sizes = self.sizes()
        known = tuple(sizes.get(letter, letter) for letter in letters)
        told = shown_shape(letters)
        return told if known == letters else f"{told}, here {shown_shape(known)}"

    def problem(self, workspace: Workspace) -> Problem:
        """The problem that the sheet states. Raises a QuizError whose ``where`` names the given."""
        givens: dict[str, Any] = {}
        for given in self.family.givens:
            reading = self.reading(given.name)
            if reading.reason:
                raise GivenError(
                    f"'{given.name}' cannot be read: {reading.reason}", where=given.name
                )
            if reading.value is not None:
                givens[given.name] = reading.value
            elif self.texts.get(given.name, "").strip():
                raise GivenError(f"'{given.name}' is blank; write its numbers.", where=given.name)
        for given in self.family.givens:
            _demand_whole(given.name, givens.get(given.name))
        problem = own_problem(
            workspace,
            {
                "family": self.family.id,
                "givens": givens,
                "conventions": dict(self.conventions),
                "decimals": self.decimals,
            },
        )
        asked(problem)
        return problem


def _numbers(text: str, letters: tuple[str, ...]) -> Reading:
    """Numbers in as many dimensions as are asked for, of any lengths.

    Matrices of a deeper given may be written one below the other, a blank line between them.
    """
    if len(letters) == _DEEP and "[" not in text:
        parts = [";".join(part.splitlines()) for part in _BLANK_LINES.split(text.strip())]
        matrices = (f"[{part}]" for part in parts)
        text = f"[{', '.join(matrices)}]"
    out = read(text, tuple(None for _ in letters))
    if isinstance(out, Invalid):
        return Reading(reason=out.reason)
    if isinstance(out, Ambiguous):
        return Reading(
            reason=f"This can be read as {' or as '.join(out.texts)}; write it so that one fits."
        )
    return Reading(out.value, _shape(out.value))


def _shape(value: Any) -> tuple[int, ...]:
    shape: list[int] = []
    while isinstance(value, list):
        shape.append(len(value))
        value = value[0] if value else None
    return tuple(shape)


def _raw(text: str, like: Any) -> tuple[Any, tuple[int, ...], str]:
    value, reason = read_raw(text, like)
    return value, (), reason


def _ragged(text: str) -> Reading:
    """Lists of whole numbers, one list a row, of any lengths: ``1 2 3; 2 1``."""
    rows = []
    for line in _ROW_ENDS.split(text):
        words = [word for word in _BETWEEN.split(_OUTER.sub(" ", line).strip()) if word]
        for word in words:
            if not re.fullmatch(r"[+-]?[0-9]{1,6}", word):
                return Reading(
                    reason=f"“{word[:20]}” is no whole number; write such as 1 2 3; 3 1 2."
                )
        if words:
            rows.append([int(word) for word in words])
    return Reading(rows, (len(rows),)) if rows else Reading()


def _demand_whole(name: str, value: Any) -> None:
    """A given has no blank cells."""
    if isinstance(value, list):
        for entry in value:
            if entry is None:
                raise GivenError(f"'{name}' has a blank entry; write a number.", where=name)
            _demand_whole(name, entry)


# Sheets are kept until one quits -----------------------------------------------------------

_sheets: WeakKeyDictionary[Workspace, dict[str, Sheet]] = WeakKeyDictionary()


def sheet(workspace: Workspace, family_id: str) -> Sheet:
    """The sheet of a family as it was left, or a new one with the conventions of the course."""
    sheets = _sheets.setdefault(workspace, {})
    if family_id not in sheets:
        family = find_family(family_id)
        course = course_conventions(workspace.course, dict(family.conventions))
        sheets[family_id] = Sheet(
            family, {**family.defaults, **course}, min(family.decimals, MOST_DECIMALS)
        )
    return sheets[family_id]
