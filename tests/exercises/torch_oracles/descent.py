"""Optimizers, clipping and regularization, with those of ``torch.optim``."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    NEAR,
    Givens,
    Setting,
    Values,
    compared,
    functional,
    learned,
    tensor,
    torch,
)

# Gradient descent ------------------------------------------------------------------------


def _descended(f: Any, x: Any, eta: float, steps: int) -> Values:
    optimizer = torch.optim.SGD([x], lr=eta)
    gradients, iterates = [], []
    for _step in range(steps):
        optimizer.zero_grad()
        f(x).backward()
        gradients.append(x.grad.clone())
        optimizer.step()
        iterates.append(x.detach().clone())
    return {"gradients": torch.stack(gradients), "iterates": torch.stack(iterates), "f_end": f(x)}


@compared("gradient-descent")
def gradient_descent(g: Givens, _: Setting) -> Values:
    powers = torch.arange(len(g["coeffs"]))

    def f(x: Any) -> Any:
        return torch.dot(g["coeffs"], x**powers)

    return _descended(f, learned(g["x0"]), g["eta"], int(g["T"]))


@compared("gradient-descent-quadratic")
def gradient_descent_quadratic(g: Givens, _: Setting) -> Values:
    def f(x: Any) -> Any:
        return functional.bilinear(x, x, g["A"][None])[0] / 2 + torch.dot(g["c"], x)

    return _descended(f, learned(g["x0"]), g["eta"], int(g["T"]))


@compared("sgd-step")
def sgd_step(g: Givens, c: Setting) -> Values:
    """Losses whose gradients are those given: the example's gradient times the parameters."""
    theta = learned(g["theta"])
    losses = g["grads"] @ theta
    (losses.mean() if c["batch"] == "mean" else losses.sum()).backward()
    torch.optim.SGD([theta], lr=g["eta"]).step()
    return {"g": theta.grad, "theta_new": theta}


@compared("sgd-epoch")
def sgd_epoch(g: Givens, c: Setting) -> Values:
    w = learned(g["w0"])
    optimizer = torch.optim.SGD([w], lr=g["eta"])
    size = int(g["batch_size"])
    gradients, weights = [], []
    for x, t in zip(g["x"].split(size), g["t"].split(size), strict=True):
        optimizer.zero_grad()
        functional.mse_loss(w * x, t, reduction=c["batch"]).backward()
        gradients.append(w.grad.clone())
        optimizer.step()
        weights.append(w.detach().clone())
    return {
        "gradients": torch.stack(gradients),
        "w": torch.stack(weights),
        "epoch_loss": functional.mse_loss(w * g["x"], g["t"]),
    }


@compared("update-count")
def update_count(g: Givens, _: Setting) -> Values:
    batches = torch.arange(int(g["N"])).split(int(g["M"]))
    return {
        "per_epoch": len(batches),
        "last_batch": len(batches[-1]),
        "total": int(g["epochs"]) * len(batches),
    }


# Optimizers with a memory ----------------------------------------------------------------


def _traced(optimizer: Any, theta: Any, grads: Any, kept: dict[str, str]) -> Values:
    """The parameters after every step, and what the optimizer keeps, under the names of steps."""
    trace: dict[str, list[Any]] = {name: [] for name in ("theta", *kept)}
    for gradient in grads:
        theta.grad = gradient.clone()
        optimizer.step()
        trace["theta"].append(theta.detach().clone())
        for name, key in kept.items():
            trace[name].append(optimizer.state[theta][key].clone())
    return {name: torch.stack(rows) for name, rows in trace.items()}


@compared("momentum")
def momentum(g: Givens, c: Setting) -> Values:
    theta, mu = learned(g["theta0"]), g["mu"]
    dampening = mu if c["momentum"] == "ema" else 0.0
    optimizer = torch.optim.SGD([theta], lr=g["eta"], momentum=mu, dampening=dampening)
    # Without a velocity PyTorch begins with the first gradient as it is.
    optimizer.state[theta]["momentum_buffer"] = g["v0"].clone()
    return _traced(optimizer, theta, g["grads"], {"v": "momentum_buffer"})


_MOMENTS = {"m": "exp_avg", "v": "exp_avg_sq"}


@compared("adam")
def adam(g: Givens, _: Setting) -> Values:
    theta = learned(g["theta0"])
    betas = (g["beta1"], g["beta2"])
    optimizer = torch.optim.Adam([theta], lr=g["eta"], betas=betas, eps=g["eps"])
    return _traced(optimizer, theta, g["grads"], _MOMENTS)


@compared("adamw")
def adamw(g: Givens, c: Setting) -> Values:
    theta = learned(g["theta0"])
    kind = torch.optim.AdamW if c["decay"] == "decoupled" else torch.optim.Adam
    betas = (g["beta1"], g["beta2"])
    optimizer = kind([theta], lr=g["eta"], betas=betas, eps=g["eps"], weight_decay=g["lam"])
    return _traced(optimizer, theta, g["grads"], _MOMENTS)


