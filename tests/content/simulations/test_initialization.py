"""The figures that the cards on starting weights state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.packs.model import Pack


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def test_copies_get_the_same_gradient(pack: Pack) -> None:
    inputs, outgoing = np.array([1.0, 2.0, 3.0]), np.array([[0.1, -0.1], [0.1, -0.1]])
    scores = np.maximum(0, inputs @ np.ones((3, 2))) @ outgoing
    errors = np.exp(scores) / np.exp(scores).sum() - [0, 1]
    gradient = np.outer(inputs, errors @ outgoing.T)
    assert np.allclose(gradient[:, 0], gradient[:, 1])
    printed = ", ".join(f"{value:.3f}" for value in gradient[:, 0])
    assert f"the gradient $({printed})$" in explained(pack, "init-all-equal")


def test_what_relu_leaves_of_a_normal_signal(pack: Pack) -> None:
    signal = np.maximum(0, np.random.default_rng(0).standard_normal(1_000_000))
    assert abs((signal**2).mean() - 0.5) < 0.003
    assert abs(signal.var() - (0.5 - 1 / (2 * np.pi))) < 0.003
    assert f"to {0.5 - 1 / (2 * np.pi):.3f}." in explained(pack, "init-relu-half")


def test_saturated_tanh(pack: Pack) -> None:
    text = explained(pack, "init-too-large-tanh")
    assert f"{(1 - np.tanh(10) ** 2) / 1e-9:.0f} \\cdot 10^{{-9}}" in text
    assert f"slope {1 - np.tanh(1) ** 2:.2f}" in text
