"""Step functions of threshold units (McCulloch and Pitts 1943; Rosenblatt 1958)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.functions import TIE

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
"""All inputs of a gate with two inputs, in the order of a truth table."""
OTHER_AT_ZERO = {"one": "zero", "zero": "one"}


def corners(n: int) -> Any:
    """All 2^n inputs of a gate, one per row, counting up in binary."""
    return np.array([[row >> (n - 1 - i) & 1 for i in range(n)] for row in range(2**n)], float)


def heaviside(z: Any, heaviside_at_zero: str) -> Any:
    """1 for z > 0, 0 for z < 0, entry by entry; at z = 0 as ``heaviside_at_zero`` says."""
    z = np.asarray(z, dtype=float)
    kink = 1.0 if heaviside_at_zero == "one" else 0.0
    return np.where(np.abs(z) <= TIE, kink, np.where(z > 0, 1.0, 0.0))


def sign(z: Any, tie: str) -> Any:
    """+1 for z > 0, -1 for z < 0, entry by entry; at z = 0 as ``tie`` (plus or minus) says."""
    z = np.asarray(z, dtype=float)
    kink = 1.0 if tie == "plus" else -1.0
    return np.where(np.abs(z) <= TIE, kink, np.where(z > 0, 1.0, -1.0))


def some_zero(z: Any) -> bool:
    """Whether the rule for z = 0 decides something here."""
    return bool(np.any(np.abs(z) <= TIE))


def differ(a: Any, b: Any) -> bool:
    """Whether two lines of the same shape are different somewhere."""
    return bool(np.any(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float)) > TIE))
