"""Independent solvers of two families on regularization, and problems of any size for them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Conventions = Mapping[str, str]

NEAR = 1e-9


def l1_step(g: Givens, _: Conventions) -> Values:
    norm = math.fsum(max(x, -x) for x in g["w"])
    pulls, stepped = [], []
    for w, slope in zip(g["w"], g["g"], strict=True):
        if abs(w) <= NEAR:
            pulls.append(0.0)
        else:
            pulls.append(g["lam"] if w > 0 else -g["lam"])
        stepped.append(w - g["eta"] * slope - g["eta"] * pulls[-1])
    return {
        "l1_norm": norm,
        "penalty": g["lam"] * norm,
        "loss_reg": g["loss"] + g["lam"] * norm,
        "penalty_grad": pulls,
        "w_new": stepped,
    }


def early_stopping(g: Givens, _: Conventions) -> Values:
    """The training loop itself, which goes on to the end of the table for the trace."""
    best, waited, stopped, kept, best_epoch = math.inf, 0, 0, 0, 0
    trace, waits = [], []
    for epoch, loss in enumerate(g["val"], start=1):
        if loss < best - NEAR:
            best, waited, best_epoch = loss, 0, epoch
        else:
            waited += 1
        trace.append(min(g["val"][:epoch]))
        waits.append(waited)
        if not stopped and waited >= g["patience"]:
            stopped, kept = epoch, best_epoch
    return {
        "best_val": trace,
        "wait": waits,
        "stop_epoch": stopped or len(waits),
        "kept_epoch": kept or best_epoch,
        "kept_val": g["val"][(kept or best_epoch) - 1],
    }


ORACLES = {"l1-step": l1_step, "early-stopping": early_stopping}


def _draw_l1(rng: Any, _: Conventions) -> dict[str, Any]:
    n = int(rng.integers(1, 30))
    w = rng.normal(0.0, 10.0, size=n) * rng.integers(0, 2, size=n)
    return {
        "w": w.tolist(),
        "g": rng.normal(size=n).tolist(),
        "loss": float(rng.uniform(0.0, 9.0)),
        "lam": float(rng.uniform(0.0, 2.0)),
        "eta": float(rng.uniform(0.001, 1.0)),
    }


def _draw_stopping(rng: Any, _: Conventions) -> dict[str, Any]:
    epochs = int(rng.integers(1, 60))
    steps = rng.integers(-3, 3, size=epochs)  # coarse steps meet ties
    val = 5.0 + 0.1 * steps.cumsum()
    return {
        "train": rng.uniform(0.0, 2.0, size=epochs).tolist(),
        "val": val.tolist(),
        "patience": int(rng.integers(1, 12)),
    }


DRAWS = {"l1-step": _draw_l1, "early-stopping": _draw_stopping}
