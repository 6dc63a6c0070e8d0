"""A bias as the weight of a constant input 1, at one end of the weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import GivenError

OTHER_SLOT = {"first": "last", "last": "first"}


def with_constant(x: Any, bias_slot: str, constant: float = 1.0) -> Any:
    """A list of inputs with the constant in the bias slot."""
    ends = (constant, *x) if bias_slot == "first" else (*x, constant)
    return np.array(ends, dtype=float)


def without_bias(weights: Any, bias_slot: str) -> Any:
    """A list of weights without the entry in the bias slot."""
    return weights[1:] if bias_slot == "first" else weights[:-1]


def demand_bias(name: str, have: int, inputs: int, feeding: str) -> None:
    """GivenError unless ``name`` has a weight for every input and one for the bias."""
    if have != inputs + 1:
        raise GivenError(
            f"'{name}' has {have} weights a unit, but {inputs} {feeding} and a bias need "
            f"{inputs + 1}.",
            where=name,
        )
