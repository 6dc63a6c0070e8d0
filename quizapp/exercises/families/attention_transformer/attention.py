"""Scaled dot-product attention (Vaswani et al. 2017, section 3.2.1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import softmax
from quizapp.exercises.substitution import dot, entries, exp, frac, num


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two tokens with d_k = 4 (its root is 2), then three tokens with d_k = 2."""
    n, d = {1: (2, 4), 2: (3, 2), 3: (3, 4)}[level]
    draw = (-1, 0, 1) if level == 1 else (-1, 0, 1, 2)
    return {
        "Q": rng.choice(draw, size=(n, d)),
        "K": rng.choice(draw, size=(n, d)),
        "V": rng.choice((-1, 0, 1, 2, 3), size=(n, 2)),
    }


def avoid(Q: Any, K: Any, scores: Any, V: Any) -> str | None:
    """Tokens that are alike, rows of equal scores, values that make every average the same."""
    if len(np.unique(Q, axis=0)) < len(Q) or len(np.unique(K, axis=0)) < len(K):
        return "equal tokens"
    if np.any(np.ptp(scores, axis=1) == 0):
        return "equal scores in a row"
    return "equal values" if np.any(np.ptp(V, axis=0) == 0) else None


def _row_sums_are_not_zero(scaled: Any) -> bool:
    return bool(np.all(np.abs(scaled.sum(axis=1)) > 1e-9))


def _weights(scaled: Any, line: Any) -> Any:
    return softmax(scaled, line)


def _score_work(Q: Any, K: Any, value: Any) -> list[Work]:
    return [Work((i, j), dot(Q[i], K[j])) for i, j in entries(value)]


def _scaled_work(scores: Any, K: Any, value: Any) -> list[Work]:
    root = rf"\sqrt{{{K.shape[1]}}}"
    return [Work(at, frac(num(scores[at]), root)) for at in entries(value)]


def weights_work(scaled: Any, value: Any) -> list[Work]:
    """Each weight as e^x over the sum of its row."""
    return [
        Work((i, j), frac(exp(scaled[i, j]), " + ".join(exp(x) for x in scaled[i])))
        for i, j in entries(value)
    ]


def _output_work(weights: Any, V: Any, value: Any) -> list[Work]:
    return [Work((i, j), dot(weights[i], V[:, j])) for i, j in entries(value)]


FAMILY = Family(
    id="attention",
    topic="attention-transformer",
    title="Scaled dot-product attention",
    task="Compute the attention output, one query per row.",
    sources=("hub", "ece493"),
    givens=(
        Given("Q", "Q", "queries, one per row", "n x d_k"),
        Given("K", "K", "keys, one per row", "m x d_k"),
        Given("V", "V", "values, one per row", "m x d_v"),
    ),
    steps=(
        Step("scores", "Scores", r"QK^\top", lambda Q, K: Q @ K.T, work=_score_work),
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
            _weights,
            work=weights_work,
        ),
        Step(
            "output", "Output", "A V", lambda weights, V: weights @ V, final=True, work=_output_work
        ),
    ),
    slips=(
        Slip(
            "no-scaling",
            "scaled",
            lambda scores: scores,
            "The division by √d_k is missing.",
            when=lambda K: K.shape[1] > 1,
        ),
        Slip(
            "divided-by-d_k",
            "scaled",
            lambda scores, K: scores / K.shape[1],
            "The divisor is √d_k, not d_k.",
            when=lambda K: K.shape[1] > 1,
        ),
        Slip(
            "column-softmax",
            "weights",
            lambda scaled, line: softmax(scaled, line, axis=0),
            "The softmax runs along each row (one query over all keys); here the columns sum to 1.",
            when=lambda Q: Q.shape[0] > 1,
        ),
        Slip(
            "no-softmax",
            "weights",
            lambda scaled: scaled,
            "The softmax is missing: the weights of a query must be positive and sum to 1.",
        ),
        Slip(
            "plain-normalised",
            "weights",
            lambda scaled, line: scaled / line(scaled.sum(axis=1, keepdims=True)),
            "Dividing by the sum is not a softmax: exponentiate first.",
            when=_row_sums_are_not_zero,
        ),
        Slip(
            "keys-for-values",
            "output",
            lambda weights, K: weights @ K,
            "The weights average the values V, not the keys.",
            when=lambda K, V: not np.array_equal(K, V),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("bahdanau-vs-dot-product",),
    items=(
        "hub-sdpa-formula",
        "hub-attn-step1",
        "hub-attn-step2",
        "hub-attn-step3",
        "hub-attn-step4",
    ),
)
