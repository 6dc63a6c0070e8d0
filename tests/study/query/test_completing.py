"""How a query may go on, and names that no card has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.study.query import parse, read
from quizapp.study.query.completing import completed, completions, several, unknown
from quizapp.study.query.finding import Index
from quizapp.study.query.guide import GUIDE
from tests.study.query.queries import entry, facts

INDEX = Index(
    [
        entry("a", "?", topic="hopfield", tags=("trap",), discrepancies=("capacity-n",)),
        entry("b", "?", topic="hop-on", type="choice", tags=("deep learning",)),
    ],
    facts(),
)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("topic:", ["hop-on", "hopfield"]),
        ("energy -(topic:Hopf", ["hopfield"]),
        ("is:d", ["due", "dropped"]),
        ("prop:l", ["lapses"]),
        ("flag:r", ["red"]),
        ("tag:", ["trap"]),
        ("disc:", ["yes", "no", "capacity-n"]),
        ("type:ch", ["choice"]),
        ("id:", []),
        ("hop", []),
        ("topic:hopfield ", []),
        ('topic:"hop', []),
        ("nothing:h", []),
    ],
)
def test_names_are_offered_behind_a_colon(typed: str, offered: list[str]) -> None:
    assert completions(typed, INDEX) == offered


def test_the_end_is_completed_to_the_first_name() -> None:
    assert completed("energy topic:Hopf", INDEX) == "energy topic:Hopfield"
    assert completed("energy topic:hopfield", INDEX) is None
    assert completed("energy", INDEX) is None


@given(st.text(alphabet='topic:is h"(-*', max_size=20))
def test_a_completion_begins_with_what_was_typed(typed: str) -> None:
    found = completed(typed, INDEX)

    assert found is None or (found.startswith(typed) and len(found) > len(typed))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("topic:hop tag:trap disc:yes", None),
        ("topic:*field -tag:*", None),
        ("topic:hopfeld", "no card has the topic 'hopfeld'; did you mean topic:hopfield?"),
        ("energy -(is:due or tag:tarp)", "no card has the tag 'tarp'; did you mean tag:trap?"),
        ("item:x", "no card has any item."),
        ("type:zzz", "no card has the type of card 'zzz'."),
    ],
)
def test_a_name_that_no_card_has_is_told(typed: str, told: str | None) -> None:
    assert unknown(parse(typed), INDEX) == told


def test_a_long_list_of_names_is_cut() -> None:
    assert several(list("abcdefgh")) == "a, b, c, d and 4 more"


def test_every_example_of_the_guide_can_be_read() -> None:
    for _, group in GUIDE:
        for example in group:
            assert read(example.query).fault is None
