"""What the lines of an encoder block compute, and how it is written out."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.attention_transformer._layer_norm import (
    layer_norm,
    layer_norm_work,
)
from quizapp.exercises.families.attention_transformer._matrices import copied
from quizapp.exercises.family import Work
from quizapp.exercises.functions import softmax
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, factor, frac, num


def normed(rows: Any, eps: float, line: Line, *, here: bool) -> Any:
    """The rows normalized, or as they are where no layer norm stands here."""
    return layer_norm(rows, eps, line) if here else rows


def normed_work(rows: Any, eps: float, *, here: bool) -> list[Work]:
    """The work of ``normed``."""
    return layer_norm_work(rows, eps) if here else copied(rows)


def scores(attn_in: Any, W_Q: Any, W_K: Any, line: Line = exact) -> Any:
    """Inner products of queries and keys; both projections are inner lines."""
    return line(line(attn_in @ W_Q) @ line(attn_in @ W_K).T)


def scaled(attn_in: Any, W_Q: Any, W_K: Any, line: Line = exact) -> Any:
    """The scores over the root of the key width."""
    return line(scores(attn_in, W_Q, W_K, line) / line(np.sqrt(W_K.shape[1])))


def row_weights(scaled: Any, line: Line) -> Any:
    """The weights of each row; a single key has weight 1 without any computation."""
    return np.ones_like(scaled) if scaled.shape[1] == 1 else softmax(scaled, line)


def hidden(ffn_in: Any, W1: Any, b1: Any, line: Line = exact) -> Any:
    """Pre-activations of the feed-forward network."""
    return line(ffn_in @ W1 + b1)


def ffn(ffn_in: Any, W1: Any, b1: Any, W2: Any, b2: Any, line: Line) -> Any:
    """The feed-forward network with its ReLU."""
    return np.maximum(hidden(ffn_in, W1, b1, line), 0.0) @ W2 + b2


def without_relu(ffn_in: Any, W1: Any, b1: Any, W2: Any, b2: Any, line: Line) -> Any:
    """The feed-forward network as two linear layers."""
    return hidden(ffn_in, W1, b1, line) @ W2 + b2


def weights_work(attn_in: Any, W_Q: Any, W_K: Any) -> list[Work]:
    """Every weight: e to the scaled score over the sum of its row."""
    Q, K = attn_in @ W_Q, attn_in @ W_K
    logits = scaled(attn_in, W_Q, W_K)
    root = rf"\sqrt{{{W_K.shape[1]}}}"
    return [
        Work(
            (i, j),
            frac(f"e^{{{frac(dot(Q[i], K[j]), root)}}}", " + ".join(exp(x) for x in logits[i])),
        )
        for i, j in entries(logits)
    ]


def attended_work(weights: Any, attn_in: Any, W_V: Any, W_O: Any) -> list[Work]:
    """Every entry of A (H W_V) W_O."""
    values = attn_in @ W_V

    def latex(i: int, j: int) -> str:
        mixed = [rf"({dot(weights[i], column)})" for column in values.T]
        return " + ".join(rf"{m} \cdot {factor(w)}" for m, w in zip(mixed, W_O[:, j], strict=True))

    return [Work((i, j), latex(i, j)) for i in range(len(weights)) for j in range(W_O.shape[1])]


def ffn_work(ffn_in: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> list[Work]:
    """Every entry of the output of the feed-forward network."""
    pre = hidden(ffn_in, W1, b1)

    def latex(i: int, j: int) -> str:
        terms = [
            rf"\max(0, {num(z)}) \cdot {factor(w)}" for z, w in zip(pre[i], W2[:, j], strict=True)
        ]
        return " + ".join([*terms, factor(b2[j])])

    return [Work((i, j), latex(i, j)) for i in range(len(pre)) for j in range(W2.shape[1])]
