"""What a student handed in for one line, as an array with blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from quizapp.core.errors import QuizError
from quizapp.core.text import quoted
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.exercises.loose import read_loose
from quizapp.exercises.shapes import shown_shape
from quizapp.exercises.typed import (
    TRUTH_VALUES,
    MisfitError,
    NoNumberError,
    Unreadable,
    alone,
    number,
)
from quizapp.exercises.values import is_blank, is_fixed, lengths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Family, Step
    from quizapp.exercises.spelling import Words
    from quizapp.exercises.values import Floats

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_DEEPEST = 8


class AnswersError(QuizError):
    """Answers that are no mapping from the steps of the family."""

    code = "answers"


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


Frame: TypeAlias = tuple[Any, ...]
"""What matters of a value for reading a line in its form: its shape, the lengths of its rows."""


def frame(step: Step, like: Floats) -> Frame:
    """The form in which a line is read that is asked for in the form of this value."""
    if step.plain:
        return like.shape
    return lengths(like) if is_fixed(step) else like.shape[: like.ndim - 1]


def read_line(step: Step, raw: Any, like: Floats, words: Words) -> Floats | Unreadable | None:
    """The typed line as an array (nan where blank), None if all of it is blank.

    It has the form of ``like``, an array as in ``values``, where the problem tells the form; the
    rows of a loop may be fewer than asked, the missing ones are blank. ``words`` learn the words.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if not step.plain:
        out = read_loose(step, raw, like, words)
    elif isinstance(raw, str):
        out = _from_text(step, raw, like.shape)
    else:
        out = _from_value(step, raw, like.shape)
    if not isinstance(out, Unreadable) and is_blank(step, out):
        return None
    return out


def _from_text(step: Step, text: str, shape: tuple[int, ...]) -> Floats | Unreadable:
    if step.kind == "boolean":
        text = _WORD.sub(lambda found: TRUTH_VALUES.get(found[0].lower(), found[0]), text)
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
    except MisfitError:
        got = shown_shape(_shape_of(value))
        return Unreadable(f"this is {got}, but {shown_shape(shape)} is asked for.")
    except NoNumberError as error:
        return Unreadable(str(error))


def _fit(step: Step, value: Any, shape: tuple[int, ...], *, rows: bool = False) -> Floats:
    """A value in the shape; with ``rows``, the last ones may be missing and are blank."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if value is None:
        return np.full(shape, np.nan)
    if not shape:
        return np.asarray(number(step, alone(value)))
    if not isinstance(value, (list, tuple)):
        if any(n != 1 for n in shape):
            raise MisfitError
        return np.full(shape, number(step, value))
    if len(value) > max(shape):
        raise MisfitError
    cells = _lined_up(value, shape)
    if len(cells) > shape[0] or (len(cells) < shape[0] and not rows):
        raise MisfitError
    if len(shape) == 1:
        rows_read: list[Any] = [number(step, alone(cell)) for cell in cells]
    else:
        rows_read = [_fit(step, cell, shape[1:]) for cell in cells]
    rows_read += [np.full(shape[1:], np.nan)] * (shape[0] - len(cells))
    return np.array(rows_read, dtype=float).reshape(shape)


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


def _shape_of(value: Any) -> tuple[int, ...]:
    shape: list[int] = []
    while isinstance(value, (list, tuple)) and len(shape) < _DEEPEST:
        shape.append(len(value))
        value = value[0] if value else None
    return tuple(shape)
