from __future__ import annotations

import numpy as np
import pytest

from quizapp.exercises.rounding import (
    EXTREME,
    PURE_WAYS,
    cut_off,
    half_away,
    half_even,
    shake,
    units,
    ways,
    write,
)


@pytest.mark.parametrize(
    ("rounding", "wanted"),
    [(half_away, [0.13, -0.13]), (half_even, [0.12, -0.12]), (cut_off, [0.12, -0.12])],
)
def test_a_five_goes_its_way(rounding: object, wanted: list[float]) -> None:
    line = rounding(2)  # type: ignore[operator]
    assert line(np.array([0.125, -0.125])).tolist() == wanted


def test_the_ways_are_the_same_every_time() -> None:
    first = [way(np.array([1 / 3, 2 / 3])).tolist() for way in ways(2)]
    assert first == [way(np.array([1 / 3, 2 / 3])).tolist() for way in ways(2)]
    assert len(first) == PURE_WAYS + 5


def test_the_unit_is_that_of_the_last_decimal() -> None:
    assert units(np.array([0.0, 0.001, 1.0, 99_999.0]), 3).tolist() == [1e-3] * 4


def test_large_values_have_three_figures_at_least() -> None:
    assert units(np.array([123_456.0, -1e9]), 3).tolist() == [1e3, 1e7]
    assert units(np.array([123_456.0]), 5).tolist() == [10.0]


def test_a_small_value_typed_with_the_decimals_asked_for_is_compared_by_them() -> None:
    assert units(np.array([0.00234]), 3, np.array([0.0])).tolist() == [1e-3]
    assert units(np.array([0.00234]), 3, np.array([0.0023])).tolist() == [1e-3]


def test_a_small_value_typed_with_more_is_compared_by_its_figures() -> None:
    assert units(np.array([0.00234]), 3, np.array([0.00231])) == pytest.approx(1e-5)


def test_a_step_can_ask_for_figures() -> None:
    assert units(np.array([0.00234]), 3, np.array([0.0]), figures=True) == pytest.approx(1e-5)


def test_zero_and_infinity_have_the_unit_of_decimals() -> None:
    odd = np.array([0.0, np.inf, -np.inf])
    assert units(odd, 3, odd, figures=True).tolist() == [1e-3] * 3


def test_large_lines_are_written_in_figures() -> None:
    assert write(half_away(3), np.array([123_456.0, 1.23456]), 3).tolist() == [123_000.0, 1.235]


def test_lines_that_ask_for_it_are_written_in_figures() -> None:
    assert write(half_away(3), 0.00023456, 3, figures=True) == pytest.approx(0.000235)


def test_shaking_stays_within_half_a_unit_and_leaves_zeros() -> None:
    lines = np.linspace(0.0, 5.0, 50)
    off = shake(lines, 3, 7) - lines
    assert off[0] == 0.0
    assert 0 < np.abs(off).max() <= 0.0005 + 1e-12
    assert np.abs(shake(lines, 3, EXTREME) - lines)[1:] == pytest.approx(0.0005)
