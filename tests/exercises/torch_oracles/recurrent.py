"""Recurrent networks in PyTorch's modules, with their weights set."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    compared,
    functional,
    learned,
    slopes,
    torch,
)


def _as_tanh(w_h: Any, w_x: Any, b: Any, activation: str) -> tuple[Any, Any, Any]:
    """The weights of a tanh network whose states u stand for those of the network, h.

    PyTorch's RNN has no sigmoid; but σ(z) = (1 + tanh(z/2))/2, so that h = (1 + u)/2 where
    u = tanh((W_h (1 + u)/2 + W_x x + b)/2).
    """
    if activation == "tanh":
        return w_h, w_x, b
    return w_h / 4, w_x / 2, b / 2 + w_h.sum(dim=1) / 4


def _states(u: Any, activation: str) -> Any:
    return u if activation == "tanh" else (1 + u) / 2


def _start(h: Any, activation: str) -> Any:
    return h if activation == "tanh" else 2 * h - 1


def _run(directions: list[tuple[Any, Any, Any]], xs: Any, starts: Any, activation: str) -> Any:
    """The states of PyTorch's network, those of a second direction beside those of the first."""
    units, inputs = directions[0][1].shape
    network = torch.nn.RNN(inputs, units, bidirectional=len(directions) == 2, dtype=torch.float64)
    with torch.no_grad():
        for weights, suffix in zip(directions, ("", "_reverse"), strict=False):
            w_h, w_x, b = _as_tanh(*weights, activation)
            getattr(network, f"weight_hh_l0{suffix}").copy_(w_h)
            getattr(network, f"weight_ih_l0{suffix}").copy_(w_x)
            getattr(network, f"bias_hh_l0{suffix}").copy_(b)
            getattr(network, f"bias_ih_l0{suffix}").zero_()
    return _states(network(xs, _start(starts, activation))[0], activation)


@compared("rnn-unroll")
def rnn_unroll(g: Givens, c: Setting) -> Values:
    weights = [(g["W_h"], g["W_x"], g["b"])]
    h = _run(weights, g["xs"], g["h0"][None], c["rnn_activation"])
    before = torch.cat((g["h0"][None], h[:-1]))
    pre = functional.linear(before, g["W_h"]) + functional.linear(g["xs"], g["W_x"], g["b"])
    return {"pre": pre, "h": h}


@compared("birnn")
def birnn(g: Givens, c: Setting) -> Values:
    weights = [(g["W_h"], g["W_x"], g["b"]), (g["V_h"], g["V_x"], g["c"])]
    starts = torch.zeros(2, len(g["b"]), dtype=torch.float64)
    both = _run(weights, g["xs"], starts, c["rnn_activation"])
    forward, backward = both.chunk(2, dim=1)
    return {"forward": forward, "backward": backward, "concat": both}


@compared("lstm-step")
def lstm_step(g: Givens, _: Setting) -> Values:
    """PyTorch's cell, its gates in the order i, f, candidate, o; the forget gate by a slope."""
    units, inputs = len(g["h"]), len(g["x"])
    cell = torch.nn.LSTMCell(inputs, units, dtype=torch.float64)
    with torch.no_grad():
        on_h, on_x = torch.cat([g[f"W_{gate}"] for gate in "ifco"]).split((units, inputs), dim=1)
        cell.weight_hh.copy_(on_h)
        cell.weight_ih.copy_(on_x)
        cell.bias_hh.copy_(torch.cat([g[f"b_{gate}"] for gate in "ifco"]))
        cell.bias_ih.zero_()
    old = learned(g["c"])
    h_new, c_new = cell(g["x"], (g["h"], old))
    seen = torch.cat((g["h"], g["x"]))
    return {
        "concat": seen,
        "f": slopes(c_new.sum(), old)[0],
        "i": torch.sigmoid(functional.linear(seen, g["W_i"], g["b_i"])),
        "o": torch.sigmoid(functional.linear(seen, g["W_o"], g["b_o"])),
        "candidate": torch.tanh(functional.linear(seen, g["W_c"], g["b_c"])),
        "c_new": c_new,
        "h_new": h_new,
    }
