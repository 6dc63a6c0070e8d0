"""Update of a graph isomorphism network (Xu, Hu, Leskovec and Jegelka 2019)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.gnn._graph import (
    aggregate_work,
    averaged,
    check_graph,
    check_size,
    connected,
    differ,
    path,
    rectified_work,
    relabelled,
    rows_work,
    summed,
    with_self,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.substitution import entries, factor


def _neighbour_sum(A: Any, H: Any) -> Any:
    return summed(A, H)


def _neighbour_mean(A: Any, H: Any) -> Any:
    return averaged(A, H)


def _combined(H: Any, eps: float, neighbour_sum: Any) -> Any:
    return (1 + eps) * H + neighbour_sum


def _eps_without_one(H: Any, eps: float, neighbour_sum: Any) -> Any:
    return eps * H + neighbour_sum


def _layer(rows: Any, W: Any, b: Any) -> Any:
    return rows @ W.T + b


def _pre_activation(combined: Any, W1: Any, b1: Any) -> Any:
    return _layer(combined, W1, b1)


def _output(hidden: Any, W2: Any, b2: Any) -> Any:
    return _layer(hidden, W2, b2)


def _own_vector_shows(neighbour_sum: Any, combined: Any) -> bool:
    return differ(neighbour_sum, combined)


def _combined_work(H: Any, eps: float, neighbour_sum: Any) -> list[Work]:
    return [
        Work(
            at,
            rf"(1 + {factor(eps)}) \cdot {factor(H[at])} + {factor(neighbour_sum[at])}",
        )
        for at in entries(H)
    ]


def _layer_work(rows: Any, W: Any, b: Any) -> list[Work]:
    return [
        Work(work.index, f"{work.latex} + {factor(b[work.index[1]])}")
        for work in rows_work(W, rows)
    ]


def _output_work(hidden: Any, W2: Any, b2: Any) -> list[Work]:
    return _layer_work(hidden, W2, b2)


def check(A: Any, W1: Any, W2: Any) -> None:
    """A simple graph, and layers whose outputs can be looked at."""
    check_graph(A)
    check_size(A, W1, "W1")
    check_size(A, W2, "W2")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A path of 3 nodes and one hidden unit, then 4 nodes and two, then two features."""
    d, m = {1: (1, 1), 2: (1, 2), 3: (2, 2)}[level]
    A = path(3) if level == 1 else connected(rng, 4, int(rng.integers(3, 6)))
    weights = (-1, 1, 2)
    return {
        "A": relabelled(rng, A),
        "H": rng.integers(-3, 4, size=(len(A), d)),
        "eps": 0.5 if level == 2 else float(rng.choice((-0.5, 0.1, 0.5))),
        "W1": rng.choice(weights, size=(m, d)),
        "b1": rng.integers(-1, 2, size=m),
        "W2": rng.choice(weights, size=(1, m)),
        "b2": rng.integers(-1, 2, size=1),
    }


def avoid(A: Any, H: Any, eps: float, W1: Any, hidden: Any, output: Any) -> str | None:
    """Graphs without a choice of neighbours, features that say nothing, dead hidden units."""
    if A.sum(axis=1).max() < 2:
        return "every node has one neighbour"
    if eps == 0:
        return "eps = 0"
    if np.any(np.ptp(H, axis=0) == 0):
        return "a constant feature"
    if not hidden.any(axis=0).all():
        return "a dead hidden unit"
    if len(np.unique(W1, axis=0)) < len(W1):
        return "equal hidden weights"
    return None if np.ptp(output) > 0 else "equal outputs"


FAMILY = Family(
    id="gin-update",
    topic="gnn",
    title="Graph isomorphism network update",
    task=(
        "Add to each node's own vector, times 1 + ε, the sum of its neighbours, and pass the "
        "result through the two layers of the MLP."
    ),
    sources=("ece493",),
    givens=(
        Given("A", "A", "adjacency matrix of the graph, without self-loops", "n x n", kind="bit"),
        Given("H", "H", "node vectors, one node per row", "n x d"),
        Given("eps", r"\varepsilon", "extra weight of a node's own vector"),
        Given("W1", "W_1", "weights of the hidden layer of the MLP", "m x d"),
        Given("b1", "b_1", "biases of the hidden layer", "m"),
        Given("W2", "W_2", "weights of the output layer of the MLP", "d_out x m"),
        Given("b2", "b_2", "biases of the output layer", "d_out"),
    ),
    steps=(
        Step(
            "neighbour_sum",
            "Sums over the neighbours",
            r"s_v = \sum_{u \in N(v)} h_u",
            _neighbour_sum,
            work=lambda A, H: aggregate_work(A, H, "sum"),
        ),
        Step(
            "combined",
            "Combined with the own vectors",
            r"c_v = (1 + \varepsilon) h_v + s_v",
            _combined,
            work=_combined_work,
        ),
        Step(
            "hidden",
            "Hidden layer of the MLP",
            r"z_v = \max(0, W_1 c_v + b_1)",
            lambda combined, W1, b1: np.maximum(_pre_activation(combined, W1, b1), 0.0),
            work=lambda combined, W1, b1: rectified_work(_layer_work(combined, W1, b1)),
        ),
        Step(
            "output",
            "New node vectors",
            r"h_v' = W_2 z_v + b_2",
            _output,
            final=True,
            work=_output_work,
        ),
    ),
    slips=(
        Slip(
            "mean-for-sum",
            "neighbour_sum",
            _neighbour_mean,
            "GIN adds the neighbours; the mean forgets how many there are.",
            when=lambda A, H, neighbour_sum: differ(_neighbour_mean(A, H), neighbour_sum),
        ),
        Slip(
            "eps-without-one",
            "combined",
            _eps_without_one,
            "The own vector has the factor 1 + ε.",
            when=lambda H: bool(H.any()),
        ),
        Slip(
            "own-vector-dropped",
            "combined",
            lambda neighbour_sum: neighbour_sum,
            "The own vector (1 + ε) h_v is missing.",
            when=_own_vector_shows,
        ),
        Slip(
            "self-in-sum",
            "neighbour_sum",
            lambda A, H: summed(with_self(A), H),
            "The neighbour sum does not contain the node itself; it enters through 1 + ε.",
            when=lambda H: bool(H.any()),
        ),
        Slip(
            "relu-missing",
            "hidden",
            _pre_activation,
            "The ReLU between the two MLP layers is missing.",
            when=lambda combined, W1, b1, hidden: differ(_pre_activation(combined, W1, b1), hidden),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-gin",),
)
