"""The branch of a residual block and its ReLU (He, Zhang, Ren and Sun 2016)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Given, Work
from quizapp.exercises.substitution import dot, entries

BLOCK = (
    Given("h", "h", "inputs of the block", "d"),
    Given("W1", "W_1", "first weight matrix of the branch", "m x d"),
    Given("W2", "W_2", "second weight matrix of the branch", "d x m"),
)
"""The givens of a block with two layers in its branch."""
RESIDUAL = ("plain", "post-relu")


def relu(z: Any) -> Any:
    """max(0, z), entry by entry."""
    return np.maximum(z, 0.0)


def pre(W1: Any, h: Any) -> Any:
    """The pre-activations of the branch."""
    return W1 @ h


def pre_work(W1: Any, h: Any, value: Any) -> list[Work]:
    """Each pre-activation of the branch as its sum of products."""
    return [Work((i,), dot(W1[i], h)) for (i,) in entries(value)]
