from __future__ import annotations

from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import Card, Match, Order
from quizapp.exams.marks import QuestionMark, mark_question, question_ask
from quizapp.exams.paper import Paper, Question
from quizapp.exams.responses import columns_of, has_answer, order_of, response_to, share

MISTAKE = {"text": "backpropagation", "why": "That needs a gradient."}
WORD: dict[str, Any] = {
    "question": "Which rule?",
    "answer": {"slides": "Hebbian learning", "textbook": "outer-product rule"},
    "mistakes": [MISTAKE],
}
STEPS = {"question": "In order?", "steps": ["a", "b", "c", "d", "e"]}
TABLE: dict[str, Any] = {
    "question": "Which?",
    "columns": ["L", "M", "R"],
    "rows": [{"aspect": f"r{n}", "cells": [f"{n}l", f"{n}m", f"{n}r"]} for n in range(4)],
}


def card(kind: str, data: dict[str, Any]) -> Card:
    return Card(kind, kind, "hopfield", ("i",), (), (), (), (), "because", data)


def question(card_: Card, points: float = 4.0, seed: int = 5) -> Question:
    return Question("card", "Section", points, card_.id, seed, card_.digest())


def paper(asked: Question) -> Paper:
    return Paper("b", "c", "Exam", 10, 1, "slides", (asked,))


def marked(card_: Card, answer: dict[str, Any]) -> QuestionMark:
    asked = question(card_)
    return mark_question(paper(asked), asked, answer, {card_.id: card_})


def order() -> tuple[Card, Order]:
    drawn = card("ordering", STEPS)
    ask = question_ask(question(drawn), drawn, paper(question(drawn)))
    assert isinstance(ask, Order)
    return drawn, ask


def table() -> tuple[Card, Match]:
    drawn = card("comparison", TABLE)
    ask = question_ask(question(drawn), drawn, paper(question(drawn)))
    assert isinstance(ask, Match)
    return drawn, ask


# Words -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Hebbian learning", "hebbian-learning ", "Hebbian lerning"])
def test_a_word_is_all_right(text: str) -> None:
    mark = marked(card("typed", WORD), {"text": text})
    assert (mark.points, mark.right) == (4.0, True)


@pytest.mark.parametrize("answer", [{}, {"text": " "}, {"text": "?"}, {"text": "learning"}])
def test_or_all_wrong(answer: dict[str, Any]) -> None:
    mark = marked(card("typed", WORD), answer)
    assert (mark.points, mark.right, mark.shown) == (0.0, False, "Hebbian learning")


def test_a_mistake_and_the_other_side_are_recognized() -> None:
    word = card("typed", WORD)
    assert marked(word, {"text": "Backpropagation"}).remark == "That needs a gradient."
    other = marked(word, {"text": "outer product rule"})
    assert (other.points, other.other) == (0.0, True)


# Orders ------------------------------------------------------------------------------------


def test_the_right_order_earns_all_and_no_order_nothing() -> None:
    drawn, ask = order()
    assert marked(drawn, {"order": list(ask.right)}).points == 4.0
    nothing = marked(drawn, {})
    assert (nothing.points, nothing.right) == (0.0, False)
    assert marked(drawn, {"order": None}) == marked(drawn, {"order": []}) == nothing


@pytest.mark.parametrize(
    ("letters", "points"),
    [("abdec", 2.0), ("bcdea", 3.0), ("deabc", 3.0), ("edcba", 0.0), ("acebd", 0.0)],
)
def test_an_order_earns_the_neighbours_in_sequence(letters: str, points: float) -> None:
    drawn, ask = order()
    given_ = [ask.steps.index(letter) for letter in letters]
    assert marked(drawn, {"order": given_}).points == points


def test_no_other_order_earns_all() -> None:
    _, ask = order()
    full = [one for one in permutations(range(5)) if share(ask, one) == 1.0]
    assert full == [ask.right]


@pytest.mark.parametrize("given_", [[0, 1], [0, 0, 1, 2, 3], ["a"], [[0]], "01234", 7])
def test_an_order_of_other_steps_counts_as_none(given_: Any) -> None:
    _, ask = order()
    assert order_of(ask, {"order": given_}) is None


# Comparisons -------------------------------------------------------------------------------


def test_a_comparison_earns_its_rows_less_what_guessing_gives() -> None:
    drawn, ask = table()
    right = list(ask.right)
    wrong = [(column + 1) % 3 for column in right]
    assert marked(drawn, {"match": right}).points == 4.0
    assert marked(drawn, {"match": [*right[:3], wrong[3]]}).points == 2.5
    assert marked(drawn, {"match": [*right[:3], None]}).points == 3.0
    assert marked(drawn, {"match": [right[0], *wrong[1:]]}).points == 0.0
    assert marked(drawn, {"match": wrong}).points == 0.0
    assert marked(drawn, {"match": [None] * 4}).points == 0.0


def test_who_guesses_all_rows_can_expect_little() -> None:
    _, ask = table()
    shares = [share(ask, one) for one in product(range(3), repeat=4)]
    assert sum(shares) / len(shares) < 0.15
    assert min(shares) == 0.0


@pytest.mark.parametrize("given_", [[0, 1], [0, 1, 2, 0, 1], "0120", 7, None])
def test_columns_of_other_rows_count_as_none(given_: Any) -> None:
    _, ask = table()
    assert columns_of(ask, {"match": given_}) == (None,) * 4
    assert response_to(ask, {"match": given_}) == (None, "")


def test_a_column_that_there_is_not_counts_as_none() -> None:
    _, ask = table()
    assert columns_of(ask, {"match": [0, 3, -1, "1"]}) == (0, None, None, None)


# All ---------------------------------------------------------------------------------------

things = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.booleans(),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=8,
)


@given(things)
def test_whatever_stands_in_the_log_is_marked_between_nothing_and_all(thing: Any) -> None:
    for drawn, key in ((order()[0], "order"), (table()[0], "match"), (card("typed", WORD), "text")):
        mark = marked(drawn, {key: thing})
        assert 0 <= mark.points <= 4.0
        assert mark.right is (mark.points == 4.0)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"order": [0, 1]}, True),
        ({"order": None}, False),
        ({"match": [None, 0]}, True),
        ({"match": [None, None]}, False),
        ({"text": "x"}, True),
        ({"text": " "}, False),
    ],
)
def test_whether_an_answer_says_anything(answer: dict[str, Any], says: bool) -> None:
    assert has_answer(answer) is says
