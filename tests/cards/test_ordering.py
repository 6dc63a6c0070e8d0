from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import Judgement, Order, ask, judge, shuffled
from tests.cards.making import card, complaints

counts = st.integers(3, 8)
seeds = st.integers() | st.text()


def steps(count: int) -> Order:
    return Order("?", tuple(f"step {n}" for n in range(count)), right=tuple(range(count)))


def test_an_ordering_card_holds_its_steps_in_order() -> None:
    asked = ask(card("ordering", question="?", steps=["a", "b", "c"]), "slides")

    assert asked == Order("?", ("a", "b", "c"), right=(0, 1, 2))


@given(counts, seeds)
def test_mixed_steps_are_never_in_the_right_order(count: int, seed: int | str) -> None:
    mixed = shuffled(steps(count), seed)
    assert isinstance(mixed, Order)

    assert mixed.right != tuple(range(count))
    assert [mixed.steps[n] for n in mixed.right] == list(steps(count).steps)


@given(counts, seeds)
def test_the_same_seed_mixes_in_the_same_way(count: int, seed: int | str) -> None:
    assert shuffled(steps(count), seed) == shuffled(steps(count), seed)


@given(seeds)
def test_only_the_right_order_is_right(seed: int | str) -> None:
    mixed = shuffled(steps(4), seed)
    assert isinstance(mixed, Order)

    assert [order for order in permutations(range(4)) if judge(mixed, order).right] == [mixed.right]


@pytest.mark.parametrize("response", [None, (), (0, 1), "0 1 2", [0, 1, 2]])
def test_what_is_no_order_of_the_steps_is_wrong(response: Any) -> None:
    shown = "1. step 0\n2. step 1\n3. step 2"

    assert judge(steps(3), response) == Judgement(right=False, shown=shown, other=False)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (["a", "b"], "3 to 8 steps, this one has 2"),
        (list("abcdefghi"), "3 to 8 steps, this one has 9"),
        (["a", "b", " A "], "the same as step 1"),
    ],
)
def test_steps_are_some_and_differ(written: list[str], message: str) -> None:
    (complaint,) = complaints("ordering", question="?", steps=written)

    assert message in complaint
