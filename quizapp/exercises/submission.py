"""What a student handed in for one line, as an array with blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.core.errors import QuizError
from quizapp.core.text import quoted
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.exercises.shapes import shown_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Family, Step
    from quizapp.exercises.world import Floats

_WORDS = {
    **dict.fromkeys(("true", "yes", "t", "y"), "1"),
    **dict.fromkeys(("false", "no", "f", "n"), "0"),
}
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_DEEPEST = 8


class AnswersError(QuizError):
    """Answers that are no mapping from the steps of the family."""

    code = "answers"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that cannot be read: one sentence that says where and what to type."""

    reason: str


class _MisfitError(Exception):
    """A value of another shape than any that is asked for."""


class _NoNumberError(Exception):
    """A cell that holds no number; the text says why."""


def read_answers(family: Family, raw: Any) -> Mapping[str, Any]:
    """The answers by step, each still as it was handed in. Raises AnswersError."""
    if not isinstance(raw, Mapping):
        raise AnswersError("the answers are a mapping from step to text or value.", where="answers")
    for name in raw:
        if name not in family.by_name:
            raise AnswersError(
                f"{family.id} has no step {quoted(name)}; its steps are "
                f"{', '.join(family.by_name)}.",
                where="answers",
            )
    return raw


def read_line(step: Step, raw: Any, shape: tuple[int, ...]) -> Floats | Unreadable | None:
    """The typed line as floats of this shape (nan where blank), None if all of it is blank.

    The rows of a loop may be fewer than asked; the missing ones are blank.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    out = _from_text(step, raw, shape) if isinstance(raw, str) else _from_value(step, raw, shape)
    if not isinstance(out, Unreadable) and out.size and np.isnan(out).all():
        return None
    return out


def _from_text(step: Step, text: str, shape: tuple[int, ...]) -> Floats | Unreadable:
    if step.kind == "boolean":
        text = _WORD.sub(lambda found: _WORDS.get(found[0].lower(), found[0]), text)
    asked: tuple[int | None, ...] = (None, *shape[1:]) if step.loop and shape else shape
    out = read(text, asked)
    if isinstance(out, Invalid):
        return Unreadable(out.reason)
    if isinstance(out, Ambiguous):
        return Unreadable(
            f"this can be read as {' or as '.join(out.texts)}; write it so that only one fits."
        )
    return _from_value(step, out.value, shape)


def _from_value(step: Step, value: Any, shape: tuple[int, ...]) -> Floats | Unreadable:
    try:
        return _fit(step, value, shape, rows=step.loop is not None)
    except _MisfitError:
        got = shown_shape(_shape_of(value))
        return Unreadable(f"this is {got}, but {shown_shape(shape)} is asked for.")
    except _NoNumberError as error:
        return Unreadable(str(error))


def _fit(step: Step, value: Any, shape: tuple[int, ...], *, rows: bool = False) -> Floats:
    """A value in the shape; with ``rows``, the last ones may be missing and are blank."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if value is None:
        return np.full(shape, np.nan)
    if not shape:
        return np.asarray(_number(step, _alone(value)))
    if not isinstance(value, (list, tuple)):
        if any(n != 1 for n in shape):
            raise _MisfitError
        return np.full(shape, _number(step, value))
    if len(value) > max(shape):
        raise _MisfitError
    cells = _lined_up(value, shape)
    if len(cells) > shape[0] or (len(cells) < shape[0] and not rows):
        raise _MisfitError
    if len(shape) == 1:
        rows_read: list[Any] = [_number(step, _alone(cell)) for cell in cells]
    else:
        rows_read = [_fit(step, cell, shape[1:]) for cell in cells]
    rows_read += [np.full(shape[1:], np.nan)] * (shape[0] - len(cells))
    return np.array(rows_read, dtype=float).reshape(shape)


def _alone(value: Any) -> Any:
    """What stands in brackets of its own."""
    for _ in range(_DEEPEST):
        if not isinstance(value, (list, tuple)) or len(value) != 1:
            break
        value = value[0]
    return value


def _lined_up(value: Sequence[Any], shape: tuple[int, ...]) -> Sequence[Any]:
    """A row for a column, a column for a row, a vector for a matrix of one row or column."""
    nested = [isinstance(cell, (list, tuple)) for cell in value]
    if len(shape) == 1:
        if len(value) == 1 and shape[0] != 1 and nested[0]:
            return list(value[0])
        if value and all(nested) and all(len(cell) == 1 for cell in value):
            return [cell[0] for cell in value]
    elif len(shape) == 2 and value and not any(nested):
        if shape[1] == 1:
            return [[cell] for cell in value]
        if shape[0] == 1 and len(value) == shape[1]:
            return [value]
    return value


def _number(step: Step, value: Any) -> float:
    if type(value) is float and value == value:  # noqa: PLR0124 - not nan; by far the most cells
        return value
    if value is None:
        return float("nan")
    if isinstance(value, str):
        return _number_from_text(step, value)
    if isinstance(value, (list, tuple)):
        raise _MisfitError
    if isinstance(value, (bool, np.bool_)):
        if step.kind == "real":
            raise _NoNumberError("a number is asked for, not true or false.")
        return float(value)
    if not isinstance(value, (int, float, np.integer, np.floating)):
        raise _NoNumberError("only numbers stand in a line; leave a cell blank or write a number.")
    try:
        number = float(value)
    except OverflowError:
        raise _NoNumberError("this number is too large; write one below 1e308.") from None
    if np.isnan(number):
        raise _NoNumberError("nan is no answer; leave the cell blank or write a number.")
    return number


def _number_from_text(step: Step, text: str) -> float:
    if step.kind != "real":
        text = _WORDS.get(text.strip().lower(), text)
    out = read(text, ())
    if isinstance(out, Invalid):
        raise _NoNumberError(out.reason)
    if isinstance(out, Ambiguous):
        raise _NoNumberError(f"{quoted(text)} can be read as {' or as '.join(out.texts)}.")
    return out.value if isinstance(out.value, float) else float("nan")


def _shape_of(value: Any) -> tuple[int, ...]:
    shape: list[int] = []
    while isinstance(value, (list, tuple)) and len(shape) < _DEEPEST:
        shape.append(len(value))
        value = value[0] if value else None
    return tuple(shape)
