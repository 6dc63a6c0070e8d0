from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import AnswerBy, Judgement, Mistake, Words, ask, judge
from tests.cards.making import card, complaints

MODE = Words(
    "How are all units updated at once?",
    "synchronous",
    accept=("in parallel",),
    mistakes=(Mistake("asynchronous", "That is one by one."),),
    other="parallel update",
)


def test_a_typed_card_asks_for_words() -> None:
    fields: dict[str, Any] = {
        "question": "?",
        "answer": "softmax",
        "accept": ["soft max"],
        "mistakes": [{"text": "sigmoid", "why": "That is for two."}],
    }
    asked = ask(card("typed", **fields), "slides")

    assert asked == Words("?", "softmax", ("soft max",), (Mistake("sigmoid", "That is for two."),))


@pytest.mark.parametrize(
    ("side", "answer", "other"), [("slides", "a", "b"), ("textbook", "b", "a")]
)
def test_a_word_by_two_sides(side: AnswerBy, answer: str, other: str) -> None:
    two = card("typed", question="?", answer={"slides": "a", "textbook": "b"})

    assert ask(two, side) == Words("?", answer, other=other)


@pytest.mark.parametrize("text", ["synchronous", "  Synchronous.", "in parallel", "In-Parallel"])
def test_the_answer_and_what_is_accepted_are_right(text: str) -> None:
    assert judge(MODE, text) == Judgement(right=True, shown="synchronous", other=False)


def test_a_misspelling_is_right_and_said() -> None:
    judgement = judge(MODE, "synchronuos")

    assert judgement.right
    assert judgement.remark == "It is spelled synchronous."


def test_a_known_mistake_is_wrong_and_named() -> None:
    judgement = judge(MODE, "Asynchronous")

    assert judgement.right is False
    assert judgement.remark == "That is one by one."


def test_the_word_of_the_other_side_is_recognized() -> None:
    judgement = judge(MODE, "the parallel update")

    assert (judgement.right, judgement.other) == (False, True)


@pytest.mark.parametrize("response", [None, "", "?!", "unit by unit", "synchro", 3, (0, 1)])
def test_anything_else_is_wrong(response: Any) -> None:
    assert judge(MODE, response) == Judgement(right=False, shown="synchronous", other=False)


@given(st.text())
def test_any_text_can_be_judged(text: str) -> None:
    judgement = judge(MODE, text)

    assert judgement.right in {True, False}
    assert not (judgement.right and judgement.other)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"answer": "?!"}, "nothing of this could be typed"),
        ({"answer": "$\\eta$"}, "nobody types LaTeX"),
        ({"answer": "x" * 61}, "more than 60 characters"),
        ({"answer": "a", "accept": ["..."]}, "nothing of this could be typed"),
        ({"answer": {"slides": "a", "textbook": "$b$"}}, "nobody types LaTeX"),
        ({"answer": "X y", "mistakes": [{"text": "xy", "why": "No."}]}, "also accepted as right"),
    ],
)
def test_an_answer_can_be_typed(fields: dict[str, Any], message: str) -> None:
    (complaint,) = complaints("typed", question="?", **fields)

    assert message in complaint


def test_a_good_card_has_no_flaw() -> None:
    mistakes = [{"text": "b", "why": "No."}]
    assert complaints("typed", question="?", answer="a", accept=["c"], mistakes=mistakes) == []
