"""Gradient through a residual block (He, Zhang, Ren and Sun 2016, Identity mappings)."""

# ruff: noqa: A002, A006 - the specification calls a step "sum"

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.cnn._residual import BLOCK, RESIDUAL, pre, pre_work, relu
from quizapp.exercises.families.cnn._window import differ
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, slope
from quizapp.exercises.substitution import dot, entries, factor, num

_OTHER = {"plain": "post-relu", "post-relu": "plain"}


def _d_sum(g: Any, sum: Any, residual: str, relu_slope_at_zero: str) -> Any:
    return g * slope("relu", sum, relu_slope_at_zero) if residual == "post-relu" else g


def _outer_mask(g: Any, sum: Any, residual: str, relu_slope_at_zero: str) -> Any:
    return _d_sum(g, sum, _OTHER[residual], relu_slope_at_zero)


def _d_pre(d_hidden: Any, pre: Any, relu_slope_at_zero: str) -> Any:
    return d_hidden * slope("relu", pre, relu_slope_at_zero)


def _not_transposed(W2: Any, d_sum: Any) -> Any:
    return W2 @ d_sum


def _sum_work(h: Any, W2: Any, pre: Any) -> list[Work]:
    out = []
    for (i,) in entries(h):
        terms = [rf"{factor(w)} \cdot \max(0, {num(z)})" for w, z in zip(W2[i], pre, strict=True)]
        out.append(Work((i,), " + ".join([num(h[i]), *terms])))
    return out


def _d_sum_work(g: Any, sum: Any, residual: str, relu_slope_at_zero: str) -> list[Work]:
    if residual == "plain":
        return [Work(at, num(g[at])) for at in entries(g)]
    return _masked_work(g, sum, relu_slope_at_zero)


def _masked_work(gradient: Any, z: Any, at_zero: str) -> list[Work]:
    slopes = slope("relu", z, at_zero)
    return [Work(at, rf"{factor(gradient[at])} \cdot {num(slopes[at])}") for at in entries(z)]


def _d_pre_work(d_hidden: Any, pre: Any, relu_slope_at_zero: str) -> list[Work]:
    return _masked_work(d_hidden, pre, relu_slope_at_zero)


def _d_hidden_work(W2: Any, d_sum: Any, value: Any) -> list[Work]:
    return [Work((j,), dot(W2[:, j], d_sum)) for (j,) in entries(value)]


def _d_branch_work(W1: Any, d_pre: Any, value: Any) -> list[Work]:
    return [Work((j,), dot(W1[:, j], d_pre)) for (j,) in entries(value)]


