"""A graph convolution layer (Kipf and Welling 2017)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among, activated
from quizapp.exercises.families.gnn._graph import (
    check_graph,
    check_no_isolated,
    check_size,
    connected,
    differ,
    path,
    relabelled,
    rows_work,
    with_self,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import activation as activate
from quizapp.exercises.substitution import dot, entries, factor, frac, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

OTHER_DEGREE = {"with-self": "neighbours", "neighbours": "with-self"}
_SATURATED = 3.0


def _degrees(A: Any, degree: str) -> Any:
    return (with_self(A) if degree == "with-self" else A).sum(axis=1)


def _other_degrees(A: Any, degree: str) -> Any:
    return _degrees(A, OTHER_DEGREE[degree])


def _products(degrees: Any) -> Any:
    """d_v d_u for all pairs of nodes; without a value where a degree is not positive."""
    d = np.asarray(degrees, dtype=float)
    if np.any(d <= 0):
        raise ZeroDivisionError("a node of degree 0 cannot be normalised")
    return np.outer(d, d)


def _coefficients(A: Any, degrees: Any, line: Line) -> Any:
    return with_self(A) / line(np.sqrt(_products(degrees)))


def _no_self_loop(A: Any, degrees: Any, line: Line) -> Any:
    return A / line(np.sqrt(_products(degrees)))


def _mean(A: Any, degrees: Any) -> Any:
    d = np.asarray(degrees, dtype=float)
    if np.any(d <= 0):
        raise ZeroDivisionError("a node of degree 0 has no mean")
    return with_self(A) / d[:, None]


def _no_root(A: Any, degrees: Any) -> Any:
    return with_self(A) / _products(degrees)


def _activation_shows(transformed: Any, output: Any) -> bool:
    return differ(transformed, output)


def _degree_work(A: Any, degree: str) -> list[Work]:
    own = " + 1" if degree == "with-self" else ""
    return [Work((v,), total(A[v]) + own) for v in range(len(A))]


def _coefficient_work(A: Any, degrees: Any) -> list[Work]:
    reached = with_self(A)
    return [
        Work(
            (v, u),
            frac("1", rf"\sqrt{{{factor(degrees[v])} \cdot {factor(degrees[u])}}}")
            if reached[v, u]
            else "0",
        )
        for v, u in entries(A)
    ]


def _aggregated_work(coefficients: Any, H: Any) -> list[Work]:
    out = []
    for v, j in entries(H):
        used = coefficients[v] != 0
        out.append(Work((v, j), dot(coefficients[v, used], H[used, j]) or "0"))
    return out


def _output_work(transformed: Any, activation: str) -> list[Work]:
    forms = {"identity": "{}", "relu": r"\max(0, {})", "tanh": r"\tanh({})"}
    return [Work(at, forms[activation].format(num(transformed[at]))) for at in entries(transformed)]


def check(A: Any, W: Any, degree: str) -> None:
    """A simple graph; where only neighbours count, every node has one."""
    check_graph(A)
    if degree == "neighbours":
        check_no_isolated(A, "with degree = neighbours that divides by 0")
    check_size(A, W, "W")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A path of 3 nodes, then 4 nodes with one feature, then 3 nodes with two and a ReLU."""
    if level == 1:
        A, W, activation = path(3), np.ones((1, 1)), "identity"
    elif level == 2:
        A, W = connected(rng, 4, int(rng.integers(3, 6))), rng.choice((-2, -1, 2), size=(1, 1))
        activation = str(rng.choice(("identity", "relu", "tanh")))
    else:
        A, W, activation = path(3), rng.choice((-1, 0, 1, 2), size=(2, 2)), "relu"
    among = np.arange(-2, 3) / 2 if activation == "tanh" else np.arange(-3, 5)
    return {
        "A": relabelled(rng, A),
        "H": rng.choice(among, size=(len(A), W.shape[1])),
        "W": W,
        "activation": activation,
    }


