"""Views, positives and negatives of a batch (Chen et al. 2020; Radford et al. 2021)."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.families.attention_transformer._counts import demand_count, product, whole
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work

_MOST = 100_000_000


def check(N: float) -> None:
    """A batch holds at least one example."""
    demand_count("N", N, _MOST)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A handful, then a hundred, then a real batch."""
    low, high = {1: (3, 10), 2: (16, 100), 3: (128, 4097)}[level]
    return {"N": int(rng.integers(low, high))}


FAMILY = Family(
    id="contrastive-counts",
    topic="contrastive",
    title="Positives and negatives of a contrastive batch",
    task="Count the views and the negatives of one anchor when every example is seen in two "
    "views, and the positive and negative pairs when N images meet N texts.",
    sources=("ece493",),
    givens=(Given("N", "N", "examples in the batch", kind="integer"),),
    steps=(
        Step(
            "views",
            "Views",
            "2N",
            lambda N: 2 * N,
            kind="integer",
            work=lambda N: [Work((), product(2, N))],
        ),
        Step(
            "negatives",
            "Negatives of one anchor",
            "2N - 2",
            lambda views: views - 2,
            final=True,
            kind="integer",
            work=lambda views: [Work((), f"{whole(views)} - 2")],
        ),
        Step(
            "pairs",
            "Image-text pairs compared",
            "N^2",
            lambda N: N * N,
            kind="integer",
            work=lambda N: [Work((), product(N, N))],
        ),
        Step(
            "pair_negatives",
            "Negative pairs among them",
            "N^2 - N",
            lambda N, pairs: pairs - N,
            final=True,
            kind="integer",
            work=lambda N, pairs: [Work((), f"{whole(pairs)} - {whole(N)}")],
        ),
    ),
    slips=(
        Slip(
            "one-view",
            "views",
            lambda N: N,
            "Every example gives TWO views.",
        ),
        Slip(
            "self-counted",
            "negatives",
            lambda views: views - 1,
            "The anchor is not its own negative: two views drop out, itself and its partner.",
        ),
        Slip(
            "examples-for-views",
            "negatives",
            lambda N: N - 1,
            "Both views of every other example are negatives: 2(N - 1).",
            when=lambda N: N > 1,
        ),
        Slip(
            "unordered-pairs",
            "pairs",
            lambda N: N * (N - 1) / 2,
            "Every image meets every text: N², not the pairs within one set.",
        ),
        Slip(
            "positives-counted",
            "pair_negatives",
            lambda pairs: pairs,
            "The N matching pairs are positives; they are not counted.",
        ),
    ),
    make=make,
    check=check,
    items=("dl-simclr", "dl-clip-negatives"),
)
