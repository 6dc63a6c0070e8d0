"""Values of steps as arrays in which they are compared, and back.

Numbers and tables of numbers are such arrays as they are. Rows of lengths of their own are
filled up to a rectangle; a word becomes a number that stands for its spelling.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from quizapp.exercises.spelling import digest
from quizapp.exercises.tolerance import near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.exercises.family import Step, Value
    from quizapp.exercises.spelling import Words

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FILLING = np.inf
"""What fills up the rows of a ragged value; no entry of such a value is infinite."""
MOST_PLACES = 1_000_000
"""Larger arrays are not filled up: a long row beside many short ones would take all memory."""
_ANOTHER = 0.5  # that far apart, whole numbers are two, however large they are


# To arrays -------------------------------------------------------------------------------


def encoded(step: Step, value: Value) -> Floats:
    """The value of a step, or one row of a loop, as an array.

    Raises ValueError or TypeError where it has no such form.
    """
    if step.plain:
        return np.asarray(value, dtype=float)
    return rectangle(_numbers(value))


def _numbers(value: Value) -> Any:
    """A nested value with numbers for its words."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_numbers(part) for part in value]
    if isinstance(value, str):
        return digest(value)
    return float("nan") if value is None else float(value)


def rectangle(nested: Any) -> Floats:
    """Nested lists of numbers as an array, short rows filled up.

    Raises ValueError where a number stands beside a list, or where that takes too many places.
    """
    shape = _extent(nested)
    if prod(shape) > MOST_PLACES:
        raise ValueError("its rows are of too different lengths")
    if not shape:
        return np.asarray(nested, dtype=float)
    out = np.full(shape, FILLING)
    _fill(out, nested)
    return out


def _extent(nested: Any) -> tuple[int, ...]:
    """The largest length of each level."""
    if not isinstance(nested, list):
        return ()
    extents = {_extent(part) for part in nested}
    if not extents:
        return (0,)
    depth = max(map(len, extents))
    if any(len(extent) < depth and extent != (0,) for extent in extents):
        raise ValueError("a number stands beside a list")
    deepest = [extent for extent in extents if len(extent) == depth]
    return (len(nested), *(max(lengths) for lengths in zip(*deepest, strict=True)))


def _fill(out: Floats, nested: list[Any]) -> None:
    for place, part in enumerate(nested):
        if isinstance(part, list):
            _fill(out[place], part)
        else:
            out[place] = part


def is_fixed(step: Step) -> bool:
    """Whether a step has rows of lengths of their own, which the problem tells."""
    return step.ragged and not step.open and step.kind != "text"


def lengths(array: Floats) -> tuple[int, ...]:
    """The lengths of the rows that were filled up."""
    return tuple((array != FILLING).sum(axis=-1).tolist())


def widened(array: Floats, shape: tuple[int, ...], filling: float = FILLING) -> Floats:
    """An array filled up to a larger shape; blank rows stay blank over their whole length."""
    if array.shape == shape:
        return array
    out = np.full(shape, filling)
    if array.size:
        out[tuple(slice(n) for n in array.shape)] = array
        if array.ndim > 1:
            rows = np.zeros(shape[:-1], dtype=bool)
            rows[tuple(slice(n) for n in array.shape[:-1])] = np.isnan(array).all(axis=-1)
            out[rows] = np.nan
    return out


# And back --------------------------------------------------------------------------------


def decoded(step: Step, array: Floats, words: Words) -> Value:
    """An array as rules read it: numbers, arrays, words, lists of their lengths.

    Blanks stay nan among numbers and become None among words.
    """
    if step.plain:
        return float(array) if array.ndim == 0 else array
    if step.kind == "text":
        return said(step, array, words)
    rows = [decoded(step, row, words) for row in array] if array.ndim > 1 else None
    if rows is not None:
        while rows and not len(rows[-1]):
            rows.pop()
        return rows
    entries = array[array != FILLING]
    if step.kind == "real":
        return entries
    return [int(entry) if entry == entry else entry for entry in entries.tolist()]  # noqa: PLR0124


