from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizapp.exercises.family import Given, Step
from quizapp.exercises.functions import softmax
from quizapp.exercises.tolerance import Steady, near, widest
from quizapp.exercises.world import World
from tests.exercises.small_families import declared, posed

A = Given("a", "a", "a number")


def only(rule: Any, **more: Any) -> Any:
    return declared([A], [Step("y", "y", "y", rule, final=True, **more)])


def accepts(problem: Any, typed: float) -> bool:
    return bool(problem.truth.explains(problem.family.steps[-1], np.asarray(typed)))


def test_a_unit_of_the_last_digit_is_allowed() -> None:
    problem = posed(only(lambda a: a / 4), a=3)
    assert accepts(problem, 0.751)
    assert not accepts(problem, 0.7521)


def test_rounding_inner_lines_widens_the_tolerance() -> None:
    plain = posed(only(lambda a: 100 * np.exp(a)), a=1)
    inner = posed(only(lambda a, line: 100 * line(np.exp(a))), a=1)
    assert not accepts(plain, 271.8)
    assert accepts(inner, 271.8)


def test_the_tolerance_is_by_entry() -> None:
    a = declared(
        [Given("a", "a", "numbers", "n")],
        [Step("y", "y", "y", lambda a, line: a * line(1 / 3), final=True)],
    )
    problem = posed(a, a=[0, 1000])
    step = a.steps[0]
    agreeing = problem.truth.agrees(step, np.array([0.3, 333.1]))
    assert agreeing is not None
    assert agreeing.tolist() == [False, True]


def test_counts_are_compared_exactly() -> None:
    problem = posed(only(lambda a: a, kind="integer"), a=3)
    assert not accepts(problem, 3.0001)


def test_where_rounding_breaks_a_line_the_tolerance_is_relative() -> None:
    two = declared(
        [A],
        [Step("v", "v", "v", lambda a: a * a), Step("y", "y", "y", lambda v: 1 / v, final=True)],
    )
    problem = posed(two, a=0.01)
    assert problem.truth.breaks(two.steps[1])
    assert accepts(problem, 10_090.0)
    assert not accepts(problem, 10_110.0)


def test_an_infinite_entry_is_explained_by_nothing_else() -> None:
    masked = declared(
        [A], [Step("y", "y", "y", lambda a, line: line(a * np.array([1.0, -np.inf])), final=True)]
    )
    step, problem = masked.steps[0], posed(masked, a=1)
    assert problem.truth.explains(step, np.array([1.0, -np.inf]))
    assert not problem.truth.explains(step, np.array([1.0, 5.0]))
    assert not problem.truth.explains(step, np.array([1.0, np.inf]))


def test_small_values_may_be_written_as_zero() -> None:
    assert accepts(posed(only(lambda a: a), a=0.0003), 0.0)


def test_small_values_written_in_figures_are_compared_in_figures() -> None:
    problem = posed(only(lambda a: a), a=0.00234)
    assert accepts(problem, 0.00234)
    assert accepts(problem, 0.002)
    assert not accepts(problem, 0.00117)


def test_a_number_below_the_last_decimal_is_told_from_its_double() -> None:
    problem = posed(only(lambda a: 2 * a), a=0.000117)
    assert accepts(problem, 0.000234)
    assert accepts(problem, 0.0)
    assert not accepts(problem, 0.000468)


def test_a_line_in_figures_is_no_zero() -> None:
    problem = posed(only(lambda a: a, figures=True), a=0.0003)
    assert not accepts(problem, 0.0)
    assert accepts(problem, 0.000301)


def test_large_values_need_three_figures() -> None:
    problem = posed(only(lambda a: a), a=123_456)
    assert accepts(problem, 123_000)
    assert not accepts(problem, 121_000)


def test_a_known_line_stands_for_what_rounds_to_it() -> None:
    times = declared(
        [A],
        [
            Step("z", "z", "z", lambda a: a),
            Step("y", "y", "y", lambda z: 100 * z, final=True),
        ],
    )
    problem = posed(times, a=5)
    known = {"z": 0.731}
    kept = World(times, problem.env, 3, known=known, shaken=False)
    shaken = World(times, problem.env, 3, known=known)
    assert not kept.explains(times.steps[1], np.asarray(73.12))
    assert shaken.explains(times.steps[1], np.asarray(73.12))
    assert not shaken.explains(times.steps[1], np.asarray(73.3))


def test_a_world_without_a_value_explains_nothing() -> None:
    problem = posed(only(lambda a: 1.0 / (float(a) - 1.0)), a=1)
    assert problem.truth.agrees(problem.family.steps[0], np.asarray(1.0)) is None
    assert not accepts(problem, 1.0)


def test_blank_entries_agree() -> None:
    assert near(np.array([np.nan]), np.array([3.0]), 0.0).all()


def test_the_widest_of_broken_runs_is_a_share_of_the_truth() -> None:
    truth = np.array([1.0, 100.0, np.inf])
    wide = widest(truth, [np.array([1.5, np.nan, np.inf]), None])
    assert wide == pytest.approx([0.5, 1.0, 0.0])


def softmax_of(z: Any, line: Any) -> Any:
    return softmax(z, line)


def test_the_softmax_of_students_who_round_e_to_the_x_is_accepted() -> None:
    attention = declared(
        [Given("z", "z", "logits", "n")],
        [Step("p", "p", "p", softmax_of, final=True)],
    )
    problem = posed(attention, z=[3.0, 2.5, -1.0], decimals=2)
    e = np.round(np.exp([3.0, 2.5, -1.0]), 2)
    assert problem.truth.explains(attention.steps[0], np.round(e / e.sum(), 2))


def test_own_lines_that_are_exact_stay_put() -> None:
    """Half a unit would decide on which side of the kink a difference of 0 lies."""
    kink = declared(
        [A],
        [
            Step("v", "v", "v", lambda a: a * a),
            Step("y", "y", "y", lambda v: np.where(v > 0.25, 9.0, 0.0), final=True),
        ],
    )
    problem = posed(kink, a=0.3)
    known, y = {"v": np.array(0.25)}, kink.steps[-1]
    shaken = World(kink, problem.env, 3, known=known)
    assert shaken.spread(y) == 9.0
    steady = {"v": Steady(known["v"], 3, [known["v"]])}
    assert World(kink, problem.env, 3, known=known, steady=steady).spread(y) == 0.0
