"""Right values in the terms of what was typed, where names or order are free.

Both functions are for ``Step.align``: they take the right value and the typed one as arrays of
one shape and give the right one, written as the student may have written it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.exercises.values import Floats


def in_typed_order(truth: Floats, typed: Floats) -> Floats:
    """The right rows in the order in which they were typed; the others where room is left."""
    places: dict[bytes, list[int]] = {}
    for place, row in enumerate(truth):
        places.setdefault(row.tobytes(), []).append(place)
    found = [places[key].pop(0) if places.get(key := row.tobytes()) else None for row in typed]
    others = iter(sorted(place for left in places.values() for place in left))
    order = [next(others) if place is None else place for place in found]
    return truth[order] if order else truth


def renamed(truth: Floats, typed: Floats) -> Floats:
    """Colours under the names that were typed: equal where both tell the same nodes apart.

    A row of each, or several rows whose names have nothing to do with each other.
    """
    if truth.ndim > 1:
        return np.array([renamed(a, b) for a, b in zip(truth, typed, strict=True)])
    names = names_by(truth, typed)
    return np.array([names.get(colour, np.inf) for colour in truth.tolist()])


def names_by(truth: Floats, typed: Floats) -> dict[float, float]:
    """The typed name of each colour, in order of first appearance; no name stands for two.

    Blank cells name nothing.
    """
    names: dict[float, float] = {}
    taken: set[float] = set()
    for colour, name in zip(truth.tolist(), typed.tolist(), strict=True):
        blank = name != name  # noqa: PLR0124
        if not blank and colour not in names and name not in taken:
            names[colour] = name
            taken.add(name)
    return names
