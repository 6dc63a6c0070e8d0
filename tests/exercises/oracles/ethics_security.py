"""Independent solvers of the families on ethics and security, and problems of any size for them.

Rates are counted person by person, bounds are found by bisection of the inequalities that
define them, and the growth of a loss is the dual norm of its gradient.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Conventions = Mapping[str, str]

NEAR = 1e-9


def fairness_gaps(g: Givens, _: Conventions) -> Values:
    out: Values = {"selection": [], "tpr": [], "fpr": []}
    for table in g["tables"]:
        kinds = ((True, True), (True, False), (False, True), (False, False))
        people = [kind for kind, count in zip(kinds, table, strict=True) for _ in range(int(count))]
        out["selection"].append(_share([said for said, _is in people]))
        out["tpr"].append(_share([said for said, is_ in people if is_]))
        out["fpr"].append(_share([said for said, is_ in people if not is_]))
    gaps = {name: max(rates) - min(rates) for name, rates in out.items()}
    return {
        **out,
        "dp_gap": gaps["selection"],
        "odds_gap": max(gaps["fpr"], gaps["tpr"]),
    }


def _share(answers: list[bool]) -> float:
    return answers.count(True) / len(answers)


def _edge(holds: Callable[[float], bool]) -> float:
    """The probability at which a condition that holds from 0 up to it ceases to hold."""
    low, high = 0.0, 1.0
    if holds(high):
        return high
    for _ in range(1200):  # an edge next to 0 is reached by halving alone
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def dp_bound(g: Givens, _: Conventions) -> Values:
    ratio = math.e ** g["epsilon"]
    too_small = _edge(lambda q: ratio * q < g["p"] - g["delta"])
    return {
        "factor": ratio,
        "upper": _edge(lambda q: q <= ratio * g["p"] + g["delta"]),
        "lower": too_small,
    }


def _direction(grad: list[float], norm: str) -> list[float]:
    if norm == "linf":
        return [0.0 if abs(x) <= NEAR else math.copysign(1.0, x) for x in grad]
    return [x / math.hypot(*grad) for x in grad]


def adversarial_step(g: Givens, _: Conventions) -> Values:
    delta = [g["epsilon"] * d for d in _direction(g["grad"], g["norm"])]
    dual = math.fsum(abs(x) for x in g["grad"]) if g["norm"] == "linf" else math.hypot(*g["grad"])
    return {
        "delta": delta,
        "x_adv": [a + b for a, b in zip(g["x"], delta, strict=True)],
        "gain": g["epsilon"] * dual,
    }


def pgd_step(g: Givens, _: Conventions) -> Values:
    directions = _direction(g["grad"], g["norm"])
    moved = [x + g["alpha"] * d for x, d in zip(g["x"], directions, strict=True)]
    offset = [a - b for a, b in zip(moved, g["x0"], strict=True)]
    if g["norm"] == "linf":
        projected = [min(max(o, -g["epsilon"]), g["epsilon"]) for o in offset]
    else:
        share = min(1.0, g["epsilon"] / math.hypot(*offset))
        projected = [share * o for o in offset]
    return {
        "moved": moved,
        "offset": offset,
        "projected": projected,
        "x_next": [a + b for a, b in zip(g["x0"], projected, strict=True)],
    }


ORACLES = {
    "fairness-gaps": fairness_gaps,
    "dp-bound": dp_bound,
    "adversarial-step": adversarial_step,
    "pgd-step": pgd_step,
}


def _draw_fairness(rng: Any, _: Conventions) -> dict[str, Any]:
    tables = rng.integers(0, 300, size=(2, 4))
    tables[:, (0, 3)] += 1  # somebody positive, somebody negative
    return {"tables": tables.tolist()}


def _draw_bound(rng: Any, _: Conventions) -> dict[str, Any]:
    return {
        "epsilon": float(rng.choice((0.0, 0.01, 1.0, 4.0, 20.0)) * rng.random()),
        "delta": float(rng.choice((0.0, 1e-6, 0.01, 0.5))),
        "p": float(rng.choice((0.0, 0.001, 0.2, 0.9)) + 0.1 * rng.random()),
    }


def _draw_adversarial(rng: Any, _: Conventions) -> dict[str, Any]:
    n = int(rng.integers(1, 40))
    return {
        "x": rng.normal(size=n).tolist(),
        "grad": (rng.normal(size=n) * ([1] + [0, 1] * n)[:n]).tolist(),
        "epsilon": float(rng.uniform(0.0, 2.0)),
        "norm": str(rng.choice(("linf", "l2"))),
    }


def _draw_pgd(rng: Any, _: Conventions) -> dict[str, Any]:
    n = int(rng.integers(1, 40))
    x0 = rng.normal(size=n)
    return {
        "x0": x0.tolist(),
        "x": (x0 + rng.normal(0.0, 0.3, size=n)).tolist(),
        "grad": (rng.normal(size=n) * ([1] + [0, 1] * n)[:n]).tolist(),
        "alpha": float(rng.uniform(0.0, 2.0)),
        "epsilon": float(rng.uniform(0.0, 2.0)),
        "norm": str(rng.choice(("linf", "l2"))),
    }


DRAWS = {
    "fairness-gaps": _draw_fairness,
    "dp-bound": _draw_bound,
    "adversarial-step": _draw_adversarial,
    "pgd-step": _draw_pgd,
}
