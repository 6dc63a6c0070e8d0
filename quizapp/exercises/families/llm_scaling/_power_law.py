"""The power laws of the test loss in parameters and in tokens (Kaplan et al. 2020, section 1.2)."""

from __future__ import annotations

from quizapp.exercises.family import GivenError, Work
from quizapp.exercises.substitution import num

VARIABLES = ("N", "D")
_EXPONENTS = {"N": 0.076, "D": 0.095}
_OTHER = {"N": "D", "D": "N"}


def exponent(variable: str) -> float:
    """How fast the loss falls with the number of parameters (N) or of tokens (D)."""
    return _EXPONENTS[variable]


def other_exponent(variable: str) -> float:
    """The exponent of the other variable."""
    return _EXPONENTS[_OTHER[variable]]


def exponent_work(variable: str) -> list[Work]:
    """The exponent, read off the law."""
    return [Work((), num(_EXPONENTS[variable]))]


def demand_positive(**sizes: float) -> None:
    """Raise GivenError naming the first size that is not positive."""
    for name, value in sizes.items():
        if value <= 0:
            raise GivenError(f"'{name}' must be positive.", where=name)
