"""Shapes and score entries of multi-head attention (Vaswani et al. 2017, section 3.2.2)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.attention_transformer._counts import demand_count, product, whole
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work

MOST_TOKENS = 1_000_000
MOST_WIDTH = 100_000
MOST_HEADS = 1_000


def _shape(rows: float, columns: float) -> Any:
    return np.array([rows, columns], dtype=float)


def _concat(n: float, H: float, d_v: float) -> Any:
    return _shape(n, H * d_v)


def _entries(n: float, H: float, layers: float) -> float:
    return layers * H * n * n


def _shape_work(rows: float, columns: float) -> list[Work]:
    return [Work((0,), whole(rows)), Work((1,), whole(columns))]


def check(n: float, d_model: float, H: float, d_k: float, d_v: float, layers: float) -> None:
    """All sizes are whole numbers of at least 1."""
    demand_count("n", n, MOST_TOKENS)
    demand_count("d_model", d_model, MOST_WIDTH)
    demand_count("H", H, MOST_HEADS)
    demand_count("d_k", d_k, MOST_WIDTH)
    demand_count("d_v", d_v, MOST_WIDTH)
    demand_count("layers", layers, MOST_HEADS)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A few tokens in one layer; a width per head of its own; several layers."""
    H = int(rng.choice((2, 3, 4) if level < 3 else (4, 8, 12)))
    d_k = int(rng.choice((2, 4, 8) if level < 3 else (16, 32, 64)))
    return {
        "n": int(rng.choice((3, 5, 6, 7) if level == 1 else (10, 12, 20, 50))),
        "d_model": H * d_k if level < 3 else H * d_k + int(rng.choice((0, 16))),
        "H": H,
        "d_k": d_k,
        "d_v": d_k if level == 1 else int(d_k * rng.choice((0.5, 2, 3))),
        "layers": 1 if level == 1 else int(rng.choice((2, 3, 6, 12))),
    }


def avoid(n: float, d_model: float, d_k: float, d_v: float) -> str | None:
    """Sizes that agree by chance, so that a mistake would not show."""
    return "equal sizes" if len({n, d_model, d_k}) < 3 or n == d_v else None


FAMILY = Family(
    id="attention-shapes",
    topic="attention-transformer",
    title="Shapes of multi-head attention",
    task="Give the shape of every matrix of multi-head attention, tokens as rows, and count the "
    "attention scores.",
    sources=("hub", "ece493"),
    givens=(
        Given("n", "n", "number of tokens", kind="integer"),
        Given("d_model", r"d_{\text{model}}", "model width", kind="integer"),
        Given("H", "H", "number of heads", kind="integer"),
        Given("d_k", "d_k", "width of the queries and keys of one head", kind="integer"),
        Given("d_v", "d_v", "width of the values of one head", kind="integer"),
        Given("layers", "L", "number of layers", kind="integer", default=1.0),
    ),
    steps=(
        Step(
            "W_Q",
            "Shape of W_Q and W_K of one head",
            r"d_{\text{model}} \times d_k",
            lambda d_model, d_k: _shape(d_model, d_k),
            kind="integer",
            work=lambda d_model, d_k: _shape_work(d_model, d_k),
        ),
        Step(
            "Q",
            "Shape of Q and K of one head",
            r"n \times d_k",
            lambda n, d_k: _shape(n, d_k),
            kind="integer",
            work=lambda n, d_k: _shape_work(n, d_k),
        ),
        Step(
            "V",
            "Shape of V of one head",
            r"n \times d_v",
            lambda n, d_v: _shape(n, d_v),
            kind="integer",
            work=lambda n, d_v: _shape_work(n, d_v),
        ),
        Step(
            "scores",
            "Shape of the scores of one head",
            r"n \times n",
            lambda n: _shape(n, n),
            kind="integer",
            work=lambda n: _shape_work(n, n),
        ),
        Step(
            "head",
            "Shape of the output of one head",
            r"n \times d_v",
            lambda n, d_v: _shape(n, d_v),
            kind="integer",
            work=lambda n, d_v: _shape_work(n, d_v),
        ),
        Step(
            "concat",
            "Shape of the heads side by side",
            r"n \times H d_v",
            _concat,
            kind="integer",
            work=lambda n, H, d_v: [Work((0,), whole(n)), Work((1,), product(H, d_v))],
        ),
        Step(
            "W_O",
            "Shape of W_O",
            r"H d_v \times d_{\text{model}}",
            lambda d_model, H, d_v: _shape(H * d_v, d_model),
            kind="integer",
            work=lambda d_model, H, d_v: [Work((0,), product(H, d_v)), Work((1,), whole(d_model))],
        ),
        Step(
            "output",
            "Shape of the output",
            r"n \times d_{\text{model}}",
            lambda n, d_model: _shape(n, d_model),
            final=True,
            kind="integer",
            work=lambda n, d_model: _shape_work(n, d_model),
        ),
        Step(
            "score_entries",
            "Attention scores in all heads and layers",
            r"L H n^2",
            _entries,
            final=True,
            kind="integer",
            work=lambda n, H, layers: [Work((), product(layers, H, n, n))],
        ),
    ),
    slips=(
        Slip(
            "projection-transposed",
            "W_Q",
            lambda d_model, d_k: _shape(d_k, d_model),
            "Tokens are rows, so X is multiplied by W_Q from the right: W_Q has d_model rows.",
            when=lambda d_model, d_k: d_k != d_model,
        ),
        Slip(
            "features-compared",
            "scores",
            lambda d_k: _shape(d_k, d_k),
            "QKᵀ compares tokens with tokens (n × n); QᵀK would compare features.",
            when=lambda n, d_k: d_k != n,
        ),
        Slip(
            "key-width-for-values",
            "head",
            lambda n, d_k: _shape(n, d_k),
            "A head gives averages of VALUES, so its width is d_v.",
            when=lambda d_k, d_v: d_k != d_v,
        ),
        Slip(
            "heads-added",
            "concat",
            lambda n, d_v: _shape(n, d_v),
            "The heads stand side by side; they are not added.",
            when=lambda H: H > 1,
        ),
        Slip(
            "one-head-only",
            "score_entries",
            lambda n, layers: layers * n * n,
            "Every head has a score matrix of its own.",
            when=lambda H: H > 1,
        ),
        Slip(
            "one-layer-only",
            "score_entries",
            lambda n, H: H * n * n,
            "Every layer has score matrices of its own.",
            when=lambda layers: layers > 1,
        ),
        Slip(
            "pairs-once",
            "score_entries",
            lambda n, H, layers: layers * H * n * (n - 1) / 2,
            "Scores belong to ordered pairs, a token with itself included: n², not n(n-1)/2.",
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=(
        "hub-qkv-shapes",
        "hub-multihead-def",
        "hub-attn-complexity",
    ),
)
