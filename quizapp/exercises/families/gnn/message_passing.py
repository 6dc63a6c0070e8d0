"""One round of message passing (Gilmer, Schoenholz, Riley, Vinyals and Dahl 2017)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.gnn._graph import (
    AGGREGATES,
    aggregate,
    aggregate_work,
    check_graph,
    check_size,
    connected,
    copied,
    differ,
    path,
    rectified_work,
    relabelled,
    rows_work,
    star,
    with_self,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work

OTHER_AGGREGATE = {"sum": "mean", "mean": "sum", "max": "sum"}


def _aggregated(A: Any, messages: Any, agg: str) -> Any:
    return aggregate(A, messages, agg)


def _other_aggregate(A: Any, messages: Any, agg: str) -> Any:
    return aggregate(A, messages, OTHER_AGGREGATE[agg])


def _self_included(A: Any, messages: Any, agg: str) -> Any:
    return aggregate(with_self(A), messages, agg)


def _transformed(combined: Any, U: Any) -> Any:
    return combined @ U.T


def _aggregated_work(A: Any, messages: Any, agg: str) -> list[Work]:
    return aggregate_work(A, messages, agg)


def check(A: Any, H: Any, M: Any, U: Any) -> None:
    """A simple graph; the update acts on a node vector and a message."""
    check_graph(A)
    width = H.shape[1] + len(M)
    if U.shape[1] != width:
        raise GivenError(
            f"'U' acts on [h_v, m_v] and needs d + d_m = {width} columns, but has {U.shape[1]}.",
            where="U",
        )
    check_size(A, M, "M")
    check_size(A, U, "U")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A path of 3 nodes, then means over a star of 4, then maxima with two features."""
    if level == 1:
        A, d, agg = path(3), 1, str(rng.choice(AGGREGATES))
    elif level == 2:
        A, d, agg = star(4), 1, "mean"
    else:
        A, d, agg = connected(rng, int(rng.integers(3, 5)), 3), 2, "max"
    return {
        "A": relabelled(rng, A),
        "H": rng.integers(-2, 4, size=(len(A), d)),
        "M": rng.choice((-1, 2) if level < 3 else (-1, 0, 1), size=(d, d)),
        "U": rng.choice((-1, 1, 2), size=(d, 2 * d)),
        "agg": agg,
    }


def avoid(A: Any, H: Any, M: Any, output: Any) -> str | None:
    """Graphs on which all aggregations agree, messages and updates that say nothing."""
    if A.sum(axis=1).max() < 2:
        return "every node has one neighbour"
    if np.any(np.ptp(H, axis=0) == 0):
        return "a constant feature"
    if not M.any(axis=1).all() or not M.any(axis=0).all():
        return "a message without content"
    return None if output.any(axis=0).all() else "a dead output"


FAMILY = Family(
    id="message-passing",
    topic="gnn",
    title="One round of message passing",
    task=(
        "Run one round: compute the message of every node, aggregate the messages of the "
        "neighbours as stated, and update every node vector."
    ),
    sources=("ece493",),
    givens=(
        Given("A", "A", "adjacency matrix of the graph, without self-loops", "n x n", kind="bit"),
        Given("H", "H", "node vectors, one node per row", "n x d"),
        Given("M", "M", "message matrix: node u sends M h_u", "d_m x d"),
        Given("U", "U", "update matrix, applied to [h_v, m_v]", "d_out x d+d_m"),
        Given(
            "agg",
            r"\mathrm{AGG}",
            "what is taken of the messages of the neighbours, entry by entry",
            kind="text",
            choices=AGGREGATES,
        ),
    ),
    steps=(
        Step(
            "messages",
            "Messages",
            r"M h_u",
            lambda H, M: H @ M.T,
            work=lambda H, M: rows_work(M, H),
        ),
        Step(
            "aggregated",
            "Aggregated messages",
            r"m_v = \mathrm{AGG}_{u \in N(v)} M h_u",
            _aggregated,
            work=_aggregated_work,
            formula_for=Among(
                "agg",
                {
                    "sum": r"m_v = \sum_{u \in N(v)} M h_u",
                    "mean": r"m_v = \frac{1}{|N(v)|} \sum_{u \in N(v)} M h_u",
                    "max": r"m_v = \max_{u \in N(v)} M h_u",
                },
            ),
        ),
        Step(
            "combined",
            "Node vectors with their messages",
            r"[h_v, m_v]",
            lambda H, aggregated: np.hstack([H, aggregated]),
            work=copied,
        ),
        Step(
            "output",
            "New node vectors",
            r"h_v' = \max(0, U [h_v, m_v])",
            lambda combined, U: np.maximum(_transformed(combined, U), 0.0),
            final=True,
            work=lambda combined, U: rectified_work(rows_work(U, combined)),
        ),
    ),
    slips=(
        Slip(
            "sum-for-agg",
            "aggregated",
            _other_aggregate,
            "Another aggregation than the stated one was used.",
            when=lambda A, messages, agg, aggregated: differ(
                _other_aggregate(A, messages, agg), aggregated
            ),
        ),
        Slip(
            "self-included",
            "aggregated",
            _self_included,
            "Messages come from the neighbours only; the own vector enters in the update.",
            when=lambda A, messages, agg, aggregated: differ(
                _self_included(A, messages, agg), aggregated
            ),
        ),
        Slip(
            "message-first",
            "combined",
            lambda H, aggregated: np.hstack([aggregated, H]),
            "The order is [h_v, m_v].",
            when=lambda H, aggregated: H.shape == np.shape(aggregated) and differ(H, aggregated),
        ),
        Slip(
            "message-untransformed",
            "messages",
            lambda H: H,
            "The message function M is missing.",
            when=lambda H, messages: H.shape == np.shape(messages) and differ(H, messages),
        ),
        Slip(
            "relu-missing",
            "output",
            _transformed,
            "The ReLU of the update is missing.",
            when=lambda combined, U, output: differ(_transformed(combined, U), output),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-message-passing", "dl-aggregation"),
)
