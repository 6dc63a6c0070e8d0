from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import (
    ChooseMany,
    ChooseOne,
    Judgement,
    Number,
    Option,
    Response,
    Reveal,
    judge,
    shuffled,
)

OPTIONS = (Option("a"), Option("b"), Option("c"), Option("d"))
ONE = ChooseOne("?", OPTIONS, right=1, other=3)
MANY = ChooseMany("?", OPTIONS, right=frozenset({0, 2}), other=frozenset({0}))
NUMBER = Number("?", value=100, tolerance=0.1, unit="patterns", other=13.8)

seeds = st.integers() | st.text()


def test_only_the_student_can_tell_whether_a_recalled_answer_was_right() -> None:
    assert judge(Reveal("?", "that"), None) == Judgement(right=None, shown="that", other=False)


@pytest.mark.parametrize(
    ("response", "right", "other"),
    [(1, True, False), (3, False, True), (0, False, False), (None, False, False)],
)
def test_one_option_is_right_and_that_of_the_other_side_is_recognized(
    response: int | None, right: bool, other: bool
) -> None:
    assert judge(ONE, response) == Judgement(right=right, shown="b", other=other)


@pytest.mark.parametrize(
    ("response", "right", "other"),
    [({0, 2}, True, False), ({0}, False, True), (set(), False, False), ({0, 1, 2}, False, False)],
)
def test_all_right_options_and_no_other_have_to_be_chosen(
    response: set[int], right: bool, other: bool
) -> None:
    assert judge(MANY, response) == Judgement(right=right, shown="- a\n- c", other=other)


@pytest.mark.parametrize(
    ("response", "right", "other"),
    [
        (100, True, False),
        (100.1, True, False),
        (99.9, True, False),
        (100.11, False, False),
        (13.75, False, True),
        (math.nan, False, False),
        (math.inf, False, False),
        (None, False, False),
    ],
)
def test_a_number_is_right_within_the_tolerance(
    response: Response, right: bool, other: bool
) -> None:
    assert judge(NUMBER, response) == Judgement(right=right, shown="100 patterns", other=other)


def test_the_last_decimal_counts_as_written_and_not_as_binary_rounds_it() -> None:
    assert 0.51 - 0.5 > 0.01

    assert judge(Number("?", value=0.5, tolerance=0.01), 0.51).right


@given(st.integers(-99999, 99999), st.integers(0, 6))
def test_a_deviation_of_one_unit_of_the_last_decimal_is_right_and_of_two_is_wrong(
    units: int, decimals: int
) -> None:
    ask = Number("?", value=units / 10**decimals, tolerance=10.0**-decimals)

    assert judge(ask, (units + 1) / 10**decimals).right
    assert not judge(ask, (units - 2) / 10**decimals).right


def test_an_answer_that_both_sides_accept_is_simply_right() -> None:
    ask = Number("?", value=1.0, tolerance=0.5, other=1.2)

    assert judge(ask, 1.1) == Judgement(right=True, shown="1", other=False)


@given(seeds)
def test_shuffling_moves_the_right_options_along(seed: int | str) -> None:
    one, many = shuffled(ONE, seed), shuffled(MANY, seed)

    assert isinstance(one, ChooseOne)
    assert isinstance(many, ChooseMany)
    assert one.options[one.right].text == "b"
    assert one.other is not None
    assert one.options[one.other].text == "d"
    assert {many.options[i].text for i in many.right} == {"a", "c"}
    assert {many.options[i].text for i in many.other or ()} == {"a"}
    assert sorted(option.text for option in one.options) == ["a", "b", "c", "d"]


@given(seeds)
def test_the_seed_alone_decides_the_order(seed: int | str) -> None:
    assert shuffled(ONE, seed) == shuffled(ONE, seed)


def test_every_order_comes_up() -> None:
    orders = {tuple(o.text for o in shuffled(ONE, seed).options) for seed in range(500)}  # type: ignore[union-attr]

    assert len(orders) == 24


@pytest.mark.parametrize("ask", [Reveal("?", "!"), NUMBER, ChooseOne("?", OPTIONS, 0, fixed=True)])
def test_what_has_no_order_or_keeps_it_is_not_shuffled(
    ask: Reveal | Number | ChooseOne,
) -> None:
    assert shuffled(ask, 3) is ask
