"""A threshold network whose output is 1 in a convex polygon (Lippmann 1987)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among, step_of
from quizapp.exercises.families.perceptron._threshold import (
    OTHER_AT_ZERO,
    differ,
    heaviside,
    some_zero,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.substitution import dot, entries, factor, num, total

_FARTHEST = 1e9  # their squares keep some digits
INSIDE, OUTSIDE = "inside", "outside"
_TRIANGLES = ((0, 0, 4, 0, 0, 3), (0, 0, 4, 1, 1, 4), (0, 0, 3, -1, 4, 3), (0, 1, 5, 0, 2, 4))
_PENTAGONS = (
    (0, 0, 4, 0, 4, 2, 2, 4, 0, 4),
    (0, 0, 4, 0, 4, 3, 2, 4, 0, 3),
    (0, 0, 3, -1, 5, 2, 3, 4, 0, 3),
    (1, 0, 4, 0, 5, 3, 2, 5, 0, 2),
)


def _edges(vertices: Any) -> Any:
    return np.roll(vertices, -1, axis=0) - vertices


def _normals(vertices: Any) -> Any:
    dx, dy = _edges(vertices).T
    return np.column_stack((0.0 - dy, dx))


def _outward(vertices: Any) -> Any:
    return 0.0 - _normals(vertices)


def _products(normals: Any, vertices: Any) -> Any:
    """Each normal with the corner on its edge."""
    return (normals * vertices).sum(axis=1)


def _fields(points: Any, normals: Any, offsets: Any) -> Any:
    return points @ normals.T + offsets


def _outputs(sums: Any, vertices: Any, region: str) -> Any:
    corners = len(vertices)
    # Sums are whole; half a unit keeps the comparison away from rounding.
    all_of_them = np.where(np.asarray(sums) > corners - 0.5, 1.0, 0.0)
    return all_of_them if region == INSIDE else 1.0 - all_of_them


def _any(sums: Any) -> Any:
    return np.where(np.asarray(sums) > 0.5, 1.0, 0.0)


def _none(sums: Any) -> Any:
    return 1.0 - _any(sums)


def _normal_work(vertices: Any) -> list[Work]:
    """Minus the rise of the edge, then its run."""
    out = []
    for i, (x, y) in enumerate(vertices):
        to_x, to_y = vertices[(i + 1) % len(vertices)]
        out.append(Work((i, 0), f"-({num(to_y)} - {factor(y)})"))
        out.append(Work((i, 1), f"{num(to_x)} - {factor(x)}"))
    return out


def _offset_work(normals: Any, vertices: Any) -> list[Work]:
    return [Work(at, f"-({dot(normals[at[0]], vertices[at[0]])})") for at in entries(normals[:, 0])]


def _field_work(points: Any, normals: Any, offsets: Any, value: Any) -> list[Work]:
    return [
        Work((i, k), f"{dot(points[i], normals[k])} + {factor(offsets[k])}")
        for i, k in entries(value)
    ]


def check(vertices: Any, points: Any) -> None:
    """The corners go around a convex polygon counter-clockwise."""
    if len(vertices) < 3:
        raise GivenError("'vertices' needs at least three corners.", where="vertices")
    if max(np.abs(vertices).max(), np.abs(points).max()) > _FARTHEST:
        raise GivenError(
            f"coordinates of 'vertices' and 'points' go up to {_FARTHEST:g}.", where="vertices"
        )
    if len(vertices) * max(len(vertices), len(points)) > MOST_ENTRIES:
        raise GivenError(
            f"the corners times the points are more than {MOST_ENTRIES}; take fewer.",
            where="points",
        )
    edges = _edges(vertices)
    if np.any(np.abs(edges).max(axis=1) <= TIE):
        raise GivenError("two neighbouring corners of 'vertices' are equal.", where="vertices")
    normals = _normals(vertices)
    fields = _fields(vertices, normals, 0.0 - _products(normals, vertices))
    # Products of coordinates are rounded in proportion to their squares.
    slack = TIE * max(1.0, float(np.abs(vertices).max()) ** 2)
    if fields.min() < -slack or fields.max() <= slack:
        raise GivenError(
            "'vertices' must be the corners of a convex polygon in counter-clockwise order.",
            where="vertices",
        )


def _turned(corners: Any, quarters: int) -> Any:
    """The corners turned by quarter turns, still counter-clockwise."""
    for _ in range(quarters):
        corners = np.column_stack((-corners[:, 1], corners[:, 0]))
    return corners


def _polygon(rng: Any, level: int) -> Any:
    """A rectangle or right triangle with its sides on the axes; any triangle; a pentagon."""
    if level == 1:
        width, height = (float(n) for n in rng.integers(1, 4, size=2))
        box = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
        return np.delete(box, rng.integers(4), axis=0) if rng.random() < 0.5 else box
    shapes = _TRIANGLES if level == 2 else _PENTAGONS
    corners = np.array(shapes[rng.integers(len(shapes))], dtype=float).reshape(-1, 2)
    corners = _turned(corners, int(rng.integers(4))) + rng.integers(-2, 2, size=2)
    return np.roll(corners, int(rng.integers(len(corners))), axis=0)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three points and a rectangle or right triangle; any triangle; four points and a pentagon.

    The complement is asked for at level 2, either region at level 3.
    """
    vertices = _polygon(rng, level)
    low, high = vertices.min(axis=0) - 1.0, vertices.max(axis=0) + 1.0
    count = 4 if level == 3 else 3
    points = np.floor(2.0 * rng.uniform(low, high, size=(count, 2))) / 2.0 + (level == 1) * 0.25
    points[0] = np.rint(4.0 * vertices[rng.permutation(len(vertices))[:3]].mean(axis=0)) / 4.0
    if level > 1 and rng.random() < 0.5:
        at = int(rng.integers(len(vertices)))  # the middle of an edge
        points[-1] = (vertices[at] + vertices[at - 1]) / 2.0
    regions = {1: (INSIDE,), 2: (OUTSIDE,), 3: (INSIDE, OUTSIDE)}[level]
    return {
        "vertices": vertices,
        "points": points[rng.permutation(count)],
        "region": str(rng.choice(regions)),
    }


