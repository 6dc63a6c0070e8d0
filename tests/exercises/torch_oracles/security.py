"""Adversarial steps: the steepest direction in a norm is the slope of the dual norm."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.descent import shortened
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


def _dual(gradient: Any, norm: str) -> Any:
    return torch.linalg.vector_norm(gradient, 1 if norm == "linf" else 2)


def _steepest(gradient: Any, norm: str) -> Any:
    at = learned(gradient)
    return slopes(_dual(at, norm), at)[0]


@compared("adversarial-step")
def adversarial_step(g: Givens, _: Setting) -> Values:
    delta = g["epsilon"] * _steepest(g["grad"], g["norm"])
    x = learned(g["x"])
    x.grad = _steepest(g["grad"], g["norm"])
    torch.optim.SGD([x], lr=g["epsilon"], maximize=True).step()
    return {"delta": delta, "x_adv": x, "gain": g["epsilon"] * _dual(g["grad"], g["norm"])}


@compared("pgd-step")
def pgd_step(g: Givens, _: Setting) -> Values:
    x = learned(g["x"])
    x.grad = _steepest(g["grad"], g["norm"])
    torch.optim.SGD([x], lr=g["alpha"], maximize=True).step()
    moved = x.detach()
    offset = moved - g["x0"]
    if g["norm"] == "linf":
        projected = functional.hardtanh(offset, -g["epsilon"], g["epsilon"])
    else:
        _norm, (projected,) = shortened([offset], g["epsilon"])
    return {"moved": moved, "offset": offset, "projected": projected, "x_next": g["x0"] + projected}
