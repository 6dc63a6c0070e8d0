"""Figures of the cards on regularization that no solver computes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.packs.model import Pack


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def test_input_noise_adds_an_l2_penalty_to_the_squared_error(pack: Pack) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, (200_000, 2))
    weights, x, target = np.array([3.0, -4.0]), np.array([1.0, 1.0]), 0.0
    clean = float((weights @ x - target) ** 2)
    noisy = float(np.mean(((x + noise) @ weights - target) ** 2))

    assert abs(noisy - clean - 0.25) < 0.01
    assert "$0.01 \\cdot 25 = 0.25$" in explained(pack, "reg-noise-injection-why")


def test_the_mean_of_thinned_networks_is_not_the_scaled_network(pack: Pack) -> None:
    mean = np.maximum(0, [2, -2]).mean()

    assert (mean, max(0, 2 - 2)) == (1, 0)
    assert "is 1, ReLU of the mean is 0" in explained(pack, "reg-dropout-vs-ensemble")
