"""Normalization, linear regression, initial weights and the bottom of a curve."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    compared,
    extended,
    functional,
    torch,
)


def _normalized(g: Givens, scale: Any, shift: Any) -> Any:
    """The operator below ``functional.batch_norm``, which refuses an eps of 0."""
    return torch.batch_norm(g["X"], scale, shift, None, None, True, 0.0, g["eps"], False)


@compared("batch-norm")
def batch_norm(g: Givens, _: Setting) -> Values:
    var, mean = torch.var_mean(g["X"], dim=0, correction=0)
    return {
        "mean": mean,
        "var": var,
        "normalised": _normalized(g, None, None),
        "y": _normalized(g, g["gamma"], g["beta"]),
    }


@compared("layer-norm")
def layer_norm(g: Givens, _: Setting) -> Values:
    width = g["X"].shape[1:]
    var, mean = torch.var_mean(g["X"], dim=1, correction=0)
    return {
        "mean": mean,
        "var": var,
        "normalised": functional.layer_norm(g["X"], width, eps=g["eps"]),
        "y": functional.layer_norm(g["X"], width, g["gamma"], g["beta"], g["eps"]),
    }


@compared("linear-regression")
def linear_regression(g: Givens, c: Setting) -> Values:
    """Least squares by singular values, without the normal equations."""
    design = extended(g["X"], c["bias_slot"])
    w = torch.linalg.lstsq(design, g["y"][:, None], driver="gelsd").solution[:, 0]
    predictions = torch.mv(design, w)
    return {
        "design": design,
        "w": w,
        "predictions": predictions,
        "mse": functional.mse_loss(predictions, g["y"]),
    }


def _draw_layer(rng: Any, _: Setting) -> dict[str, Any]:
    """Layers small enough to be filled."""
    fan_in, fan_out = (int(v) for v in rng.integers(1, 60, size=2))
    schemes = ("lecun", "xavier", "he")
    return {"fan_in": fan_in, "fan_out": fan_out, "scheme": str(rng.choice(schemes))}


def _widened(shape: tuple[int, int], fill: Any, plain: Any) -> Any:
    """By how much the draws of an initializer are wider than the same draws without it."""
    lengths = []
    for draw in (fill, plain):
        with torch.random.fork_rng():
            torch.manual_seed(2026)
            lengths.append(torch.linalg.vector_norm(draw(torch.empty(shape, dtype=torch.float64))))
    return lengths[0] / lengths[1]


@compared("init-scale", _draw_layer)
def init_scale(g: Givens, _: Setting) -> Values:
    """Kaiming's initializer with the gain of a linear unit is lecun's."""
    shape, init = (int(g["fan_out"]), int(g["fan_in"])), torch.nn.init
    gain = "relu" if g["scheme"] == "he" else "linear"

    def normal(w: Any) -> Any:
        xavier = g["scheme"] == "xavier"
        return init.xavier_normal_(w) if xavier else init.kaiming_normal_(w, nonlinearity=gain)

    def uniform(w: Any) -> Any:
        xavier = g["scheme"] == "xavier"
        return init.xavier_uniform_(w) if xavier else init.kaiming_uniform_(w, nonlinearity=gain)

    std = _widened(shape, normal, lambda w: w.normal_())
    return {
        "variance": std**2,
        "std": std,
        "limit": _widened(shape, uniform, lambda w: w.uniform_(-1.0, 1.0)),
    }


@compared("double-descent")
def double_descent(g: Givens, c: Setting) -> Values:
    """Neighbours differ: a minimum is what pooling over its neighbourhood leaves as it is."""
    down = -g["errors"]
    minima = (functional.max_pool1d(down[None], 3, stride=1, padding=1)[0] == down).nonzero()[:, 0]
    best = minima[0] if c["curve"] == "classical" else down.argmax()
    return {"minima": minima + 1, "best": best + 1, "best_error": g["errors"][best]}
