"""Building blocks of worked solutions: numbers put into formulas, in LaTeX.

What they write can be evaluated as arithmetic, and a test does so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DIGITS = 6


def num(value: Any) -> str:
    """A number as a person would copy it: at most six decimals, no trailing zeros."""
    number = float(value)
    if number and (abs(number) < 10**-4 or abs(number) >= 10**7):
        mantissa, exponent = f"{number:.5e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    text = f"{number:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def factor(value: Any) -> str:
    """A number inside a product or a difference: negative ones in parentheses."""
    text = num(value)
    return f"({text})" if text.startswith("-") or "cdot" in text else text


def dot(a: Iterable[Any], b: Iterable[Any]) -> str:
    """The sum of products of two vectors of equal length."""
    return " + ".join(rf"{factor(x)} \cdot {factor(y)}" for x, y in zip(a, b, strict=True))


def total(terms: Iterable[Any]) -> str:
    """A sum of numbers."""
    return " + ".join(factor(t) for t in terms)


def frac(above: str, below: str) -> str:
    """A quotient of two written expressions."""
    return rf"\frac{{{above}}}{{{below}}}"


def exp(exponent: Any) -> str:
    """A power of e."""
    return rf"e^{{{num(exponent)}}}"


def entries(value: Any) -> list[tuple[int, ...]]:
    """The indices of all entries of an array or nested list, row by row; [()] for a scalar."""
    if isinstance(value, list):
        return [(place, *rest) for place, part in enumerate(value) for rest in entries(part)]
    return list(np.ndindex(np.shape(value)))


def first(value: Any, count: int = 2) -> Sequence[tuple[int, ...]]:
    """The first few indices: enough to see how the line goes on."""
    return entries(value)[:count]
