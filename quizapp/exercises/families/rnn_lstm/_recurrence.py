"""The simple recurrent unit (Elman 1990), with tanh or the logistic function."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, exp, factor, frac, num

ACTIVATIONS = ("tanh", "sigmoid")
OTHER_ACTIVATION = {"tanh": "sigmoid", "sigmoid": "tanh"}
WEIGHTS = (-0.9, -0.8, -0.6, -0.5, -0.4, 0.4, 0.5, 0.6, 0.8, 0.9)
BIASES = (-0.5, -0.2, -0.1, 0.1, 0.2, 0.5)


def differ(a: Any, b: Any) -> bool:
    """Whether two lines differ, in shape or somewhere by more than a tie."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a.shape != b.shape or bool(np.any(np.abs(a - b) > TIE))


def net_text(from_h: Any, h: Any, from_x: Any, x: Any, b: Any) -> str:
    """One pre-activation written out: old state, input, bias."""
    return f"{dot(from_h, h)} + {dot(from_x, x)} + {factor(b)}"


def squashed_text(name: str, z: Any) -> str:
    """A number squashed by tanh or the logistic function."""
    return rf"\tanh({num(z)})" if name == "tanh" else frac("1", f"1 + {exp(-z)}")
