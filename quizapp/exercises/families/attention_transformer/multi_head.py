"""Multi-head self-attention (Vaswani et al. 2017, section 3.2.2)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families.attention_transformer._matrices import (
    copied,
    differ,
    product_work,
)
from quizapp.exercises.families.attention_transformer.attention import weights_work
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import softmax
from quizapp.exercises.substitution import dot, entries, frac

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

MOST_SCORES = 1_000_000
_SMALLEST = 0.005  # a smaller weight nearly rounds to 0
_LARGEST = 4.0  # beyond it e^x has too few or too many digits for the hand
_TOKENS = ((1, 0), (0, 1), (1, 1), (1, -1), (-1, 1), (2, 1), (1, 2))
_DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1), (-1, 0), (0, -1), (-1, 1))


def _scores(Q: Any, K: Any) -> Any:
    return Q @ K.transpose(0, 2, 1)


def _scaled(Q: Any, K: Any, line: Line) -> Any:
    return _scores(Q, K) / line(np.sqrt(K.shape[2]))


def _side_by_side(heads: Any) -> Any:
    return np.concatenate(list(heads), axis=1)


def _of_heads(works: list[list[Work]]) -> list[Work]:
    """The work of every head, its number in front of the index."""
    return [Work((h, *w.index), w.latex) for h, of_head in enumerate(works) for w in of_head]


def _projection_work(X: Any, W: Any) -> list[Work]:
    return _of_heads([product_work(X, of_head) for of_head in W])


def _scaled_work(Q: Any, K: Any, value: Any) -> list[Work]:
    root = rf"\sqrt{{{K.shape[2]}}}"
    return [Work((h, i, j), frac(dot(Q[h, i], K[h, j]), root)) for h, i, j in entries(value)]


def _weights_work(scaled: Any, value: Any) -> list[Work]:
    return _of_heads([weights_work(s, v) for s, v in zip(scaled, value, strict=True)])


def _heads_work(weights: Any, V: Any) -> list[Work]:
    return _of_heads([product_work(w, v) for w, v in zip(weights, V, strict=True)])


def check(X: Any, W_V: Any, W_O: Any) -> None:
    """W_O has a row for every column of the concatenated heads."""
    width = W_V.shape[0] * W_V.shape[2]
    if len(W_O) != width:
        raise GivenError(
            f"'W_O' needs H d_v = {W_V.shape[0]} · {W_V.shape[2]} = {width} rows, one for each "
            f"column of the heads, but has {len(W_O)}.",
            where="W_O",
        )
    if len(W_V) * len(X) ** 2 > MOST_SCORES:
        raise GivenError(
            f"{len(W_V)} heads over {len(X)} tokens have more than {MOST_SCORES} scores; "
            "shorten the sequence.",
            where="X",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two heads: one key column each, then two, then three tokens of width 4."""
    n, d, width = {1: (2, 2, 1), 2: (2, 2, 2), 3: (3, 4, 2)}[level]
    projections = {
        name: rng.choice((-1, 0, 1), size=(2, d, width)) for name in ("W_Q", "W_K", "W_V")
    }
    if level == 1:
        projections["W_Q"] = rng.permutation(_DIRECTIONS)[:2, :, None]
        projections["W_K"] = rng.permutation(_DIRECTIONS)[:2, :, None]
    return {
        "X": rng.choice((-1, 0, 1), size=(n, d)) if d > 2 else rng.permutation(_TOKENS)[:n],
        **projections,
        "W_O": rng.choice((-1, 0, 1), size=(2 * width, d)),
    }


def avoid(V: Any, scaled: Any, weights: Any, heads: Any, output: Any) -> str | None:
    """Equal heads, equal scores in a row, equal values, numbers too large for the hand."""
    if np.array_equal(heads[0], heads[1]):
        return "equal heads"
    if np.any(np.ptp(scaled, axis=2) == 0):
        return "equal scores in a row of a head"
    if np.any(np.ptp(V, axis=1).max(axis=1) == 0):
        return "equal values"
    if np.abs(scaled).max() > _LARGEST:
        return "large scores"
    if weights.min() < _SMALLEST:
        return "saturated weights"
    return None if output.any() else "no output"


