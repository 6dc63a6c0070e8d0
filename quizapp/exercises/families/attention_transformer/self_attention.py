"""Self-attention with learned projections (Vaswani et al. 2017, sections 3.2.1 and 3.2.3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.attention_transformer.attention import weights_work
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, softmax
from quizapp.exercises.substitution import dot, entries, frac, num

MOST_TOKENS = 1_000
_SMALLEST = 0.005  # a smaller weight nearly rounds to 0
_LARGEST = 4.0  # beyond it e^x has too few or too many digits for the hand


def _product_work(product: Any, left: Any, right: Any) -> list[Work]:
    """Every entry of a matrix product, row by column."""
    return [Work((i, j), dot(left[i], right[:, j])) for i, j in entries(product)]


def _scaled_work(scores: Any, K: Any) -> list[Work]:
    root = rf"\sqrt{{{K.shape[1]}}}"
    return [Work(at, frac(num(scores[at]), root)) for at in entries(scores)]


def check(X: Any) -> None:
    """There are no more tokens than n x n scores can be checked for."""
    if len(X) > MOST_TOKENS:
        raise GivenError(
            f"'X' has {len(X)} tokens; at most {MOST_TOKENS} can be checked.", where="X"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two tokens with one key column, two with two, then three tokens."""
    n, d_k = {1: (2, 1), 2: (2, 2), 3: (3, 2)}[level]
    tokens = (-1, 0, 1, 2) if level == 2 else (-1, 0, 1)
    draw = (-1, 1, 2) if level == 1 else (-1, 0, 1)
    return {
        "X": rng.choice(tokens, size=(n, 2)),
        "W_Q": rng.choice(draw, size=(2, d_k)),
        "W_K": rng.choice(draw, size=(2, d_k)),
        "W_V": rng.choice(draw, size=(2, d_k)),
    }


def avoid(W_Q: Any, W_K: Any, scores: Any, scaled: Any, V: Any, weights: Any) -> str | None:
    """Equal projections, equal scores in a row, equal values, numbers too large for the hand."""
    if np.array_equal(W_Q, W_K):
        return "equal projections"
    if np.any(np.ptp(scores, axis=1) == 0):
        return "equal scores in a row"
    if np.any(np.ptp(V, axis=0) == 0):
        return "equal values"
    if np.abs(scaled).max() > _LARGEST:
        return "large scores"
    return "saturated weights" if weights.min() < _SMALLEST else None


def _differ(a: Any, b: Any) -> bool:
    """Whether a reader could tell one line from the other."""
    return a.shape != b.shape or bool(np.any(np.abs(a - b) > TIE))


FAMILY = Family(
    id="self-attention",
    topic="attention-transformer",
    title="Self-attention with projections",
    task="Project the tokens to queries, keys and values, then compute the attention output.",
    sources=("hub", "ece493"),
    givens=(
        Given("X", "X", "tokens, one per row", "n x d"),
        Given("W_Q", "W_Q", "projection to the queries", "d x d_k"),
        Given("W_K", "W_K", "projection to the keys", "d x d_k"),
        Given("W_V", "W_V", "projection to the values", "d x d_v"),
    ),
    steps=(
        Step(
            "Q",
            "Queries",
            r"Q = X W_Q",
            lambda X, W_Q: X @ W_Q,
            work=lambda X, W_Q, value: _product_work(value, X, W_Q),
        ),
        Step(
            "K",
            "Keys",
            r"K = X W_K",
            lambda X, W_K: X @ W_K,
            work=lambda X, W_K, value: _product_work(value, X, W_K),
        ),
        Step(
            "V",
            "Values",
            r"V = X W_V",
            lambda X, W_V: X @ W_V,
            work=lambda X, W_V, value: _product_work(value, X, W_V),
        ),
        Step(
            "scores",
            "Scores",
            r"QK^\top",
            lambda Q, K: Q @ K.T,
            work=lambda Q, K, value: _product_work(value, Q, K.T),
        ),
        Step(
            "scaled",
            "Scaled scores",
            r"\frac{QK^\top}{\sqrt{d_k}}",
            lambda scores, K, line: scores / line(np.sqrt(K.shape[1])),
            work=_scaled_work,
        ),
        Step(
            "weights",
            "Attention weights",
            r"A = \mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)",
            lambda scaled, line: softmax(scaled, line=line),
            work=weights_work,
        ),
        Step(
            "output",
            "Output",
            "A V",
            lambda weights, V: weights @ V,
            final=True,
            work=lambda weights, V, value: _product_work(value, weights, V),
        ),
    ),
    slips=(
        Slip(
            "no-scaling",
            "scaled",
            lambda scores: scores,
            "The division by √d_k is missing.",
            when=lambda scores, K: K.shape[1] > 1 and scores.any(),
        ),
        Slip(
            "d_model-scaling",
            "scaled",
            lambda scores, X, line: scores / line(np.sqrt(X.shape[1])),
            "Divide by the root of the key width d_k, not of the model width.",
            when=lambda scores, X, K: X.shape[1] != K.shape[1] and scores.any(),
        ),
        Slip(
            "queries-keys-swapped",
            "scores",
            lambda Q, K: K @ Q.T,
            "Row i must hold query i against all keys; here queries and keys are exchanged (the "
            "matrix is transposed).",
            when=lambda scores: _differ(scores, scores.T),
        ),
        Slip(
            "column-softmax",
            "weights",
            lambda scaled, line: softmax(scaled, line, axis=0),
            "The softmax runs along each row (one query over all keys).",
            when=lambda X: len(X) > 1,
        ),
        Slip(
            "values-unprojected",
            "output",
            lambda weights, X: weights @ X,
            "The weights average the projected values X W_V, not the tokens themselves.",
            when=lambda X, V: _differ(V, X),
        ),
        Slip(
            "wrong-key-matrix",
            "K",
            lambda X, W_Q: X @ W_Q,
            "Keys have their own projection W_K; here W_Q was used twice.",
            when=lambda Q, K: _differ(K, Q),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("permutation-invariant-vs-equivariant",),
    items=(
        "hub-qkv-projection",
        "hub-self-attention-def",
        "hub-qkv-shapes",
        "hub-qkv-roles",
        "hub-perm-equivariance",
    ),
)
