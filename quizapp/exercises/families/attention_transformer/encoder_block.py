"""One Transformer encoder block with a single head.

Post-norm: Vaswani et al. 2017, section 3.1; pre-norm: Xiong et al. 2020.
"""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.attention_transformer._encoder import (
    attended_work,
    ffn,
    ffn_work,
    hidden,
    normed,
    normed_work,
    row_weights,
    scaled,
    scores,
    weights_work,
    without_relu,
)
from quizapp.exercises.families.attention_transformer._matrices import added_work, differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step
from quizapp.exercises.functions import TIE

MOST_TOKENS = 1_000
_SMALLEST = 0.005  # a smaller weight nearly rounds to 0
_LARGEST = 4.0  # beyond it e^x has too few or too many digits for the hand
_FLAT = 0.3  # the root of a smaller variance magnifies what was rounded
_NEARLY_CONSTANT = 0.05
_POST = "post"


def check(X: Any, eps: float) -> None:
    """Constant rows can be normalized only with a positive eps."""
    if len(X) > MOST_TOKENS:
        raise GivenError(
            f"'X' has {len(X)} tokens; at most {MOST_TOKENS} can be checked.", where="X"
        )
    if eps < 0:
        raise GivenError("'eps' stands inside a root; it is 0 or positive.", where="eps")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One token (its weight is 1); two with identity projections; two with all matrices."""
    n, d, d_ff = {1: (1, 2, 2), 2: (2, 3, 2), 3: (2, 3, 3)}[level]

    def projection() -> Any:
        return np.eye(d) if level == 2 else rng.choice((-1, 0, 1), size=(d, d))

    return {
        "X": rng.integers(-2, 4 if level == 1 else 3, size=(n, d)),
        "W_Q": projection(),
        "W_K": projection(),
        "W_V": projection(),
        "W_O": projection(),
        "W1": rng.choice((-1, 0, 1), size=(d, d_ff)),
        "b1": rng.choice((-1, 0, 0.5, 1), size=d_ff),
        "W2": rng.choice((-1, 0, 1), size=(d_ff, d)),
        "b2": rng.choice((-1, 0, 1), size=d),
        "eps": 1e-5,
    }


def _least_variance(lines: tuple[Any, ...]) -> float:
    """The smallest variance of any row."""
    return min(float(rows.var(axis=1).min()) for rows in lines)


def avoid(
    X: Any, attn_in: Any, W_Q: Any, W_K: Any, weights: Any, attended: Any, residual1: Any,
    mid: Any, ffn_in: Any, W1: Any, b1: Any, ffn: Any, residual2: Any, norm_position: str,
) -> str | None:  # fmt: skip
    """Rows that hardly vary before a layer norm, be it after a slip, and large numbers."""
    post = norm_position == _POST
    if _least_variance((residual1, residual2) if post else (X, mid)) < _FLAT:
        return "a row that hardly varies"
    if _least_variance((attended, ffn, X + ffn) if post else (attended,)) < _NEARLY_CONSTANT:
        return "a row that hardly varies after a slip"
    if max(np.abs(scaled(rows, W_Q, W_K)).max() for rows in (X, attn_in)) > _LARGEST:
        return "large scores"
    if weights.min() < _SMALLEST:
        return "saturated weights"
    if len(weights) > 1 and np.all(np.ptp(weights, axis=1) <= TIE):
        return "equal scores"
    return "no hidden unit on" if (hidden(ffn_in, W1, b1) <= TIE).all() else None


FAMILY = Family(
    id="encoder-block",
    topic="attention-transformer",
    title="One Transformer encoder block (single head)",
    task=(
        "Compute the output of the encoder block: self-attention, then the feed-forward network "
        "with ReLU, each with its residual and layer norm (scale 1, shift 0)."
    ),
    sources=("ece493",),
    givens=(
        Given("X", "X", "tokens, one per row", "n x d"),
        Given("W_Q", "W_Q", "projection to the queries", "d x d"),
        Given("W_K", "W_K", "projection to the keys", "d x d"),
        Given("W_V", "W_V", "projection to the values", "d x d"),
        Given("W_O", "W_O", "projection of the attention output", "d x d"),
        Given("W1", "W_1", "weights of the first layer of the FFN", "d x d_ff"),
        Given("b1", "b_1", "bias of the first layer of the FFN", "d_ff"),
        Given("W2", "W_2", "weights of the second layer of the FFN", "d_ff x d"),
        Given("b2", "b_2", "bias of the second layer of the FFN", "d"),
        Given("eps", r"\varepsilon", "small number inside the roots of the layer norms"),
    ),
    conventions={"norm_position": (_POST, "pre")},
    steps=(
        Step(
            "attn_in",
            "Input of the attention",
            r"H = X \text{ (pre-norm: } \mathrm{LN}(X) \text{)}",
            lambda X, eps, norm_position, line: normed(X, eps, line, here=norm_position != _POST),
            work=lambda X, eps, norm_position: normed_work(X, eps, here=norm_position != _POST),
            formula_for=Among("norm_position", {"post": r"H = X", "pre": r"H = \mathrm{LN}(X)"}),
        ),
        Step(
            "weights",
            "Attention weights",
            r"A = \mathrm{softmax}\left(\frac{(H W_Q)(H W_K)^\top}{\sqrt{d}}\right)",
            lambda attn_in, W_Q, W_K, line: row_weights(scaled(attn_in, W_Q, W_K, line), line),
            work=weights_work,
        ),
        Step(
            "attended",
            "Attention output",
            r"A (H W_V) W_O",
            lambda weights, attn_in, W_V, W_O, line: line(weights @ line(attn_in @ W_V)) @ W_O,
            work=attended_work,
        ),
        Step(
            "residual1",
            "First residual sum",
            r"R_1 = X + A (H W_V) W_O",
            lambda X, attended: X + attended,
            work=lambda X, attended: added_work(X, attended),
        ),
        Step(
            "mid",
            "After the first sublayer",
            r"M = \mathrm{LN}(R_1) \text{ (pre-norm: } R_1 \text{)}",
            lambda residual1, eps, norm_position, line: normed(
                residual1, eps, line, here=norm_position == _POST
            ),
            work=lambda residual1, eps, norm_position: normed_work(
                residual1, eps, here=norm_position == _POST
            ),
            formula_for=Among(
                "norm_position", {"post": r"M = \mathrm{LN}(R_1)", "pre": r"M = R_1"}
            ),
        ),
        Step(
            "ffn_in",
            "Input of the feed-forward network",
            r"N = M \text{ (pre-norm: } \mathrm{LN}(M) \text{)}",
            lambda mid, eps, norm_position, line: normed(
                mid, eps, line, here=norm_position != _POST
            ),
            work=lambda mid, eps, norm_position: normed_work(mid, eps, here=norm_position != _POST),
            formula_for=Among("norm_position", {"post": r"N = M", "pre": r"N = \mathrm{LN}(M)"}),
        ),
        Step(
            "ffn",
            "Output of the feed-forward network",
            r"F = \max(0, N W_1 + b_1)\, W_2 + b_2",
            ffn,
            work=ffn_work,
        ),
        Step(
            "residual2",
            "Second residual sum",
            r"R_2 = M + F",
            lambda mid, ffn: mid + ffn,
            work=lambda mid, ffn: added_work(mid, ffn),
        ),
        Step(
            "output",
            "Output",
            r"\mathrm{LN}(R_2) \text{ (pre-norm: } R_2 \text{)}",
            lambda residual2, eps, norm_position, line: normed(
                residual2, eps, line, here=norm_position == _POST
            ),
            final=True,
            work=lambda residual2, eps, norm_position: normed_work(
                residual2, eps, here=norm_position == _POST
            ),
            formula_for=Among("norm_position", {"post": r"\mathrm{LN}(R_2)", "pre": r"R_2"}),
        ),
    ),
    slips=(
        Slip(
            "first-residual-omitted",
            "residual1",
            lambda attended: attended,
            "The residual around the attention is missing.",
            when=lambda X: bool(np.any(np.abs(X) > TIE)),
        ),
        Slip(
            "second-residual-omitted",
            "residual2",
            lambda ffn: ffn,
            "The residual around the feed-forward part is missing.",
            when=lambda mid: bool(np.any(np.abs(mid) > TIE)),
        ),
        Slip(
            "residual-from-the-start",
            "residual2",
            lambda X, ffn: X + ffn,
            "The second residual starts from the output of the first sublayer, not from X.",
            when=lambda X, mid: differ(X, mid),
        ),
        Slip(
            "norm-skipped",
            "mid",
            lambda residual1: residual1,
            "Post-norm normalizes after each of the two additions; the first one is missing.",
            when=lambda residual1, mid, norm_position: (
                norm_position == _POST and differ(residual1, mid)
            ),
        ),
        Slip(
            "no-scaling",
            "weights",
            lambda attn_in, W_Q, W_K, line: row_weights(scores(attn_in, W_Q, W_K, line), line),
            "The division by √d is missing (here d_k = d).",
            when=lambda X, weights: X.shape[1] > 1 and bool(np.any(np.ptp(weights, axis=1) > TIE)),
        ),
        Slip(
            "no-relu",
            "ffn",
            without_relu,
            "The ReLU between the two FFN layers is missing.",
            when=lambda ffn_in, W1, b1, W2, b2, line, ffn: differ(
                without_relu(ffn_in, W1, b1, W2, b2, line), ffn
            ),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("permutation-invariant-vs-equivariant", "residual-post-activation-vs-plain"),
    items=("dl-encoder-block", "dl-ffn", "dl-self-attention", "dl-layernorm", "hub-residual"),
)
