"""The spread of a Gaussian code: standard deviation, variance or log-variance (Kingma 2014)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import GivenError, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, exp, factor, num

SPREADS = ("std", "variance", "log-variance")
_LARGEST_LOG = 700.0
"""Beyond it, e^s is no longer a number that a computer holds."""

_DRAWN = {
    "std": (0.25, 0.5, 1.5, 2.0),
    "variance": (0.25, 0.5, 2.25, 4.0),
    "log-variance": (-2.0, -1.0, -0.5, 0.5, 1.0),
}


def differ(a: Any, b: Any) -> bool:
    """Whether two lines of the same shape differ somewhere by more than a tie."""
    return bool(np.any(np.abs(np.asarray(a) - np.asarray(b)) > TIE))


def positive(s: Any) -> Any:
    """The spreads themselves; ValueError where one cannot be a deviation or a variance."""
    if np.any(s <= 0):
        raise ValueError("a standard deviation or variance is positive")
    return s


def variances(s: Any, spread: str) -> Any:
    """σ², entry by entry, from spreads read as ``spread`` says."""
    if spread == "log-variance":
        return np.exp(s)
    return positive(s) ** 2 if spread == "std" else positive(s)


def deviations(s: Any, spread: str) -> Any:
    """σ, entry by entry, from spreads read as ``spread`` says."""
    if spread == "log-variance":
        return np.exp(s / 2.0)
    return positive(s) if spread == "std" else np.sqrt(positive(s))


def variances_work(s: Any, spread: str) -> list[Work]:
    """Each variance from the spread that is given."""
    if spread == "std":
        return [Work(at, f"{factor(s[at])}^{{2}}") for at in entries(s)]
    return [Work(at, num(s[at]) if spread == "variance" else exp(s[at])) for at in entries(s)]


def deviations_work(s: Any, spread: str) -> list[Work]:
    """Each standard deviation from the spread that is given."""
    if spread == "variance":
        return [Work(at, rf"\sqrt{{{num(s[at])}}}") for at in entries(s)]
    if spread == "log-variance":
        return [Work(at, rf"e^{{\frac{{{num(s[at])}}}{{2}}}}") for at in entries(s)]
    return [Work(at, num(s[at])) for at in entries(s)]


def divergence_text(mu: float, variance: float) -> str:
    """μ² + σ² - ln σ² - 1 with the numbers."""
    return rf"{factor(mu)}^{{2}} + {factor(variance)} - \ln({num(variance)}) - 1"


def draw_spreads(rng: Any, spread: str, size: int) -> Any:
    """Hand-sized spreads, none of them that of a standard normal distribution."""
    return rng.choice(_DRAWN[spread], size=size)


def check_spreads(s: Any, spread: str) -> None:
    """Deviations and variances are positive, log-variances of a size that e^s can be computed."""
    if spread == "log-variance":
        if np.any(np.abs(s) > _LARGEST_LOG):
            raise GivenError(
                f"'s' holds log-variances: at most {_LARGEST_LOG:.0f} in size.", where="s"
            )
        return
    with np.errstate(all="ignore"):
        squares = s**2
    if np.any(s <= 0) or np.any(squares == 0) or not np.all(np.isfinite(squares)):
        named = "standard deviations" if spread == "std" else "variances"
        raise GivenError(
            f"'s' holds {named}: they must be positive and not beyond all bounds.", where="s"
        )
