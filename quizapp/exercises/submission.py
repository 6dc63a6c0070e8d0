"""What a student handed in for one line, as an array with blanks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.exercises.shapes import MOST_ENTRIES, shown_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Step
    from quizapp.exercises.world import Floats

_TRUE = {"true", "yes", "t", "y", "1"}
_FALSE = {"false", "no", "f", "n", "0"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that cannot be read: one sentence that says where and what to type."""

    reason: str


class _MisfitError(ValueError):
    """A value of another shape than any that is asked for."""


def read_line(
    step: Step, raw: Any, shapes: Sequence[tuple[int, ...]]
) -> Floats | Unreadable | None:
    """The typed line as floats (nan where blank), None if all blank.

    ``shapes`` are the shapes that the line may have, the expected one first; the rows of a loop
    may be fewer than asked, the missing ones are blank.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    read_one = _from_text if isinstance(raw, str) else _from_value
    first: Unreadable | None = None
    for shape in shapes:
        out = read_one(step, raw, shape)
        if not isinstance(out, Unreadable):
            return None if out.size and np.isnan(out).all() else out
        first = first or out
    return first or Unreadable("nothing is asked for in this line.")


def _from_text(step: Step, text: str, shape: tuple[int, ...]) -> Floats | Unreadable:
    if step.kind == "boolean":
        words = _booleans(text)
        if words is not None:
            return _from_value(step, words if shape else words[0], shape)
    asked: tuple[int | None, ...] = (None, *shape[1:]) if step.loop and shape else shape
    out = read(text, asked)
    if isinstance(out, Invalid):
        return Unreadable(out.reason)
    if isinstance(out, Ambiguous):
        return Unreadable(
            f"this can be read as {' or as '.join(out.texts)}; write it so that only one fits."
        )
    return _from_value(step, out.value, shape)


def _booleans(text: str) -> list[bool] | None:
    """A list of yes and no, or None if anything else stands there."""
    if len(text) > 10 * MOST_ENTRIES:
        return None
    words = (
        text.lower().replace(",", " ").replace(";", " ").replace("[", " ").replace("]", " ").split()
    )
    if not words or not all(word in _TRUE | _FALSE for word in words):
        return None
    return [word in _TRUE for word in words]


def _from_value(step: Step, value: Any, shape: tuple[int, ...]) -> Floats | Unreadable:
    if value is None:
        return np.full(shape, np.nan)
    plain = _numbers_only(value)
    if plain is not None and plain.shape == shape:
        return plain
    try:
        return _fit(value, shape, loop=step.loop is not None)
    except _MisfitError:
        got = shown_shape(_shape_of(value))
        return Unreadable(f"this is {got}, but {shown_shape(shape)} is asked for.")
    except (TypeError, ValueError) as error:
        return Unreadable(str(error))


def _numbers_only(value: Any) -> Floats | None:
    """A complete rectangular value of numbers as an array; None where there is more to look at."""
    try:
        array = np.array(value)
    except (ValueError, OverflowError):
        return None
    if array.dtype.kind not in "biuf":
        return None
    floats = array.astype(float)
    return None if np.isnan(floats).any() else floats


def _fit(value: Any, shape: tuple[int, ...], *, loop: bool) -> Floats:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if value is None:
        return np.full(shape, np.nan)
    if not shape:
        while isinstance(value, (list, tuple)) and len(value) == 1:
            value = value[0]
        return np.asarray(_number(value))
    if not isinstance(value, (list, tuple)):
        if all(n == 1 for n in shape):
            return np.full(shape, _number(value))
        raise _MisfitError
    if (
        len(shape) == 1
        and len(value) != shape[0]
        and len(value) == 1
        and isinstance(value[0], (list, tuple))
    ):
        value = value[0]
    elif (
        len(shape) == 1
        and value
        and all(isinstance(v, (list, tuple)) and len(v) == 1 for v in value)
    ):
        value = [v[0] for v in value]
    elif (
        len(shape) == 2
        and 1 in shape
        and value
        and not any(isinstance(v, (list, tuple)) for v in value)
    ):
        value = [[v] for v in value] if shape[1] == 1 else [value]
    if len(value) > shape[0] or (len(value) < shape[0] and not loop):
        raise _MisfitError
    rows = [_fit(row, shape[1:], loop=False) for row in value]
    rows += [np.full(shape[1:], np.nan)] * (shape[0] - len(rows))
    return np.array(rows).reshape(shape)


def _number(value: Any) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, (list, tuple)):
        raise _MisfitError
    if isinstance(value, str):
        return _number_from_text(value)
    if isinstance(value, (bool, int, float, np.number)):
        number = float(value)
        if np.isnan(number):
            raise ValueError("nan is no answer; leave the cell blank or write a number.")
        return number
    raise TypeError(f"{type(value).__name__} is no number.")


def _number_from_text(text: str) -> float:
    if text.strip().lower() in {"true", "false"}:
        return float(text.strip().lower() == "true")
    out = read(text, ())
    if isinstance(out, Invalid):
        raise ValueError(out.reason)  # noqa: TRY004 - the text is at fault, not a type
    if isinstance(out, Ambiguous):
        raise ValueError(f"'{text[:40]}' can be read as {' or as '.join(out.texts)}.")  # noqa: TRY004
    return float("nan") if out.value is None else float(out.value)  # type: ignore[arg-type]


def _shape_of(value: Any) -> tuple[int, ...]:
    shape: list[int] = []
    while isinstance(value, (list, tuple)):
        shape.append(len(value))
        value = value[0] if value else None
    return tuple(shape)
