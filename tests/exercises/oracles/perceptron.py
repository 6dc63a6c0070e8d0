"""Oracles of the perceptron families: plain loops from the definitions, and problems for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

Values = dict[str, Any]
Oracle = Callable[[Mapping[str, Any], Mapping[str, str]], Values]
Draw = Callable[[Any, Mapping[str, str]], dict[str, Any]]

NEAR = 1e-9


def _inner(a: Any, b: Any) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def _step(z: float, low: float, at_zero: float) -> float:
    if -NEAR <= z <= NEAR:
        return at_zero
    return 1.0 if z > 0 else low


def _fires(z: float, c: Mapping[str, str]) -> float:
    return _step(z, 0.0, 1.0 if c["heaviside_at_zero"] == "one" else 0.0)


def _signed(z: float, c: Mapping[str, str]) -> float:
    return _step(z, -1.0, 1.0 if c["tie"] == "plus" else -1.0)


def _unit(f: str, z: float, c: Mapping[str, str]) -> float:
    if f == "heaviside":
        return _fires(z, c)
    if f == "sign":
        return _signed(z, c)
    if f == "sigmoid":
        return math.exp(z) / (1 + math.exp(z)) if z < 0 else 1 / (1 + math.exp(-z))
    return {"identity": z, "relu": max(z, 0.0), "tanh": math.tanh(z)}[f]


def unit_forward(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    first = c["bias_slot"] == "first"
    weights, bias = (g["w"][1:], g["w"][0]) if first else (g["w"][:-1], g["w"][-1])
    z = [math.fsum((_inner(weights, row), bias)) for row in g["X"]]
    return {
        "x_aug": [[1.0, *row] if first else [*row, 1.0] for row in g["X"]],
        "z": z,
        "y": [_unit(g["f"], value, c) for value in z],
    }


def mp_gate(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    veto, sums, outputs = [], [], []
    for row in g["X"]:
        stopped, count = False, 0
        for kind, x in zip(g["kinds"], row, strict=True):
            if kind == "inhibitory":
                stopped = stopped or x == 1
            else:
                count += int(x)
        veto.append(stopped)
        sums.append(count)
        outputs.append(int(not stopped and count >= g["theta"]))
    return {"veto": veto, "sums": sums, "outputs": outputs}


def perceptron_gate(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    z = [_inner(row, g["w"]) - g["theta"] for row in g["X"]]
    return {"bias": -g["theta"], "z": z, "y": [_fires(value, c) for value in z]}


def perceptron_margin(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    """Distances as lengths of the way from a point to its foot on the boundary."""
    w, z, distances = g["w"], [], []
    for x, label in zip(g["X"], g["t"], strict=True):
        z.append(math.fsum((_inner(x, w), g["b"])))
        along = z[-1] / _inner(w, w)
        way = math.dist(x, [a - along * v for a, v in zip(x, w, strict=True)])
        distances.append(way if (z[-1] > 0) == (label == 1) else -way)
    return {
        "z": z,
        "norm": math.hypot(*w),
        "distances": distances,
        "margin": min(distances),
    }


def decision_line(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    """Read off two points of the line, the second at x1 = 1."""
    w1, w2 = g["w"]
    at_zero, at_one = (-(w1 * x1 + g["b"]) / w2 for x1 in (0.0, 1.0))
    return {"slope": at_one - at_zero, "intercept": at_zero, "crossing": -g["b"] / w1}


def perceptron_learning(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    signed = c["labels"] == "plus-minus"
    targets = [(1.0 if t else -1.0) if signed else float(t) for t in g["t"]]
    w, b = [float(v) for v in g["w0"]], float(g["b0"])
    out: Values = {name: [] for name in ("z", "outputs", "errors", "w", "b", "mistakes")}
    for _ in range(int(g["epochs"])):
        wrong = 0
        for x, target in zip(g["X"], targets, strict=True):
            z = _inner(w, x) + b
            y = _signed(z, c) if signed else _fires(z, c)
            error = target - y
            if y != target:
                wrong += 1
                if signed and c["perceptron_rule"] == "mistake":
                    error = target
            for i, value in enumerate(x):
                w[i] += g["eta"] * error * value
            b += g["eta"] * error
            for name, value in (("z", z), ("outputs", y), ("errors", error), ("b", b)):
                out[name].append(value)
            out["w"].append(list(w))
        out["mistakes"].append(wrong)
    return {"targets": targets, **out}


def xor_constraints(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    z = [x1 * g["w1"] + x2 * g["w2"] + g["b"] for x1 in (0, 1) for x2 in (0, 1)]
    outputs = [_fires(value, c) for value in z]
    met = [y == t for y, t in zip(outputs, g["t"], strict=True)]
    return {"z": z, "outputs": outputs, "satisfied": met, "violated": met.count(False)}


# Problems --------------------------------------------------------------------------------


def _numbers(rng: Any, *shape: int, whole: bool) -> Any:
    """Whole numbers meet the rules for z = 0."""
    values = rng.integers(-3, 4, size=shape) if whole else rng.normal(0.0, 3.0, size=shape)
    return values.astype(float).tolist()


def _bits(rng: Any, *shape: int) -> Any:
    return rng.integers(0, 2, size=shape).tolist()


def _size(rng: Any, most: int) -> int:
    return int(rng.integers(1, most + 1))


def _draw_unit(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, whole = _size(rng, 12), bool(rng.random() < 0.5)
    names = ("identity", "heaviside", "sign", "sigmoid", "tanh", "relu")
    return {
        "w": _numbers(rng, n + 1, whole=whole),
        "X": _numbers(rng, _size(rng, 15), n, whole=whole),
        "f": str(rng.choice(names)),
    }


def _draw_mp(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n = _size(rng, 9)
    return {
        "theta": int(rng.integers(-1, n + 2)),
        "kinds": rng.choice(("excitatory", "inhibitory"), size=n, p=(0.8, 0.2)).tolist(),
        "X": _bits(rng, _size(rng, 30), n),
    }


def _draw_gate(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, whole = _size(rng, 12), bool(rng.random() < 0.5)
    return {
        "w": _numbers(rng, n, whole=whole),
        "theta": _numbers(rng, whole=whole),
        "X": _numbers(rng, _size(rng, 20), n, whole=whole),
    }


def _draw_margin(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, count = _size(rng, 10), _size(rng, 20)
    return {
        "w": _numbers(rng, n, whole=False),
        "b": _numbers(rng, whole=False),
        "X": _numbers(rng, count, n, whole=False),
        "t": _bits(rng, count),
    }


def _draw_line(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    w = rng.uniform(0.1, 50.0, size=2) * rng.choice((-1.0, 1.0), size=2)
    return {"w": w.tolist(), "b": _numbers(rng, whole=bool(rng.random() < 0.5))}


def _draw_learning(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, count, whole = _size(rng, 6), _size(rng, 10), bool(rng.random() < 0.5)
    return {
        "X": _numbers(rng, count, n, whole=whole),
        "t": _bits(rng, count),
        "eta": 0.5 if whole else float(rng.uniform(0.01, 2.0)),
        "w0": _numbers(rng, n, whole=whole),
        "b0": _numbers(rng, whole=whole),
        "epochs": _size(rng, 5),
    }


def _draw_xor(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    whole = bool(rng.random() < 0.5)
    numbers = {name: _numbers(rng, whole=whole) for name in ("w1", "w2", "b")}
    return {**numbers, "t": _bits(rng, 4)}


ORACLES: dict[str, Oracle] = {
    "unit-forward": unit_forward,
    "mp-gate": mp_gate,
    "perceptron-gate": perceptron_gate,
    "perceptron-margin": perceptron_margin,
    "decision-line": decision_line,
    "perceptron-learning": perceptron_learning,
    "xor-constraints": xor_constraints,
}

DRAWS: dict[str, Draw] = {
    "unit-forward": _draw_unit,
    "mp-gate": _draw_mp,
    "perceptron-gate": _draw_gate,
    "perceptron-margin": _draw_margin,
    "decision-line": _draw_line,
    "perceptron-learning": _draw_learning,
    "xor-constraints": _draw_xor,
}
