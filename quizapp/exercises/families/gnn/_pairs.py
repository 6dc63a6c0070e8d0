"""Pairs of graphs that are hard to tell apart: equal degrees, or never separated by colours."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.gnn._graph import connected, from_edges

_DRAWS = 20


def same_spectrum(A: Any, B: Any) -> bool:
    """Whether two graphs may be the same one: isomorphic graphs have equal eigenvalues."""
    return len(A) == len(B) and np.allclose(np.linalg.eigvalsh(A), np.linalg.eigvalsh(B))


def _ring(*nodes: int) -> list[tuple[int, int]]:
    return [(node, nodes[place - 1]) for place, node in enumerate(nodes)]


def _with_hub(A: Any) -> Any:
    """The graph with one more node that is joined to all others."""
    n = len(A)
    hub = np.ones((n + 1, n + 1)) - np.eye(n + 1)
    hub[:n, :n] = A
    return hub


def never_separated(rng: Any) -> tuple[Any, Any]:
    """A hexagon and two triangles, their complements, or both with a hub."""
    pair = (from_edges(6, _ring(*range(6))), from_edges(6, _ring(0, 1, 2) + _ring(3, 4, 5)))
    way = rng.integers(3)
    if way == 1:
        return tuple(1.0 - A - np.eye(6) for A in pair)
    return tuple(_with_hub(A) for A in pair) if way == 2 else pair


def equal_degrees(rng: Any) -> tuple[Any, Any]:
    """A connected graph of 6 or 7 nodes, and the same with the ends of two edges exchanged.

    All degrees stay; the two are other graphs, unless every draw in a row was unlucky.
    """
    A = B = connected(rng, 6, 6)
    for _ in range(_DRAWS):
        A = connected(rng, int(rng.integers(6, 8)), 7)
        B = _switched(rng, A)
        if not same_spectrum(A, B):
            break
    return A, B


def _switched(rng: Any, A: Any) -> Any:
    """The graph with edges ab and cd replaced by ad and cb; itself where no two edges allow it."""
    edges = [(int(a), int(b)) for a, b in np.argwhere(A)]
    ways = [
        (a, b, c, d)
        for a, b in edges
        for c, d in edges
        if len({a, b, c, d}) == 4 and not A[a, d] and not A[c, b]
    ]
    if not ways:
        return A
    a, b, c, d = ways[rng.integers(len(ways))]
    B = A.copy()
    for u, v, edge in ((a, b, 0.0), (c, d, 0.0), (a, d, 1.0), (c, b, 1.0)):
        B[u, v] = B[v, u] = edge
    return B
