"""A class of simulated students before every family: honest, slipping, careless.

The same class in large numbers: ``tests/benchmarks/test_students.py``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizapp.exercises.catalogue import family
from tests.exercises import nested
from tests.exercises.students.careless import with_an_error
from tests.exercises.students.fits import RIGHT, Explanations
from tests.exercises.students.free import (
    FREE,
    means_the_same,
    same_classes,
    same_paths,
    same_signatures,
)
from tests.exercises.students.honest import honest_sheets, in_own_terms
from tests.exercises.students.measures import NAMED, Measure
from tests.exercises.students.paper import Hand, digits, hands, typed
from tests.exercises.students.sheet import compute
from tests.exercises.students.simulation import simulate
from tests.exercises.students.slipping import with_one_slip
from tests.exercises.students.table import row
from tests.exercises.students.tally import Tally
from tests.exercises.variants import IDS, drawn, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.exercises.problem import Problem

VARIANTS = 4


def small_class(family_id: str) -> list[Problem]:
    """A few variants of every level, the settings of the conventions in turn over all of them."""
    among = len(settings(family(family_id)))
    numbers = [
        (level, VARIANTS * place + n)
        for place, level in enumerate(family(family_id).levels)
        for n in range(VARIANTS)
    ]
    return [drawn(family_id, level, number, number % among) for level, number in numbers]


@pytest.mark.parametrize("family_id", IDS)
def test_what_is_demanded_of_marking_holds_for_a_small_class(family_id: str) -> None:
    tally = simulate(small_class(family_id))
    missed = tally.missed()
    assert missed == [], "\n".join(missed)


# The students themselves -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0625, [0.063, 0.062, 0.062]),
        (-0.0625, [-0.063, -0.062, -0.062]),
        (0.12349999999999998, [0.124, 0.124, 0.123]),  # on paper 0.1235
        (0.9999, [1.0, 1.0, 0.999]),
        (123456.7, [123000.0, 123000.0, 123000.0]),
        (4e-17, [0.0, 0.0, 0.0]),
    ],
)
def test_a_hand_rounds_decimal_digits(value: float, written: list[float]) -> None:
    among = [hand for hand in hands(replace(drawn("attention", 1, 0), decimals=3)) if not hand.more]
    assert [hand.number(value, figures=False) for hand in among] == written


def test_small_numbers_keep_their_figures_where_these_are_asked_for() -> None:
    hand = Hand(3, 1, "ROUND_HALF_UP")
    assert hand.number(0.000123456, figures=True) == 0.0001235
    assert hand.number(0.000123456, figures=False) == 0.0001
    assert replace(hand, figures=True).number(0.000123456, figures=False) == 0.0001235


def test_numbers_are_typed_in_digits() -> None:
    assert digits(0.5, 3) == "0.500"
    assert digits(-2.0, 0) == "-2"
    assert digits(1.25e-05, 3) == "0.0000125"
    assert digits(1.23e6, 0) == "1230000"


def test_every_kind_of_honest_student_sits_before_a_problem() -> None:
    sheets = list(honest_sheets(drawn("attention", 2, 0)))
    assert len({sheet.kind for sheet in sheets}) == len(sheets) == 7
    assert set(sheets[-1].answers) == {"output"}


def test_a_sheet_is_the_same_each_time() -> None:
    problem = drawn("attention", 2, 0)
    first = [sheet.answers for sheet in honest_sheets(problem)]
    assert first == [sheet.answers for sheet in honest_sheets(problem)]


@pytest.mark.parametrize("entry", ["1 2", "1, 2", "1 -> 2"])
def test_uneven_rows_and_words_are_typed_as_students_list_them(entry: str) -> None:
    rng = np.random.default_rng(0)
    step = drawn("computation-graph", 1, 0).family.by_name["paths"]
    written = {typed(step, [["1", "2"], ["3"]], 3, rng) for _ in range(40)}
    assert f"{entry}\n3" in written


def test_signatures_are_typed_round_by_round() -> None:
    step = drawn("wl-colouring", 1, 0).family.by_name["signatures"]
    rounds = [[[1.0, 1.0, 1.0], [1.0, 1.0]], [[2.0, 1.0, 1.0], [1.0, 2.0]]]
    text = typed(step, rounds, 3, np.random.default_rng(0))
    assert text.replace(",", "") == "(1 1 1) (1 1)\n(2 1 1) (1 2)"


@pytest.mark.parametrize("family_id", IDS)
def test_what_is_left_free_is_known_for_every_step_that_leaves_it(family_id: str) -> None:
    free = {(family_id, step.name) for step in family(family_id).steps if step.align}
    assert free == {key for key in FREE if key[0] == family_id}


@pytest.mark.parametrize("family_id", sorted({key[0] for key in FREE}))
def test_own_terms_are_others_but_mean_the_same(family_id: str) -> None:
    problems = [drawn(family_id, level, n) for level in family(family_id).levels for n in range(6)]
    same, seen = 0, 0
    for problem in problems:
        truth = problem.solve()
        sheet = in_own_terms(problem)
        for step in problem.family.steps:
            if FREE.get((family_id, step.name)) not in {None, same_signatures}:
                seen += 1
                same += nested.alike(sheet.values[step.name], truth[step.name])
                if step.loop is None:
                    assert means_the_same(
                        problem, step.name, sheet.values[step.name], truth[step.name]
                    )
    assert same < seen


def test_errors_on_words_and_open_lists() -> None:
    found = set()
    for number in range(12):
        for family_id in ("computation-graph", "sliding-window", "wl-colouring"):
            problem = drawn(family_id, 2, number)
            for sheet in with_an_error(problem, 3):
                step = problem.family.by_name[sheet.spoilt]
                if not step.plain:
                    found.add((step.kind, sheet.how.split(",")[0].split(" in row")[0]))
    assert {("text", "digits swapped"), ("text", "entry forgotten")} <= found
    assert {("integer", "off by one"), ("integer", "entry forgotten")} <= found


# What is left free -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("same", "one", "other", "alike"),
    [
        (same_paths, [["a", "b"], ["a", "c"]], [["a", "c"], ["a", "b"]], True),
        (same_paths, [["a", "b"], ["a", "b"]], [["a", "c"], ["a", "b"]], False),
        (same_classes, [1, 1, 2], [5, 5, 1], True),
        (same_classes, [1, 1, 2], [5, 5, 5], False),
        (same_classes, [5, 5, 5], [1, 1, 2], False),
        (same_classes, [[1, 1, 2], [1, 2, 3]], [[2, 2, 1], [3, 2, 1]], True),
        (same_classes, [1, 1], [1, 1, 2], False),
        (same_signatures, [[1, 2, 1], [2, 1]], [[1, 1, 2], [2, 1]], True),
        (same_signatures, [[2, 1, 2], [1, 2]], [[1, 2, 1], [2, 1]], True),
        (same_signatures, [[2, 2], [2, 1]], [[1, 2], [2, 1]], False),
        (same_signatures, [[1, 1, 1], [1, 1]], [[1, 1], [1, 1]], False),
    ],
)
def test_what_means_the_same(
    same: Callable[[Any, Any], bool], one: Any, other: Any, alike: bool
) -> None:
    assert same(one, other) is alike


# Deciding what fits ----------------------------------------------------------------------


def test_the_slip_that_was_made_is_among_what_fits() -> None:
    for family_id in ("attention", "adam", "hopfield-recall", "backprop-hidden"):
        problem = drawn(family_id, 3, 0)
        explanations = Explanations(problem)
        for sheet in with_one_slip(problem):
            (slip,) = sheet.slips
            if "finals" not in sheet.kind:
                step = problem.family.by_name[slip.step]
                assert slip.name in explanations.of_line(dict(sheet.values), step), slip.name


def test_a_right_line_is_explained_by_nothing_wrong() -> None:
    problem = drawn("attention", 2, 0)
    values = compute(problem, hands(problem)[0])
    explanations = Explanations(problem)
    for step in problem.family.steps:
        assert explanations.of_line(values, step) == {RIGHT}


def test_a_line_that_is_off_in_one_entry_is_explained_by_nothing() -> None:
    problem = drawn("attention", 2, 0)
    values = compute(problem, hands(problem)[0])
    step = problem.family.by_name["weights"]
    values["weights"] = np.array(values["weights"])
    values["weights"][0, 0] += 0.05
    assert Explanations(problem).of_line(values, step) == set()


# Counting --------------------------------------------------------------------------------

NONE = Measure("none", "none wanted", most=0.0)
FEW = Measure("few", "few wanted", most=0.03)
MOST = Measure("most", "most wanted", least=0.99)
ALL = Measure("all", "all wanted", least=1.0)


@pytest.mark.parametrize(
    ("measure", "hits", "of", "met"),
    [
        (NONE, 0, 10, True),
        (NONE, 1, 1000, False),
        (FEW, 1, 5, True),  # one of five proves nothing
        (FEW, 2, 5, False),
        (FEW, 30, 1000, True),
        (FEW, 31, 1000, False),
        (MOST, 9, 10, True),
        (MOST, 8, 10, False),
        (MOST, 989, 1000, False),
        (ALL, 999, 1000, False),
    ],
)
def test_a_goal_of_a_share_allows_for_small_numbers(
    measure: Measure, hits: int, of: int, met: bool
) -> None:
    assert measure.met(hits, of) is met


def test_the_table_says_how_many_and_why_variants_were_rejected() -> None:
    tally = Tally(drawn=2, rejected=Counter({"equal scores": 3}))
    for hit in (True, False, True, True):
        tally.count(NAMED, "a sheet", hit=hit)
    assert [failure.what for failure in tally.failures] == ["a sheet"]
    assert "75.0%/4" in row("attention", tally)
    assert row("attention", tally).endswith("1.50 (equal scores 3)")
