"""Counts, shares and readings that no single formula gives, by enumeration and simulation."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.content.numeric_oracles import array, hebb, softmax

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

Array = NDArray[np.float64]

STATES = np.array(list(product((-1.0, 1.0), repeat=8)))
PATTERNS = array(
    [1, 1, 1, 1, -1, -1, -1, -1],
    [1, -1, 1, -1, 1, -1, 1, -1],
    [1, 1, -1, -1, 1, 1, -1, -1],
    [1, -1, -1, 1, 1, -1, -1, 1],
)
TIE = 1e-9


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line, minus signs as hyphens."""
    return " ".join(pack.cards[card].explanation.split()).replace("−", "-")


def example(pack: Pack, discrepancy: str) -> str:
    """Return the example of a discrepancy on one line, minus signs as hyphens."""
    given = pack.discrepancies[discrepancy].example
    assert given is not None
    return " ".join(given.text.split()).replace("−", "-")


def energies(weights: Array, states: Array) -> Array:
    """Return the energies of states without biases."""
    return np.asarray(-np.einsum("...i,...ij,...j->...", states, weights, states) / 2)


def sign(fields: Array) -> Array:
    """Return +1 for fields of at least 0 and -1 for the others."""
    return np.where(fields >= -TIE, 1.0, -1.0)


def minima(weights: Array) -> tuple[Array, Array, Array]:
    """Return the minima with ties, the strict ones, and the fixed points of sign(Wx)."""
    fields = STATES @ weights
    cost = 2 * STATES * fields
    return (
        STATES[(cost >= -TIE).all(axis=1)],
        STATES[(cost > TIE).all(axis=1)],
        STATES[(sign(fields) == STATES).all(axis=1)],
    )


def parasitic(found: Array, patterns: Array) -> int:
    """Return how many states are neither a pattern nor a mirror of one."""
    known = {tuple(row) for row in (*patterns, *-patterns)}
    return sum(tuple(row) not in known for row in found)


# The energy figure


def test_the_figure_has_four_minima_and_none_is_parasitic(pack: Pack) -> None:
    two = PATTERNS[:2]
    weights = hebb(two, 1 / 8)
    for found in minima(weights):
        assert len(found) == 4
        assert parasitic(found, two) == 0
    assert energies(weights, STATES).min() == energies(weights, two[0]) == -3

    assert "these four are the only minima" in example(
        pack, "hub-landscape-has-no-parasitic-minima"
    )
    assert "exactly 4 local minima" in explained(pack, "hop-figure-purple-circles")


def test_a_third_pattern_brings_eight_mixtures(pack: Pack) -> None:
    three = PATTERNS[:3]
    weights = hebb(three, 1 / 8)
    found = minima(weights)[0]
    assert len(found) == 14
    assert parasitic(found, three) == 8
    mixture = sign(three.sum(axis=0))
    assert tuple(mixture) == (1, 1, 1, -1, 1, -1, -1, -1)
    assert energies(weights, mixture) == -1.5
    assert energies(weights, three[0]) == -2.5
    np.testing.assert_allclose(8 * weights @ mixture, (9, 1, 1, -1, 1, -1, -1, -9))
    np.testing.assert_allclose(np.abs(weights @ three[0]), 0.625)

    told = example(pack, "hub-landscape-has-no-parasitic-minima")
    assert "there are 14 minima, 8 of them parasitic" in told
    assert "14 minima, 8 of them mixtures" in explained(pack, "hop-more-patterns")
    assert "(9, 1, 1, -1, 1, -1, -1, -9)" in explained(pack, "hop-mixture-state")


def test_four_orthogonal_patterns_separate_the_three_meanings_of_minimum(pack: Pack) -> None:
    weights = hebb(PATTERNS, 1 / 8)
    found = [(len(each), parasitic(each, PATTERNS)) for each in minima(weights)]
    assert found == [(40, 32), (8, 0), (12, 4)]

    told = example(pack, "local-minimum-strict-vs-nonstrict")
    assert "40 minima if ties count (32 parasitic), 8 if they do not (0 parasitic)" in told
    assert "12 fixed points with $\\sgn(0) = +1$ (4 parasitic)" in told


