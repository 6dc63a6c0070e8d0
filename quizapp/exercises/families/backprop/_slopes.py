"""Slopes of activation functions, from the pre-activation or the output (LeCun et al. 1998)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.mlp_forward.mlp_forward import outputs
from quizapp.exercises.functions import TIE, slope
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import exp, factor, frac, num

FUNCTIONS = ("identity", "sigmoid", "tanh", "relu")
BOUNDED = {"sigmoid", "tanh"}
FLAT = 3.5
"""Beyond this pre-activation a slope is so small that rounding the output swallows it."""


def differ(a: Any, b: Any) -> bool:
    """Whether two lines differ, in shape or somewhere by more than a tie."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a.shape != b.shape or bool(np.any(np.abs(a - b) > TIE))


def slopes(name: str, z: Any, at_zero: str = "zero", line: Line = exact) -> Any:
    """f'(z), entry by entry; a student writes the output y first, then y (1 - y) or 1 - y^2."""
    if line is exact:
        return slope(name, z, at_zero)
    if name not in BOUNDED:
        return slope(name, z, at_zero)
    return slopes_from_output(name, line(outputs(name, z, line)), line)


def slopes_from_output(name: str, y: Any, line: Line = exact) -> Any:
    """The slopes of units whose outputs are y; that of a ReLU with output 0 is 0."""
    y = np.asarray(y, dtype=float)
    if name == "sigmoid":
        return y * (1.0 - y)
    if name == "tanh":
        return 1.0 - line(np.square(y))
    return slope(name, y)


def slope_text(name: str, z: Any, at_zero: str = "zero") -> str:
    """f'(z) written out for one unit, ready to stand in a product."""
    if name == "sigmoid":
        y = frac("1", f"1 + {exp(-z)}")
        return rf"{y} \cdot (1 - {y})"
    if name == "tanh":
        return rf"(1 - \tanh({num(z)})^{{2}})"
    return num(slope(name, z, at_zero))


def slope_from_output_text(name: str, y: Any) -> str:
    """The slope of one unit written out with its output, ready to stand in a product."""
    if name == "sigmoid":
        return rf"{factor(y)} \cdot (1 - {factor(y)})"
    if name == "tanh":
        return f"(1 - {factor(y)}^{{2}})"
    return num(slopes_from_output(name, y))


def on_the_kink(name: str, z: Any) -> bool:
    """Whether some ReLU sits at exactly 0, where its slope is a choice."""
    return name == "relu" and bool(np.any(np.abs(z) <= TIE))
