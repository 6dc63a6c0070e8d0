"""Independent solvers of the families on backpropagation, and problems of any size for them.

Every gradient is a complex step of the error as a function of what it is taken by.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Conventions = Mapping[str, str]
Loss = Callable[[list[Any]], complex]

NEAR = 1e-9
_TINY = 1e-30


def _gradient(f: Loss, at: list[float]) -> list[float]:
    """All partial derivatives of f by complex steps."""
    out = []
    for i, x in enumerate(at):
        stepped: list[Any] = [*at[:i], x + _TINY * 1j, *at[i + 1 :]]
        out.append(f(stepped).imag / _TINY)
    return out


def _table_gradient(f: Callable[[list[list[Any]]], complex], at: list[list[float]]) -> Any:
    """All partial derivatives of f by the entries of a table."""
    width = len(at[0])

    def of_list(entries: list[Any]) -> complex:
        return f([entries[i * width : (i + 1) * width] for i in range(len(at))])

    flat = _gradient(of_list, [x for row in at for x in row])
    return [flat[i * width : (i + 1) * width] for i in range(len(at))]


def _act(name: str, z: complex, at_zero: str = "zero") -> complex:
    z = complex(z)
    if name == "sigmoid":
        return 1 / (1 + cmath.exp(-z))
    if name == "tanh":
        return cmath.tanh(z)
    if name == "relu":
        if abs(z.real) <= NEAR:
            return z if at_zero == "one" else 0j
        return z if z.real > 0 else 0j
    return z


def _slope(name: str, z: float, at_zero: str = "zero") -> float:
    return _gradient(lambda x: _act(name, x[0], at_zero), [z])[0]


def _real(values: list[Any]) -> list[float]:
    return [complex(v).real for v in values]


# Softmax layers --------------------------------------------------------------------------


def _layer(x: list[Any], w: list[list[Any]], b: list[Any], layout: str) -> list[Any]:
    out = []
    for k in range(len(b)):
        total = b[k]
        for i in range(len(x)):
            total += (w[k][i] if layout == "column" else w[i][k]) * x[i]
        out.append(total)
    return out


def _softmax(logits: list[Any]) -> list[complex]:
    top = max(complex(z).real for z in logits)
    powers = [cmath.exp(z - top) for z in logits]
    return [power / sum(powers) for power in powers]


def _cross_entropy(logits: list[list[Any]], t: list[int], batch: str) -> complex:
    total = sum((-cmath.log(_softmax(a)[k]) for a, k in zip(logits, t, strict=True)), 0j)
    return total / len(t) if batch == "mean" else total


def backprop_softmax(g: Givens, c: Conventions) -> Values:
    x, w, b, t = g["X"], g["W"], g["b"], [int(k) for k in g["t"]]

    def loss(w: Any, b: Any) -> complex:
        return _cross_entropy([_layer(row, w, b, c["layout"]) for row in x], t, c["batch"])

    a = [_layer(row, w, b, c["layout"]) for row in x]
    return {
        "a": a,
        "y": [_real(list(_softmax(row))) for row in a],
        "loss": loss(w, b).real,
        "da": _table_gradient(lambda a: _cross_entropy(a, t, c["batch"]), a),
        "dW": _table_gradient(lambda w: loss(w, b), w),
        "db": _gradient(lambda b: loss(w, b), b),
    }


def backprop_mlp_softmax(g: Givens, c: Conventions) -> Values:
    x, t, b1, b2 = g["X"], [int(k) for k in g["t"]], g["b1"], g["b2"]
    layout, batch = c["layout"], c["batch"]

    def hidden(a1: Any) -> Any:
        return [[_act(g["f"], z, c["relu_slope_at_zero"]) for z in row] for row in a1]

    def from_hidden(h: Any, w2: Any) -> complex:
        return _cross_entropy([_layer(row, w2, b2, layout) for row in h], t, batch)

    a1 = [_layer(row, g["W1"], b1, layout) for row in x]
    h = [_real(row) for row in hidden(a1)]
    a2 = [_layer(row, g["W2"], b2, layout) for row in h]
    return {
        "a1": a1,
        "h": h,
        "a2": a2,
        "y": [_real(list(_softmax(row))) for row in a2],
        "loss": from_hidden(h, g["W2"]).real,
        "da2": _table_gradient(lambda a: _cross_entropy(a, t, batch), a2),
        "dW2": _table_gradient(lambda w: from_hidden(h, w), g["W2"]),
        "dh": _table_gradient(lambda h: from_hidden(h, g["W2"]), h),
        "da1": _table_gradient(lambda a: from_hidden(hidden(a), g["W2"]), a1),
        "dW1": _table_gradient(
            lambda w: from_hidden(hidden([_layer(row, w, b1, layout) for row in x]), g["W2"]),
            g["W1"],
        ),
    }


# Units with the bias among their weights -------------------------------------------------


def _sum(w: list[Any], x: list[Any], bias_slot: str) -> Any:
    bias, rest = (w[0], w[1:]) if bias_slot == "first" else (w[-1], w[:-1])
    return bias + sum(a * b for a, b in zip(rest, x, strict=True))


def unit_backprop(g: Givens, c: Conventions) -> Values:
    w, x, f, slot = g["w"], g["x"], g["f"], c["bias_slot"]
    yhat = _sum(w, x, slot)
    return {
        "yhat": yhat,
        "y": _act(f, yhat).real,
        "g": _slope(f, yhat),
        "dE_dyhat": _gradient(lambda z: g["dE_dy"] * _act(f, z[0]), [yhat])[0],
        "dE_dw": _gradient(lambda w: g["dE_dy"] * _act(f, _sum(w, x, slot)), w),
        "dE_dx": _gradient(lambda x: g["dE_dy"] * _act(f, _sum(w, x, slot)), x),
    }


def backprop_bias_column(g: Givens, c: Conventions) -> Values:
    x, t, f, slot = g["x"], g["t"], g["f"], c["bias_slot"]

    def error(z: list[Any]) -> complex:
        total = sum((complex(a - b) ** 2 for a, b in zip(z, t, strict=True)), 0j)
        return total / {"half-sum": 2, "sum": 1, "mean": len(t)}[c["squared_error"]]

    def squash(z: list[Any]) -> list[Any]:
        return [_act(f, v) for v in z]

    def sums(table: Any, inputs: list[Any]) -> list[Any]:
        return [_sum(row, inputs, slot) for row in table]

    def from_extended(y: list[Any]) -> complex:
        """The error from the hidden outputs with the constant in its slot."""
        return error(squash([sum(a * b for a, b in zip(row, y, strict=True)) for row in g["W"]]))

    yhat = sums(g["V"], x)
    y = _real(squash(yhat))
    zhat = sums(g["W"], y)
    z = _real(squash(zhat))
    return {
        "yhat": yhat,
        "y": y,
        "zhat": zhat,
        "z": z,
        "E": error(z).real,
        "dE_dzhat": _gradient(lambda v: error(squash(v)), zhat),
        "dE_dW": _table_gradient(lambda w: error(squash(sums(w, y))), g["W"]),
        "dE_dy": _gradient(from_extended, [1.0, *y] if slot == "first" else [*y, 1.0]),
        "dE_dyhat": _gradient(lambda v: error(squash(sums(g["W"], squash(v)))), yhat),
        "dE_dV": _table_gradient(lambda v: error(squash(sums(g["W"], squash(sums(v, x))))), g["V"]),
    }


# Signals and slopes ----------------------------------------------------------------------


def delta_recursion(g: Givens, c: Conventions) -> Values:
    def weight(source: int, to: int) -> float:
        return float(g["W"][to][source] if c["layout"] == "column" else g["W"][source][to])

    def error(outputs: list[Any]) -> complex:
        """An error whose gradient at the next pre-activations is delta_next."""
        return complex(
            sum(
                d * sum(weight(i, k) * h for i, h in enumerate(outputs))
                for k, d in enumerate(g["delta_next"])
            )
        )

    kink = c["relu_slope_at_zero"]
    return {
        "back": _gradient(error, [0.0] * len(g["z"])),
        "slope": [_slope(g["f"], z, kink) for z in g["z"]],
        "delta": _gradient(lambda z: error([_act(g["f"], v, kink) for v in z]), g["z"]),
    }


def slope_product(g: Givens, c: Conventions) -> Values:
    slopes = [_slope(g["f"], z, c["relu_slope_at_zero"]) for z in g["z"]]
    factors = [w * s for w, s in zip(g["w"], slopes, strict=True)]
    zero = any(x == 0 for x in factors)
    logs = 0.0 if zero else math.fsum(math.log(abs(x)) for x in factors)
    sign = math.prod(math.copysign(1, x) for x in factors)
    return {
        "slopes": slopes,
        "factors": factors,
        "product": 0.0 if zero else sign * math.exp(logs),
        "geo_mean": 0.0 if zero else math.exp(logs / len(factors)),
    }


def computation_graph(g: Givens, _: Conventions) -> Values:
    """Ways are grown backwards from the target; the derivative is carried forward node by node."""
    arriving: dict[str, list[str]] = {}
    for start, end, _partial in g["edges"]:
        arriving.setdefault(end, []).append(start)
    partial = {(start, end): value for start, end, value in g["edges"]}

    def ways(end: str) -> list[list[str]]:
        if end == g["source"]:
            return [[end]]
        return [[*way, end] for start in arriving.get(end, []) for way in ways(start)]

    def slope(node: str) -> float:
        if node == g["source"]:
            return 1.0
        return math.fsum(slope(start) * partial[start, node] for start in arriving.get(node, []))

    paths = sorted(ways(g["target"]))
    products = []
    for path in paths:
        product = 1.0
        for number in range(len(path) - 1, 0, -1):
            product *= partial[path[number - 1], path[number]]
        products.append(product)
    return {"paths": paths, "products": products, "derivative": slope(g["target"])}


ORACLES = {
    "backprop-softmax": backprop_softmax,
    "backprop-mlp-softmax": backprop_mlp_softmax,
    "unit-backprop": unit_backprop,
    "backprop-bias-column": backprop_bias_column,
    "delta-recursion": delta_recursion,
    "slope-product": slope_product,
    "computation-graph": computation_graph,
}


# Problems of any size --------------------------------------------------------------------


def _table(rng: Any, *shape: int, whole: bool = False) -> Any:
    if whole:  # whole numbers meet the kink of a ReLU
        return rng.integers(-1, 2, size=shape).astype(float).tolist()
    return rng.normal(size=shape).tolist()


def _weights(rng: Any, to: int, source: int, layout: str, *, whole: bool = False) -> Any:
    return _table(rng, *((to, source) if layout == "column" else (source, to)), whole=whole)


def _draw_softmax(rng: Any, c: Conventions) -> dict[str, Any]:
    examples, inputs, classes = (int(k) for k in rng.integers(1, 8, size=3))
    return {
        "X": _table(rng, examples, inputs),
        "W": _weights(rng, classes, inputs, c["layout"]),
        "b": _table(rng, classes),
        "t": rng.integers(classes, size=examples).tolist(),
    }


def _draw_mlp_softmax(rng: Any, c: Conventions) -> dict[str, Any]:
    examples, inputs, hidden, classes = (int(k) for k in rng.integers(1, 6, size=4))
    whole = bool(rng.random() < 0.4)
    return {
        "X": _table(rng, examples, inputs, whole=whole),
        "W1": _weights(rng, hidden, inputs, c["layout"], whole=whole),
        "b1": _table(rng, hidden, whole=whole),
        "W2": _weights(rng, classes, hidden, c["layout"], whole=whole),
        "b2": _table(rng, classes),
        "t": rng.integers(classes, size=examples).tolist(),
        "f": "relu" if whole else str(rng.choice(("relu", "sigmoid", "tanh"))),
    }


def _draw_unit(rng: Any, _: Conventions) -> dict[str, Any]:
    n = int(rng.integers(1, 20))
    whole = bool(rng.random() < 0.4)
    return {
        "w": _table(rng, n + 1, whole=whole),
        "x": _table(rng, n, whole=whole),
        "f": "relu" if whole else str(rng.choice(("identity", "sigmoid", "tanh", "relu"))),
        "dE_dy": float(rng.normal()),
    }


def _draw_bias_column(rng: Any, _: Conventions) -> dict[str, Any]:
    m, n, p = (int(k) for k in rng.integers(1, 8, size=3))
    return {
        "x": _table(rng, m),
        "t": _table(rng, p),
        "V": _table(rng, n, m + 1),
        "W": _table(rng, p, n + 1),
        "f": str(rng.choice(("tanh", "sigmoid", "identity"))),
    }


def _draw_delta(rng: Any, c: Conventions) -> dict[str, Any]:
    n, p = (int(k) for k in rng.integers(1, 12, size=2))
    whole = bool(rng.random() < 0.4)
    return {
        "W": _weights(rng, p, n, c["layout"]),
        "delta_next": _table(rng, p),
        "z": _table(rng, n, whole=whole),
        "f": "relu" if whole else str(rng.choice(("identity", "sigmoid", "tanh", "relu"))),
    }


def _draw_slopes(rng: Any, _: Conventions) -> dict[str, Any]:
    layers = int(rng.integers(1, 30))
    f = str(rng.choice(("sigmoid", "tanh", "relu")))
    z = _table(rng, layers, whole=f == "relu" and layers < 4)
    return {
        "z": [abs(v) for v in z] if f == "relu" and rng.random() < 0.5 else z,
        "w": rng.normal(0.0, 3.0, size=layers).tolist(),
        "f": f,
    }


def _draw_graph(rng: Any, _: Conventions) -> dict[str, Any]:
    """Up to ten nodes in any order; source and target may be the same or have no path."""
    nodes = [str(name) for name in rng.permutation(list("abcdefghxyz"))[: rng.integers(2, 11)]]
    edges = [
        [start, end, float(rng.normal())]
        for n, start in enumerate(nodes)
        for end in nodes[n + 1 :]
        if rng.random() < 0.6
    ]
    order = rng.permutation(len(edges))
    source, target = sorted(rng.integers(len(nodes), size=2)) if rng.random() < 0.3 else (0, -1)
    return {
        "edges": [edges[at] for at in order],
        "source": nodes[source],
        "target": nodes[target],
    }


DRAWS = {
    "backprop-softmax": _draw_softmax,
    "backprop-mlp-softmax": _draw_mlp_softmax,
    "unit-backprop": _draw_unit,
    "backprop-bias-column": _draw_bias_column,
    "delta-recursion": _draw_delta,
    "slope-product": _draw_slopes,
    "computation-graph": _draw_graph,
}
