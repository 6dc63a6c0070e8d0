"""Vectors of different lengths, one per parameter group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import GivenError
from quizapp.exercises.shapes import MOST_ENTRIES, is_number

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Array


def vectors(groups: Any) -> list[Array]:
    """The groups as vectors of floats."""
    return [np.array(group, dtype=float) for group in groups]


def check_groups(name: str, raw: Any) -> None:
    """Raises GivenError unless the value is a list of lists of finite numbers, none empty."""
    if not isinstance(raw, list) or not raw:
        raise GivenError(
            f"'{name}' is a list of vectors, one per parameter group, such as [[3, 4], [1]].",
            where=name,
        )
    for number, group in enumerate(raw, start=1):
        if not isinstance(group, list) or not group:
            raise GivenError(
                f"group {number} of '{name}' must be a list of at least one number.", where=name
            )
        for entry in group:
            if not is_number(entry):
                raise GivenError(
                    f"group {number} of '{name}' holds {repr(entry)[:40]} where a finite number "
                    "is needed.",
                    where=name,
                )
    if sum(len(group) for group in raw) > MOST_ENTRIES:
        raise GivenError(
            f"'{name}' has more than {MOST_ENTRIES} entries; that many cannot be checked.",
            where=name,
        )
