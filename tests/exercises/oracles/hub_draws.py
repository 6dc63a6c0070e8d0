"""Problems as a student brings them along: any sizes, any numbers, far beyond hand size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Draw = Callable[[Any, Mapping[str, str]], dict[str, Any]]


def _table(rng: Any, *shape: int, spread: float = 1.0) -> Any:
    return rng.normal(0.0, spread, size=shape).tolist()


def _states(rng: Any, *shape: int) -> Any:
    return rng.choice((-1, 1), size=shape).tolist()


def _net(rng: Any, units: int, *, whole: bool) -> Any:
    raw = rng.integers(-2, 3, size=(units, units)) if whole else rng.normal(size=(units, units))
    upper = np.triu(raw, 1)
    return (upper + upper.T).astype(float).tolist()


def _hopfield_weights(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    binary = bool(rng.random() < 0.5)
    patterns = rng.integers(0, 2, size=(int(rng.integers(1, 9)), int(rng.integers(2, 25))))
    return {
        "patterns": (patterns if binary else 2 * patterns - 1).tolist(),
        "coding": "binary" if binary else "bipolar",
    }


def _hopfield_energy(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    units = int(rng.integers(2, 25))
    return {
        "W": _net(rng, units, whole=False),
        "b": _table(rng, units),
        "y": _states(rng, units),
    }


def _hopfield_recall(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    units = int(rng.integers(2, 13))
    whole = bool(rng.random() < 0.5)  # whole numbers meet the tie rule
    orders = [rng.permutation(units) + 1 for _ in range(int(rng.integers(1, 5)))]
    return {
        "W": _net(rng, units, whole=whole),
        "b": [0.0] * units if whole else _table(rng, units),
        "start": _states(rng, units),
        "sweeps": [order.tolist() for order in orders],
        "patterns": _states(rng, 3, units),
    }


def _softmax(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    return {
        "z": _table(rng, int(rng.integers(2, 30)), spread=8.0),
        "alpha": float(rng.choice((0.25, 1.0, 3.0))),
    }


def _attention(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, m, d_k, d_v = (int(k) for k in rng.integers(1, 12, size=4))
    return {
        "Q": _table(rng, n, d_k, spread=5.0),
        "K": _table(rng, m, d_k, spread=5.0),
        "V": _table(rng, m, d_v),
    }


def _self_attention(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, d, d_k, d_v = (int(k) for k in rng.integers(1, 9, size=4))
    return {
        "X": _table(rng, n, d),
        "W_Q": _table(rng, d, d_k),
        "W_K": _table(rng, d, d_k),
        "W_V": _table(rng, d, d_v),
    }


def _masked_attention(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, d_k, d_v = (int(k) for k in rng.integers(1, 12, size=3))
    return {
        "Q": _table(rng, n, d_k, spread=5.0),
        "K": _table(rng, n, d_k, spread=5.0),
        "V": _table(rng, n, d_v),
    }


def _positional_encoding(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    positions = rng.integers(0, 500, size=int(rng.integers(1, 12)))
    return {"positions": positions.tolist(), "d": 2 * int(rng.integers(1, 33))}


def _activations(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    names = ("sigmoid", "tanh", "relu", "leaky-relu", "elu", "gelu", "swish")
    return {
        "x": [*_table(rng, int(rng.integers(1, 20)), spread=3.0), 0.0],
        "f": str(rng.choice(names)),
        "alpha": float(rng.choice((0.01, 0.3, 0.9))),
        "beta": float(rng.choice((0.5, 1.0, 2.5))),
    }


def _layers(rng: Any, c: Mapping[str, str], outs: tuple[str, ...]) -> dict[str, Any]:
    n, hidden, size = (int(k) for k in rng.integers(1, 8, size=3))
    first, second = ((hidden, n), (size, hidden))
    if c["layout"] == "row":
        first, second = first[::-1], second[::-1]
    whole = bool(rng.random() < 0.3)  # whole numbers meet the kink of a ReLU

    def table(*shape: int) -> Any:
        if whole:
            return rng.integers(-1, 2, size=shape).astype(float).tolist()
        return _table(rng, *shape)

    return {
        "x": table(n),
        "W1": table(*first),
        "b1": table(hidden),
        "W2": table(*second),
        "b2": table(size),
        "f": "relu" if whole else str(rng.choice(("identity", "sigmoid", "tanh", "relu"))),
        "out": str(rng.choice(outs)),
    }


def _mlp_forward(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    return _layers(rng, c, ("identity", "sigmoid", "tanh", "relu", "softmax"))


def _backprop_hidden(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    givens = _layers(rng, c, ("identity", "sigmoid", "tanh", "relu"))
    return {**givens, "t": _table(rng, len(givens["b2"]))}


def _sgd_step(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, examples = (int(k) for k in rng.integers(1, 20, size=2))
    return {
        "theta": _table(rng, n),
        "grads": _table(rng, examples, n, spread=30.0),
        "eta": float(rng.uniform(0.001, 2.0)),
    }


def _l2_step(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n = int(rng.integers(1, 30))
    return {
        "w": _table(rng, n, spread=10.0),
        "g": _table(rng, n),
        "loss": float(rng.uniform(0.0, 9.0)),
        "lam": float(rng.uniform(0.0, 2.0)),
        "eta": float(rng.uniform(0.001, 1.0)),
    }


def _dropout(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n = int(rng.integers(1, 40))
    return {
        "h": _table(rng, n, spread=20.0),
        "mask": rng.integers(0, 2, size=n).tolist(),
        "p": float(rng.choice((0.0, 0.1, 0.5, 0.75, 0.9))),
    }


DRAWS: dict[str, Draw] = {
    "hopfield-weights": _hopfield_weights,
    "hopfield-energy": _hopfield_energy,
    "hopfield-recall": _hopfield_recall,
    "softmax": _softmax,
    "attention": _attention,
    "self-attention": _self_attention,
    "masked-attention": _masked_attention,
    "positional-encoding": _positional_encoding,
    "activations": _activations,
    "mlp-forward": _mlp_forward,
    "backprop-hidden": _backprop_hidden,
    "sgd-step": _sgd_step,
    "l2-step": _l2_step,
    "dropout": _dropout,
}
