"""Oracles of the forward passes: networks probed and counted unit by unit, and their problems."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

Values = dict[str, Any]
Setting = Mapping[str, str]
Oracle = Callable[[Mapping[str, Any], Setting], Values]
Draw = Callable[[Any, Setting], dict[str, Any]]
Point = list[float]

NEAR = 1e-9


def _inner(a: Any, b: Any) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def _fires(z: float, c: Setting) -> int:
    if abs(z) <= NEAR:
        return int(c["heaviside_at_zero"] == "one")
    return int(z > 0)


def xor_net(g: Mapping[str, Any], c: Setting) -> Values:
    units = list(zip(g["W1"], g["b1"], strict=True))
    z1 = [[math.fsum((_inner(w, x), b)) for w, b in units] for x in g["X"]]
    h = [[_fires(z, c) for z in row] for row in z1]
    z2 = [math.fsum((_inner(row, g["w2"]), g["b2"])) for row in h]
    return {"z1": z1, "h": h, "z2": z2, "y": [_fires(z, c) for z in z2]}


def polygon_net(g: Mapping[str, Any], c: Setting) -> Values:
    """Edges and points as complex numbers; a field is the area that edge and point span."""
    corners = [complex(*v) for v in g["vertices"]]
    points = [complex(*p) for p in g["points"]]
    edges = [b - a for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]

    def spanned(edge: complex, arm: complex) -> float:
        return (edge.conjugate() * arm).imag

    fields = [[spanned(e, p - v) for e, v in zip(edges, corners, strict=True)] for p in points]
    hidden = [[_fires(z, c) for z in row] for row in fields]
    inside = [min(row) == 1 for row in hidden]
    return {
        "normals": [[(1j * e).real, (1j * e).imag] for e in edges],
        "offsets": [spanned(e, -v) for e, v in zip(edges, corners, strict=True)],
        "fields": fields,
        "hidden": hidden,
        "sums": [row.count(1) for row in hidden],
        "outputs": [int(within == (g["region"] == "inside")) for within in inside],
    }


def _layer(w: Any, x: Any, b: Any, layout: str) -> Point:
    out = []
    for k, offset in enumerate(b):
        row = w[k] if layout == "column" else [line[k] for line in w]
        out.append(math.fsum((_inner(row, x), offset)))
    return out


def linear_collapse(g: Mapping[str, Any], c: Setting) -> Values:
    """What two layers in a row answer to 0 (the bias), to each unit vector, and to x."""

    def answer(x: Point) -> Point:
        hidden = _layer(g["W1"], x, g["b1"], c["layout"])
        return _layer(g["W2"], hidden, g["b2"], c["layout"])

    n = len(g["x"])
    bias = answer([0.0] * n)
    columns = []
    for i in range(n):
        replies = answer([float(i == k) for k in range(n)])
        columns.append([reply - b for reply, b in zip(replies, bias, strict=True)])
    turned = [[column[k] for column in columns] for k in range(len(bias))]
    return {"W": turned if c["layout"] == "column" else columns, "b": bias, "y": answer(g["x"])}


def dense_params(g: Mapping[str, Any], c: Setting) -> Values:
    """Every link and every bias counted one by one."""
    pairs = list(zip(g["sizes"], g["sizes"][1:], strict=False))
    links = [sum(1 for _ in range(int(b)) for _ in range(int(a))) for a, b in pairs]
    biases = [sum(1 for _ in range(int(b)) if g["bias"]) for _, b in pairs]
    column = c["layout"] == "column"
    return {
        "shapes": [[b, a] if column else [a, b] for a, b in pairs],
        "weights": links,
        "biases": biases,
        "total": sum(links) + sum(biases),
    }


def deep_mlp_forward(g: Mapping[str, Any], c: Setting) -> Values:
    """Every unit asks the units below it, down to the inputs."""
    depth = len(g["weights"])
    column = c["layout"] == "column"

    @cache
    def field(level: int, unit: int) -> float:
        W, b = g["weights"][level - 1], g["biases"][level - 1]
        below = len(W[0]) if column else len(W)
        terms = [
            (W[unit][i] if column else W[i][unit]) * output(level - 1, i) for i in range(below)
        ]
        return math.fsum([*terms, b[unit]])

    @cache
    def output(level: int, unit: int) -> float:
        if level == 0:
            return float(g["x"][unit])
        z, name = field(level, unit), g["out"] if level == depth else g["f"]
        if name == "softmax":
            others = [field(level, k) for k in range(len(g["biases"][level - 1]))]
            return 1.0 / math.fsum(math.exp(other - z) for other in others)
        if name == "sigmoid":
            return 1.0 / (1.0 + math.exp(-z)) if z > -500 else math.exp(z)
        return {"identity": z, "tanh": math.tanh(z), "relu": max(z, 0.0)}[name]

    units = [range(len(b)) for b in g["biases"]]
    h = [[output(level, k) for k in among] for level, among in enumerate(units, start=1)]
    z = [[field(level, k) for k in among] for level, among in enumerate(units, start=1)]
    return {"z": z, "h": h, "y": h[-1]}


ORACLES: dict[str, Oracle] = {
    "deep-mlp-forward": deep_mlp_forward,
    "xor-net": xor_net,
    "polygon-net": polygon_net,
    "linear-collapse": linear_collapse,
    "dense-params": dense_params,
}


# Problems --------------------------------------------------------------------------------


def _numbers(rng: Any, *shape: int, whole: bool) -> Any:
    """Whole numbers meet the rule for z = 0."""
    values = rng.integers(-2, 3, size=shape) if whole else rng.normal(0.0, 3.0, size=shape)
    return values.astype(float).tolist()


def _draw_xor(rng: Any, _: Setting) -> dict[str, Any]:
    n, hidden, rows = (int(v) for v in rng.integers(1, 10, size=3))
    whole = bool(rng.random() < 0.6)
    return {
        "W1": _numbers(rng, hidden, n, whole=whole),
        "b1": _numbers(rng, hidden, whole=whole),
        "w2": _numbers(rng, hidden, whole=whole),
        "b2": float(rng.integers(-2, 3)) if whole else float(rng.normal()),
        "X": _numbers(rng, rows, n, whole=whole),
    }


def _draw_polygon(rng: Any, _: Setting) -> dict[str, Any]:
    """The hull of whole-number points, or corners on an ellipse."""
    if rng.random() < 0.5:
        hull: list[Any] = []
        while len(hull) < 3:
            hull = _hull(rng.integers(-6, 7, size=(int(rng.integers(3, 15)), 2)).tolist())
        points = rng.integers(-7, 8, size=(12, 2)).astype(float).tolist()
    else:
        angles = sorted(rng.uniform(0.0, 2.0 * math.pi, size=int(rng.integers(3, 30))))
        hull = [[200.0 * math.cos(a) + 7.0, 3.0 * math.sin(a) - 50.0] for a in angles]
        points = (rng.normal(size=(12, 2)) * (150.0, 2.0) + (7.0, -50.0)).tolist()
    return {
        "vertices": hull,
        "points": points,
        "region": str(rng.choice(("inside", "outside"))),
    }


def _hull(points: list[Any]) -> list[Any]:
    """The convex hull counter-clockwise, without points on its edges (Andrew 1979)."""

    def chain(ordered: list[Any]) -> list[Any]:
        out: list[Any] = []
        for x, y in ordered:
            while len(out) > 1 and not (
                (out[-1][0] - out[-2][0]) * (y - out[-2][1])
                > (out[-1][1] - out[-2][1]) * (x - out[-2][0])
            ):
                out.pop()
            out.append([x, y])
        return out[:-1]

    ordered = sorted({(x, y) for x, y in points})
    return chain(ordered) + chain(ordered[::-1])


def _draw_collapse(rng: Any, c: Setting) -> dict[str, Any]:
    n, hidden, size = (int(v) for v in rng.integers(1, 12, size=3))
    first, second = (hidden, n), (size, hidden)
    if c["layout"] == "row":
        first, second = first[::-1], second[::-1]
    return {
        "W1": _numbers(rng, *first, whole=False),
        "b1": _numbers(rng, hidden, whole=False),
        "W2": _numbers(rng, *second, whole=False),
        "b2": _numbers(rng, size, whole=False),
        "x": _numbers(rng, n, whole=False),
    }


def _draw_params(rng: Any, _: Setting) -> dict[str, Any]:
    sizes = rng.integers(1, 120, size=int(rng.integers(2, 9)))
    return {"sizes": sizes.tolist(), "bias": bool(rng.random() < 0.5)}


def _draw_deep(rng: Any, c: Setting) -> dict[str, Any]:
    sizes = [int(n) for n in rng.integers(1, 9, size=int(rng.integers(2, 8)))]
    if rng.random() < 0.3:
        sizes = [sizes[0]] * len(sizes)
    pairs = list(pairwise(sizes))
    shapes = [(b, a) if c["layout"] == "column" else (a, b) for a, b in pairs]
    f = str(rng.choice(("identity", "sigmoid", "tanh", "relu")))
    return {
        "x": rng.normal(size=sizes[0]).tolist(),
        "weights": [rng.normal(size=shape).tolist() for shape in shapes],
        "biases": [rng.normal(size=size).tolist() for size in sizes[1:]],
        "f": f,
        "out": str(rng.choice(("identity", "sigmoid", "tanh", "relu", "softmax"))),
    }


DRAWS: dict[str, Draw] = {
    "deep-mlp-forward": _draw_deep,
    "xor-net": _draw_xor,
    "polygon-net": _draw_polygon,
    "linear-collapse": _draw_collapse,
    "dense-params": _draw_params,
}
