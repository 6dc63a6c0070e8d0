"""Diffusion: the noise of many steps from derivatives of the chain, scores from densities."""

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
    tensor,
    torch,
)


def _moved(x: Any, eps: Any, beta: Any) -> Any:
    """One step of the chain: a shrinking by the root of 1 - β around the root of β times eps."""
    return torch.distributions.AffineTransform(beta.sqrt() * eps, (1 - beta).sqrt())(x)


@compared("diffusion-step")
def diffusion_step(g: Givens, _: Setting) -> Values:
    x, rows = g["x0"], []
    for eps, beta in zip(g["eps"], g["betas"], strict=True):
        x = _moved(x, eps, beta)
        rows.append(x)
    return {"stds": g["betas"].sqrt(), "xs": torch.stack(rows)}


def _chain(betas: Any) -> tuple[Any, Any]:
    """How the end of the chain depends on its start, and on all of its noise together."""
    start = end = learned(0.0)
    noise = learned(torch.zeros_like(betas))
    for eps, beta in zip(noise, betas, strict=True):
        end = _moved(end, eps, beta)
    signal, shares = slopes(end, start, noise)
    return signal, torch.linalg.vector_norm(shares)


@compared("diffusion-forward")
def diffusion_forward(g: Givens, _: Setting) -> Values:
    betas = g["betas"]
    signal, noise = _chain(betas)
    return {
        "alpha_bars": torch.cumprod(1 - betas, dim=0),
        "signal": signal,
        "noise": noise,
        "x_t": torch.distributions.AffineTransform(signal * g["x0"], noise)(g["eps"]),
    }


@compared("diffusion-x0")
def diffusion_x0(g: Givens, _: Setting) -> Values:
    signal, noise = _chain(g["betas"])
    away = torch.distributions.AffineTransform(noise * g["eps_hat"], signal)
    return {"alpha_bar": signal**2, "x0_hat": away.inv(g["x_t"])}


@compared("diffusion-loss")
def diffusion_loss(g: Givens, c: Setting) -> Values:
    beta = tensor(1 - g["alpha_bar"])
    loss = functional.mse_loss(g["eps_hat"], g["eps"], reduction=c["squared_error"])
    return {"x_t": _moved(g["x0"], g["eps"], beta), "loss": loss}


@compared("diffusion-score")
def diffusion_score(g: Givens, _: Setting) -> Values:
    beta = tensor(1 - g["alpha_bar"])
    x_t = learned(_moved(g["x0"], g["eps"], beta))
    mean = _moved(g["x0"], torch.zeros_like(x_t), beta)
    density = torch.distributions.Normal(mean, beta.sqrt())
    (score,) = slopes(density.log_prob(x_t).sum(), x_t)
    return {"mean": mean, "std": beta.sqrt(), "x_t": x_t, "score": score}


@compared("classifier-free-guidance")
def classifier_free_guidance(g: Givens, c: Setting) -> Values:
    """A straight line from the unconditional through the conditional prediction."""
    along = g["scale"] + (1.0 if c["guidance"] == "w" else 0.0)
    cond, uncond = learned(g["cond"]), learned(g["uncond"])
    guided = torch.lerp(uncond, cond, along)
    by_cond, by_uncond = slopes(guided.sum(), cond, uncond)
    return {
        "factors": torch.stack((by_cond[0], by_uncond[0])),
        "cond_part": torch.lerp(torch.zeros_like(cond), cond, along),
        "guided": guided,
    }
