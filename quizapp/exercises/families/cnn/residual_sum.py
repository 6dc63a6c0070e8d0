"""A residual sum and the gradient through it, the branch given (He et al. 2016)."""

# ruff: noqa: A002, A006, PLW0108 - a line is called "sum"; parameters name what is read

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.cnn._residual import RESIDUAL, relu
from quizapp.exercises.families.cnn._window import differ
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, slope
from quizapp.exercises.substitution import dot, entries, factor, num


def _output(sum: Any, residual: str) -> Any:
    return relu(sum) if residual == "post-relu" else sum


def _d_sum(g: Any, sum: Any, residual: str, relu_slope_at_zero: str) -> Any:
    return g * slope("relu", sum, relu_slope_at_zero) if residual == "post-relu" else g


def _output_work(sum: Any, residual: str) -> list[Work]:
    return [
        Work(at, rf"\max(0, {num(sum[at])})" if residual == "post-relu" else num(sum[at]))
        for at in entries(sum)
    ]


def _d_sum_work(g: Any, sum: Any, residual: str, relu_slope_at_zero: str) -> list[Work]:
    if residual == "plain":
        return [Work(at, num(g[at])) for at in entries(g)]
    slopes = slope("relu", sum, relu_slope_at_zero)
    return [Work(at, rf"{factor(g[at])} \cdot {num(slopes[at])}") for at in entries(g)]


def _added_work(a: Any, b: Any) -> list[Work]:
    return [Work(at, f"{num(a[at])} + {factor(b[at])}") for at in entries(a)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One value, then two, then three."""
    d = level
    draw = (-3, -2, -1, 1, 2, 3) if level == 1 else (-2, -1, 0, 1, 2)
    return {
        "x": rng.choice((-3, -2, -1, 1, 2, 3), size=d),
        "F": rng.choice((-3, -2, -1, 1, 2, 3), size=d),
        "J": rng.choice(draw, size=(d, d)),
        "g": rng.choice((-2, -1, 1, 2), size=d),
    }


def avoid(J: Any, sum: Any, d_sum: Any, d_branch: Any) -> str | None:
    """Blocks through which nothing comes back, and matrices that read the same both ways."""
    if np.all(sum <= TIE):
        return "every output closed"
    if not differ(d_sum, 0 * d_sum) or not differ(d_branch, 0 * d_branch):
        return "no gradient"
    return "symmetric J" if len(J) > 1 and not differ(J, J.T) else None


FAMILY = Family(
    id="residual-sum",
    topic="cnn",
    title="Residual sum and its gradient",
    task="Add the input of the block to the given output of its branch. Then carry the gradient "
    "at the output back to the input.",
    sources=("hub", "ece493"),
    givens=(
        Given("x", "x", "input of the block", "d"),
        Given("F", "F(x)", "output of the branch", "d"),
        Given("J", "J", "derivatives of the branch, entry i, j is ∂F_i/∂x_j", "d x d"),
        Given("g", "g", "gradient of the loss at the output of the block", "d"),
    ),
    conventions={"residual": RESIDUAL, "relu_slope_at_zero": ("zero", "one")},
    steps=(
        Step(
            "sum",
            "Sum",
            r"x + F(x)",
            lambda x, F: x + F,
            work=lambda x, F: _added_work(x, F),
        ),
        Step(
            "output",
            "Output of the block",
            r"y = x + F(x) \text{ (post-relu: } \max(0, \cdot) \text{)}",
            _output,
            final=True,
            work=_output_work,
            formula_for=Among(
                "residual", {"plain": r"y = x + F(x)", "post-relu": r"y = \max(0, x + F(x))"}
            ),
        ),
        Step(
            "d_sum",
            "Gradient at the sum",
            r"\frac{\partial L}{\partial (x + F)} = g \text{ (post-relu: } g \odot "
            r"\ReLU'(x + F) \text{)}",
            _d_sum,
            work=_d_sum_work,
            formula_for=Among(
                "residual",
                {
                    "plain": r"\frac{\partial L}{\partial (x + F)} = g",
                    "post-relu": r"\frac{\partial L}{\partial (x + F)} = g \odot \ReLU'(x + F)",
                },
            ),
        ),
        Step(
            "d_branch",
            "Gradient through the branch",
            r"J^\top \frac{\partial L}{\partial (x + F)}",
            lambda J, d_sum: J.T @ d_sum,
            work=lambda J, d_sum: [Work((j,), dot(J[:, j], d_sum)) for j in range(len(J))],
        ),
        Step(
            "gradient",
            "Gradient at the input",
            r"\frac{\partial L}{\partial x} = (I + J)^\top \frac{\partial L}{\partial (x + F)}",
            lambda d_sum, d_branch: d_sum + d_branch,
            final=True,
            work=lambda d_sum, d_branch: _added_work(d_sum, d_branch),
        ),
    ),
    slips=(
        Slip(
            "skip-omitted",
            "sum",
            lambda F: F,
            "The input is missing: a residual block adds x to F(x).",
            when=lambda x: bool(np.any(np.abs(x) > TIE)),
        ),
        Slip(
            "product-for-sum",
            "sum",
            lambda x, F: x * F,
            "The block adds x and F(x); it does not multiply them.",
            when=lambda x, F, sum: differ(x * F, sum),
        ),
        Slip(
            "not-transposed",
            "d_branch",
            lambda J, d_sum: J @ d_sum,
            "Backwards the Jacobian is transposed: Jᵀ times the gradient.",
            when=lambda J, d_sum, d_branch: differ(J @ d_sum, d_branch),
        ),
        Slip(
            "skip-lost",
            "gradient",
            lambda d_branch: d_branch,
            "The gradient of the skip connection is missing: it comes back unchanged and is added.",
            when=lambda d_sum: bool(np.any(np.abs(d_sum) > TIE)),
        ),
    ),
    make=make,
    avoid=avoid,
    tie=lambda sum, residual: residual == "post-relu" and bool(np.any(np.abs(sum) <= TIE)),
    tie_rules=("relu_slope_at_zero",),
    discrepancies=("residual-post-activation-vs-plain", "relu-slope-at-zero"),
    items=("hub-residual", "dl-resnet"),
)
