"""Shapes of givens: letters bound across a problem, so that a misfit names both shapes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.core.text import quoted
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMERIC = {"real", "integer", "sign", "bit"}
MOST_ENTRIES = 10_000
MOST_ROWS = 1_000  # of a matrix: two of them may be multiplied
_LARGEST = 10**30


def expected_shape(given: Given, conventions: Conventions) -> tuple[str, ...]:
    """The letters of a given's shape under these conventions; () for a scalar."""
    text = given.shape
    if not isinstance(text, str):
        text = text[conventions[given.by or ""]]
    return tuple(part.strip() for part in text.split(" x ")) if text else ()


def shown_shape(shape: tuple[object, ...]) -> str:
    """A shape for people: ``2 x 3``, ``a list of 4``, ``a single number``."""
    if not shape:
        return "a single number"
    if len(shape) == 1:
        return f"a list of {shape[0]}"
    return " x ".join(str(n) for n in shape)


def read_givens(
    family: Family, raw: Mapping[str, Any], conventions: Conventions
) -> dict[str, Value]:
    """The givens as arrays, numbers and text. Raises GivenError naming the given."""
    unknown = [name for name in raw if name not in family.given_by_name]
    if unknown:
        names = ", ".join(family.given_by_name)
        raise GivenError(
            f"{family.id} has no given {quoted(unknown[0])}; its givens are {names}.",
            where="givens",
        )
    bound: dict[str, tuple[int, str]] = {}
    out: dict[str, Value] = {}
    for given in family.givens:
        if given.name not in raw:
            if given.default is None:
                raise GivenError(
                    f"the given '{given.name}' is missing: {given.about}.", where=given.name
                )
            out[given.name] = given.default
            continue
        out[given.name] = _read(given, raw[given.name], conventions, bound)
    return out


def _read(
    given: Given, raw: Any, conventions: Conventions, bound: dict[str, tuple[int, str]]
) -> Value:
    if given.kind == "text":
        return _text(given, raw)
    if given.kind == "ragged":
        return _ragged(given, raw)
    if given.kind == "raw":
        return raw
    array = _array(given, raw)
    _bind(given, array.shape, expected_shape(given, conventions), bound)
    _entries(given, array)
    return float(array) if array.ndim == 0 else array


def _text(given: Given, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in given.choices:
        raise GivenError(
            f"'{given.name}' is {quoted(raw)}; write one of {', '.join(given.choices)}.",
            where=given.name,
        )
    return raw


def _ragged(given: Given, raw: Any) -> list[list[int]]:
    """A list of lists of unit numbers."""
    rows = raw.tolist() if isinstance(raw, np.ndarray) else raw
    if not isinstance(rows, list) or not rows or not all(isinstance(r, list) and r for r in rows):
        raise GivenError(
            f"'{given.name}' must be a list of lists of whole numbers, such as [[1, 2, 3]].",
            where=given.name,
        )
    for row in rows:
        for entry in row:
            if not _is_whole(entry):
                raise GivenError(
                    f"'{given.name}' holds {quoted(entry)}; only whole numbers stand there.",
                    where=given.name,
                )
    if sum(len(row) for row in rows) > MOST_ENTRIES:
        raise GivenError(f"'{given.name}' has more than {MOST_ENTRIES} entries.", where=given.name)
    return [[int(entry) for entry in row] for row in rows]


def _is_whole(entry: Any) -> bool:
    if isinstance(entry, bool) or not isinstance(entry, (int, float)):
        return False
    return abs(entry) <= _LARGEST and entry == int(entry)


def is_number(entry: Any) -> bool:
    """Whether an entry of raw data is a finite number."""
    if isinstance(entry, bool) or not isinstance(entry, (int, float)):
        return False
    try:
        return math.isfinite(entry)
    except OverflowError:  # a whole number beyond every float
        return False


def _array(given: Given, raw: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    _demand_numbers(given, raw, 0)
    try:
        array = np.array(raw, dtype=float)
    except (ValueError, TypeError, OverflowError):
        raise GivenError(
            f"'{given.name}' is no rectangular table of numbers: its rows differ in length.",
            where=given.name,
        ) from None
    if array.size > MOST_ENTRIES:
        raise GivenError(
            f"'{given.name}' has {array.size} entries; at most {MOST_ENTRIES} can be checked.",
            where=given.name,
        )
    if array.ndim > 1 and max(array.shape) > MOST_ROWS:
        raise GivenError(
            f"'{given.name}' is {shown_shape(array.shape)}; a matrix has at most {MOST_ROWS} rows "
            "and columns.",
            where=given.name,
        )
    if not np.isfinite(array).all():
        raise GivenError(
            f"'{given.name}' holds an infinite value or nan; write finite numbers.",
            where=given.name,
        )
    return array


def _demand_numbers(given: Given, raw: Any, depth: int) -> None:
    if isinstance(raw, np.ndarray):
        return
    if isinstance(raw, (list, tuple)):
        if depth > 3:
            raise GivenError(f"'{given.name}' is nested too deeply.", where=given.name)
        for entry in raw:
            _demand_numbers(given, entry, depth + 1)
    elif isinstance(raw, bool) or not isinstance(raw, (int, float, np.number)):
        raise GivenError(
            f"'{given.name}' holds {quoted(raw)} where a number is needed.", where=given.name
        )


def _bind(
    given: Given,
    shape: tuple[int, ...],
    letters: tuple[str, ...],
    bound: dict[str, tuple[int, str]],
) -> None:
    named = shown_shape(letters)
    if len(shape) != len(letters) or 0 in shape:
        raise GivenError(
            f"'{given.name}' has the shape {shown_shape(shape)}, but {named} is needed.",
            where=given.name,
        )
    for size, letter in zip(shape, letters, strict=True):
        fixed = int(letter) if letter.isdigit() else None
        have, by = (fixed, "the exercise") if fixed is not None else bound.get(letter, (size, ""))
        if have != size:
            wanted = shown_shape(
                tuple(
                    bound[x][0] if x in bound else (int(x) if x.isdigit() else x) for x in letters
                )
            )
            raise GivenError(
                f"'{given.name}' has the shape {shown_shape(shape)}, but {named} with "
                f"{letter} = {have} (from {by}) needs {wanted}.",
                where=given.name,
            )
        bound.setdefault(letter, (size, f"'{given.name}'"))


def _entries(given: Given, array: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    allowed = {"sign": (-1.0, 1.0), "bit": (0.0, 1.0)}.get(given.kind)
    if allowed is not None and not np.isin(array, allowed).all():
        names = "-1 or +1" if given.kind == "sign" else "0 or 1"
        raise GivenError(f"every entry of '{given.name}' must be {names}.", where=given.name)
    if given.kind == "integer" and not (array == np.rint(array)).all():
        raise GivenError(f"'{given.name}' must hold whole numbers.", where=given.name)
