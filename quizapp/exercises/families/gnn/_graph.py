"""Graphs by their adjacency matrices: what is taken of neighbours, and drawing small ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import GivenError, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.substitution import dot, entries, frac, num, total

if TYPE_CHECKING:
    from collections.abc import Iterable

AGGREGATES = ("sum", "mean", "max")


# Neighbourhoods --------------------------------------------------------------------------


def with_self(A: Any) -> Any:
    """The adjacency matrix in which every node is its own neighbour as well."""
    return A + np.eye(len(A))


def summed(A: Any, rows: Any) -> Any:
    """Row v: the sum of the rows of the neighbours of v."""
    return A @ rows


def averaged(A: Any, rows: Any) -> Any:
    """Row v: the mean of the rows of the neighbours of v; zeros if it has none."""
    return A @ rows / np.maximum(A.sum(axis=1, keepdims=True), 1.0)


def largest(A: Any, rows: Any) -> Any:
    """Row v: the maximum, entry by entry, of the rows of its neighbours; zeros if it has none."""
    of_neighbours = np.where(A[:, :, None] > 0, rows[None, :, :], -np.inf).max(axis=1)
    return np.where(A.any(axis=1)[:, None], of_neighbours, 0.0)


def aggregate(A: Any, rows: Any, agg: str) -> Any:
    """Sum, mean or maximum over the neighbours."""
    return {"sum": summed, "mean": averaged, "max": largest}[agg](A, rows)


def differ(a: Any, b: Any) -> bool:
    """Whether a reader could tell one line from the other."""
    return np.shape(a) != np.shape(b) or bool(np.any(np.abs(np.asarray(a) - b) > TIE))


# Written out -----------------------------------------------------------------------------


def aggregate_work(A: Any, rows: Any, agg: str) -> list[Work]:
    """Every aggregate with the entries of the neighbours."""
    return [
        Work((v, j), _aggregated(rows[A[v] > 0, j], agg))
        for v in range(len(A))
        for j in range(rows.shape[1])
    ]


def _aggregated(values: Any, agg: str) -> str:
    if len(values) < 2:
        return num(values[0]) if len(values) else "0"
    if agg == "max":
        return rf"\max({', '.join(num(value) for value in values)})"
    return total(values) if agg == "sum" else frac(total(values), str(len(values)))


def rows_work(W: Any, rows: Any) -> list[Work]:
    """Every entry of the rows W h: a row of W times a row of the table."""
    return [Work((v, k), dot(W[k], rows[v])) for v in range(len(rows)) for k in range(len(W))]


def rectified_work(inside: Iterable[Work]) -> list[Work]:
    """The larger of 0 and what is written, entry by entry."""
    return [Work(work.index, rf"\max(0, {work.latex})") for work in inside]


def copied(value: Any) -> list[Work]:
    """Every entry as it is: a line that only arranges numbers anew."""
    return [Work(at, num(value[at])) for at in entries(value)]


# What makes sense ------------------------------------------------------------------------


def check_graph(A: Any, where: str = "A") -> None:
    """Edges go both ways, and no node is its own neighbour."""
    if np.any(A != A.T):
        raise GivenError(f"'{where}' is not symmetric: an edge goes both ways.", where=where)
    if np.any(np.diag(A)):
        raise GivenError(
            f"the diagonal of '{where}' must be 0: no node is its own neighbour.", where=where
        )


def check_no_isolated(A: Any, because: str) -> None:
    """Every node has a neighbour."""
    alone = np.flatnonzero(~A.any(axis=1))
    if len(alone):
        raise GivenError(f"node {alone[0] + 1} of 'A' has no neighbour: {because}.", where="A")


def check_size(A: Any, W: Any, where: str) -> None:
    """The vectors that a matrix makes of all nodes can still be looked at."""
    if len(A) * len(W) > MOST_ENTRIES:
        raise GivenError(
            f"'{where}' makes vectors of {len(W)} entries for {len(A)} nodes; at most "
            f"{MOST_ENTRIES} entries can be checked.",
            where=where,
        )


# Drawing ---------------------------------------------------------------------------------


def from_edges(nodes: int, edges: Iterable[tuple[int, int]]) -> Any:
    """The adjacency matrix of a graph whose nodes are numbered from 0."""
    A = np.zeros((nodes, nodes))
    for u, v in edges:
        A[u, v] = A[v, u] = 1.0
    return A


def path(nodes: int) -> Any:
    """A path."""
    return from_edges(nodes, [(v - 1, v) for v in range(1, nodes)])


def star(nodes: int) -> Any:
    """A star, its centre the first node."""
    return from_edges(nodes, [(0, v) for v in range(1, nodes)])


def tree(rng: Any, nodes: int) -> Any:
    """A tree in which every node hangs on an earlier one."""
    return from_edges(nodes, [(int(rng.integers(v)), v) for v in range(1, nodes)])


def connected(rng: Any, nodes: int, edges: int) -> Any:
    """A connected graph with so many edges, at least one fewer than nodes."""
    A = tree(rng, nodes)
    free = np.argwhere(np.triu(A == 0, 1))
    for u, v in rng.permutation(free)[: edges - nodes + 1]:
        A[u, v] = A[v, u] = 1.0
    return A


def relabelled(rng: Any, A: Any) -> Any:
    """The same graph with its nodes in another order."""
    order = rng.permutation(len(A))
    return A[np.ix_(order, order)]
