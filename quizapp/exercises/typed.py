"""A cell as it was handed in, read as a number; and why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.core.text import quoted
from quizapp.exercises.answers import Ambiguous, Invalid, read

if TYPE_CHECKING:
    from quizapp.exercises.family import Step

TRUTH_VALUES = {
    **dict.fromkeys(("true", "yes", "t", "y"), "1"),
    **dict.fromkeys(("false", "no", "f", "n"), "0"),
}
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that cannot be read: one sentence that says where and what to type."""

    reason: str


class MisfitError(Exception):
    """A value of another shape than any that is asked for."""


class NoNumberError(Exception):
    """A cell that holds no number; the text says why."""


def alone(value: Any) -> Any:
    """What stands in brackets of its own."""
    for _ in range(_DEEPEST):
        if not isinstance(value, (list, tuple)) or len(value) != 1:
            break
        value = value[0]
    return value


def number(step: Step, value: Any) -> float:
    """What stands in a cell, nan where it is blank. Raises NoNumberError and MisfitError."""
    if type(value) is float and value == value:  # noqa: PLR0124 - not nan; by far the most cells
        return value
    if value is None:
        return float("nan")
    if isinstance(value, str):
        return _number_from_text(step, value)
    if isinstance(value, (list, tuple)):
        raise MisfitError
    if isinstance(value, (bool, np.bool_)):
        if step.kind == "real":
            raise NoNumberError("a number is asked for, not true or false.")
        return float(value)
    if not isinstance(value, (int, float, np.integer, np.floating)):
        raise NoNumberError("only numbers stand in a line; leave a cell blank or write a number.")
    try:
        number = float(value)
    except OverflowError:
        raise NoNumberError("this number is too large; write one below 1e308.") from None
    if np.isnan(number):
        raise NoNumberError("nan is no answer; leave the cell blank or write a number.")
    return number


def _number_from_text(step: Step, text: str) -> float:
    if step.kind != "real":
        text = TRUTH_VALUES.get(text.strip().lower(), text)
    out = read(text, ())
    if isinstance(out, Invalid):
        raise NoNumberError(out.reason)
    if isinstance(out, Ambiguous):
        raise NoNumberError(f"{quoted(text)} can be read as {' or as '.join(out.texts)}.")
    return out.value if isinstance(out.value, float) else float("nan")
