"""The figures that the texts on the forward pass give without a family behind them."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

Array = NDArray[np.float64]

CENTRES = [(x + 0.5, y + 0.5) for x, y in product(range(-1, 4), repeat=2)]


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def sigmoid(z: float) -> float:
    """Return the logistic function."""
    return 1 / (1 + math.exp(-z))


def test_the_two_products_of_stacks() -> None:
    left, right = np.ones((4, 3)), np.ones((5, 3, 2))
    assert np.dot(left, right).shape == (4, 5, 2)
    assert (left @ right).shape == (5, 4, 2)


def test_the_star_scales_columns() -> None:
    x, w = np.array([1, 2]), np.array([[1, 2], [3, 4]])
    np.testing.assert_array_equal(x * w, [[1, 4], [3, 8]])
    np.testing.assert_array_equal(x @ w, [7, 10])


def test_an_extra_softmax_bounds_the_loss(pack: Pack) -> None:
    first = sigmoid(4)
    again = sigmoid(first - (1 - first))
    told = explained(pack, "mlp-torch-no-softmax")
    assert f"give the loss {-math.log(first):.3f}" in told
    assert f"it is {-math.log(again):.3f} and" in told
    assert f"below {-math.log(sigmoid(1)):.3f}" in told


def test_the_share_of_the_first_layer(pack: Pack) -> None:
    first, total = 273 * 40 + 40, 273 * 40 + 40 + 40 * 3 + 3
    assert f"{100 * first / total:.1f} %" in explained(pack, "mlp-protein-params")


def test_unequal_output_weights_mark_an_l_shape() -> None:
    for x, y in CENTRES:
        walls = [x >= 0, y >= 0, x <= 2, y <= 2]
        total = 2 * sum(walls) + (x <= 1) + (y <= 1)
        inside = 0 < x < 2 and 0 < y < 2 and not (x > 1 and y > 1)
        assert (total >= 9) == inside


def test_the_middle_threshold_marks_a_cross() -> None:
    for x, y in CENTRES:
        walls = [x >= 0, y >= 0, x <= 1, y <= 1]
        assert (sum(walls) >= 3) == (0 < x < 1 or 0 < y < 1)
        assert (sum(walls) == 4) == (0 < x < 1 and 0 < y < 1)


def test_flipped_half_planes_and_an_and_mark_nothing() -> None:
    for x, y in CENTRES:
        flipped = [x < 0, y < 0, x > 1, y > 1]
        assert not all(flipped)
        assert any(flipped) == (not (0 < x < 1 and 0 < y < 1))
