"""Independent solvers of the exercise families: plain Python loops from the definitions.

They share no code with the program. Gradients are complex-step or difference quotients,
never the formulas that are under test.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import Any

Numbers = list[float]
Table = list[list[float]]
Values = dict[str, Any]
Oracle = Callable[[Mapping[str, Any], Mapping[str, str]], Values]

NEAR = 1e-9


def product(a: Table, b: Table) -> Table:
    """The matrix product, entry by entry."""
    return [
        [math.fsum(a[i][k] * b[k][j] for k in range(len(b))) for j in range(len(b[0]))]
        for i in range(len(a))
    ]


def turned(a: Table) -> Table:
    """The transpose."""
    return [[row[j] for row in a] for j in range(len(a[0]))]


def normalized(logits: Numbers) -> Numbers:
    """Softmax of one row."""
    top = max(logits)
    powers = [math.exp(z - top) for z in logits]
    return [power / math.fsum(powers) for power in powers]


# Hopfield --------------------------------------------------------------------------------


def hopfield_weights(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    binary = g["coding"] == "binary"
    x = [[2 * v - 1 if binary else v for v in row] for row in g["patterns"]]
    count, units = len(x), range(len(x[0]))
    outer = [[math.fsum(row[i] * row[j] for row in x) for j in units] for i in units]
    by = len(x[0]) if c["hebb"] == "per-neuron" else count
    scaled = [[v / by for v in row] for row in outer]
    w = [list(row) for row in scaled]
    for i in units:
        w[i][i] = 0.0 if c["hebb"] == "per-neuron" else scaled[i][i] - 1.0
    return {"bipolar": x, "outer_sum": outer, "scaled": scaled, "W": w}


def hopfield_energy(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    w, b, y = g["W"], g["b"], g["y"]
    units = range(len(y))
    quadratic = math.fsum(w[i][j] * y[i] * y[j] for i in units for j in units)
    offset = math.fsum(b[i] * y[i] for i in units)
    return {
        "local": [math.fsum(w[i][j] * y[j] for j in units) for i in units],
        "quadratic": quadratic,
        "offset_term": offset,
        "energy": _energy(w, b, y, c["offset"]),
    }


def _energy(w: Table, b: Numbers, y: Numbers, offset: str) -> float:
    units = range(len(y))
    pairs = math.fsum(w[i][j] * y[i] * y[j] for i in units for j in units)
    bias = math.fsum(b[i] * y[i] for i in units)
    return -pairs / 2 - bias if offset == "bias" else -pairs / 2 + bias


def hopfield_recall(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    w, b, state = g["W"], g["b"], [float(v) for v in g["start"]]
    units = range(len(state))
    sign = 1.0 if c["offset"] == "bias" else -1.0

    def field(i: int, y: Numbers) -> float:
        return math.fsum(w[i][j] * y[j] for j in units) + float(sign * b[i])

    def decided(h: float, old: float) -> float:
        if abs(h) <= NEAR:
            return {"plus": 1.0, "minus": -1.0, "keep": old}[c["tie"]]
        return 1.0 if h > 0 else -1.0

    fields: list[Any] = []
    states: list[Numbers] = []
    energies = [_energy(w, b, state, c["offset"])]
    for sweep in g["sweeps"]:
        if c["update"] == "sync":
            local = [field(i, state) for i in units]
            fields.append(local)
            state = [decided(h, old) for h, old in zip(local, state, strict=True)]
            states.append(state)
            energies.append(_energy(w, b, state, c["offset"]))
            continue
        for unit in sweep:
            h = field(unit - 1, state)
            fields.append(h)
            state = [decided(h, v) if i == unit - 1 else v for i, v in enumerate(state)]
            states.append(state)
            energies.append(_energy(w, b, state, c["offset"]))
    stable = all(decided(field(i, state), state[i]) == state[i] for i in units)
    recalled = 0
    for number, pattern in reversed(list(enumerate(g["patterns"], start=1))):
        if [-v for v in pattern] == state:
            recalled = -number
    for number, pattern in reversed(list(enumerate(g["patterns"], start=1))):
        if list(pattern) == state:
            recalled = number
    return {
        "fields": fields,
        "states": states,
        "energies": energies,
        "end_state": state,
        "stable": stable,
        "recalled": recalled,
    }


# Attention and softmax -------------------------------------------------------------------


def softmax(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    scaled = [g["alpha"] * z for z in g["z"]]
    top = max(scaled) if c["softmax_shift"] == "max" else 0.0
    exponents = [z - top for z in scaled]
    powers = [math.exp(z) for z in exponents]
    p = [power / math.fsum(powers) for power in powers]
    return {
        "exponents": exponents,
        "exps": powers,
        "total": math.fsum(powers),
        "p": p,
        "argmax": next(k for k, v in enumerate(p) if v >= max(p) - NEAR),
    }


def attention(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    scores = product(g["Q"], turned(g["K"]))
    scaled = [[s / math.sqrt(len(g["K"][0])) for s in row] for row in scores]
    weights = [normalized(row) for row in scaled]
    return {
        "scores": scores,
        "scaled": scaled,
        "weights": weights,
        "output": product(weights, g["V"]),
    }


def self_attention(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    projected = {name: product(g["X"], g[f"W_{name}"]) for name in "QKV"}
    return {**projected, **attention(projected, c)}


def masked_attention(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    full = attention(g, c)
    n = len(g["Q"])
    weights = [normalized(full["scaled"][i][: i + 1]) + [0.0] * (n - i - 1) for i in range(n)]
    return {
        "scores": full["scores"],
        "scaled": full["scaled"],
        "visible": [[1 if j <= i else 0 for j in range(n)] for i in range(n)],
        "weights": weights,
        "output": product(weights, g["V"]),
    }


def positional_encoding(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    d = int(g["d"])
    divisors = [10000 ** (2 * i / d) for i in range(d // 2)]
    angles = [[pos / divisor for divisor in divisors] for pos in g["positions"]]
    encoding = [
        [(math.sin, math.cos)[column % 2](row[column // 2]) for column in range(d)]
        for row in angles
    ]
    return {"divisors": divisors, "angles": angles, "encoding": encoding}


# Activations -----------------------------------------------------------------------------


def activated(f: str, x: float, alpha: float, beta: float, gelu: str) -> float:
    """One activation function by its definition."""
    if f == "sigmoid":
        return math.exp(x) / (1 + math.exp(x)) if x < 0 else 1 / (1 + math.exp(-x))
    if f == "tanh":
        return math.tanh(x)
    if f == "relu":
        return max(0.0, x)
    if f == "leaky-relu":
        return x if x >= 0 else alpha * x
    if f == "elu":
        return x if x >= 0 else alpha * math.expm1(x)
    if f == "swish":
        return x / (1 + math.exp(-beta * x))
    if gelu == "exact":
        return x * (1 + math.erf(x / math.sqrt(2))) / 2
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def activations(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    def value(x: float) -> float:
        return activated(g["f"], x, g["alpha"], g["beta"], c["gelu"])

    def slope(x: float) -> float:
        """A difference quotient: central, at the kink one-sided from where the slope is taken."""
        if g["f"] in {"relu", "leaky-relu", "elu"} and abs(x) <= NEAR:
            step = 1e-7 if c["relu_slope_at_zero"] == "one" else -1e-7
            return (value(step) - value(0.0)) / step
        step = 1e-5
        return (value(x + step) - value(x - step)) / (2 * step)

    return {"value": [value(x) for x in g["x"]], "slope": [slope(x) for x in g["x"]]}


# Networks --------------------------------------------------------------------------------


def _unit(f: str, z: complex, at_zero: str = "zero") -> complex:
    """An activation that a complex step can pass through."""
    if f == "sigmoid":
        return 1 / (1 + cmath.exp(-z)) if z.real >= 0 else cmath.exp(z) / (1 + cmath.exp(z))
    if f == "tanh":
        return cmath.tanh(z)
    if f == "relu":
        passes = at_zero == "one" if abs(z.real) <= NEAR else z.real > 0
        return z if passes else 0j
    return z


def _layer(w: Any, x: Any, b: Any, layout: str) -> list[complex]:
    out = []
    for k in range(len(b)):
        total = complex(b[k])
        for i, value in enumerate(x):
            total += (w[k][i] if layout == "column" else w[i][k]) * value
        out.append(total)
    return out


def mlp_forward(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    z1 = [z.real for z in _layer(g["W1"], g["x"], g["b1"], c["layout"])]
    h = [_unit(g["f"], complex(z)).real for z in z1]
    z2 = [z.real for z in _layer(g["W2"], h, g["b2"], c["layout"])]
    y = normalized(z2) if g["out"] == "softmax" else [_unit(g["out"], complex(z)).real for z in z2]
    return {"z1": z1, "h": h, "z2": z2, "y": y}


def _forward(g: Mapping[str, Any], c: Mapping[str, str]) -> dict[str, Any]:
    at_zero = c["relu_slope_at_zero"]
    z1 = _layer(g["W1"], g["x"], g["b1"], c["layout"])
    h = [_unit(g["f"], z, at_zero) for z in z1]
    z2 = _layer(g["W2"], h, g["b2"], c["layout"])
    y = [_unit(g["out"], z, at_zero) for z in z2]
    total = sum((a - b) ** 2 for a, b in zip(y, g["t"], strict=True))
    by = {"half-sum": 2, "sum": 1, "mean": len(y)}[c["squared_error"]]
    return {"z1": z1, "h": h, "z2": z2, "y": y, "E": total / by}


_TINY = 1e-30


def _vector_gradient(g: Mapping[str, Any], c: Mapping[str, str], name: str) -> Numbers:
    out = []
    for k in range(len(g[name])):
        moved = [complex(v) for v in g[name]]
        moved[k] += _TINY * 1j
        out.append(_forward({**g, name: moved}, c)["E"].imag / _TINY)
    return out


def _matrix_gradient(g: Mapping[str, Any], c: Mapping[str, str], name: str) -> Table:
    out = []
    for i, row in enumerate(g[name]):
        gradients = []
        for j in range(len(row)):
            moved = [[complex(v) for v in line] for line in g[name]]
            moved[i][j] += _TINY * 1j
            gradients.append(_forward({**g, name: moved}, c)["E"].imag / _TINY)
        out.append(gradients)
    return out


def backprop_hidden(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    """All gradients by complex steps; a delta is the gradient of the bias of its unit."""
    run = _forward(g, c)
    return {
        **{name: [v.real for v in run[name]] for name in ("z1", "h", "z2", "y")},
        "E": run["E"].real,
        "delta2": _vector_gradient(g, c, "b2"),
        "dW2": _matrix_gradient(g, c, "W2"),
        "delta1": _vector_gradient(g, c, "b1"),
        "dW1": _matrix_gradient(g, c, "W1"),
    }


# Steps and regularization ----------------------------------------------------------------


def sgd_step(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    by = len(g["grads"]) if c["batch"] == "mean" else 1
    combined = [math.fsum(column) / by for column in turned(g["grads"])]
    moved = [t - g["eta"] * d for t, d in zip(g["theta"], combined, strict=True)]
    return {"g": combined, "theta_new": moved}


def l2_step(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    """The gradient of the penalty by complex steps."""
    strength = g["lam"] if c["l2"] == "lambda" else g["lam"] / 2

    def penalty(w: list[complex]) -> complex:
        return complex(strength * sum(x * x for x in w))

    w = [complex(x) for x in g["w"]]
    pulls = []
    for i in range(len(w)):
        moved = list(w)
        moved[i] += _TINY * 1j
        pulls.append(penalty(moved).imag / _TINY)
    steps = zip(g["w"], g["g"], pulls, strict=True)
    return {
        "sq_norm": math.fsum(x * x for x in g["w"]),
        "penalty": penalty(w).real,
        "loss_reg": g["loss"] + penalty(w).real,
        "penalty_grad": pulls,
        "w_new": [x - g["eta"] * (d + pull) for x, d, pull in steps],
    }


def dropout(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    keep = 1 - g["p"]
    kept = [x if m == 1 else 0.0 for x, m in zip(g["h"], g["mask"], strict=True)]
    if c["dropout"] == "inverted":
        return {"masked": kept, "train": [x / keep for x in kept], "test": list(g["h"])}
    return {"masked": kept, "train": kept, "test": [keep * x for x in g["h"]]}


ORACLES: dict[str, Oracle] = {
    "hopfield-weights": hopfield_weights,
    "hopfield-energy": hopfield_energy,
    "hopfield-recall": hopfield_recall,
    "softmax": softmax,
    "attention": attention,
    "self-attention": self_attention,
    "masked-attention": masked_attention,
    "positional-encoding": positional_encoding,
    "activations": activations,
    "mlp-forward": mlp_forward,
    "backprop-hidden": backprop_hidden,
    "sgd-step": sgd_step,
    "l2-step": l2_step,
    "dropout": dropout,
}

LOOSE = {("activations", "slope"): 2e-6}
"""Where the oracle is a difference quotient, its own error."""
