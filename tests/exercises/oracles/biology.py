"""Independent solvers of the families on biological neurons: one case after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Givens = Mapping[str, Any]
Setting = Mapping[str, str]
Values = dict[str, Any]

NEAR = 1e-9


def membrane_spike(g: Givens, c: Setting) -> Values:
    rest = g["inside"] - g["outside"]
    potentials, spikes = [], []
    for stimulus in g["stimuli"]:
        potential = rest + stimulus
        if abs(potential - g["threshold"]) <= NEAR:
            fires = c["heaviside_at_zero"] == "one"
        else:
            fires = potential > g["threshold"]
        potentials.append(potential)
        spikes.append(1 if fires else 0)
    return {"v_rest": rest, "v": potentials, "spikes": spikes}


def hebb_update(g: Givens, c: Setting) -> Values:
    off = -1 if c["labels"] == "plus-minus" else 0
    pre = [1 if x else off for x in g["x"]]
    post = [1 if y else off for y in g["y"]]
    change = [[0.0] * len(pre) for _ in post]
    for i, b in enumerate(post):
        for j, a in enumerate(pre):
            if a and b:
                change[i][j] = g["eta"] if a == b else -g["eta"]
    new = [[w + d for w, d in zip(r, s, strict=True)] for r, s in zip(g["W"], change, strict=True)]
    return {"pre": pre, "post": post, "dW": change, "W_new": new}


def stdp(g: Givens, _: Setting) -> Values:
    out: Values = {"dt": [], "within": [], "change_ab": [], "change_ba": []}
    for a, b in zip(g["t_a"], g["t_b"], strict=True):
        late = b - a
        near = abs(late) <= g["window"] + NEAR
        change = 0.0
        if near and late > NEAR:
            change = g["amount"]
        elif near and late < -NEAR:
            change = -g["amount"]
        for name, value in zip(out, (late, near, change, -change), strict=True):
            out[name].append(value)
    return out


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "membrane-spike": membrane_spike,
    "hebb-update": hebb_update,
    "stdp": stdp,
}


def _membrane_spike(rng: Any, _: Setting) -> Values:
    stimuli = rng.integers(-20, 90, size=int(rng.integers(1, 40))) / 2
    return {
        "inside": float(rng.integers(-160, 40)) / 2,
        "outside": float(rng.integers(-20, 20)) / 2,
        "stimuli": stimuli.tolist(),
        "threshold": float(rng.integers(-120, 40)) / 2,
    }


def _hebb_update(rng: Any, _: Setting) -> Values:
    n, p = (int(v) for v in rng.integers(1, 12, size=2))
    return {
        "x": rng.integers(0, 2, size=n).tolist(),
        "y": rng.integers(0, 2, size=p).tolist(),
        "W": rng.normal(0.0, 3.0, size=(p, n)).tolist(),
        "eta": float(rng.choice((0.003, 0.7, 12.0))),
    }


def _stdp(rng: Any, _: Setting) -> Values:
    count = int(rng.integers(1, 40))
    t_a = rng.integers(0, 2_000, size=count) / 4
    return {
        "t_a": t_a.tolist(),
        "t_b": (t_a + rng.integers(-60, 61, size=count) / 4).tolist(),
        "window": float(rng.choice((0.0, 2.5, 5.0, 10.0))),
        "amount": float(rng.uniform(0.01, 3.0)),
    }


DRAWS: dict[str, Callable[[Any, Setting], Values]] = {
    "membrane-spike": _membrane_spike,
    "hebb-update": _hebb_update,
    "stdp": _stdp,
}
