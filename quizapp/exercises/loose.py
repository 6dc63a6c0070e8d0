"""Lines of words, or of rows of lengths of their own, as they were handed in."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from quizapp.core.text import quoted
from quizapp.exercises.answers import Ambiguous, Invalid, Uneven, read, read_words
from quizapp.exercises.answers.outcome import UnreadableError
from quizapp.exercises.answers.words import Asked, one_word
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.spelling import digest, folded, known_words
from quizapp.exercises.typed import MisfitError, NoNumberError, Unreadable, alone, number
from quizapp.exercises.values import (
    FILLING,
    is_fixed,
    lengths,
    rectangle,
    widened,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.exercises.answers.words import Nested
    from quizapp.exercises.family import Step
    from quizapp.exercises.spelling import Words
    from quizapp.exercises.values import Floats

Cells: TypeAlias = "float | list[Cells] | None"
"""A number, nested lists of numbers; None where a number or a whole list is blank."""


def read_loose(step: Step, raw: Any, like: Floats, words: Words) -> Floats | Unreadable:
    """The line as an array (see ``values``); the rows of a loop that are missing are blank."""
    if isinstance(raw, np.ndarray):
        raw = raw.tolist()
    try:
        if is_fixed(step):
            return _uneven(step, raw, like)
        if step.kind != "text" and not step.ragged:
            return _numbers(step, raw)
        return _lists(step, raw, like, words)
    except (NoNumberError, UnreadableError) as error:
        return Unreadable(str(error))


def _outcome(text: str, asked: tuple[int | None, ...] | Uneven) -> Any:
    """What ``read`` makes of a text. Raises NoNumberError with the reason if that is no value."""
    out = read(text, asked)
    if isinstance(out, Invalid):
        raise NoNumberError(out.reason)
    if isinstance(out, Ambiguous):
        raise NoNumberError(
            f"this can be read as {' or as '.join(out.texts)}; write it so that only one fits."
        )
    return out.value


# Rows whose lengths the problem tells ------------------------------------------------------


def _uneven(step: Step, raw: Any, like: Floats) -> Floats:
    wanted = lengths(like)
    whole = step.loop is None
    rows = _outcome(raw, Uneven(wanted, whole)) if isinstance(raw, str) else _rows(raw, wanted)
    misfit = f"rows of {', '.join(map(str, wanted))} entries are asked for."
    if not isinstance(rows, list) or len(rows) > len(wanted) or (whole and len(rows) < len(wanted)):
        raise NoNumberError(misfit)
    out = np.full(like.shape, FILLING)
    for place, length in enumerate(wanted):
        row = _row(step, rows[place] if place < len(rows) else None, length)
        if row is None:
            raise NoNumberError(misfit)
        out[place, :length] = row
    return out


def _rows(raw: Any, wanted: tuple[int, ...]) -> Any:
    """Rows as they are, or cut where all entries stand behind one another."""
    if not isinstance(raw, (list, tuple)) or any(isinstance(row, (list, tuple)) for row in raw):
        return raw
    if len(raw) == sum(wanted) != len(wanted):
        ends = list(accumulate(wanted))
        return [list(raw[end - length : end]) for length, end in zip(wanted, ends, strict=True)]
    return list(raw)


def _row(step: Step, row: Any, length: int) -> list[float] | None:
    """The numbers of a row, None where these are more or fewer."""
    if isinstance(row, str):
        row = _outcome(row, (length,))
    if row is None:
        return [float("nan")] * length
    cells = row if isinstance(row, (list, tuple)) else [row]
    return [_finite(step, cell) for cell in cells] if len(cells) == length else None


def _finite(step: Step, cell: Any) -> float:
    try:
        entry = number(step, alone(cell))
    except MisfitError:
        raise NoNumberError("a list stands where a number is asked for.") from None
    if np.isinf(entry):
        raise NoNumberError("an infinite value cannot stand in this line; write a finite number.")
    return entry


# As many entries as there are --------------------------------------------------------------


def _numbers(step: Step, raw: Any) -> Floats:
    cells = _outcome(raw, (None,)) if isinstance(raw, str) else raw
    if not isinstance(cells, (list, tuple)):
        cells = [cells]
    return np.array([_finite(step, cell) for cell in _no_more(cells)])


def _lists(step: Step, raw: Any, like: Floats, words: Words) -> Floats:
    """Words, lists of words or lists of numbers."""
    depth = max(like.ndim, 2) if step.ragged else like.ndim
    text = step.kind == "text"
    asked = Asked(
        depth,
        known_words(like, words) if text else frozenset(),
        folded,
        like.shape[1] if step.loop and like.ndim > 2 else None,
        numbers=not text,
    )
    nested = _nested(raw, asked, depth)
    _count(nested)
    if text:
        words.learn(nested)
        cells = _turned(nested, digest)
    else:
        cells = _turned(nested, lambda word: _finite(step, word))
    if step.loop:
        cells = _in_rounds(cells, like)
    return _array(cells, depth)


def _nested(raw: Any, asked: Asked, depth: int) -> Nested:
    """The words of a text or value as lists of a depth. Raises UnreadableError."""
    if raw is None:
        return None
    if isinstance(raw, str):
        if depth == 0 < asked.depth:
            return one_word(raw)
        at = Asked(depth, asked.known, asked.fold, asked.width, numbers=asked.numbers)
        out = read_words(raw, at)
        if isinstance(out, Invalid):
            raise UnreadableError(out.reason, out.at)
        return out
    if isinstance(raw, (list, tuple)):
        if depth == 0 or (depth == 1 and _is_column(raw)):
            inner = alone(raw) if depth == 0 else [alone(cell) for cell in raw]
            if isinstance(inner, (list, tuple)) and depth == 0:
                raise UnreadableError("a list stands where one word is asked for.", None)
            return _nested(inner, asked, depth)
        return [_nested(part, asked, depth - 1) for part in _no_more(raw)]
    if depth > 0:
        return [_nested(raw, asked, depth - 1)]
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise UnreadableError(f"{quoted(raw)} is no word; write it in quotation marks.", None)
    return f"{raw:.15g}"


def _is_column(raw: Any) -> bool:
    return bool(raw) and all(isinstance(cell, (list, tuple)) and len(cell) == 1 for cell in raw)


def _no_more(cells: Any) -> Any:
    if len(cells) > MOST_ENTRIES:
        raise NoNumberError(f"this has more than {MOST_ENTRIES} entries; write only the answer.")
    return cells


def _count(nested: Nested) -> int:
    """How many entries there are. Raises NoNumberError beyond the limit."""
    if not isinstance(nested, list):
        return 1
    found = sum(_count(part) for part in nested)
    if found > MOST_ENTRIES:
        raise NoNumberError(f"this has more than {MOST_ENTRIES} entries; write only the answer.")
    return found


def _turned(nested: Nested, number_of: Callable[[str], float]) -> Cells:
    if isinstance(nested, list):
        return [_turned(part, number_of) for part in nested]
    return None if nested is None else number_of(nested)


def _in_rounds(cells: Cells, like: Floats) -> Cells:
    """The rounds of a loop, blank ones for those that are missing."""
    rounds = cells if isinstance(cells, list) else [cells]
    if len(rounds) > like.shape[0]:
        raise NoNumberError(f"this has {len(rounds)} rows, but {like.shape[0]} are asked for.")
    for place, row in enumerate(rounds, start=1):
        if isinstance(row, list) and like.ndim > 2 and len(row) != like.shape[1]:
            raise NoNumberError(
                f"row {place} has {len(row)} lists, but {like.shape[1]} are asked for; write them "
                "as (1, 1, 2) (1, 2), one row a line."
            )
    blank: Cells = [None] * like.shape[1] if like.ndim > 2 else None
    filled = [blank if row is None else row for row in rounds]
    return [*filled, *([blank] * (like.shape[0] - len(rounds)))]


def _array(cells: Cells, depth: int) -> Floats:
    """Nested cells as an array; a blank list is blank over its whole length."""
    if depth == 0:
        return np.asarray(float("nan") if cells is None else cells, dtype=float)
    blanks: list[tuple[int, ...]] = []
    try:
        out = rectangle(_without_blanks(cells, depth, (), blanks))
    except ValueError as reason:
        raise NoNumberError(f"this cannot be compared: {reason}.") from None
    if blanks and (out.ndim < depth or 0 in out.shape):
        shape = (*out.shape, *([1] * (depth - out.ndim)))
        out = widened(np.zeros((0,) * depth), tuple(max(n, 1) for n in shape))
    for place in blanks:
        out[place] = np.nan
    return out


def _without_blanks(
    cells: Cells, depth: int, at: tuple[int, ...], blanks: list[tuple[int, ...]]
) -> Any:
    """The cells with empty lists for blank ones, whose places are noted."""
    if depth == 0:
        return float("nan") if cells is None else cells
    if cells is None:
        blanks.append(at)
        return []
    rows = cells if isinstance(cells, list) else [cells]
    return [_without_blanks(row, depth - 1, (*at, n), blanks) for n, row in enumerate(rows)]
