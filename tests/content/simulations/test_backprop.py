"""The counts and sums that the cards on backpropagation state."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.packs.model import Pack


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def one_by_one(*targets: float) -> float:
    """Return the weight after a step on the loss (w - t)^2 of each target in turn."""
    weight = 0.0
    for target in targets:
        weight -= 0.1 * 2 * (weight - target)
    return weight


def test_the_order_of_the_samples_matters(pack: Pack) -> None:
    text = explained(pack, "bp-online-weights-seen")
    assert f"{one_by_one(1, 3):.2f} in this order and {one_by_one(3, 1):.2f} in the other" in text


def test_the_multiplications_of_a_chain_of_matrices(pack: Pack) -> None:
    size = 100
    first = size**3 + size**2
    assert first == 1_010_000
    assert 2 * size**2 == 20_000
    assert "1 010 000 multiplications, the second 20 000" in explained(pack, "bp-why-backwards")


def test_the_weights_of_the_network_with_many_paths(pack: Pack) -> None:
    widths = [1, *[10] * 10, 1]
    weights = sum(a * b for a, b in pairwise(widths))
    assert weights == 920
    assert "= 920$" in explained(pack, "bp-too-many-paths")
    paths = np.linalg.multi_dot([np.ones((a, b)) for a, b in pairwise(widths)])
    assert paths.item() == 10**10


def test_the_softmax_gradient_is_no_elementwise_product(pack: Pack) -> None:
    shares, target = np.array([0.7, 0.2, 0.1]), np.array([1.0, 0.0, 0.0])
    jacobian = np.diag(shares) - np.outer(shares, shares)
    right = jacobian @ (-target / shares)
    wrong = -target / shares * shares * (1 - shares)
    assert np.allclose(right, [-0.3, 0.2, 0.1])
    assert np.allclose(wrong, [-0.3, 0, 0])
    assert "$(-0.3, 0, 0)$, the right error is $(-0.3, 0.2, 0.1)$" in explained(
        pack, "bp-elementwise-when"
    )


def test_a_sigmoid_when_its_input_doubles(pack: Pack) -> None:
    before, after = (1 / (1 + np.exp(-z)) for z in (1, 2))
    assert f"from {before:.3f} to {after:.3f}" in explained(pack, "bp-forward-or-backward")


def test_the_four_lines_for_the_slope_of_tanh(pack: Pack) -> None:
    before = 0.693
    y = float(np.tanh(before))
    lines = (1 - y**2, 1 - before**2, y * (1 - y), 1 - np.tanh(y) ** 2)
    printed = [f"{line:.2f}" for line in lines]
    text = explained(pack, "bp-slope-tanh")
    assert f"give {', '.join(printed[:3])} and {printed[3]}" in text
    assert f"output is {y:.1f}" in text