def test_synchronous_updates_of_the_figure_cycle_from_156_starts(pack: Pack) -> None:
    weights = hebb(PATTERNS[:2], 1 / 8)
    states = STATES
    for _ in range(len(STATES)):
        states = sign(states @ weights)
    once = sign(states @ weights)
    assert np.array_equal(sign(once @ weights), states)
    assert int((once != states).any(axis=1).sum()) == 156

    assert "of 256 starts 156 end" in example(pack, "synchronous-vs-asynchronous")
    assert "156 of the 256 starts" in explained(pack, "hop-synchronous-cycle")


def test_one_wrong_bit_is_repaired(pack: Pack) -> None:
    weights = hebb(PATTERNS[:2], 1 / 8)
    for bit in range(8):
        cue = PATTERNS[0].copy()
        cue[bit] *= -1
        assert energies(weights, cue) == -1.5
        wrong = np.flatnonzero(sign(weights @ cue) != cue)
        assert wrong.tolist() == [bit]
        assert abs(weights[bit] @ cue) == 0.75

    assert "the energy rises from $-3$ to $-1.5$" in explained(pack, "hop-cam-recall")


def test_a_stored_pattern_may_lie_above_the_deepest_minimum(pack: Pack) -> None:
    three = array([1, 1, -1, -1, -1, -1], [1, 1, -1, 1, -1, 1], [1, 1, 1, -1, 1, 1])
    weights = hebb(three, 1 / 6)
    assert (three * (three @ weights) > TIE).all()
    np.testing.assert_allclose(energies(weights, three), (-11 / 6, -11 / 6, -1.5))
    lowest = min(energies(weights, array(*state)) for state in product((-1, 1), repeat=6))
    assert lowest == pytest.approx(-11 / 6)

    assert "$-1.83$, $-1.83$ and $-1.5$" in explained(pack, "hop-stored-not-global")


def test_the_course_of_a_sweep(pack: Pack) -> None:
    weights = array([0, 1, -1], [1, 0, 2], [-1, 2, 0])
    bias = array(0.5, 0, 0)
    state = array(-1, 1, -1)
    levels = [float(energies(weights, state) - bias @ state)]
    at_once = sign(weights @ state + bias)
    for unit in range(3):
        state[unit] = sign(weights[unit] @ state + bias[unit])
        levels.append(float(energies(weights, state) - bias @ state))
    assert state.tolist() == [1, -1, -1]
    assert levels == [4.5, -0.5, -2.5, -2.5]
    assert np.array_equal(sign(weights @ state + bias), state)
    assert at_once.tolist() == [1, -1, 1]
    assert energies(weights, at_once) - bias @ at_once == 3.5

    assert "Energies: $4.5, -0.5, -2.5, -2.5$" in explained(pack, "hop-trace-one-sweep")


# Capacity, simulated


@pytest.mark.parametrize(("count", "share"), [(10, 0.96), (14, 0.79), (20, 0.38), (100, 0.0)])
def test_the_share_of_stable_patterns_of_a_hundred_neurons(
    pack: Pack, count: int, share: float
) -> None:
    rng = np.random.default_rng(20260700 + count)
    stable = []
    for _ in range(400):
        patterns = rng.choice([-1.0, 1.0], size=(count, 100))
        fields = patterns @ hebb(patterns, 1 / 100)
        stable.append((sign(fields) == patterns).all(axis=1).mean())
    assert np.mean(stable) == pytest.approx(share, abs=0.02)

    assert f"{share:g} for $P = {count}$" in example(pack, "hopfield-capacity-N-vs-0.138N")


