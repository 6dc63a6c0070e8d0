"""The derivative in a computation graph as a sum over paths (Bauer 1974)."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from quizapp.exercises.aligning import in_typed_order
from quizapp.exercises.families.backprop._edges import check_edges, paths_between
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor

_PARTIALS = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.5, 2.0, 3.0)
_DIAMOND = (("s", "a"), ("s", "b"), ("a", "z"), ("b", "z"))


def _along(path: list[str], edges: Any) -> list[float]:
    """The partials of the edges of a path. Raises KeyError for an edge that is not there."""
    partials = {(start, end): float(partial) for start, end, partial in edges}
    return [partials[edge] for edge in pairwise(path)]


def _products(paths: Any, edges: Any) -> Any:
    return np.array([math.prod(_along(path, edges)) for path in paths])


def _sums(paths: Any, edges: Any) -> Any:
    return np.array([math.fsum(_along(path, edges)) for path in paths])


def _last_edges(paths: Any, edges: Any) -> Any:
    return np.array([_along(path, edges)[-1] if len(path) > 1 else 1.0 for path in paths])


def _products_work(paths: Any, edges: Any) -> list[Work]:
    return [
        Work((at,), r" \cdot ".join(factor(partial) for partial in _along(path, edges)) or "1")
        for at, path in enumerate(paths)
    ]


def _derivative_work(products: Any) -> list[Work]:
    return [Work((), " + ".join(factor(product) for product in products) or "0")]


def _differ(a: Any, b: Any) -> bool:
    return bool(np.any(np.abs(np.asarray(a) - b) > TIE))


# Drawing ---------------------------------------------------------------------------------


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two paths of two edges; a diamond with a shortcut; five or six nodes with four paths."""
    names = list(_DIAMOND)
    if level == 2:
        names.append([("s", "z"), ("a", "b")][rng.integers(2)])
    if level == 3:
        names = [
            [*_DIAMOND, ("a", "b"), ("s", "z")],
            [("s", "a"), ("s", "b"), ("a", "c"), ("b", "c"), ("c", "d"), ("c", "z"), ("d", "z")],
            [("s", "a"), ("s", "b"), ("a", "c"), ("b", "c"), ("a", "z"), ("b", "z"), ("c", "z")],
        ][rng.integers(3)]
        if rng.random() < 0.5:
            names.append(("e", "z"))  # no path from s goes there
    order = rng.permutation(len(names))
    partials = rng.choice(_PARTIALS, size=len(names))
    edges = [[*names[at], float(partials[at])] for at in order.tolist()]
    return {"edges": edges, "source": "s", "target": "z"}


def avoid(paths: Any, edges: Any, products: Any, derivative: float) -> str | None:
    """Partials of which a mistake gives the right number, or two mistakes the same one."""
    if len(paths) < 2:
        return "fewer than two paths"
    of_lines = [products, _sums(paths, edges), _last_edges(paths, edges)]
    of_ends = [derivative, products[0], math.prod(products)]
    for values in (of_lines, of_ends):
        pairs = [(a, b) for n, a in enumerate(values) for b in values[n + 1 :]]
        if not all(_differ(a, b) for a, b in pairs):
            return "a mistake gives the right number"
    return None


FAMILY = Family(
    id="computation-graph",
    topic="backprop",
    title="Derivative as a sum over paths",
    task=(
        "List all paths from the source to the target, multiply the partial derivatives along "
        "each of them, and add up the products."
    ),
    sources=("nc",),
    givens=(
        Given(
            "edges",
            r"\mathrm{edges}",
            "edges of the graph: from, to, and the partial derivative of the second by the first",
            kind="raw",
        ),
        Given("source", r"\mathrm{source}", "node to differentiate by", kind="raw"),
        Given("target", r"\mathrm{target}", "node to differentiate", kind="raw"),
    ),
    steps=(
        Step(
            "paths",
            "Paths from source to target",
            r"s \to \ldots \to t",
            paths_between,
            kind="text",
            ragged=True,
            align=in_typed_order,
        ),
        Step(
            "products",
            "Product of the partials along each path",
            r"\prod_{(u, v) \in p} \frac{\partial v}{\partial u}",
            _products,
            open=True,
            work=_products_work,
        ),
        Step(
            "derivative",
            "Derivative of the target by the source",
            r"\frac{d t}{d s} = \sum_p \prod_{(u, v) \in p} \frac{\partial v}{\partial u}",
            lambda products: float(np.sum(products)),
            final=True,
            work=_derivative_work,
        ),
    ),
    slips=(
        Slip(
            "one-path-only",
            "derivative",
            lambda products: float(products[0]),
            "The derivative adds up ALL paths from source to target.",
            when=lambda products, derivative: (
                len(products) > 1 and _differ(products[0], derivative)
            ),
        ),
        Slip(
            "sum-along-path",
            "products",
            _sums,
            "Along a path the partials are multiplied.",
            when=lambda paths, edges, products: _differ(_sums(paths, edges), products),
        ),
        Slip(
            "product-of-paths",
            "derivative",
            lambda products: float(math.prod(products)),
            "Different paths are added, not multiplied.",
            when=lambda products, derivative: (
                len(products) > 1 and _differ(math.prod(products), derivative)
            ),
        ),
        Slip(
            "last-edge-only",
            "products",
            _last_edges,
            "Every edge of the path contributes a factor, not only the last one.",
            when=lambda paths, edges, products: _differ(_last_edges(paths, edges), products),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check_edges,
    discrepancies=("chain-rule-notation",),
    items=("nc-dependency-graph", "nc-chain-single", "nc-chain-multi", "nc-chain-z"),
)
