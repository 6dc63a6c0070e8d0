"""Families that course sheets ask for beside the larger ones, in PyTorch's operators."""

from __future__ import annotations

import math
from typing import Any

from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    activated,
    compared,
    empty,
    functional,
    jacobian,
    learned,
    slopes,
    tensor,
    torch,
)

SHARE = {"half-sum": 0.5, "sum": 1.0}


def squared(y: Any, t: Any, convention: str) -> Any:
    """Squared error: the mean over its entries, their sum or half of it."""
    if convention == "mean":
        return functional.mse_loss(y, t)
    return SHARE[convention] * functional.mse_loss(y, t, reduction="sum")


@compared("attention-from-scores")
def attention_from_scores(g: Givens, c: Setting) -> Values:
    scores = g["scores"]
    visible = torch.ones_like(scores)
    if g["mask"] == "causal":
        visible = visible.tril()
    scaled = scores / math.sqrt(g["d_k"])
    weights = torch.softmax(scaled.masked_fill(visible == 0, -math.inf), dim=1)
    return {"scaled": scaled, "visible": visible, "weights": weights, "output": weights @ g["V"]}


@compared("attention-shapes")
def attention_shapes(g: Givens, c: Setting) -> Values:
    n, wide, heads = g["n"], g["d_model"], int(g["H"])
    x, w_q, w_v = empty(n, wide), empty(wide, g["d_k"]), empty(wide, g["d_v"])
    q, v = x @ w_q, x @ w_v
    scores = q @ q.T
    head = scores @ v
    concat = torch.cat([head] * heads, dim=1)
    w_o = empty(concat.shape[1], wide)
    named = {"W_Q": w_q, "Q": q, "V": v, "scores": scores, "head": head, "concat": concat}
    named |= {"W_O": w_o, "output": concat @ w_o}
    counted = empty(g["layers"], heads, *scores.shape).numel()
    return {**{name: list(of.shape) for name, of in named.items()}, "score_entries": counted}


@compared("residual-sum")
def residual_sum(g: Givens, c: Setting) -> Values:
    x = learned(g["x"])
    branch = functional.linear(x - g["x"], g["J"], g["F"])
    added = x + branch
    kept = c["residual"] == "plain"
    output = added if kept else activated("relu", added, c["relu_slope_at_zero"])
    d_sum, gradient = slopes(output, added, x, along=g["g"])
    (d_branch,) = slopes(branch, x, along=d_sum)
    return {
        "sum": added,
        "output": output,
        "d_sum": d_sum,
        "d_branch": d_branch,
        "gradient": gradient,
    }


@compared("output-delta")
def output_delta(g: Givens, c: Setting) -> Values:
    z = learned(g["z"])
    y = activated(g["out"], z, c["relu_slope_at_zero"])
    if g["loss"] == "cross-entropy":
        loss = functional.binary_cross_entropy(y, g["t"], reduction="sum")
    else:
        loss = squared(y, g["t"], c["squared_error"])
    by_output, delta = slopes(loss, y, z)
    (local,) = slopes(y.sum(), z)
    return {"y": y, "loss_value": loss, "dL_dy": by_output, "slope": local, "delta": delta}


@compared("weight-gradient")
def weight_gradient(g: Givens, c: Setting) -> Values:
    w, b = learned(g["W"]), learned(g["b"])
    z = functional.linear(g["h"], w if c["layout"] == "column" else w.T, b)
    d_w, d_b = slopes(z, w, b, along=g["delta"])
    w.grad, b.grad = d_w, d_b
    torch.optim.SGD([w, b], lr=g["eta"]).step()
    return {"dW": d_w, "db": d_b, "W_new": w, "b_new": b}


@compared("softmax-chain")
def softmax_chain(g: Givens, c: Setting) -> Values:
    z = learned(g["z"])
    p = torch.softmax(z, dim=0)
    loss = -torch.special.xlogy(g["t"], p).sum()
    by_probability, by_logit = slopes(loss, p, z)
    return {
        "p": p,
        "loss": functional.cross_entropy(z, g["t"]),
        "dL_dp": by_probability,
        "jacobian": jacobian(lambda at: torch.softmax(at, dim=0), g["z"]),
        "dL_dz": by_logit,
    }


@compared("regularized-cost")
def regularized_cost(g: Givens, c: Setting) -> Values:
    risk = torch.mean(g["losses"])
    absolute = torch.linalg.vector_norm(g["w"], 1)
    squares = torch.dot(g["w"], g["w"])
    half = 0.5 if c["l2"] == "half-lambda" else 1.0
    penalty = g["lam"] * (absolute if g["norm"] == "l1" else half * squares)
    return {
        "risk": risk,
        "l1_norm": absolute,
        "sq_norm": squares,
        "penalty": penalty,
        "cost": risk + penalty,
    }


