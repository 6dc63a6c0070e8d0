"""What one McCulloch-Pitts neuron and one perceptron can compute, by going through all of them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

Table = tuple[bool, ...]

NOT_CONNECTED, EXCITATORY, INHIBITORY = range(3)
NAND = (True, True, True, False)
IMPLICATIONS = {(True, True, False, True), (True, False, True, True)}


def inputs(count: int) -> list[tuple[int, ...]]:
    """Return all patterns of some binary inputs."""
    return list(product((0, 1), repeat=count))


def neuron(kinds: tuple[int, ...], theta: int, bits: tuple[int, ...]) -> bool:
    """Return the output of a McCulloch-Pitts neuron."""
    paired = list(zip(kinds, bits, strict=True))
    if any(kind == INHIBITORY and bit for kind, bit in paired):
        return False
    return sum(bit for kind, bit in paired if kind == EXCITATORY) >= theta


def neurons(count: int) -> set[Table]:
    """Return the truth tables of all McCulloch-Pitts neurons."""
    return {
        tuple(neuron(kinds, theta, bits) for bits in inputs(count))
        for kinds in product((NOT_CONNECTED, EXCITATORY, INHIBITORY), repeat=count)
        for theta in range(count + 2)
    }


def perceptrons(count: int) -> set[Table]:
    """Return the truth tables of perceptrons; these weights are enough for up to three inputs."""
    corners = np.array(inputs(count))
    return {
        tuple(bool(fires) for fires in corners @ np.array(weights) >= theta)
        for weights in product(range(-3, 4), repeat=count)
        for theta in np.arange(-9.5, 10)
    }


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


@pytest.mark.parametrize(("count", "of_neurons", "separable"), [(2, 11, 14), (3, 36, 104)])
def test_neurons_compute_a_part_of_what_is_separable(
    count: int, of_neurons: int, separable: int
) -> None:
    assert len(neurons(count)) == of_neurons
    assert len(perceptrons(count)) == separable
    assert neurons(count) < perceptrons(count)


def test_the_texts_tell_these_numbers(pack: Pack) -> None:
    assert perceptrons(2) - neurons(2) == {NAND, *IMPLICATIONS}

    example = pack.discrepancies["mp-neuron-vs-linear-separability"].example
    assert example is not None
    told = " ".join(example.text.split())
    assert "14 are separable, and one McCulloch-Pitts neuron computes 11" in told
    assert "it is 36 of 104" in told
    assert "Of the 14 separable functions of two inputs" in explained(pack, "pcp-mp-nand")
    count = explained(pack, "pcp-separable-count")
    assert "reaches only 11 of the 14" in count
    assert "104 of the 256 functions are separable, 36 are computed" in count
    assert "36 neurons, but only 11 different functions" in explained(pack, "pcp-mp-what-is-set")


@pytest.mark.parametrize(
    ("kinds", "theta", "fires"),
    [
        ((EXCITATORY, INHIBITORY), 1, {(1, 0)}),
        ((INHIBITORY, INHIBITORY), 0, {(0, 0)}),
        ((EXCITATORY, EXCITATORY, INHIBITORY), 1, {(1, 0, 0), (0, 1, 0), (1, 1, 0)}),
    ],
)
def test_the_gates_of_the_cards(
    kinds: tuple[int, ...], theta: int, fires: set[tuple[int, ...]]
) -> None:
    assert {bits for bits in inputs(len(kinds)) if neuron(kinds, theta, bits)} == fires


def test_at_most_three_corners_of_xor_are_right() -> None:
    xor = (False, True, True, False)
    right = [sum(a == b for a, b in zip(table, xor, strict=True)) for table in perceptrons(2)]
    assert max(right) == 3
