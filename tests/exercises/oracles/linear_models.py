"""Oracle of linear regression: the normal equations in exact fractions, and problems for it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Rows = list[list[Fraction]]


def _eliminated(left: Rows, right: list[Fraction]) -> list[Fraction]:
    """The solution of a square system by Gauss and Jordan."""
    table = [[*row, value] for row, value in zip(left, right, strict=True)]
    for k in range(len(table)):
        pivot = next(i for i in range(k, len(table)) if table[i][k])
        table[k], table[pivot] = table[pivot], table[k]
        table[k] = [v / table[k][k] for v in table[k]]
        for i, row in enumerate(table):
            if i != k:
                table[i] = [v - row[k] * p for v, p in zip(row, table[k], strict=True)]
    return [row[-1] for row in table]


def linear_regression(g: Mapping[str, Any], c: Mapping[str, str]) -> dict[str, Any]:
    one, y = Fraction(1), [Fraction(v) for v in g["y"]]
    rows = [[Fraction(v) for v in row] for row in g["X"]]
    design = [[one, *row] if c["bias_slot"] == "first" else [*row, one] for row in rows]
    columns = list(zip(*design, strict=True))
    gram = [[_inner(a, b) for b in columns] for a in columns]
    moment = [_inner(a, y) for a in columns]
    w = _eliminated(gram, moment)
    predictions = [_inner(row, w) for row in design]
    mse = sum(((a - b) ** 2 for a, b in zip(y, predictions, strict=True)), Fraction(0)) / len(y)
    return {
        "design": _floats(design),
        "gram": _floats(gram),
        "moment": _floats(moment),
        "w": _floats(w),
        "predictions": _floats(predictions),
        "mse": float(mse),
    }


def _inner(a: Any, b: Any) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def _floats(value: Any) -> Any:
    return [_floats(v) for v in value] if isinstance(value, list) else float(value)


def _draw(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    """More points than features, so that the weights are well determined."""
    features = int(rng.integers(1, 5))
    points = int(rng.integers(2 * features + 3, 25))
    return {
        "X": rng.normal(0.5, 2.0, size=(points, features)).tolist(),
        "y": rng.normal(0.0, 5.0, size=points).tolist(),
    }


ORACLES = {"linear-regression": linear_regression}
DRAWS = {"linear-regression": _draw}
