"""An oracle of the softmax's Jacobian: the softmax itself, stepped into the complex plane."""

from __future__ import annotations

import cmath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TINY = 1e-30


def _softmax(logits: list[complex]) -> list[complex]:
    top = max(z.real for z in logits)
    powers = [cmath.exp(z - top) for z in logits]
    return [power / sum(powers) for power in powers]


def softmax_jacobian(g: Mapping[str, Any], _: Mapping[str, str]) -> dict[str, Any]:
    logits = [complex(z) for z in g["z"]]
    columns = []
    for j in range(len(logits)):
        moved = [z + _TINY * 1j * (k == j) for k, z in enumerate(logits)]
        columns.append([p.imag / _TINY for p in _softmax([g["alpha"] * z for z in moved])])
    return {
        "p": [p.real for p in _softmax([g["alpha"] * z for z in logits])],
        "jacobian": [[column[k] for column in columns] for k in range(len(logits))],
    }


def _draw(rng: Any, _: Mapping[str, str]) -> dict[str, Any]:
    return {
        "z": rng.normal(0.0, 3.0, size=int(rng.integers(1, 20))).tolist(),
        "alpha": float(rng.choice((0.1, 1.0, 2.5, -1.0))),
    }


ORACLES = {"softmax-jacobian": softmax_jacobian}
DRAWS = {"softmax-jacobian": _draw}
