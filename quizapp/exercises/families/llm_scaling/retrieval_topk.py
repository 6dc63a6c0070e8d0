"""Retrieval by maximum inner product (Lewis et al. 2020, section 2.2; Karpukhin et al. 2020)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot


def _lengths(rows: Any) -> Any:
    return np.linalg.norm(rows, axis=-1)


def _cosines(docs: Any, query: Any) -> Any:
    return docs @ query / (_lengths(docs) * _lengths(query))


def _nearness(docs: Any, query: Any) -> Any:
    return -_lengths(docs - query)


def _falling(values: Any) -> Any:
    """Document numbers (from 1) by falling value, those within TIE of one another by number."""
    order = np.argsort(-values, kind="stable")
    rising = -values[order]
    start = 0
    while start < len(order):
        end = int(np.searchsorted(rising, rising[start] + TIE, side="right"))
        order[start:end] = np.sort(order[start:end])
        start = max(end, start + 1)
    return order + 1


def _differ(a: Any, b: Any) -> bool:
    return bool(np.any(np.abs(a - b) > TIE))


def _cosine_shows(docs: Any, query: Any, scores: Any) -> bool:
    """Whether the documents differ in length and all have a cosine, not all equal to the score."""
    lengths = _lengths(docs)
    if lengths.min() <= TIE or _lengths(query) <= TIE or np.ptp(lengths) <= TIE:
        return False
    return _differ(_cosines(docs, query), scores)


def check(docs: Any, k: float) -> None:
    """There are as many documents as are asked for."""
    if not 1 <= k <= len(docs):
        raise GivenError(
            f"'k' is a whole number from 1 to {len(docs)}, the number of documents.", where="k"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three documents, four of different length, five with negative scores."""
    count, width = {1: (3, 2), 2: (4, 2), 3: (5, 3)}[level]
    low = 0 if level == 1 else -3
    query = rng.integers(low, 4, size=width)
    docs = rng.integers(low, 4, size=(count, width))
    if level == 3 and (docs @ query).min() >= 0:
        docs[0] *= -1
    return {"query": query, "docs": docs, "k": int(rng.integers(1, count))}


def avoid(query: Any, docs: Any, scores: Any) -> str | None:
    """Vectors of 0, documents of one length, equal scores."""
    if not np.any(query) or not np.all(np.any(docs, axis=1)):
        return "a vector of 0"
    if np.ptp(_lengths(docs)) <= TIE:
        return "documents of one length"
    return "equal scores" if len(np.unique(scores)) < len(scores) else None


FAMILY = Family(
    id="retrieval-topk",
    topic="llm-scaling",
    title="Top-k retrieval by inner product",
    task="Score the documents by their inner product with the query, rank them (numbered from 1, "
    "the smaller number first in a tie) and return the best k.",
    sources=("ece493",),
    givens=(
        Given("query", "q", "embedding of the query", "d"),
        Given("docs", "D", "embeddings of the documents, one per row", "n x d"),
        Given("k", "k", "number of documents to return", kind="integer"),
    ),
    steps=(
        Step(
            "scores",
            "Scores",
            "D q",
            lambda docs, query: docs @ query,
            work=lambda docs, query: [Work((i,), dot(row, query)) for i, row in enumerate(docs)],
        ),
        Step(
            "ranking",
            "Document numbers, the best first",
            r"s_{(1)} \ge s_{(2)} \ge \ldots \ge s_{(n)}",
            lambda scores: _falling(scores),
            kind="integer",
        ),
        Step(
            "top_k",
            "Documents returned",
            r"(1), \ldots, (k)",
            lambda ranking, k: ranking[: int(k)],
            final=True,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "cosine",
            "scores",
            _cosines,
            "Maximum inner product search does not divide by the lengths.",
            when=_cosine_shows,
        ),
        Slip(
            "ascending",
            "ranking",
            lambda scores: _falling(-scores),
            "The largest inner product comes first.",
            when=lambda scores, ranking: _differ(_falling(-scores), ranking),
        ),
        Slip(
            "euclidean",
            "scores",
            _nearness,
            "The score is the inner product, not the distance.",
            when=lambda docs, query, scores: _differ(_nearness(docs, query), scores),
        ),
        Slip(
            "magnitude",
            "ranking",
            lambda scores: _falling(np.abs(scores)),
            "A large negative inner product means dissimilar: the sign counts.",
            when=lambda scores, ranking: _differ(_falling(np.abs(scores)), ranking),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-rag-retrieval", "dl-rag"),
)
