"""The position-wise feed-forward network (Vaswani et al. 2017, section 3.3).

GELU and its tanh approximation: Hendrycks and Gimpel 2016.
"""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among, gelu_formula
from quizapp.exercises.families.activations.activations import values as activation_values
from quizapp.exercises.families.attention_transformer._matrices import affine_work, differ
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, normal_cdf
from quizapp.exercises.substitution import entries, factor, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line


def _active(pre: Any, activation: str, gelu: str, line: Line) -> Any:
    return activation_values(pre, activation, 1.0, 1.0, gelu, line)


def _active_latex(z: float, activation: str, gelu: str) -> str:
    if activation == "relu":
        return rf"\max(0, {num(z)})"
    if gelu == "exact":
        return rf"{factor(z)} \cdot {factor(normal_cdf(z))}"
    cubic = rf"{num(z)} + 0.044715 \cdot ({num(z)})^{{3}}"
    inner = rf"\tanh(\sqrt{{\frac{{2}}{{{num(np.pi)}}}}} \cdot ({cubic}))"
    return rf"0.5 \cdot {factor(z)} \cdot (1 + {inner})"


def _hidden_work(pre: Any, activation: str, gelu: str) -> list[Work]:
    return [Work(at, _active_latex(float(pre[at]), activation, gelu)) for at in entries(pre)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One token with two hidden units and ReLU; three units; two tokens with four units."""
    n, d_ff = {1: (1, 2), 2: (1, 3), 3: (2, 4)}[level]
    return {
        "H": rng.choice((-2, -1, 1, 2) if n == 1 else (-2, -1, 0, 1, 2), size=(n, 2)),
        "W1": rng.choice((-2, -1, 0, 1, 2) if level == 1 else (-1, 0, 1), size=(2, d_ff)),
        "b1": rng.choice((-1, -0.5, 0, 0.5, 1), size=d_ff),
        "W2": rng.choice((-2, -1, 0, 1, 2), size=(d_ff, 2)),
        "b2": rng.choice((-1, 0, 1, 2), size=2),
        "activation": "relu" if level == 1 else str(rng.choice(("relu", "gelu"))),
    }


def avoid(pre: Any, hidden: Any, W1: Any, W2: Any, b1: Any, b2: Any) -> str | None:
    """An activation that cannot be seen, hidden units that are all off, symmetric weights."""
    if (pre >= 0).all():
        return "no pre-activation negative"
    if np.any(np.all(np.abs(hidden) <= TIE, axis=1)):
        return "all hidden units of a token off"
    if W1.shape[0] == W1.shape[1] and np.array_equal(W1, W1.T):
        return "symmetric weights"
    if not W2.any(axis=0).all():
        return "an output that hears no unit"
    return None if b1.any() and b2.any() else "no bias"


FAMILY = Family(
    id="ffn",
    topic="attention-transformer",
    title="Position-wise feed-forward network",
    task="Compute the output of the feed-forward network for every token.",
    sources=("ece493",),
    givens=(
        Given("H", "H", "tokens, one per row", "n x d"),
        Given("W1", "W_1", "weights of the first layer", "d x d_ff"),
        Given("b1", "b_1", "bias of the first layer", "d_ff"),
        Given("W2", "W_2", "weights of the second layer", "d_ff x d"),
        Given("b2", "b_2", "bias of the second layer", "d"),
        Given(
            "activation",
            r"\varphi",
            "the activation between the layers",
            kind="text",
            choices=("relu", "gelu"),
        ),
    ),
    conventions={"gelu": ("exact", "tanh")},
    steps=(
        Step(
            "pre",
            "Pre-activations",
            r"Z = H W_1 + b_1",
            lambda H, W1, b1: H @ W1 + b1,
            work=lambda H, W1, b1: affine_work(H, W1, b1),
        ),
        Step(
            "hidden",
            "Hidden activations",
            r"\varphi(Z)",
            _active,
            work=_hidden_work,
            formula_for=lambda activation, gelu: (
                r"\max(0, Z)" if activation == "relu" else gelu_formula("Z", gelu)
            ),
        ),
        Step(
            "output",
            "Output",
            r"\varphi(Z)\, W_2 + b_2",
            lambda hidden, W2, b2: hidden @ W2 + b2,
            final=True,
            work=lambda hidden, W2, b2: affine_work(hidden, W2, b2),
            formula_for=Among(
                "activation",
                {"relu": r"\max(0, Z)\, W_2 + b_2", "gelu": r"\mathrm{GELU}(Z)\, W_2 + b_2"},
            ),
        ),
    ),
    slips=(
        Slip(
            "no-activation",
            "hidden",
            lambda pre: pre,
            "The non-linearity between the two layers is missing; without it they collapse to one "
            "matrix.",
            when=lambda pre, hidden: differ(pre, hidden),
        ),
        Slip(
            "activation-on-output",
            "output",
            lambda hidden, W2, b2, activation, gelu, line: _active(
                line(hidden @ W2 + b2), activation, gelu, line
            ),
            "The second layer is linear: no activation after W2.",
            when=lambda output, activation: (
                bool(np.any(np.abs(output) > TIE))
                if activation == "gelu"
                else bool(np.any(output < -TIE))
            ),
        ),
        Slip(
            "b1-dropped",
            "pre",
            lambda H, W1: H @ W1,
            "The bias b1 is missing.",
            when=lambda b1: bool(np.any(np.abs(b1) > TIE)),
        ),
        Slip(
            "b2-dropped",
            "output",
            lambda hidden, W2: hidden @ W2,
            "The bias b2 is missing.",
            when=lambda b2: bool(np.any(np.abs(b2) > TIE)),
        ),
        Slip(
            "columns",
            "pre",
            lambda H, W1, b1: H @ W1.T + b1,
            "Tokens are rows here: multiply H W1, not W1 H.",
            when=lambda H, W1: W1.shape[0] == W1.shape[1] and differ(H @ W1, H @ W1.T),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("weight-orientation-row-column",),
    items=("dl-ffn", "dl-encoder-block"),
)