def shortened(vectors: list[Any], limit: float) -> tuple[Any, list[Any]]:
    """The common norm of vectors, and the vectors scaled down to at most the limit.

    PyTorch adds 1e-6 to the norm against a division by 0; it is taken off beforehand.
    """
    holders = [learned(torch.zeros_like(v)) for v in vectors]
    for holder, vector in zip(holders, vectors, strict=True):
        holder.grad = vector.clone()
    norm = torch.nn.utils.get_total_norm(vectors)
    torch.nn.utils.clip_grads_with_norm_(holders, limit, norm - 1e-6)
    return norm, [holder.grad for holder in holders]


@compared("clipping")
def clipping(g: Givens, _: Setting) -> Values:
    norm, clipped = shortened([tensor(group) for group in g["grads"]], g["gamma"])
    return {"norm": norm, "clipped": list(clipped)}


# Regularization --------------------------------------------------------------------------


def _penalized(g: Givens, penalty: Any) -> Values:
    """One step of SGD on the loss whose gradient is given plus a penalty of the weights."""
    w = learned(g["w"])
    cost = penalty(w)
    cost.backward()
    pull = w.grad.clone()
    w.grad += g["g"]
    torch.optim.SGD([w], lr=g["eta"]).step()
    return {"penalty": cost, "loss_reg": g["loss"] + cost, "penalty_grad": pull, "w_new": w}


@compared("l1-step")
def l1_step(g: Givens, _: Setting) -> Values:
    out = _penalized(g, lambda w: g["lam"] * torch.linalg.vector_norm(w, 1))
    zeros = torch.zeros_like(g["w"])
    return {**out, "l1_norm": functional.l1_loss(g["w"], zeros, reduction="sum")}


@compared("l2-step")
def l2_step(g: Givens, c: Setting) -> Values:
    strength = g["lam"] if c["l2"] == "lambda" else g["lam"] / 2
    return {
        **_penalized(g, lambda w: strength * w.square().sum()),
        "sq_norm": functional.mse_loss(g["w"], torch.zeros_like(g["w"]), reduction="sum"),
    }


@compared("l2-step")
def l2_step_by_weight_decay(g: Givens, c: Setting) -> Values:
    """The decay of an SGD optimizer is the penalty with λ/2."""
    w = learned(g["w"])
    w.grad = g["g"].clone()
    decay = g["lam"] * (2.0 if c["l2"] == "lambda" else 1.0)
    torch.optim.SGD([w], lr=g["eta"], weight_decay=decay).step()
    penalty = decay / 2 * torch.linalg.vector_norm(g["w"]) ** 2
    return {"loss_reg": g["loss"] + penalty, "w_new": w}


def _dropped(h: Any, p: float) -> Any:
    """PyTorch's dropout in training, always with the same draws."""
    with torch.random.fork_rng():
        torch.manual_seed(2026)
        return functional.dropout(h, p)


def _masked_by_torch(rng: Any, _: Setting) -> dict[str, Any]:
    n, p = int(rng.integers(1, 40)), float(rng.choice((0.0, 0.1, 0.5, 0.75, 0.9)))
    mask = _dropped(torch.ones(n, dtype=torch.float64), p) != 0
    return {
        "h": rng.normal(0.0, 20.0, size=n).tolist(),
        "mask": [int(kept) for kept in mask.tolist()],
        "p": p,
    }


@compared("dropout", _masked_by_torch)
def dropout(g: Givens, c: Setting) -> Values:
    """Inverted as in PyTorch; the other convention is the same 1 - p smaller throughout."""
    share = 1.0 if c["dropout"] == "inverted" else 1.0 - g["p"]
    return {
        "masked": g["h"].masked_fill(g["mask"] == 0, 0.0),
        "train": share * _dropped(g["h"], g["p"]),
        "test": share * functional.dropout(g["h"], g["p"], training=False),
    }


@compared("early-stopping")
def early_stopping(g: Givens, _: Setting) -> Values:
    """The scheduler that waits for a plateau counts the same epochs."""
    optimizer = torch.optim.SGD([learned(0.0)], lr=1.0)
    waiting = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, patience=len(g["val"]), threshold=NEAR, threshold_mode="abs"
    )
    best, waits = [], []
    for loss in g["val"].tolist():
        waiting.step(loss)
        best.append(waiting.best)
        waits.append(waiting.num_bad_epochs)
    stop = next((k for k, w in enumerate(waits, 1) if w >= g["patience"]), len(waits))
    kept = stop - waits[stop - 1]
    return {
        "best_val": best,
        "wait": waits,
        "stop_epoch": stop,
        "kept_epoch": kept,
        "kept_val": g["val"][kept - 1],
    }
