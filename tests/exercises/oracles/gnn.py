"""Independent solvers of the families on graphs, and problems of any size for them.

Plain loops over lists of neighbours; signatures are ranked by a comparison of their own.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Numbers = list[float]
Table = list[list[float]]
Values = dict[str, Any]
Givens = Mapping[str, Any]
Setting = Mapping[str, str]


def _neighbours(A: Sequence[Sequence[float]]) -> list[list[int]]:
    return [[u for u, edge in enumerate(row) if edge == 1] for row in A]


def _applied(W: Table, vector: Numbers) -> Numbers:
    return [math.fsum(w * x for w, x in zip(row, vector, strict=True)) for row in W]


def _columns(vectors: list[Numbers], width: int) -> list[Numbers]:
    return [[vector[j] for vector in vectors] for j in range(width)]


def _pooled(vectors: list[Numbers], width: int, of: Callable[[Numbers], float]) -> Numbers:
    """A function of every column; zeros of no vectors."""
    return [of(column) for column in _columns(vectors, width)] if vectors else [0.0] * width


def _mean(values: Numbers) -> float:
    return math.fsum(values) / len(values)


_POOLS: dict[str, Callable[[Numbers], float]] = {"sum": math.fsum, "mean": _mean, "max": max}


def gcn_layer(g: Givens, c: Setting) -> Values:
    """Every coefficient by itself, every vector pulled from its neighbours one by one."""
    around, H = _neighbours(g["A"]), g["H"]
    own = 1 if c["degree"] == "with-self" else 0
    degrees = [len(among) + own for among in around]
    nodes = range(len(H))
    coefficients = [
        [
            degrees[u] ** -0.5 * degrees[v] ** -0.5 if u == v or u in around[v] else 0.0
            for u in nodes
        ]
        for v in nodes
    ]
    aggregated = [
        [
            math.fsum(H[u][j] / math.sqrt(degrees[u] * degrees[v]) for u in [v, *around[v]])
            for j in range(len(H[0]))
        ]
        for v in nodes
    ]
    transformed = [_applied(g["W"], vector) for vector in aggregated]
    through: Callable[[float], float] = {
        "identity": lambda z: z,
        "relu": lambda z: z if z > 0 else 0.0,
        "tanh": math.tanh,
    }[g["activation"]]
    return {
        "degrees": degrees,
        "coefficients": coefficients,
        "aggregated": aggregated,
        "transformed": transformed,
        "output": [[through(z) for z in row] for row in transformed],
    }


def gin_update(g: Givens, _: Setting) -> Values:
    H, width = g["H"], len(g["H"][0])
    sums = [_pooled([H[u] for u in among], width, math.fsum) for among in _neighbours(g["A"])]
    combined = [
        [h + g["eps"] * h + s for h, s in zip(own, others, strict=True)]
        for own, others in zip(H, sums, strict=True)
    ]
    hidden, output = [], []
    for vector in combined:
        z = [a + b for a, b in zip(_applied(g["W1"], vector), g["b1"], strict=True)]
        hidden.append([v if v > 0 else 0.0 for v in z])
        output.append([a + b for a, b in zip(_applied(g["W2"], hidden[-1]), g["b2"], strict=True)])
    return {"neighbour_sum": sums, "combined": combined, "hidden": hidden, "output": output}


def message_passing(g: Givens, _: Setting) -> Values:
    messages = [_applied(g["M"], vector) for vector in g["H"]]
    aggregated = [
        _pooled([messages[u] for u in among], len(g["M"]), _POOLS[g["agg"]])
        for among in _neighbours(g["A"])
    ]
    combined = [[*own, *others] for own, others in zip(g["H"], aggregated, strict=True)]
    output = [[max(z, 0.0) for z in _applied(g["U"], vector)] for vector in combined]
    return {
        "messages": messages,
        "aggregated": aggregated,
        "combined": combined,
        "output": output,
    }


def graph_readout(g: Givens, _: Setting) -> Values:
    H, width = g["H"], len(g["H"][0])
    near = [[H[u] for u in among] for among in _neighbours(g["A"])]
    return {
        "sums": [_pooled(vectors, width, math.fsum) for vectors in near],
        "means": [_pooled(vectors, width, _mean) for vectors in near],
        "maxima": [_pooled(vectors, width, max) for vectors in near],
        "readout_sum": _pooled(H, width, math.fsum),
        "readout_mean": _pooled(H, width, _mean),
    }


def _before(a: Sequence[int], b: Sequence[int]) -> int:
    """Which of two signatures comes first: the first differing entry decides, then the length."""
    for x, y in zip(a, b, strict=False):
        if x != y:
            return x - y
    return len(a) - len(b)


def wl_test(g: Givens, _: Setting) -> Values:
    n = len(g["A1"])
    around = _neighbours(g["A1"])
    around += [[n + u for u in among] for among in _neighbours(g["A2"])]
    colours = [1 for _ in around]
    rows = []
    for _round in range(int(g["rounds"])):
        signatures = []
        for own, among in zip(colours, around, strict=True):
            signatures.append([own, *sorted(colours[u] for u in among)])
        ranked: list[list[int]] = []
        for signature in sorted(signatures, key=functools.cmp_to_key(_before)):
            if not ranked or ranked[-1] != signature:
                ranked.append(signature)
        colours = [1 + ranked.index(signature) for signature in signatures]
        rows.append(colours)
    first = [sorted(row[:n]) for row in rows]
    second = [sorted(row[n:]) for row in rows]
    separated = [r for r, (a, b) in enumerate(zip(first, second, strict=True), 1) if a != b]
    return {
        "colours": rows,
        "sorted1": first,
        "sorted2": second,
        "separated_in": separated[0] if separated else 0,
    }


def wl_colouring(g: Givens, _: Setting) -> Values:
    """Every colour is the place of a signature among the different ones, compared pair by pair."""
    around = _neighbours(g["A"])
    colours = [int(colour) for colour in g["start"]]
    signatures, rows = [], []
    for _round in range(int(g["rounds"])):
        seen = [
            [own, *sorted(colours[u] for u in among)]
            for own, among in zip(colours, around, strict=True)
        ]
        different = [one for n, one in enumerate(seen) if one not in seen[:n]]
        colours = [1 + sum(_before(other, one) < 0 for other in different) for one in seen]
        signatures.append(seen)
        rows.append(colours)
    sizes = [colours.count(colour) for colour in set(colours)]
    return {
        "signatures": signatures,
        "colours": rows,
        "classes": [len(set(row)) for row in (g["start"], *rows)],
        "histogram": sorted(sizes)[::-1],
    }


# Own problems ----------------------------------------------------------------------------


def _graph(rng: Any, nodes: int, share: float, *, joined: bool = False) -> list[list[int]]:
    """A random graph; where ``joined``, every node has a neighbour."""
    A = [[0] * nodes for _ in range(nodes)]
    for v in range(nodes):
        for u in range(v):
            A[u][v] = A[v][u] = int(rng.random() < share)
    for v in range(nodes):
        if joined and not any(A[v]):
            u = (v + int(rng.integers(1, nodes))) % nodes
            A[u][v] = A[v][u] = 1
    return A


def _table(rng: Any, *shape: int) -> Any:
    return rng.normal(0.0, 2.0, size=shape).tolist()


def _sizes(rng: Any, count: int) -> list[int]:
    return [int(n) for n in rng.integers(1, 8, size=count)]


def _gcn_layer(rng: Any, c: Setting) -> dict[str, Any]:
    nodes = int(rng.integers(2, 30))
    d, d_out = _sizes(rng, 2)
    joined = c["degree"] == "neighbours"
    return {
        "A": _graph(rng, nodes, float(rng.choice((0.05, 0.3, 0.8))), joined=joined),
        "H": _table(rng, nodes, d),
        "W": _table(rng, d_out, d),
        "activation": str(rng.choice(("identity", "relu", "tanh"))),
    }


def _gin_update(rng: Any, c: Setting) -> dict[str, Any]:
    nodes = int(rng.integers(1, 30))
    d, m, d_out = _sizes(rng, 3)
    return {
        "A": _graph(rng, nodes, float(rng.choice((0.05, 0.3, 0.8)))),
        "H": _table(rng, nodes, d),
        "eps": float(rng.normal()),
        "W1": _table(rng, m, d),
        "b1": _table(rng, m),
        "W2": _table(rng, d_out, m),
        "b2": _table(rng, d_out),
    }


def _message_passing(rng: Any, c: Setting) -> dict[str, Any]:
    nodes = int(rng.integers(1, 30))
    d, d_m, d_out = _sizes(rng, 3)
    return {
        "A": _graph(rng, nodes, float(rng.choice((0.05, 0.3, 0.8)))),
        "H": _table(rng, nodes, d),
        "M": _table(rng, d_m, d),
        "U": _table(rng, d_out, d + d_m),
        "agg": str(rng.choice(("sum", "mean", "max"))),
    }


def _graph_readout(rng: Any, c: Setting) -> dict[str, Any]:
    nodes = int(rng.integers(2, 40))
    A = _graph(rng, nodes, float(rng.choice((0.05, 0.3, 0.8))), joined=True)
    return {"A": A, "H": _table(rng, nodes, _sizes(rng, 1)[0])}


def _shuffled(rng: Any, A: list[list[int]]) -> list[list[int]]:
    order = [int(v) for v in rng.permutation(len(A))]
    return [[A[u][v] for v in order] for u in order]


def _cycle(nodes: int) -> list[list[int]]:
    return [[int((u - v) % nodes in {1, nodes - 1}) for v in range(nodes)] for u in range(nodes)]


def _wl_test(rng: Any, c: Setting) -> dict[str, Any]:
    """Two graphs of other sizes, of the same size, the same one twice, or a ring."""
    nodes, share = int(rng.integers(3, 20)), float(rng.choice((0.1, 0.3, 0.8)))
    first = _graph(rng, nodes, share)
    second = {
        0: lambda: _graph(rng, int(rng.integers(1, 20)), share),
        1: lambda: _graph(rng, nodes, share),
        2: lambda: _shuffled(rng, first),
        3: lambda: _cycle(nodes),
    }[int(rng.integers(4))]()
    return {"A1": first, "A2": second, "rounds": int(rng.integers(1, 9))}


def _wl_colouring(rng: Any, c: Setting) -> dict[str, Any]:
    """Graphs with single nodes and with rings, some with labels."""
    nodes = int(rng.integers(1, 25))
    ring = nodes > 2 and rng.random() < 0.2
    A = _cycle(nodes) if ring else _graph(rng, nodes, float(rng.choice((0.05, 0.15, 0.5))))
    labels = int(rng.integers(1, 4))
    return {
        "A": A,
        "start": [int(label) for label in rng.integers(-1, labels, size=nodes)],
        "rounds": int(rng.integers(1, 9)),
    }


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "gcn-layer": gcn_layer,
    "gin-update": gin_update,
    "message-passing": message_passing,
    "graph-readout": graph_readout,
    "wl-test": wl_test,
    "wl-colouring": wl_colouring,
}

DRAWS: dict[str, Callable[[Any, Setting], dict[str, Any]]] = {
    "gcn-layer": _gcn_layer,
    "gin-update": _gin_update,
    "message-passing": _message_passing,
    "graph-readout": _graph_readout,
    "wl-test": _wl_test,
    "wl-colouring": _wl_colouring,
}
