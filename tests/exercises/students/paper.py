"""How people write numbers: on decimal digits, rounded in a way of their own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.graph import Undefined
from tests.exercises import nested

if TYPE_CHECKING:
    from quizapp.exercises.family import Step
    from quizapp.exercises.problem import Problem

SMALL, LARGE = 1e-2, 1e5
"""Beyond these, numbers are asked for in significant figures (the small ones on some steps)."""
FEWEST_FIGURES = 3
ZEROS_DROPPED = 0.3
"""So many students write 0.5 where others write 0.500."""
POWERS_OF_TEN = 0.5
"""So many write 1.23e9 where others write 1230000000."""

_SPARSE = 0.1
_WORDS = {ROUND_HALF_UP: "half up", ROUND_HALF_EVEN: "half even", ROUND_DOWN: "cut off"}
_EXACT = Context(prec=60)


@dataclass(frozen=True)
class Hand:
    """One way to write a number down: ``more`` digits than asked for, the rest rounded away.

    With ``figures``, numbers below 0.1 keep their significant figures on every line.
    """

    decimals: int
    more: int
    way: str
    figures: bool = False

    def number(self, value: float, *, figures: bool) -> float:
        """A number as it stands on paper."""
        if not math.isfinite(value):
            return value
        decimal = _on_paper(value)
        size = abs(decimal)
        if not size:
            return 0.0
        least = _SPARSE if self.figures else SMALL if figures else 0.0
        if size > LARGE or size < least:
            wanted = max(self.decimals, FEWEST_FIGURES) + self.more
            places = wanted - 1 - decimal.adjusted()
        else:
            places = self.decimals + self.more
        unit = Decimal(1).scaleb(-places)
        return float(decimal.quantize(unit, rounding=self.way, context=_EXACT)) + 0.0

    def write(self, value: Any, *, figures: bool = False) -> Any:
        """A line, entry by entry. Raises Undefined for what is no real number."""
        if isinstance(value, list):
            return [self.write(part, figures=figures) for part in value]
        if np.iscomplexobj(value):
            raise Undefined("a power of a negative number")
        array = np.asarray(value, dtype=float)
        rounded = [self.number(v, figures=figures) for v in array.reshape(-1).tolist()]
        return np.array(rounded).reshape(array.shape) if array.ndim else rounded[0]

    def __str__(self) -> str:
        small = ", small numbers in figures" if self.figures else ""
        return f"{self.decimals + self.more} decimals, {_WORDS[self.way]}{small}"


@dataclass(frozen=True)
class MixedHand:
    """Every line, and every inner line, in another of several ways."""

    hands: tuple[Hand, ...]
    rng: Any

    def write(self, value: Any, *, figures: bool = False) -> Any:
        """A line, in a way drawn for it."""
        return self.hands[int(self.rng.integers(len(self.hands)))].write(value, figures=figures)

    def __str__(self) -> str:
        return "each line in another way"


def _on_paper(value: float) -> Decimal:
    """The decimal number that is meant: 0.125 and not 0.12499999999999999, 0 and not 1e-17."""
    if abs(value) < 1e-13:
        return Decimal(0)
    return Decimal(repr(round(value, 12)) if abs(value) > 1e-6 else f"{value:.9g}")


def hands(problem: Problem) -> tuple[Hand, ...]:
    """The six ways: asked decimals or one more; half up, half even, or cut off."""
    return tuple(
        Hand(problem.decimals, more, way)
        for more in (0, 1)
        for way in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
    )


# Text ------------------------------------------------------------------------------------


def typed(step: Step, value: Any, decimals: int, rng: Any) -> Any:
    """A line as it is typed: text, a matrix one row a line; deeper nests as lists of text."""
    if not step.plain:
        return _listed(step, value, decimals, rng)
    array = np.asarray(value)
    drops = bool(rng.random() < ZEROS_DROPPED) or step.kind != "real"
    powers = bool(rng.random() < POWERS_OF_TEN)

    def cell(entry: Any) -> str:
        if step.kind == "boolean":
            return "yes" if entry else "no"
        size = abs(float(entry))
        if powers and step.kind == "real" and (size > LARGE or 0 < size < 1e-4):
            return repr(float(entry))
        return digits(float(entry), 0 if drops else decimals)

    def nest(part: Any) -> Any:
        return [nest(row) for row in part] if part.ndim else cell(part)

    if array.ndim > 2:
        return nest(array)
    rows = [" ".join(cell(entry) for entry in row) for row in np.atleast_2d(array)]
    return "\n".join(rows)


BETWEEN = (" ", ", ")
BETWEEN_WORDS = (*BETWEEN, " -> ")


def _listed(step: Step, value: Any, decimals: int, rng: Any) -> str:
    """Words, or rows of lengths of their own, as a student may list them."""
    value = nested.plainly(value)
    drops = bool(rng.random() < ZEROS_DROPPED) or step.kind != "real"
    between = BETWEEN_WORDS if step.kind == "text" and step.ragged else BETWEEN
    gap = between[int(rng.integers(len(between)))]

    def cell(entry: Any) -> str:
        return entry if isinstance(entry, str) else digits(entry, 0 if drops else decimals)

    def row(entries: list[Any]) -> str:
        if any(isinstance(entry, list) for entry in entries):
            return " ".join(f"({row(entry)})" for entry in entries)
        return gap.join(map(cell, entries))

    if not isinstance(value, list):
        return cell(value)
    if not any(isinstance(part, list) for part in value):
        return row(value) or "none"
    return "\n".join(row(part) for part in value)


def digits(value: float, decimals: int) -> str:
    """A rounded number in digits, filled up with zeros to so many decimals."""
    text = format(Decimal(repr(value)), "f")
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole


def as_read(step: Step, value: Any) -> Any:
    """What stands on paper for a line, as rules read it."""
    if step.kind == "real" or not step.plain:
        return value
    array = np.asarray(value, dtype=float)
    return array if array.ndim else float(array)


def restored(step: Step, value: Any) -> Any:
    """A line, or a row of one, as its rule gives it; from nested lists of numbers and words."""
    if step.plain:
        return np.array(value, dtype=float) if isinstance(value, list) else value
    if step.kind != "real" or not isinstance(value, list):
        return value
    if not any(isinstance(part, list) for part in value):
        return np.array(value, dtype=float)
    return [restored(step, part) for part in value]
