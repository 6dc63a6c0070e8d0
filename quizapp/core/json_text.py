"""JSON as a machine or a person writes it, read without surprises.

Python's own reader keeps the last of two equal keys, takes NaN and Infinity, reads 1e999 as
infinite, and its integers beyond some thousand digits end in an error of another kind.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from quizapp.core.text import quoted

DEEPEST = 64
LONGEST_NUMBER = 300
"""Digits; a longer integer would not even be a finite float."""
_QUOTED = 40


class JsonError(ValueError):
    """A text that is refused: why, what to do, and where if that is known (both from 1)."""

    def __init__(self, sentence: str, way_out: str, line: int = 0, column: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out
        self.line = line
        self.column = column


def decode(text: str) -> Any:
    """The value of a JSON text. Raises JsonError."""
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise JsonError(f"the JSON is nested more than {DEEPEST} deep", "make it flatter.")
    try:
        return json.loads(
            text,
            parse_constant=_refuse,
            parse_int=_integer,
            parse_float=_number,
            object_pairs_hook=_mapping,
        )
    except json.JSONDecodeError as error:
        said = error.msg[0].lower() + error.msg[1:]
        raise JsonError(
            f"this is no JSON ({said})", "mend it there.", error.lineno, error.colno
        ) from None


def _refuse(name: str) -> NoReturn:
    raise JsonError(f"{name} is no JSON number", "write null for a blank, or a finite number.")


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise JsonError(
            f"a number of {len(digits)} digits is too long", f"at most {LONGEST_NUMBER} are read."
        )
    return int(digits)


def _number(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise JsonError(f"{text[:_QUOTED]} is too large for a number", "numbers end near 1.8e308.")
    return number


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise JsonError(
                f"the key {quoted(key)} stands twice in one mapping", "delete one of them."
            )
        out[key] = value
    return out


def _depth(text: str) -> int:
    """How deep brackets nest, strings left out; Python's own reader recurses."""
    deepest = depth = 0
    inside = escaped = False
    for character in text:
        if inside:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                inside = False
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            if depth > DEEPEST:
                return depth
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
