"""The values of the numeric cards on graph networks, from the numbers of their questions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_STAR = np.array([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]], dtype=float)
_NODE, _NEIGHBOURS, _EPSILON = 2.0, (1.0, 3.0, 3.0), 0.5


def _centre(degrees: Array) -> float:
    """Sum over the first node and its neighbours, all of value 1, in the matrix form of a GCN."""
    root = np.diag(degrees**-0.5)
    return float((root @ (_STAR + np.eye(4)) @ root @ np.ones(4))[0])


def _colours_of_path(nodes: int) -> float:
    """Count the classes of 1-WL on a path once they no longer split."""
    colours = [0] * nodes
    while True:
        seen = [
            (colours[v], *sorted(colours[u] for u in (v - 1, v + 1) if 0 <= u < nodes))
            for v in range(nodes)
        ]
        names = {signature: number for number, signature in enumerate(sorted(set(seen)))}
        if len(names) == len(set(colours)):
            return float(len(names))
        colours = [names[signature] for signature in seen]


VALUES: dict[str, float | dict[str, float]] = {
    "gnn-gcn-star": _centre(_STAR.sum(axis=0) + 1),
    "gnn-wl-path": _colours_of_path(7),
    "gnn-gin-value": (1 + _EPSILON) * _NODE + sum(_NEIGHBOURS),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "gnn-gcn-star": (_centre(_STAR.sum(axis=0)), 3 / 8**0.5, 1.0, 4.0),
    "gnn-wl-path": (2, 3, 7, 1),
    "gnn-gin-value": (
        _NODE + sum(_NEIGHBOURS),
        _EPSILON * _NODE + sum(_NEIGHBOURS),
        sum(_NEIGHBOURS),
        (1 + _EPSILON) * _NODE + sum(_NEIGHBOURS) / 3,
    ),
}
