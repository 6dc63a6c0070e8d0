"""Backpropagation: forward passes in PyTorch's operators, gradients by its autograd."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    MANY,
    Givens,
    Setting,
    Values,
    activated,
    as_columns,
    compared,
    extended,
    functional,
    learned,
    slopes,
    tensor,
    torch,
)


def squared_error(y: Any, t: Any, convention: str) -> Any:
    reduction = "mean" if convention == "mean" else "sum"
    return (0.5 if convention == "half-sum" else 1.0) * functional.mse_loss(
        y, t, reduction=reduction
    )


@compared("backprop-hidden")
def backprop_hidden(g: Givens, c: Setting) -> Values:
    w1, b1, w2, b2 = (learned(g[name]) for name in ("W1", "b1", "W2", "b2"))
    kink = c["relu_slope_at_zero"]
    z1 = functional.linear(g["x"], as_columns(w1, c["layout"]), b1)
    h = activated(g["f"], z1, kink)
    z2 = functional.linear(h, as_columns(w2, c["layout"]), b2)
    y = activated(g["out"], z2, kink)
    error = squared_error(y, g["t"], c["squared_error"])
    names = ("delta1", "dW1", "delta2", "dW2")
    gradients = dict(zip(names, slopes(error, z1, w1, z2, w2), strict=True))
    return {"z1": z1, "h": h, "z2": z2, "y": y, "E": error, **gradients}


@compared("backprop-bias-column")
def backprop_bias_column(g: Givens, c: Setting) -> Values:
    v, w = learned(g["V"]), learned(g["W"])
    yhat = functional.linear(extended(g["x"], c["bias_slot"]), v)
    y = activated(g["f"], yhat)
    seen = extended(y, c["bias_slot"])
    zhat = functional.linear(seen, w)
    z = activated(g["f"], zhat)
    error = squared_error(z, g["t"], c["squared_error"])
    names = ("dE_dzhat", "dE_dW", "dE_dy", "dE_dyhat", "dE_dV")
    gradients = dict(zip(names, slopes(error, zhat, w, seen, yhat, v), strict=True))
    return {"yhat": yhat, "y": y, "zhat": zhat, "z": z, "E": error, **gradients}


@compared("backprop-softmax")
def backprop_softmax(g: Givens, c: Setting) -> Values:
    w, b = learned(g["W"]), learned(g["b"])
    a = functional.linear(g["X"], as_columns(w, c["layout"]), b)
    loss = functional.cross_entropy(a, g["t"].long(), reduction=c["batch"])
    d_a, d_w, d_b = slopes(loss, a, w, b)
    y = torch.softmax(a, dim=1)
    return {"a": a, "y": y, "loss": loss, "da": d_a, "dW": d_w, "db": d_b}


@compared("backprop-mlp-softmax")
def backprop_mlp_softmax(g: Givens, c: Setting) -> Values:
    w1, w2 = learned(g["W1"]), learned(g["W2"])
    a1 = functional.linear(g["X"], as_columns(w1, c["layout"]), g["b1"])
    h = activated(g["f"], a1, c["relu_slope_at_zero"])
    a2 = functional.linear(h, as_columns(w2, c["layout"]), g["b2"])
    loss = functional.cross_entropy(a2, g["t"].long(), reduction=c["batch"])
    names = ("da2", "dW2", "dh", "da1", "dW1")
    gradients = dict(zip(names, slopes(loss, a2, w2, h, a1, w1), strict=True))
    y = torch.softmax(a2, dim=1)
    return {"a1": a1, "h": h, "a2": a2, "y": y, "loss": loss, **gradients}


@compared("unit-backprop")
def unit_backprop(g: Givens, c: Setting) -> Values:
    w, x = learned(g["w"]), learned(g["x"])
    yhat = functional.linear(extended(x, c["bias_slot"]), w)
    y = activated(g["f"], yhat)
    (slope,) = slopes(y, yhat)
    d_yhat, d_w, d_x = slopes(g["dE_dy"] * y, yhat, w, x)
    return {"yhat": yhat, "y": y, "g": slope, "dE_dyhat": d_yhat, "dE_dw": d_w, "dE_dx": d_x}


@compared("delta-recursion")
def delta_recursion(g: Givens, c: Setting) -> Values:
    z = learned(g["z"])
    h = activated(g["f"], z, c["relu_slope_at_zero"])
    following = functional.linear(h, as_columns(g["W"], c["layout"]))
    back, delta = slopes(following, h, z, along=g["delta_next"])
    (slope,) = slopes(h.sum(), z)
    return {"back": back, "slope": slope, "delta": delta}


@compared("slope-product", problems=MANY)
def slope_product(g: Givens, c: Setting) -> Values:
    """A signal of height 0 that comes in at every z on its way and is differentiated at the end."""
    z = learned(g["z"])
    outputs = activated(g["f"], z, c["relu_slope_at_zero"])
    (local,) = slopes(outputs.sum(), z)
    (factors,) = slopes(torch.dot(g["w"], outputs), z)
    start = signal = learned(0.0)
    for at, weight in zip(g["z"], g["w"], strict=True):
        signal = weight * activated(g["f"], at + signal - signal.detach(), c["relu_slope_at_zero"])
    (product,) = slopes(signal, start)
    typical = factors.abs().log().mean().exp()
    return {"slopes": local, "factors": factors, "product": product, "geo_mean": typical}


@compared("computation-graph")
def computation_graph(g: Givens, _: Setting) -> Values:
    """Every node is the sum of its inputs times their partials; autograd adds up the paths."""
    source, target = g["source"], g["target"]
    start = learned(0.0)

    def node(name: str) -> Any:
        if name == source:
            return start
        into = [(before, slope) for before, after, slope in g["edges"] if after == name]
        return sum((tensor(slope) * node(before) for before, slope in into), tensor(0.0))

    end = node(target) + 0.0 * start  # a target that no path reaches is a constant
    (derivative,) = slopes(end, start)
    return {"derivative": derivative}