def avoid(points: Any, outputs: Any) -> str | None:
    """Points that are all on the same side, or the same."""
    if np.ptp(outputs) == 0:
        return "only inside or only outside points"
    return "equal points" if len(np.unique(points, axis=0)) < len(points) else None


FAMILY = Family(
    id="polygon-net",
    topic="mlp-forward",
    title="Threshold network for a convex polygon",
    task="Build a network of threshold units for the region, one hidden unit per edge of the "
    "polygon, and compute its output for every point.",
    sources=("nc",),
    givens=(
        Given(
            "vertices",
            "v",
            "corners of a convex polygon, one per row, counter-clockwise",
            "k x 2",
        ),
        Given("points", "p", "points to test, one per row", "m x 2"),
        Given(
            "region",
            r"\mathrm{region}",
            "where the output is 1: inside (AND at the output) or outside (NAND at the output)",
            kind="text",
            choices=(INSIDE, OUTSIDE),
        ),
    ),
    conventions={"heaviside_at_zero": ("one", "zero")},
    steps=(
        Step(
            "normals",
            "Inward normals of the edges",
            r"n_i = (-\Delta y_i, \Delta x_i) \text{ with } (\Delta x_i, \Delta y_i) = "
            r"v_{i+1} - v_i",
            _normals,
            work=_normal_work,
        ),
        Step(
            "offsets",
            "Offsets",
            r"b_i = -n_i \cdot v_i",
            lambda normals, vertices: 0.0 - _products(normals, vertices),
            work=_offset_work,
        ),
        Step(
            "fields",
            "Weighted sums, one row per point",
            r"z_{mi} = p_m \cdot n_i + b_i",
            _fields,
            work=_field_work,
        ),
        Step(
            "hidden",
            "Hidden outputs, one row per point",
            r"h_{mi} = H(z_{mi})",
            lambda fields, heaviside_at_zero: heaviside(fields, heaviside_at_zero),
            kind="integer",
            formula_for=lambda heaviside_at_zero: (
                "h_{mi} = " + step_of("z_{mi}", heaviside_at_zero)
            ),
        ),
        Step(
            "sums",
            "Half-planes that hold the point",
            r"s_m = \sum_i h_{mi}",
            lambda hidden: hidden.sum(axis=1),
            kind="integer",
            work=lambda hidden: [Work((i,), total(row)) for i, row in enumerate(hidden)],
        ),
        Step(
            "outputs",
            "Outputs",
            r"y_m = 1 \text{ if } s_m \ge k \text{ (outside: if } s_m \le k - 1 \text{), else } 0",
            _outputs,
            final=True,
            kind="integer",
            formula_for=Among(
                "region",
                {
                    "inside": r"y_m = 1 \text{ if } s_m \ge k, \text{ else } 0",
                    "outside": r"y_m = 1 \text{ if } s_m \le k - 1, \text{ else } 0",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "outward-normals",
            "normals",
            _outward,
            "These normals point out of the polygon: every half-plane is the wrong one.",
        ),
        Slip(
            "offset-sign",
            "offsets",
            _products,
            "The offset is MINUS normal · vertex, so that the edge itself gives 0.",
            when=lambda offsets: bool(np.any(np.abs(offsets) > TIE)),
        ),
        Slip(
            "or-for-and",
            "outputs",
            _any,
            "The polygon is the intersection of the half-planes: AND, threshold k.",
            when=lambda region, sums, outputs: region == INSIDE and differ(_any(sums), outputs),
        ),
        Slip(
            "and-of-complements",
            "outputs",
            _none,
            "The complement is the UNION of the complemented half-planes (NAND), not their "
            "intersection.",
            when=lambda region, sums, outputs: region == OUTSIDE and differ(_none(sums), outputs),
        ),
        Slip(
            "boundary-rule-swapped",
            "hidden",
            lambda fields, heaviside_at_zero: heaviside(fields, OTHER_AT_ZERO[heaviside_at_zero]),
            "On the boundary line the named convention gives the other value.",
            when=lambda fields: some_zero(fields),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    tie=lambda fields: some_zero(fields),
    tie_rules=("heaviside_at_zero",),
    discrepancies=(
        "polygon-theorem-needs-convexity",
        "complement-corollary-reasoning",
        "heaviside-at-zero",
    ),
    items=("nc-polygon-theorem", "nc-polygon-proof", "nc-complement"),
)
