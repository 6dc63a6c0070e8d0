"""How many of the cards of a study day fit into its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from quizapp.scheduling.twin import Floats

LONG = 60.0
"""What takes fewer seconds may always begin within the time that is left."""
GOLDEN = (5**0.5 - 1) / 2
"""Its multiples, whole parts left out, are spread evenly between 0 and 1."""


def fitting(expected: Floats, seconds: float, day: date, must: npt.NDArray[np.bool_]) -> Floats:
    """Return the expected seconds of as many of the first cards as fit into those of a day.

    The last one begins within them. One that takes minutes is begun only on such a part of the
    days as the part of it that fits, by the date alone, so that exercises neither stretch every
    day nor never fit into a short one; those that ``must`` come cannot wait for that.
    """
    begin = np.cumsum(expected) - expected
    phase = day.toordinal() * GOLDEN % 1.0
    begun = must | (expected < LONG)
    fits = begin + np.where(begun, 0.0, phase * expected) < seconds
    return expected[np.logical_and.accumulate(fits)]
