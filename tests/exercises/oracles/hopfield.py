"""Independent solvers of the families on Hopfield networks beside the three of ``hub``.

Energies are sums over pairs, states are tuples, and everything is found by looking at all of it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

Values = dict[str, Any]
Givens = Mapping[str, Any]
Conventions = Mapping[str, str]
State = tuple[float, ...]

NEAR = 1e-9


def _states(units: int) -> list[State]:
    """All states, -1 before +1, the last unit fastest."""
    return list(itertools.product((-1.0, 1.0), repeat=units))


def _flipped(y: State, unit: int) -> State:
    return (*y[:unit], -y[unit], *y[unit + 1 :])


def _energy(g: Givens, c: Conventions, y: Any) -> float:
    """Every unordered pair once, without the 1/2."""
    pairs = itertools.combinations(range(len(y)), 2)
    bonds = math.fsum(g["W"][i][j] * y[i] * y[j] for i, j in pairs)
    push = math.fsum(b * v for b, v in zip(g["b"], y, strict=True))
    return -bonds - push if c["offset"] == "bias" else push - bonds


def _field(g: Givens, c: Conventions, y: Any, i: int) -> float:
    total = math.fsum(g["W"][i][j] * y[j] for j in range(len(y)))
    return total + float(g["b"][i] if c["offset"] == "bias" else -g["b"][i])


def _decided(h: float, old: float, tie: str) -> float:
    if abs(h) <= NEAR:
        return {"plus": 1.0, "minus": -1.0, "keep": old}[tie]
    return math.copysign(1.0, h)


def delta_energy(g: Givens, c: Conventions) -> Values:
    """The change as the difference of two energies."""
    i = int(g["unit"]) - 1
    y = tuple(g["y"])
    h = _field(g, c, y, i)
    new = _decided(h, y[i], c["tie"])
    before, after = (_energy(g, c, state) for state in (y, (*y[:i], new, *y[i + 1 :])))
    return {
        "field": h,
        "new_value": new,
        "energy_before": before,
        "delta": after - before,
        "energy_after": after,
    }


def landscape(g: Givens, c: Conventions) -> Values:
    states = _states(len(g["b"]))
    energy = {y: _energy(g, c, y) for y in states}
    lowest = min(energy.values())

    def is_minimum(y: State) -> bool:
        rises = [energy[_flipped(y, i)] - energy[y] for i in range(len(y))]
        if c["minimum"] == "strict":
            return all(rise > NEAR for rise in rises)
        return not any(rise < -NEAR for rise in rises)

    stored = {tuple(float(v) for v in x) for x in g["patterns"]}
    if c["mirrors"] == "excluded":
        stored |= {tuple(-v for v in x) for x in stored}
    minima = [y for y in states if is_minimum(y)]
    parasitic = [y for y in minima if y not in stored]
    return {
        "energies": [energy[y] for y in states],
        "lowest": lowest,
        "minima": [states.index(y) + 1 for y in minima],
        "n_minima": len(minima),
        "parasitic": [states.index(y) + 1 for y in parasitic],
        "n_parasitic": len(parasitic),
    }


def fixed_points(g: Givens, c: Conventions) -> Values:
    states = _states(len(g["b"]))
    units = range(len(g["b"]))
    fields = [[_field(g, c, y, i) for i in units] for y in states]
    after = {
        y: tuple(_decided(h, old, c["tie"]) for h, old in zip(row, y, strict=True))
        for y, row in zip(states, fields, strict=True)
    }
    fixed = [k for k, y in enumerate(states, start=1) if after[y] == y]
    cycle = [k for k, y in enumerate(states, start=1) if after[after[y]] == y != after[y]]
    return {
        "fields": fields,
        "next": [list(after[y]) for y in states],
        "fixed": fixed,
        "n_fixed": len(fixed),
        "two_cycle": cycle,
    }


def _weights(patterns: Any, hebb: str) -> list[list[float]]:
    """The Hebb matrix with a zero diagonal."""
    n = range(len(patterns[0]))
    by = len(patterns[0]) if hebb == "per-neuron" else len(patterns)
    return [[sum(x[i] * x[j] for x in patterns) / by if i != j else 0.0 for j in n] for i in n]


def _holds(margin: float, value: float, tie: str) -> bool:
    """Whether a unit with this value keeps it."""
    return _decided(margin * value, value, tie) == value


def stability(g: Givens, c: Conventions) -> Values:
    """The fields from the weight matrix; the signal from the pattern alone."""
    x = g["patterns"]
    n = range(len(x[0]))
    w = _weights(x, c["hebb"])
    fields = [[math.fsum(w[i][j] * p[j] for j in n) for i in n] for p in x]
    by = len(x[0]) if c["hebb"] == "per-neuron" else len(x)
    signal = [[p[i] * sum(p[j] * p[j] for j in n if j != i) / by for i in n] for p in x]
    margins = [[p[i] * row[i] for i in n] for p, row in zip(x, fields, strict=True)]
    return {
        "overlaps": [[sum(a * b for a, b in zip(p, q, strict=True)) for q in x] for p in x],
        "signal": signal,
        "crosstalk": [
            [h - s for h, s in zip(a, b, strict=True)] for a, b in zip(fields, signal, strict=True)
        ],
        "fields": fields,
        "margins": margins,
        "stable": [
            all(_holds(m, v, c["tie"]) for m, v in zip(row, p, strict=True))
            for row, p in zip(margins, x, strict=True)
        ],
    }


def mixture(g: Givens, c: Conventions) -> Values:
    x = g["patterns"]
    n = range(len(x[0]))
    sums = [sum(p[i] for p in x) for i in n]
    y = tuple(1.0 if s > 0 else -1.0 for s in sums)
    w = _weights(x, c["hebb"])
    fields = [math.fsum(w[i][j] * y[j] for j in n) for i in n]
    margins = [h * v for h, v in zip(fields, y, strict=True)]
    unbiased = {"W": w, "b": [0.0] * len(y)}
    return {
        "sum": sums,
        "mixture": list(y),
        "fields": fields,
        "margins": margins,
        "stable": all(_holds(m, v, c["tie"]) for m, v in zip(margins, y, strict=True)),
        "energy": _energy(unbiased, {"offset": "bias"}, y),
    }


def capacity(g: Givens, c: Conventions) -> Values:
    """The neurons that are needed, by trying one number after the other."""

    def limit(n: float) -> float:
        if c["capacity"] == "slide":
            return n
        if c["capacity"] == "amit":
            return n * 138 / 1000
        return n / math.log(n) / (2 if c["capacity"] == "mceliece-most" else 4)

    needed = 2
    while limit(needed) < g["P"] - NEAR:
        needed += 1
    most = limit(g["N"])
    return {
        "load": g["P"] / g["N"],
        "limit": most,
        "max_patterns": math.floor(most + NEAR),
        "fits": most > g["P"] - NEAR,
        "neurons_needed": needed,
    }


ORACLES = {
    "hopfield-delta-energy": delta_energy,
    "hopfield-landscape": landscape,
    "hopfield-fixed-points": fixed_points,
    "hopfield-stability": stability,
    "hopfield-mixture": mixture,
    "hopfield-capacity": capacity,
}


# Problems of any size --------------------------------------------------------------------


def _net(rng: Any, most: int) -> dict[str, Any]:
    """Whole numbers meet ties and plateaus; others do not."""
    units = int(rng.integers(2, most + 1))
    whole = bool(rng.random() < 0.6)
    raw = rng.integers(-2, 3, size=(units, units)) if whole else rng.normal(size=(units, units))
    upper = np.triu(raw, 1).astype(float)
    b = rng.integers(-1, 2, size=units) if whole else rng.normal(size=units)
    return {"W": (upper + upper.T).tolist(), "b": b.astype(float).tolist()}


def _patterns(rng: Any, count: int, units: int) -> Any:
    return rng.choice((-1, 1), size=(count, units)).tolist()


def _draw_delta(rng: Any, _: Conventions) -> dict[str, Any]:
    net = _net(rng, 24)
    units = len(net["b"])
    return {**net, "y": _patterns(rng, 1, units)[0], "unit": int(rng.integers(1, units + 1))}


def _draw_landscape(rng: Any, _: Conventions) -> dict[str, Any]:
    net = _net(rng, 7)
    if rng.random() < 0.5:
        net["b"] = [0.0] * len(net["b"])
    return {**net, "patterns": _patterns(rng, int(rng.integers(1, 5)), len(net["b"]))}


def _draw_fixed(rng: Any, _: Conventions) -> dict[str, Any]:
    return _net(rng, 8)


def _draw_stability(rng: Any, _: Conventions) -> dict[str, Any]:
    count, units = int(rng.integers(1, 9)), int(rng.integers(2, 20))
    return {"patterns": _patterns(rng, count, units)}


def _draw_mixture(rng: Any, _: Conventions) -> dict[str, Any]:
    if rng.random() < 0.7:  # few patterns of an odd number of units meet the tie rule
        count, units = int(rng.choice((3, 5))), int(rng.choice((3, 5)))
    else:
        count, units = 2 * int(rng.integers(0, 5)) + 1, int(rng.integers(2, 20))
    return {"patterns": _patterns(rng, count, units)}


def _draw_capacity(rng: Any, _: Conventions) -> dict[str, Any]:
    return {"N": int(rng.integers(2, 5_000)), "P": int(rng.integers(1, 400))}


DRAWS = {
    "hopfield-delta-energy": _draw_delta,
    "hopfield-landscape": _draw_landscape,
    "hopfield-fixed-points": _draw_fixed,
    "hopfield-stability": _draw_stability,
    "hopfield-mixture": _draw_mixture,
    "hopfield-capacity": _draw_capacity,
}
