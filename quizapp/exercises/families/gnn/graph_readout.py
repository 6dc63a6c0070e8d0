"""Aggregates over neighbourhoods and over a whole graph (Xu, Hu, Leskovec and Jegelka 2019)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.gnn._graph import (
    aggregate_work,
    averaged,
    check_graph,
    check_no_isolated,
    connected,
    differ,
    largest,
    path,
    relabelled,
    star,
    summed,
    with_self,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import frac, total


def _sums(A: Any, H: Any) -> Any:
    return summed(A, H)


def _means(A: Any, H: Any) -> Any:
    return averaged(A, H)


def _maxima(A: Any, H: Any) -> Any:
    return largest(A, H)


def _self_in_sums(A: Any, H: Any) -> Any:
    return summed(with_self(A), H)


def _self_in_mean(A: Any, H: Any) -> Any:
    return averaged(with_self(A), H)


def _over_all_nodes(A: Any, H: Any) -> Any:
    return summed(A, H) / len(A)


def _largest_magnitude(A: Any, H: Any) -> Any:
    """The entry of the largest absolute value, the positive one if tied."""
    positive, negative = largest(A, H), -largest(A, -H)
    return np.where(-negative > positive + TIE, negative, positive)


def _readout_sum_work(H: Any) -> list[Work]:
    return [Work((j,), total(H[:, j])) for j in range(H.shape[1])]


def _readout_mean_work(H: Any) -> list[Work]:
    return [Work(work.index, frac(work.latex, str(len(H)))) for work in _readout_sum_work(H)]


def check(A: Any) -> None:
    """A simple graph in which every node has a neighbour."""
    check_graph(A)
    check_no_isolated(A, "there is no mean and no maximum over nothing")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A path of 3 nodes, then a star of 4, then 5 nodes with two features."""
    A = {1: lambda: path(3), 2: lambda: star(4), 3: lambda: connected(rng, 5, 5)}[level]()
    return {
        "A": relabelled(rng, A),
        "H": rng.integers(-4, 5, size=(len(A), 2 if level == 3 else 1)),
    }


def avoid(H: Any) -> str | None:
    """Features that are the same at every node."""
    return "a constant feature" if np.any(np.ptp(H, axis=0) == 0) else None


FAMILY = Family(
    id="graph-readout",
    topic="gnn",
    title="Neighbourhood aggregates and graph readout",
    task=(
        "Compute sum, mean and maximum over the neighbours of every node, then the sum and the "
        "mean over the whole graph."
    ),
    sources=("ece493",),
    givens=(
        Given(
            "A",
            "A",
            "adjacency matrix of the graph, without self-loops or isolated nodes",
            "n x n",
            kind="bit",
        ),
        Given("H", "H", "node vectors, one node per row", "n x d"),
    ),
    steps=(
        Step(
            "sums",
            "Sums over the neighbours",
            r"\sum_{u \in N(v)} h_u",
            _sums,
            final=True,
            work=lambda A, H: aggregate_work(A, H, "sum"),
        ),
        Step(
            "means",
            "Means over the neighbours",
            r"\frac{1}{|N(v)|} \sum_{u \in N(v)} h_u",
            _means,
            final=True,
            work=lambda A, H: aggregate_work(A, H, "mean"),
        ),
        Step(
            "maxima",
            "Maxima over the neighbours, entry by entry",
            r"\max_{u \in N(v)} h_u",
            _maxima,
            final=True,
            work=lambda A, H: aggregate_work(A, H, "max"),
        ),
        Step(
            "readout_sum",
            "Sum over the graph",
            r"\sum_v h_v",
            lambda H: H.sum(axis=0),
            work=_readout_sum_work,
        ),
        Step(
            "readout_mean",
            "Mean over the graph",
            r"\frac{1}{n} \sum_v h_v",
            lambda H: H.mean(axis=0),
            final=True,
            work=_readout_mean_work,
        ),
    ),
    slips=(
        Slip(
            "self-in-sums",
            "sums",
            _self_in_sums,
            "The neighbourhood does not contain the node itself: its own vector is no summand.",
            when=lambda H: bool(H.any()),
        ),
        Slip(
            "mean-over-all-nodes",
            "means",
            _over_all_nodes,
            "Divide by the number of neighbours, not by the number of nodes.",
            when=lambda A, H, means: differ(_over_all_nodes(A, H), means),
        ),
        Slip(
            "self-in-mean",
            "means",
            _self_in_mean,
            "The neighbourhood does not contain the node itself.",
            when=lambda A, H, means: differ(_self_in_mean(A, H), means),
        ),
        Slip(
            "largest-magnitude",
            "maxima",
            _largest_magnitude,
            "Maximum means the largest value, not the largest magnitude.",
            when=lambda A, H, maxima: differ(_largest_magnitude(A, H), maxima),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-aggregation", "dl-graph-readout"),
)