def said(step: Step, array: Floats, words: Words) -> Any:
    """An array as plain data: text for words, rows of their lengths, None for blanks."""
    if array.ndim == 0:
        return _entry(step, float(array), words)
    if array.ndim > 1:
        rows = [said(step, row, words) for row in array]
        while rows and rows[-1] == []:
            rows.pop()
        return rows
    if step.ragged and not is_fixed(step) and array.size > 1 and np.isnan(array).all():
        return None
    entries = array if step.plain else array[array != FILLING]
    return [_entry(step, entry, words) for entry in entries.tolist()]


def _entry(step: Step, number: float, words: Words) -> Any:
    if number != number:  # noqa: PLR0124 - a blank
        return None
    return words.spell(number) if step.kind == "text" else number


# Comparing -------------------------------------------------------------------------------


def met(
    step: Step, typed: Floats, truth: Floats, *, row: bool = False
) -> tuple[Floats, Floats] | None:
    """What was typed and what is right in one shape, the latter in the terms of the former.

    None where the shapes differ and the step leaves no choice of it. ``row`` says that they are
    one row of a loop.
    """
    if typed.shape != truth.shape:
        if step.plain:
            return None
        if typed.ndim != truth.ndim and typed.size and truth.size:
            return None
        shape = _common(typed, truth)
        if prod(shape) > MOST_PLACES:
            return None
        typed, truth = widened(typed, shape), widened(truth, shape)
    if step.align is None:
        return typed, truth
    if step.loop and not row:
        aligned = [step.align(right, own) for right, own in zip(truth, typed, strict=True)]
        return typed, np.array(aligned).reshape(truth.shape)
    return typed, step.align(truth, typed)


def _common(a: Floats, b: Floats) -> tuple[int, ...]:
    if a.ndim != b.ndim:
        return max(a.shape, b.shape, key=len)
    return tuple(np.maximum(a.shape, b.shape).tolist())


def identical(step: Step, typed: Floats, truth: Floats) -> Bools:
    """Which entries of a step that is compared exactly agree; blanks do."""
    if step.kind == "text":
        out: Bools = (typed == truth) | np.isnan(typed)
        return out
    with np.errstate(invalid="ignore"):  # what fills up rows is infinite
        another: Bools = np.abs(typed - truth) >= _ANOTHER
    return near(typed, truth, 0.0) & ~another


def completed(typed: Floats, other: Floats) -> Floats:
    """What was typed, its blanks taken from another value."""
    if typed.shape != other.shape:
        shape = _common(typed, other)
        typed, other = widened(typed, shape), widened(other, shape)
    return np.where(np.isnan(typed), other, typed)


def is_blank(step: Step, array: Floats) -> bool:
    """Whether no entry is filled in."""
    flat = entries(step, array)
    return bool(flat.size) and bool(np.isnan(flat).all())


def same(step: Step, one: Value, other: Value, within: float = 1e-9) -> bool:
    """Whether two values of a step are the same numbers and words in the same places."""
    a, b = encoded(step, one), encoded(step, other)
    return a.shape == b.shape and np.allclose(a, b, rtol=0, atol=within, equal_nan=True)


def one_number(lines: Iterable[tuple[Step, Floats]]) -> bool:
    """Whether one and the same number stands in every cell of two lines or more."""
    found = [entries(step, line) for step, line in lines if step.kind != "text"]
    cells = np.concatenate(found) if found else np.zeros(0)
    cells = cells[~np.isnan(cells)]
    return len(found) > 1 and bool((cells == cells[:1]).all())


def entries(step: Step, array: Floats) -> Floats:
    """The entries of an array, without what fills it up."""
    flat = array.reshape(-1)
    return flat if step.plain else flat[flat != FILLING]