@pytest.mark.parametrize(
    ("count", "lowest", "fixed"), [(2, "100", "97"), (3, "38", "79"), (4, "38", "53")]
)
def test_how_often_a_stored_pattern_of_eight_units_is_deepest(
    pack: Pack, count: int, lowest: str, fixed: str
) -> None:
    rng = np.random.default_rng(20260800 + count)
    patterns = rng.choice([-1.0, 1.0], size=(40_000, count, 8))
    weights = np.einsum("npi,npj->nij", patterns, patterns) / 8
    weights[:, range(8), range(8)] = 0
    pairs = (STATES[:, :, None] * STATES[:, None, :]).reshape(-1, 64)
    floor = (-weights.reshape(-1, 64) @ pairs.T / 2).min(axis=1)
    fields = patterns @ weights
    own = -(patterns * fields).sum(axis=2) / 2
    deepest = (own <= floor[:, None] + TIE).mean()
    stable = (sign(fields) == patterns).all(axis=2).mean()
    assert f"{100 * deepest:.0f}" == lowest
    assert 100 * stable == pytest.approx(float(fixed), abs=0.9)

    told = example(pack, "stored-patterns-at-global-minimum")
    assert f"{lowest} % " in told
    assert f"{fixed} %" in told


# The figures on attention, positions and gradients, by the course's own seeds


def test_the_heat_map_of_the_course(pack: Pack) -> None:
    rng = np.random.default_rng(7)
    tokens = rng.standard_normal((6, 16))
    queries = tokens @ (rng.standard_normal((16, 8)) * 0.3)
    keys = tokens @ (rng.standard_normal((16, 8)) * 0.3)
    weights = softmax(queries @ keys.T / np.sqrt(8))
    cat, sat, on = 1, 2, 3
    read = [weights[cat, cat], weights[cat, sat], weights[on, sat], weights[sat, on]]
    assert [f"{weight:.2f}" for weight in read] == ["0.03", "0.44", "0.68", "0.15"]
    assert f"{weights.min():.3f}" == "0.007"
    assert weights.argmax() == 6 * on + sat

    told = explained(pack, "att-diagonal-not-largest")
    assert '"cat" gives itself 0.03 and "sat" 0.44' in told
    assert "shows only 0.15" in explained(pack, "att-heatmap-read")
    assert "from 0.007 to 0.68" in explained(pack, "att-random-meaning")


def encoding(position: int, width: int) -> Array:
    """Return the sinusoidal code of a position."""
    angles = position / 10000 ** (2 * np.arange(width // 2) / width)
    return np.stack([np.sin(angles), np.cos(angles)], axis=1).ravel()


def test_products_of_positional_codes_depend_on_the_offset(pack: Pack) -> None:
    for first in (5, 20):
        assert encoding(first, 64) @ encoding(first + 3, 64) == pytest.approx(25.587, abs=5e-4)
    assert encoding(5, 64) @ encoding(5, 64) == pytest.approx(32)

    assert "25.587" in explained(pack, "pe-dot-offset")
    assert "25.587" in example(pack, "vaswani-pe-absolute-vs-relative")


def test_the_vanishing_gradient_figure_of_the_course(pack: Pack) -> None:
    sample = np.random.default_rng(0).standard_normal(2000)
    logistic = 1 / (1 + np.exp(-sample))
    sigmoid = np.exp(np.mean(np.log(logistic * (1 - logistic) + 1e-12)))
    active = (sample > 0).astype(float)
    relu = np.exp(np.mean(np.log(active + 1e-12)))
    assert f"{sigmoid:.4f} {sigmoid**10:.2e}" == "0.1994 9.96e-08"
    assert f"{100 * active.mean():.1f} {relu:.2e} {relu**10:.1e}" == "48.3 6.25e-07 9.1e-63"
    assert round(np.log10(sigmoid**10 / relu**10)) == 55

    told = example(pack, "hub-relu-geometric-mean-figure")
    assert "48.3 %" in told
    assert r"6.25 \cdot 10^{-7}" in told
    assert r"9.1 \cdot 10^{-63}" in told
    assert r"0.1994, to the tenth power $9.96 \cdot 10^{-8}$" in example(
        pack, "hub-ten-sigmoid-layers-number"
    )
    assert "about 0.199" in explained(pack, "bp-geometric-mean")
