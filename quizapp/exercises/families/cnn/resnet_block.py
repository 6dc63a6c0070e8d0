"""Residual block, forward (He, Zhang, Ren and Sun 2016; the plain sum as in their second paper)."""

# ruff: noqa: A002, A006 - the specification calls a step "sum"

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.cnn._residual import BLOCK, RESIDUAL, pre, pre_work, relu
from quizapp.exercises.families.cnn._window import differ
from quizapp.exercises.family import Conventions, Family, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor, num

_OTHER = {"plain": "post-relu", "post-relu": "plain"}


def _hidden(pre: Any) -> Any:
    return relu(pre)


def _output(sum: Any, residual: str) -> Any:
    return relu(sum) if residual == "post-relu" else sum


def _other_output(sum: Any, residual: str) -> Any:
    return _output(sum, _OTHER[residual])


def _rectified_work(z: Any) -> list[Work]:
    return [Work(at, rf"\max(0, {num(z[at])})") for at in entries(z)]


def _hidden_work(pre: Any) -> list[Work]:
    return _rectified_work(pre)


def _branch_work(W2: Any, hidden: Any, value: Any) -> list[Work]:
    return [Work((i,), dot(W2[i], hidden)) for (i,) in entries(value)]


def _sum_work(h: Any, branch: Any) -> list[Work]:
    return [Work(at, f"{num(h[at])} + {factor(branch[at])}") for at in entries(h)]


def _output_work(sum: Any, residual: str) -> list[Work]:
    if residual == "post-relu":
        return _rectified_work(sum)
    return [Work(at, num(sum[at])) for at in entries(sum)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two inputs and W1 = I, then any W1, then three inputs."""
    d = 3 if level == 3 else 2
    weights = (-2, -1, 0, 1, 2)
    return {
        "h": rng.choice((-2, -1, 1, 2, 3), size=d),
        "W1": np.eye(2) if level == 1 else rng.choice(weights, size=(2, d)),
        "W2": rng.choice((-3, *weights), size=(d, 2)),
    }


def avoid(hidden: Any, sum: Any) -> str | None:
    """Blocks on which both variants agree, and branches that are closed."""
    if np.all(hidden <= TIE):
        return "closed branch"
    return "no negative entry in the sum" if np.all(sum >= -TIE) else None


FAMILY = Family(
    id="resnet-block",
    topic="cnn",
    title="Residual block, forward",
    task="Send h through the branch F(h) = W₂ max(0, W₁h), add the skip connection and compute the "
    "output of the block.",
    sources=("hub", "ece493"),
    givens=BLOCK,
    conventions={"residual": RESIDUAL},
    steps=(
        Step("pre", "Pre-activations of the branch", r"z = W_1 h", pre, work=pre_work),
        Step(
            "hidden",
            "Hidden units of the branch",
            r"\max(0, z)",
            _hidden,
            work=_hidden_work,
        ),
        Step(
            "branch",
            "Output of the branch",
            r"F(h) = W_2 \max(0, z)",
            lambda W2, hidden: W2 @ hidden,
            work=_branch_work,
        ),
        Step(
            "sum",
            "Sum with the skip connection",
            r"h + F(h)",
            lambda h, branch: h + branch,
            work=_sum_work,
        ),
        Step(
            "output",
            "Output of the block",
            r"h + F(h) \text{ (post-relu: } \max(0, h + F(h)) \text{)}",
            _output,
            final=True,
            work=_output_work,
            formula_for=Among(
                "residual", {"plain": r"h + F(h)", "post-relu": r"\max(0, h + F(h))"}
            ),
        ),
    ),
    slips=(
        Slip(
            "skip-omitted",
            "sum",
            lambda branch: branch,
            "The skip connection is missing: h is added to F(h).",
            when=lambda h: bool(np.any(np.abs(h) > TIE)),
        ),
        Slip(
            "other-variant",
            "output",
            _other_output,
            "The activation after the addition is handled the other way in the stated variant.",
            when=lambda sum: bool(np.any(sum < -TIE)),
        ),
        Slip(
            "no-relu-in-branch",
            "hidden",
            lambda pre: pre,
            "The ReLU inside the branch is missing.",
            when=lambda pre: bool(np.any(pre < -TIE)),
        ),
        Slip(
            "product-for-sum",
            "sum",
            lambda h, branch: h * branch,
            "The skip connection adds, it does not multiply.",
            when=lambda h, branch, sum: differ(h * branch, sum),
        ),
        Slip(
            "relu-before-adding",
            "sum",
            lambda h, branch: h + relu(branch),
            "The second layer of the branch is linear; an activation comes, if at all, after the "
            "addition.",
            when=lambda branch: bool(np.any(branch < -TIE)),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("residual-post-activation-vs-plain",),
    items=("hub-residual", "dl-resnet"),
)