FAMILY = Family(
    id="multi-head",
    topic="attention-transformer",
    title="Multi-head self-attention",
    task=(
        "Let every head attend with its own projections, then put the heads side by side and "
        "project them to the output."
    ),
    sources=("hub", "ece493"),
    givens=(
        Given("X", "X", "tokens, one per row", "n x d"),
        Given("W_Q", "W_Q", "projections to the queries, one matrix per head", "H x d x d_k"),
        Given("W_K", "W_K", "projections to the keys, one matrix per head", "H x d x d_k"),
        Given("W_V", "W_V", "projections to the values, one matrix per head", "H x d x d_v"),
        Given("W_O", "W_O", "projection of the concatenated heads", "Hd_v x d"),
    ),
    steps=(
        Step(
            "Q",
            "Queries, head by head",
            r"Q^{(h)} = X W_Q^{(h)}",
            lambda X, W_Q: X @ W_Q,
            work=lambda X, W_Q: _projection_work(X, W_Q),
        ),
        Step(
            "K",
            "Keys, head by head",
            r"K^{(h)} = X W_K^{(h)}",
            lambda X, W_K: X @ W_K,
            work=lambda X, W_K: _projection_work(X, W_K),
        ),
        Step(
            "V",
            "Values, head by head",
            r"V^{(h)} = X W_V^{(h)}",
            lambda X, W_V: X @ W_V,
            work=lambda X, W_V: _projection_work(X, W_V),
        ),
        Step(
            "scaled",
            "Scaled scores, head by head",
            r"S^{(h)} = \frac{Q^{(h)} K^{(h)\top}}{\sqrt{d_k}}",
            _scaled,
            work=_scaled_work,
        ),
        Step(
            "weights",
            "Attention weights, head by head",
            r"A^{(h)} = \mathrm{softmax}(S^{(h)})",
            lambda scaled, line: softmax(scaled, line),
            work=_weights_work,
        ),
        Step(
            "heads",
            "Heads",
            r"\mathrm{head}_h = A^{(h)} V^{(h)}",
            lambda weights, V: weights @ V,
            work=_heads_work,
        ),
        Step(
            "concat",
            "Heads side by side",
            r"C = [\mathrm{head}_1, \ldots, \mathrm{head}_H]",
            _side_by_side,
            work=copied,
        ),
        Step(
            "output",
            "Output",
            r"C W_O",
            lambda concat, W_O: concat @ W_O,
            final=True,
            work=lambda concat, W_O: product_work(concat, W_O),
        ),
    ),
    slips=(
        Slip(
            "summed-heads",
            "output",
            lambda heads: heads.sum(axis=0),
            "Heads are concatenated and projected with W_O, not added.",
            when=lambda heads, output: (
                heads.shape[2] == output.shape[1] and differ(heads.sum(axis=0), output)
            ),
        ),
        Slip(
            "no-output-projection",
            "output",
            lambda concat: concat,
            "The projection W_O after the concatenation is missing.",
            when=lambda concat, output: concat.shape == output.shape and differ(concat, output),
        ),
        Slip(
            "d_model-scaling",
            "scaled",
            lambda Q, K, X, line: _scores(Q, K) / line(np.sqrt(X.shape[1])),
            "Each head divides by the root of its own key width d_k, not of the model width.",
            when=lambda scaled, K, X: X.shape[1] != K.shape[2] and scaled.any(),
        ),
        Slip(
            "no-scaling",
            "scaled",
            _scores,
            "The division by √d_k is missing.",
            when=lambda scaled, K: K.shape[2] > 1 and scaled.any(),
        ),
        Slip(
            "heads-reversed",
            "concat",
            lambda heads: _side_by_side(heads[::-1]),
            "The order of the heads must match the row blocks of W_O: head 1 first.",
            when=lambda heads: differ(heads[::-1], heads),
        ),
        Slip(
            "column-softmax",
            "weights",
            lambda scaled, line: softmax(scaled, line, axis=1),
            "The softmax runs along each row (one query over all keys).",
            when=lambda X: len(X) > 1,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("permutation-invariant-vs-equivariant",),
    items=("hub-multihead-def", "hub-head-specialise", "dl-mha", "dl-self-attention"),
)
