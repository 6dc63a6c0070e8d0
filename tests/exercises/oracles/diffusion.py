"""Independent solvers of the families on diffusion, and problems for them.

Plain loops from the definitions; the score is a complex-step derivative of the log-density.
"""

from __future__ import annotations

import cmath
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Values = dict[str, Any]


def diffusion_step(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    x = list(g["x0"])
    means, xs = [], []
    for beta, draws in zip(g["betas"], g["eps"], strict=True):
        mean = [math.sqrt(1 - beta) * v for v in x]
        x = [m + math.sqrt(beta) * e for m, e in zip(mean, draws, strict=True)]
        means.append(mean)
        xs.append(x)
    return {"stds": [math.sqrt(beta) for beta in g["betas"]], "means": means, "xs": xs}


def _kept(betas: list[float]) -> list[float]:
    """The share of the data's variance after each step: every step keeps 1 - beta of it."""
    out, share = [], 1.0
    for beta in betas:
        share -= share * beta
        out.append(share)
    return out


def _mixed(x0: list[float], eps: list[float], share: float) -> list[float]:
    return [math.sqrt(share) * x + math.sqrt(1 - share) * e for x, e in zip(x0, eps, strict=True)]


def diffusion_forward(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    kept = _kept(g["betas"])
    return {
        "alphas": [1 - beta for beta in g["betas"]],
        "alpha_bars": kept,
        "signal": math.sqrt(kept[-1]),
        "noise": math.sqrt(1 - kept[-1]),
        "x_t": _mixed(g["x0"], g["eps"], kept[-1]),
    }


def diffusion_x0(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    share = _kept(g["betas"])[-1]
    pairs = list(zip(g["x_t"], g["eps_hat"], strict=True))
    rest = [x - math.sqrt(1 - share) * e for x, e in pairs]
    return {
        "alpha_bar": share,
        "noise_part": [math.sqrt(1 - share) * e for _, e in pairs],
        "difference": rest,
        "x0_hat": [r / math.sqrt(share) for r in rest],
    }


def diffusion_loss(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    residual = [a - b for a, b in zip(g["eps"], g["eps_hat"], strict=True)]
    squared = math.dist(g["eps"], g["eps_hat"]) ** 2
    return {
        "x_t": _mixed(g["x0"], g["eps"], g["alpha_bar"]),
        "residual": residual,
        "loss": squared / len(residual) if c["squared_error"] == "mean" else squared,
    }


def _log_density(x: complex, mean: float, variance: float) -> complex:
    return -((x - mean) ** 2) / (2 * variance) - 0.5 * cmath.log(2 * math.pi * variance)


def diffusion_score(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    tiny = 1e-30
    share = g["alpha_bar"]
    mean = [math.sqrt(share) * x for x in g["x0"]]
    x_t = _mixed(g["x0"], g["eps"], share)
    return {
        "mean": mean,
        "std": math.sqrt(1 - share),
        "x_t": x_t,
        "score": [
            _log_density(x + tiny * 1j, m, 1 - share).imag / tiny
            for x, m in zip(x_t, mean, strict=True)
        ],
    }


def classifier_free_guidance(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    """The conditional prediction, and w times the way to it from the unconditional one."""
    w = g["scale"] if c["guidance"] == "w" else g["scale"] - 1
    pairs = list(zip(g["cond"], g["uncond"], strict=True))
    return {
        "factors": [1 + w, -w],
        "cond_part": [a + w * a for a, _ in pairs],
        "uncond_part": [-w * b for _, b in pairs],
        "guided": [a + w * (a - b) for a, b in pairs],
    }


ORACLES = {
    "diffusion-step": diffusion_step,
    "diffusion-forward": diffusion_forward,
    "diffusion-x0": diffusion_x0,
    "diffusion-loss": diffusion_loss,
    "diffusion-score": diffusion_score,
    "classifier-free-guidance": classifier_free_guidance,
}


# Own problems ----------------------------------------------------------------------------


def _table(rng: Any, *shape: int, spread: float = 2.0) -> Any:
    return rng.normal(0.0, spread, size=shape).tolist()


def _levels(rng: Any, most: float, longest: int) -> Any:
    return rng.uniform(0.0, most, size=int(rng.integers(1, longest))).tolist()


def _diffusion_step(rng: Any, _: Mapping[str, str]) -> Values:
    d = int(rng.integers(1, 12))
    betas = [*_levels(rng, 1.0, 40), float(rng.choice((0.0, 1.0, 0.5)))]
    return {
        "x0": _table(rng, d, spread=30.0),
        "betas": betas,
        "eps": _table(rng, len(betas), d, spread=1.0),
    }


def _diffusion_forward(rng: Any, _: Mapping[str, str]) -> Values:
    d = int(rng.integers(1, 40))
    return {
        "x0": _table(rng, d, spread=30.0),
        "betas": _levels(rng, 0.2, 60),
        "eps": _table(rng, d),
    }


def _diffusion_x0(rng: Any, _: Mapping[str, str]) -> Values:
    d = int(rng.integers(1, 40))
    return {
        "x_t": _table(rng, d, spread=30.0),
        "eps_hat": _table(rng, d),
        "betas": _levels(rng, 0.2, 60),
    }


def _diffusion_loss(rng: Any, _: Mapping[str, str]) -> Values:
    d = int(rng.integers(1, 60))
    return {
        "x0": _table(rng, d, spread=30.0),
        "eps": _table(rng, d),
        "eps_hat": _table(rng, d),
        "alpha_bar": float(rng.uniform(0.001, 0.999)),
    }


def _diffusion_score(rng: Any, _: Mapping[str, str]) -> Values:
    d = int(rng.integers(1, 60))
    return {
        "x0": _table(rng, d),
        "eps": _table(rng, d),
        "alpha_bar": float(rng.uniform(0.001, 0.99)),
    }


def _classifier_free_guidance(rng: Any, _: Mapping[str, str]) -> Values:
    d = int(rng.integers(1, 60))
    return {
        "cond": _table(rng, d),
        "uncond": _table(rng, d),
        "scale": float(rng.choice((-3.0, 0.0, 0.5, 1.0, 7.5, 40.0))),
    }


DRAWS = {
    "diffusion-step": _diffusion_step,
    "diffusion-forward": _diffusion_forward,
    "diffusion-x0": _diffusion_x0,
    "diffusion-loss": _diffusion_loss,
    "diffusion-score": _diffusion_score,
    "classifier-free-guidance": _classifier_free_guidance,
}
