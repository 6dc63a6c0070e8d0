"""What repeated updates of a modern Hopfield network lead to, as the texts say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

Array = NDArray[np.float64]

PAIR = np.eye(2)
GROUP = np.array([[3, 0], [2.8, 0.6], [-3, 0]])
APART = np.array([[4.0, 0], [0, 4], [-4, 0]])


def weights(patterns: Array, state: Array, beta: float) -> Array:
    """Return the softmax of the scores of the patterns, one pattern per row."""
    scores = beta * patterns @ state
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def settled(patterns: Array, start: Array, beta: float) -> Array:
    """Return the state after many updates."""
    state = start
    for _ in range(2000):
        state = weights(patterns, state, beta) @ patterns
    return np.asarray(state)


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def shown(values: Array, decimals: int) -> str:
    """Return numbers as a text lists them."""
    return ", ".join(f"{value:.{decimals}f}" for value in values)


def test_two_patterns_merge_when_it_is_warm(pack: Pack) -> None:
    warm, cold = (settled(PAIR, PAIR[0], beta) for beta in (1, 4))
    assert f"$({shown(warm, 1)})$" in explained(pack, "mhop-three-minima")
    assert f"$({shown(cold, 3)})$" in explained(pack, "mhop-three-minima")


def test_a_group_is_a_metastable_state(pack: Pack) -> None:
    state = settled(GROUP, GROUP[0], 1)
    text = explained(pack, "mhop-which-minimum")
    assert f"$({shown(state, 2)})$" in text
    assert "weights 0.61, 0.39 and 0.00" in text
    assert shown(weights(GROUP, state, 1), 2) == "0.61, 0.39, 0.00"
    single = weights(GROUP, settled(GROUP, GROUP[0], 10), 10)[0]
    assert f"has {single:.3f}" in text


def test_temperature_of_one_update(pack: Pack) -> None:
    text = explained(pack, "mhop-small-beta")
    for beta in (0.01, 1):
        assert shown(weights(APART, np.array([1.0, 0]), beta), 3) in text


def test_errors_of_one_update_and_of_two(pack: Pack) -> None:
    patterns = np.array([[2.0, 2], [2, -2]])
    first = weights(patterns, np.array([2.0, 1]), 1) @ patterns
    second = weights(patterns, first, 1) @ patterns
    text = explained(pack, "mhop-one-update-means")
    assert f"to {2 - first[1]:.3f} in one update" in text
    assert f"brings it to {2 - second[1]:.3f}" in text