@compared("hopfield-local-minimum")
def hopfield_local_minimum(g: Givens, c: Setting) -> Values:
    b = g["b"] if c["offset"] == "bias" else -g["b"]
    y = learned(g["y"])

    def energy(states: Any) -> Any:
        return -0.5 * torch.sum(states @ g["W"] * states, dim=-1) - states @ b

    here = energy(y)
    (downhill,) = slopes(here, y)
    around = energy(y * (1.0 - 2.0 * torch.eye(len(y), dtype=torch.float64)))
    least = 1e-9 if c["minimum"] == "strict" else -1e-9
    return {
        "fields": -downhill,
        "energy": here,
        "changes": around - here,
        "neighbours": around,
        "minimum_here": float(torch.all(around - here > least)),
    }


@compared("regression-step")
def regression_step(g: Givens, c: Setting) -> Values:
    w, b = learned(g["w"]), learned(g["b"])
    predictions = g["X"] @ w + b
    loss = squared(predictions, g["y"], c["squared_error"])
    d_w, d_b = slopes(loss, w, b)
    residuals = predictions - g["y"]
    w.grad, b.grad = d_w, d_b
    torch.optim.SGD([w, b], lr=g["eta"]).step()
    return {
        "predictions": predictions,
        "residuals": residuals,
        "loss": loss,
        "grad_w": d_w,
        "grad_b": d_b,
        "w_new": w,
        "b_new": b,
    }


@compared("batch-norm-inference")
def batch_norm_inference(g: Givens, c: Setting) -> Values:
    """PyTorch's momentum is the share of the batch."""
    share = g["momentum"] if c["running"] == "new" else 1.0 - g["momentum"]
    mean, var = g["mean"].lerp(g["batch_mean"], share), g["var"].lerp(g["batch_var"], share)
    example, one, zero = g["x"][None], torch.ones_like(mean), torch.zeros_like(mean)
    plain = functional.batch_norm(example, mean, var, one, zero, eps=g["eps"])
    scaled = functional.batch_norm(example, mean, var, g["gamma"], g["beta"], eps=g["eps"])
    return {"mean_new": mean, "var_new": var, "normalised": plain[0], "y": scaled[0]}


@compared("zero-shot")
def zero_shot(g: Givens, c: Setting) -> Values:
    logits = functional.cosine_similarity(g["texts"], g["image"][None], dim=1) / g["tau"]
    p = torch.softmax(logits, dim=0)
    return {
        "image_unit": functional.normalize(g["image"], dim=0),
        "text_unit": functional.normalize(g["texts"], dim=1),
        "logits": logits,
        "p": p,
        "predicted": int(torch.nonzero(p >= p.max() - 1e-9)[0]) + 1,
    }


@compared("contrastive-counts", draw=lambda rng, _: {"N": int(rng.integers(1, 60))})
def contrastive_counts(g: Givens, c: Setting) -> Values:
    count = int(g["N"])
    views = torch.arange(count).repeat(2)
    strangers = views[:, None] != views[None, :]
    images = torch.arange(count)
    return {
        "views": len(views),
        "negatives": int(strangers[0].sum()),
        "pairs": torch.cartesian_prod(images, images).shape[0],
        "pair_negatives": int((images[:, None] != images).sum()),
    }


@compared("preference-loss")
def preference_loss(g: Givens, c: Setting) -> Values:
    margins = g["chosen"] - g["rejected"]
    losses = functional.softplus(-margins, threshold=math.inf)
    return {
        "margins": margins,
        "probabilities": torch.sigmoid(margins),
        "losses": losses,
        "loss": losses.mean() if c["batch"] == "mean" else losses.sum(),
    }


@compared("kl-penalty")
def kl_penalty(g: Givens, c: Setting) -> Values:
    ratios = torch.sub(g["logp"], g["logp_ref"])
    penalty = g["beta"] * ratios.sum()
    return {
        "log_ratios": ratios,
        "divergence": ratios.sum(),
        "penalty": penalty,
        "objective": g["reward"] - penalty,
    }


@compared("dp-sgd-step")
def dp_sgd_step(g: Givens, c: Setting) -> Values:
    norms = torch.linalg.vector_norm(g["grads"], dim=1)
    clipped = (g["C"] / norms).clamp(max=1.0)[:, None] * g["grads"]
    noisy = (clipped.sum(dim=0) + g["sigma"] * g["C"] * g["draws"]) / len(g["grads"])
    theta = learned(g["theta"])
    theta.grad = noisy
    torch.optim.SGD([theta], lr=g["eta"]).step()
    return {
        "norms": norms,
        "clipped": clipped,
        "total": clipped.sum(dim=0),
        "noisy": noisy,
        "theta_new": theta,
    }


@compared("pe-wavelength")
def pe_wavelength(g: Givens, c: Setting) -> Values:
    exponents = 2.0 * g["pairs"] / g["d"]
    divisors = torch.pow(tensor(10_000.0), exponents)
    return {"exponents": exponents, "divisors": divisors, "wavelengths": math.tau * divisors}