def _gradient_work(d_sum: Any, d_branch: Any) -> list[Work]:
    return [Work(at, f"{num(d_sum[at])} + {factor(d_branch[at])}") for at in entries(d_sum)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One unit, then two, then three inputs and two hidden units."""
    d, m = {1: (1, 1), 2: (2, 2), 3: (3, 2)}[level]
    weights = (-3, -2, -1, 1, 2, 3) if level == 1 else (-2, -1, 0, 1, 2)
    return {
        "h": rng.choice((-2, -1, 1, 2, 3), size=d),
        "W1": rng.choice(weights, size=(m, d)),
        "W2": rng.choice(weights, size=(d, m)),
        "g": rng.choice((-2, -1, 1, 2), size=d),
    }


def avoid(W2: Any, d_branch: Any, pre: Any) -> str | None:
    """Blocks through whose branch nothing flows, and matrices that read the same both ways."""
    if not differ(d_branch, np.zeros_like(d_branch)):
        return "no gradient through the branch"
    if len(pre) > 1 and W2.shape[0] == W2.shape[1] and not differ(W2, W2.T):
        return "symmetric W2"
    return "no closed unit" if W2.shape[0] > 2 and np.all(pre > TIE) else None


def _on_the_kink(pre: Any, sum: Any, residual: str) -> bool:
    """Whether some ReLU sits at exactly 0, where its slope is a choice."""
    outer = residual == "post-relu" and bool(np.any(np.abs(sum) <= TIE))
    return outer or bool(np.any(np.abs(pre) <= TIE))


FAMILY = Family(
    id="resnet-gradient",
    topic="cnn",
    title="Gradient through a residual block",
    task="Send the gradient g at the output of the block back through the skip connection and the "
    "branch F(h) = W₂ max(0, W₁h), and compute the gradient at h.",
    sources=("hub", "ece493"),
    givens=(*BLOCK, Given("g", "g", "gradient of the loss at the output of the block", "d")),
    conventions={"residual": RESIDUAL, "relu_slope_at_zero": ("zero", "one")},
    steps=(
        Step("pre", "Pre-activations of the branch", r"z = W_1 h", pre, work=pre_work),
        Step(
            "sum",
            "Sum with the skip connection",
            r"s = h + W_2 \max(0, z)",
            lambda h, W2, pre: h + W2 @ relu(pre),
            work=_sum_work,
        ),
        Step(
            "d_sum",
            "Gradient at the sum",
            r"\frac{\partial L}{\partial s} = g \text{ (post-relu: } g \odot \ReLU'(s) \text{)}",
            _d_sum,
            work=_d_sum_work,
            formula_for=Among(
                "residual",
                {
                    "plain": r"\frac{\partial L}{\partial s} = g",
                    "post-relu": r"\frac{\partial L}{\partial s} = g \odot \ReLU'(s)",
                },
            ),
        ),
        Step(
            "d_hidden",
            "Gradient at the hidden units",
            r"W_2^\top \frac{\partial L}{\partial s}",
            lambda W2, d_sum: W2.T @ d_sum,
            work=_d_hidden_work,
        ),
        Step(
            "d_pre",
            "Gradient at the pre-activations",
            r"W_2^\top \frac{\partial L}{\partial s} \odot \ReLU'(z)",
            _d_pre,
            work=_d_pre_work,
        ),
        Step(
            "d_branch",
            "Gradient at h through the branch",
            r"W_1^\top \frac{\partial L}{\partial z}",
            lambda W1, d_pre: W1.T @ d_pre,
            work=_d_branch_work,
        ),
        Step(
            "gradient",
            "Gradient at h",
            r"\frac{\partial L}{\partial h} = \frac{\partial L}{\partial s} + "
            r"W_1^\top \frac{\partial L}{\partial z}",
            lambda d_sum, d_branch: d_sum + d_branch,
            final=True,
            work=_gradient_work,
        ),
    ),
    slips=(
        Slip(
            "skip-lost",
            "gradient",
            lambda d_branch: d_branch,
            "The identity path is missing: ∂L/∂h = (I + J)ᵀ g.",
            when=lambda d_sum: bool(np.any(np.abs(d_sum) > TIE)),
        ),
        Slip(
            "paths-multiplied",
            "gradient",
            lambda d_sum, d_branch: d_sum * d_branch,
            "Gradients of parallel paths are added, not multiplied.",
            when=lambda d_sum, d_branch, gradient: differ(d_sum * d_branch, gradient),
        ),
        Slip(
            "mask-forgotten",
            "d_pre",
            lambda d_hidden: d_hidden,
            "The ReLU slope inside the branch is missing.",
            when=lambda d_hidden, d_pre: differ(d_pre, d_hidden),
        ),
        Slip(
            "outer-mask",
            "d_sum",
            _outer_mask,
            "The outer activation is handled the other way in the stated variant.",
            when=lambda g, sum, residual, relu_slope_at_zero, d_sum: differ(
                _outer_mask(g, sum, residual, relu_slope_at_zero), d_sum
            ),
        ),
        Slip(
            "not-transposed",
            "d_hidden",
            _not_transposed,
            "The backward pass uses the transposed matrix.",
            when=lambda W2, d_sum, d_hidden: (
                W2.shape[0] == W2.shape[1] and differ(_not_transposed(W2, d_sum), d_hidden)
            ),
        ),
    ),
    make=make,
    avoid=avoid,
    tie=_on_the_kink,
    tie_rules=("relu_slope_at_zero",),
    discrepancies=("residual-post-activation-vs-plain", "relu-slope-at-zero"),
    items=("hub-residual", "dl-resnet-gradient"),
)
