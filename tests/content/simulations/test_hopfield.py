"""What runs of small Hopfield networks lead to, as the cards say it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

Array = NDArray[np.float64]


def symmetric(first: float, second: float, third: float) -> Array:
    """Return the weights of three neurons from w12, w13 and w23."""
    upper = np.array([[0, first, second], [0, 0, third], [0, 0, 0]])
    return np.asarray(upper + upper.T)


def mean_rule(patterns: Array) -> Array:
    """Return the mean of the outer products of the rows minus the identity."""
    count, width = patterns.shape
    return np.asarray(patterns.T @ patterns / count - np.eye(width))


def step(weights: Array, state: Array) -> Array:
    """Return the state after all neurons were updated at once; a field of 0 gives +1."""
    return np.where(weights @ state >= -1e-9, 1.0, -1.0)


def energy(weights: Array, state: Array) -> float:
    """Return the energy of a state without biases."""
    return float(-state @ weights @ state / 2)


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def test_the_energy_can_rise_if_all_are_updated_at_once(pack: Pack) -> None:
    weights, start = symmetric(-1, 0, 2), np.array([-1.0, 1, -1])
    after = step(weights, start)
    assert after.tolist() == [-1, -1, 1]
    text = explained(pack, "hop-async-sync")
    assert f"energy {energy(weights, start):.0f} goes" in text
    assert f"with energy {energy(weights, after):.0f}" in text


def test_three_neurons_that_are_all_wrong_swap_for_ever() -> None:
    weights, start = symmetric(1, -2, 3), np.array([1.0, -1, 1])
    assert step(weights, start).tolist() == (-start).tolist()
    assert step(weights, -start).tolist() == start.tolist()


def test_updates_of_the_whole_state_end_in_at_most_two_states() -> None:
    draw = np.random.default_rng(7)
    for _ in range(50):
        weights = symmetric(*draw.normal(size=3))
        for start in product((-1.0, 1.0), repeat=3):
            state = np.array(start)
            for _ in range(16):
                state = step(weights, state)
            assert step(weights, step(weights, state)).tolist() == state.tolist()


def test_the_end_need_not_be_the_nearest_pattern() -> None:
    near, far = np.ones(5), np.array([-1.0, 1, -1, -1, 1])
    weights, start = mean_rule(np.array([far, -far, near])), np.array([-1.0, 1, 1, 1, 1])
    assert [step(weights, each).tolist() for each in (near, far)] == [near.tolist(), far.tolist()]
    assert ((start != near).sum(), (start != far).sum()) == (1, 2)
    assert step(weights, start).tolist() == [1, 1, -1, -1, 1]
    assert step(weights, step(weights, start)).tolist() == far.tolist()
