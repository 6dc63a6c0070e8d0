"""The figures that the texts on activations give without a family behind them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

Array = NDArray[np.float64]

GRID = np.linspace(-6, 6, 24001)
SCORES = np.array(
    [
        [8.44582642, 2.81670835, 3.71839622, 11.15438217, 10.40262056],
        [2.63662707, -1.86241886, 4.25830586, 2.83273711, 3.34797951],
        [1.68466004, 0.25169234, -2.12365387, 5.65477395, 1.41959583],
        [-4.41036154, -0.81778331, 1.56173462, -6.84739061, 14.47486963],
    ]
).ravel()


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def normal(z: Array) -> Array:
    """Return the standard normal distribution function."""
    return np.array([(1 + math.erf(each / math.sqrt(2))) / 2 for each in z])


def sigmoid(z: Array) -> Array:
    """Return the logistic function."""
    return np.asarray(1 / (1 + np.exp(-z)))


def softmax(scores: Array) -> Array:
    """Turn scores into weights that sum to 1."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def test_the_dip_of_gelu(pack: Pack) -> None:
    gelu = GRID * normal(GRID)
    slope = normal(GRID) + GRID * np.exp(-(GRID**2) / 2) / math.sqrt(2 * math.pi)
    lowest = int(gelu.argmin())
    told = explained(pack, "act-gelu-monotone")
    assert f"its minimum ${gelu[lowest]:.3f}$ at $z = {GRID[lowest]:.3f}$" in told
    assert f"around $z = 1.4$ it even exceeds 1, with {slope.max():.3f}" in told


def test_gelu_and_its_approximations(pack: Pack) -> None:
    gelu = GRID * normal(GRID)
    inner = math.sqrt(2 / math.pi) * (GRID + 0.044715 * GRID**3)
    error = np.abs(GRID * (1 + np.tanh(inner)) / 2 - gelu)
    told = explained(pack, "act-gelu-tanh-error")
    assert f"{error.max():.5f}" == "0.00047"
    assert "The largest deviation is 0.00047, near $z = \\pm 2.7$" in told
    assert f"{abs(GRID[error.argmax()]):.1f}" == "2.7"

    apart = np.abs(GRID * sigmoid(1.702 * GRID) - gelu).max()
    assert 0.020 < apart < 0.021
    assert "differ by at most 0.021" in explained(pack, "act-gates-table")


def test_the_dip_of_swish(pack: Pack) -> None:
    swish = GRID * sigmoid(GRID)
    lowest = int(swish.argmin())
    assert f"{swish[lowest]:.3f}" == "-0.278"
    assert abs(GRID[lowest] + 1.278) < 0.001
    assert "to $-0.278$ at $z = -1.278$" in explained(pack, "act-swish-minus-two")


def test_the_slopes_of_sigmoid_and_tanh_cross(pack: Pack) -> None:
    right = GRID[GRID >= 0]
    output = sigmoid(right)
    below = right[1 - np.tanh(right) ** 2 < output * (1 - output)]
    assert f"{below[0]:.2f}" == "1.66"
    assert (np.diff(below) < 0.001).all()
    assert "cross at $\\pm 1.66$" in explained(pack, "act-tanh-below-sigmoid")


def test_the_twenty_scores(pack: Pack) -> None:
    shares = np.sort(softmax(SCORES))[::-1]
    assert f"{shares[0]:.4f} {shares[1]:.4f}" == "0.9471 0.0342"
    assert f"together hold {100 * shares[:2].sum():.1f} %" in explained(
        pack, "act-softmax-second-of-twenty"
    )
    sharper = softmax(2 * SCORES).max()
    told = explained(pack, "act-softmax-twenty-argmax")
    assert f"would sharpen 0.9471 to {sharper:.4f}" in told
    assert f"{softmax(SCORES + 100).max():.4f}" == "0.9471"


def test_a_second_softmax_is_flat(pack: Pack) -> None:
    once = softmax(np.array([1.0, 0, -1]))
    twice = softmax(once)
    told = explained(pack, "act-softmax-twice")
    assert "({:.3f}, {:.3f}, {:.3f})".format(*twice) in told
    assert f"has become a gap of {once[0] - once[2]:.3f}" in told
    assert f"never exceed $e/(e + 2) = {math.e / (math.e + 2):.3f}$" in told