def avoid(A: Any, H: Any, W: Any, activation: str, transformed: Any, output: Any) -> str | None:
    """Regular graphs, features or weights that say nothing, dead and saturated outputs."""
    if np.ptp(A.sum(axis=1)) == 0:
        return "all degrees equal"
    if np.any(np.ptp(H, axis=0) == 0):
        return "a constant feature"
    if not W.any(axis=1).all() or not W.any(axis=0).all():
        return "a feature that does not count"
    if activation == "tanh" and np.any(np.abs(transformed) > _SATURATED):
        return "saturated tanh"
    if activation == "relu" and not np.any(transformed < 0):
        return "no negative entry with relu"
    return None if output.any() else "all outputs 0"


FAMILY = Family(
    id="gcn-layer",
    topic="gnn",
    title="Graph convolution layer",
    task=(
        "Compute the new node vectors of this layer: the degrees, the coefficients with which "
        "each node adds up its neighbours and itself, then the weights and the activation."
    ),
    sources=("ece493",),
    givens=(
        Given("A", "A", "adjacency matrix of the graph, without self-loops", "n x n", kind="bit"),
        Given("H", "H", "node vectors, one node per row", "n x d"),
        Given("W", "W", "weights, applied to a node vector as W h", "d_out x d"),
        Given(
            "activation",
            r"\sigma",
            "activation of the layer",
            kind="text",
            choices=("identity", "relu", "tanh"),
        ),
    ),
    conventions={"degree": ("with-self", "neighbours")},
    steps=(
        Step(
            "degrees",
            "Degrees",
            r"d_v = |N(v)| + 1 \text{ (neighbours only: } |N(v)| \text{)}",
            _degrees,
            kind="integer",
            work=_degree_work,
            formula_for=Among(
                "degree", {"with-self": r"d_v = |N(v)| + 1", "neighbours": r"d_v = |N(v)|"}
            ),
        ),
        Step(
            "coefficients",
            "Coefficients",
            r"c_{vu} = \frac{1}{\sqrt{d_u d_v}} \text{ for } u \in N(v) \cup \{v\}, "
            r"\text{ else } 0",
            _coefficients,
            work=_coefficient_work,
        ),
        Step(
            "aggregated",
            "Aggregated node vectors",
            r"a_v = \sum_u c_{vu} h_u",
            lambda coefficients, H: coefficients @ H,
            work=_aggregated_work,
        ),
        Step(
            "transformed",
            "Transformed node vectors",
            r"W a_v",
            lambda aggregated, W: aggregated @ W.T,
            work=lambda aggregated, W: rows_work(W, aggregated),
        ),
        Step(
            "output",
            "New node vectors",
            r"h_v' = \sigma(W a_v)",
            lambda transformed, activation: activate(activation, transformed),
            final=True,
            work=_output_work,
            formula_for=lambda activation: "h_v' = " + activated(activation, "W a_v"),
        ),
    ),
    slips=(
        Slip(
            "no-self-loop",
            "coefficients",
            _no_self_loop,
            "The sum includes the node itself (self-loop).",
            when=lambda H: bool(H.any()),
        ),
        Slip(
            "neither-self",
            "degrees",
            _other_degrees,
            "The degree counts the self-loop in the Kipf-Welling form and only neighbours in the "
            "plain form; here it is the other one.",
            when=lambda A: bool(A.any(axis=1).all()),
        ),
        Slip(
            "mean-aggregation",
            "coefficients",
            _mean,
            "The normalisation is symmetric: 1/√(d_u d_v), not 1/d_v.",
            when=lambda A, degrees, coefficients: differ(_mean(A, degrees), coefficients),
        ),
        Slip(
            "no-normalisation",
            "coefficients",
            with_self,
            "The factors 1/√(d_u d_v) are missing.",
            when=lambda A, coefficients: differ(with_self(A), coefficients),
        ),
        Slip(
            "no-root",
            "coefficients",
            _no_root,
            "The normalisation has a square root.",
            when=lambda A, degrees, coefficients: differ(_no_root(A, degrees), coefficients),
        ),
        Slip(
            "activation-forgotten",
            "output",
            lambda transformed: transformed,
            "The activation is missing.",
            when=_activation_shows,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("gcn-degree-self-loop",),
    items=("dl-gcn", "dl-gcn-normalisation"),
)
