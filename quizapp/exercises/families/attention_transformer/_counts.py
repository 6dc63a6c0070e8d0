"""Whole numbers of a count: what they must be, and how they are written."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.family import GivenError


def demand_count(name: str, value: float, most: int) -> None:
    """Raise GivenError unless a size is at least 1 and at most ``most``."""
    if not 1 <= value <= most:
        raise GivenError(
            f"'{name}' is {value:g}; write a whole number from 1 to {most}.", where=name
        )


def demand_flag(name: str, value: Any) -> None:
    """Raise GivenError unless a given is true or false (1 or 0)."""
    if not isinstance(value, (bool, int, float)) or value not in {0, 1}:
        raise GivenError(f"'{name}' is yes or no: write true or false (1 or 0).", where=name)


def whole(value: float) -> str:
    """A count with all its digits."""
    return str(round(value))


def product(*factors: float) -> str:
    """A product of counts in LaTeX."""
    return r" \cdot ".join(whole(factor) for factor in factors)
