"""Logarithms of probabilities (Shannon 1948), natural or in base 2, and how they are written."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import factor, num

OTHER_BASE = {"e": "two", "two": "e"}


def log(x: Any, log_base: str = "e") -> Any:
    """The logarithm of every entry in the named base (e or two); -inf at 0."""
    return np.log(x) if log_base == "e" else np.log2(x)


def weighted_logs(weights: Any, x: Any, log_base: str = "e", line: Line = exact) -> Any:
    """Each weight times the logarithm of its number, 0 where the weight is 0.

    The logarithm is an inner line.
    """
    counted = np.asarray(weights) != 0.0
    return np.where(counted, weights * line(log(np.where(counted, x, 1.0), log_base)), 0.0)


def bernoulli_cross(t: Any, z: Any, line: Line = exact) -> Any:
    """-[t ln z + (1 - t) ln(1 - z)] for every pair of probabilities."""
    return 0.0 - (weighted_logs(t, z, line=line) + weighted_logs(1.0 - t, 1.0 - z, line=line))


def bernoulli_kl(t: Any, z: Any, line: Line = exact) -> Any:
    """The divergence t ln(t/z) + (1 - t) ln((1 - t)/(1 - z)) of every pair, without a difference.

    The quotients need z strictly between 0 and 1.
    """
    first = weighted_logs(t, t / z, line=line)
    return first + weighted_logs(1.0 - t, (1.0 - t) / (1.0 - z), line=line)


def differ(a: Any, b: Any) -> bool:
    """Whether two lines of the same shape are different somewhere."""
    return bool(np.any(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float)) > TIE))


def strictly_between(x: Any) -> bool:
    """Whether every probability is neither 0 nor 1."""
    return bool(np.all((x > TIE) & (x < 1.0 - TIE)))


def log_latex(x: float, log_base: str = "e") -> str:
    """A logarithm in LaTeX; that in base 2 as a quotient of natural ones."""
    return rf"\ln({num(x)})" if log_base == "e" else rf"\frac{{\ln({num(x)})}}{{\ln(2)}}"


def cross_latex(weights: Any, x: Any, log_base: str = "e") -> str:
    """Minus the sum of weights times logarithms in LaTeX, without the terms of weight 0."""
    terms = [
        rf"{factor(weight)} \cdot {log_latex(float(value), log_base)}"
        for weight, value in zip(weights, x, strict=True)
        if weight
    ]
    return f"-({' + '.join(terms)})"
