"""A value as the text that reads back as exactly this value."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.exercises.answers.outcome import Cells


def show(value: Cells) -> str:
    """Return the canonical text: ``0.5``, ``[1, _]``, ``[[1, 2], [3, inf]]``.

    ``read`` with the value's shape gives the value back to the last bit. Raises
    ValueError for nan, which no answer can be.
    """
    if value is None:
        return "_"
    if isinstance(value, list):
        return f"[{', '.join(show(cell) for cell in value)}]"
    number = float(value)
    if math.isnan(number):
        raise ValueError("nan cannot be shown as an answer")
    return repr(number).removesuffix(".0")
