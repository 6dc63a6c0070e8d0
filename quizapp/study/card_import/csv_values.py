"""What the cells of a CSV file of cards say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NotRequired, get_args, get_origin

from quizapp.cards import types

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WORDS = ("items", "tags", "discrepancies", "families")
"""Columns with words between blanks."""
_TRUE, _FALSE = {"true", "t", "yes", "y", "1", "right"}, {"false", "f", "no", "n", "0", "wrong"}
_TYPES = {"truefalse": "true-false", "tf": "true-false", "multiple-choice": "choice"}


class RefusedRow(Exception):  # noqa: N818 - becomes a line of the report
    """A row that gives no card; the message says why."""


def value_of(name: str, text: str, hint: Any, readable: Callable[[str], str]) -> Any:
    """What a cell says for a field of a declared type. Raises RefusedRow.

    ``readable`` makes our own form of a text that people read.
    """
    if name in WORDS and not text.startswith("["):
        return list(dict.fromkeys(text.split()))
    if hint is str or _takes(hint, str):
        sides = _sides(text) if hint is not str else None
        return sides if sides is not None else readable(text)
    if _takes(hint, bool):
        truth = text.casefold()
        if truth in _TRUE | _FALSE:
            return truth in _TRUE
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise RefusedRow(f"`{name}` cannot be read: {_expected(hint)} belongs here") from None


def type_of(row: Mapping[str, str]) -> str:
    """The card type of a row: what it says, or what its columns mean."""
    if "type" in row:
        named = row["type"].casefold().replace("_", "-").replace(" ", "-")
        named = _TYPES.get(named, named)
        if named.startswith("basic-") and "reversed" in named:
            named = "reversed"
        if named not in types():
            raise RefusedRow(f"unknown card type {row['type'][:40]!r}; known are {_listed()}")
        return named
    if "statement" in row:
        return "true-false"
    if "text" in row or ("answer" not in row and "{{" in row.get("question", "")):
        return "cloze"
    return "reversed" if "reverse_question" in row else "basic"


def _listed() -> str:
    return ", ".join(types())


def _takes(hint: Any, kind: type) -> bool:
    """Whether a declared type is this one or a union with it."""
    if get_origin(hint) is NotRequired:
        (hint,) = get_args(hint)
    if get_origin(hint) is Literal:
        return kind is str
    return hint is kind or (get_origin(hint) is not list and kind in get_args(hint))


def _sides(text: str) -> dict[str, str] | None:
    """An answer on which slides and textbook differ, which stands in a cell as JSON."""
    if not text.startswith("{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.keys() != {"slides", "textbook"}:
        return None
    return value


def _no_number(_name: str) -> Any:
    raise ValueError


def _expected(hint: Any) -> str:
    if _takes(hint, bool):
        return "true or false"
    if _takes(hint, float) or _takes(hint, int):
        return "a number with a point"
    return "a list in JSON, as the export writes it,"
