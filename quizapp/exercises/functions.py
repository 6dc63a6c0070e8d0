"""Functions that many families share: activations with their slopes, the softmax."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from quizapp.exercises.rounding import Line, exact


def softmax(logits: Any, line: Line = exact, axis: int = -1) -> Any:
    """Softmax along an axis, the largest logit subtracted; e^x and its sum are inner lines.

    A student exponentiates without the subtraction; the written e^x and sum are those, so
    they are the ones rounded when ``line`` rounds, wherever they do not overflow.
    """
    z = np.asarray(logits, dtype=float)
    if line is exact or np.max(np.abs(z), initial=0.0) > 30:
        e = np.exp(z - z.max(axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)
    e = line(np.exp(z))
    return e / line(e.sum(axis=axis, keepdims=True))


def sigmoid(x: Any) -> Any:
    """1 / (1 + e^-x), without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=float)))


def normal_cdf(x: Any) -> Any:
    """The distribution function of the standard normal distribution."""
    x = np.asarray(x, dtype=float)
    out = np.array([0.5 * math.erfc(-v / math.sqrt(2.0)) for v in x.reshape(-1)])
    return out.reshape(x.shape)


def normal_pdf(x: Any) -> Any:
    """The density of the standard normal distribution."""
    return np.exp(-np.square(x) / 2.0) / math.sqrt(2.0 * math.pi)


def activation(name: str, x: Any) -> Any:
    """identity, sigmoid, tanh or relu of every entry."""
    if name == "identity":
        return np.asarray(x, dtype=float)
    if name == "sigmoid":
        return sigmoid(x)
    if name == "tanh":
        return np.tanh(x)
    if name == "relu":
        return np.maximum(x, 0.0)
    raise ValueError(f"unknown activation {name}")


def slope(name: str, x: Any, at_zero: str = "zero") -> Any:
    """The derivative of ``activation`` at pre-activations x; ``at_zero`` decides for ReLU."""
    x = np.asarray(x, dtype=float)
    if name == "identity":
        return np.ones_like(x)
    if name == "sigmoid":
        y = sigmoid(x)
        return y * (1.0 - y)
    if name == "tanh":
        return 1.0 - np.tanh(x) ** 2
    if name == "relu":
        kink = 1.0 if at_zero == "one" else 0.0
        return np.where(np.abs(x) <= TIE, kink, np.where(x > 0, 1.0, 0.0))
    raise ValueError(f"unknown activation {name}")


TIE = 1e-9
"""Two numbers within this distance of each other are equal."""
