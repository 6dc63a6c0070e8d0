"""Independent solvers of the families on recurrent networks, and problems of any size for them.

States are computed by recursion on time, entry by entry.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Conventions = Mapping[str, str]
Numbers = list[float]


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def _act(name: str, z: float) -> float:
    return math.tanh(z) if name == "tanh" else _logistic(z)


def _net(tables: list[tuple[Any, Numbers]], b: Numbers) -> Numbers:
    """Bias plus the weighted sums of several groups of inputs."""
    return [
        math.fsum([b[i], *(w[i][j] * v for w, vs in tables for j, v in enumerate(vs))])
        for i in range(len(b))
    ]


def rnn_unroll(g: Givens, c: Conventions) -> Values:
    def state(t: int) -> Numbers:
        return [_act(c["rnn_activation"], z) for z in net(t)] if t else g["h0"]

    def net(t: int) -> Numbers:
        return _net([(g["W_h"], state(t - 1)), (g["W_x"], g["xs"][t - 1])], g["b"])

    times = range(1, len(g["xs"]) + 1)
    return {"pre": [net(t) for t in times], "h": [state(t) for t in times]}


def birnn(g: Givens, c: Conventions) -> Values:
    name, last = c["rnn_activation"], len(g["xs"]) - 1

    def forward(t: int) -> Numbers:
        if t < 0:
            return [0.0] * len(g["b"])
        net = _net([(g["W_h"], forward(t - 1)), (g["W_x"], g["xs"][t])], g["b"])
        return [_act(name, z) for z in net]

    def backward(t: int) -> Numbers:
        if t > last:
            return [0.0] * len(g["c"])
        net = _net([(g["V_h"], backward(t + 1)), (g["V_x"], g["xs"][t])], g["c"])
        return [_act(name, z) for z in net]

    times = range(last + 1)
    return {
        "forward": [forward(t) for t in times],
        "backward": [backward(t) for t in times],
        "concat": [[*forward(t), *backward(t)] for t in times],
    }


def lstm_step(g: Givens, _: Conventions) -> Values:
    seen = [*g["h"], *g["x"]]
    gates = {
        name: [_logistic(z) for z in _net([(g[f"W_{name}"], seen)], g[f"b_{name}"])]
        for name in "fio"
    }
    candidate = [2 * _logistic(2 * z) - 1 for z in _net([(g["W_c"], seen)], g["b_c"])]
    units = range(len(candidate))
    cell = [gates["f"][k] * g["c"][k] + gates["i"][k] * candidate[k] for k in units]
    return {
        "concat": seen,
        **gates,
        "candidate": candidate,
        "c_new": cell,
        "h_new": [gates["o"][k] * math.tanh(cell[k]) for k in units],
    }


ORACLES = {"rnn-unroll": rnn_unroll, "birnn": birnn, "lstm-step": lstm_step}


def _table(rng: Any, *shape: int) -> Any:
    return rng.normal(size=shape).tolist()


def _draw_rnn(rng: Any, _: Conventions) -> dict[str, Any]:
    units, inputs, steps = (int(k) for k in rng.integers(1, 9, size=3))
    return {
        "W_h": _table(rng, units, units),
        "W_x": _table(rng, units, inputs),
        "b": _table(rng, units),
        "h0": _table(rng, units),
        "xs": _table(rng, steps, inputs),
    }


def _draw_birnn(rng: Any, c: Conventions) -> dict[str, Any]:
    givens = _draw_rnn(rng, c)
    del givens["h0"]
    units, inputs = len(givens["b"]), len(givens["xs"][0])
    return {
        **givens,
        "V_h": _table(rng, units, units),
        "V_x": _table(rng, units, inputs),
        "c": _table(rng, units),
    }


def _draw_lstm(rng: Any, _: Conventions) -> dict[str, Any]:
    units, inputs = (int(k) for k in rng.integers(1, 12, size=2))
    weights = {f"W_{g}": _table(rng, units, units + inputs) for g in "fioc"}
    biases = {f"b_{g}": _table(rng, units) for g in "fioc"}
    return {
        **weights,
        **biases,
        "h": _table(rng, units),
        "c": _table(rng, units),
        "x": _table(rng, inputs),
    }


DRAWS = {"rnn-unroll": _draw_rnn, "birnn": _draw_birnn, "lstm-step": _draw_lstm}
