from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from quizapp.cards import (
    AnswerBy,
    ChooseMany,
    ChooseOne,
    Number,
    Option,
    Reveal,
    ask,
    judge,
    types,
)
from quizapp.core.place import Place
from tests.cards.making import card, complaints

if TYPE_CHECKING:
    from quizapp.cards import Ask


def options(*right: object) -> list[dict[str, object]]:
    return [{"text": f"option {n}", "right": one} for n, one in enumerate(right)]


def test_every_type_is_found() -> None:
    assert list(types()) == [
        "basic",
        "choice",
        "cloze",
        "comparison",
        "numeric",
        "ordering",
        "reversed",
        "true-false",
        "typed",
    ]


def test_a_basic_card_shows_its_answer() -> None:
    assert ask(card("basic", question="?", answer="!"), "slides") == Reveal("?", "!")


@pytest.mark.parametrize(("side", "back", "other"), [("slides", "N", "M"), ("textbook", "M", "N")])
def test_a_basic_card_shows_the_chosen_side_and_keeps_the_other(
    side: AnswerBy, back: str, other: str
) -> None:
    two = card("basic", question="?", answer={"slides": "N", "textbook": "M"})

    assert ask(two, side) == Reveal("?", back, other)


def test_a_true_false_card_is_a_choice_in_a_fixed_order() -> None:
    asked = ask(card("true-false", statement="It falls.", answer=False), "slides")

    assert asked == ChooseOne("It falls.", (Option("True"), Option("False")), right=1, fixed=True)


def test_the_other_side_of_a_true_false_card_is_recognized() -> None:
    asked = ask(
        card("true-false", statement="?", answer={"slides": True, "textbook": False}), "slides"
    )

    assert judge(asked, 0).right
    assert judge(asked, 1).other


def test_decimals_are_a_tolerance() -> None:
    asked = ask(card("numeric", question="?", value=0.5, decimals=2, unit="bits"), "slides")

    assert asked == Number("?", value=0.5, tolerance=0.01, unit="bits")


@pytest.mark.parametrize(
    ("side", "value", "other"), [("slides", 100, 13.8), ("textbook", 13.8, 100)]
)
def test_a_number_by_two_sides(side: AnswerBy, value: float, other: float) -> None:
    two = card("numeric", question="?", value={"slides": 100, "textbook": 13.8}, tolerance=0.05)

    assert ask(two, side) == Number("?", value=value, tolerance=0.05, other=other)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"value": 1.0}, "say how exact"),
        ({"value": 1.0, "decimals": 1, "tolerance": 0.1}, "not both"),
        ({"value": float("nan"), "decimals": 1}, "finite"),
        ({"value": {"slides": 1.0, "textbook": float("inf")}, "decimals": 1}, "finite"),
        ({"value": 1.0, "decimals": -1}, "between 0 and 12"),
        ({"value": 1.0, "tolerance": -0.1}, "not negative"),
    ],
)
def test_a_number_says_how_exact_it_is(fields: dict[str, Any], message: str) -> None:
    (complaint,) = complaints("numeric", question="?", **fields)

    assert message in complaint


def test_a_choice_of_one() -> None:
    written = options(False, True, False)
    written[0]["why"] = "No."
    asked = ask(card("choice", question="?", options=written), "slides")

    assert asked == ChooseOne(
        "?", (Option("option 0", "No."), Option("option 1"), Option("option 2")), right=1
    )


def test_a_choice_of_many_says_so() -> None:
    asked = ask(
        card("choice", question="?", options=options(True, True, False), select="many"), "slides"
    )

    assert isinstance(asked, ChooseMany)
    assert asked.right == {0, 1}
    assert asked.front == "?\n\nChoose all that apply."


def sided(*, slides: bool) -> dict[str, bool]:
    return {"slides": slides, "textbook": not slides}


@pytest.mark.parametrize(("side", "right"), [("slides", 0), ("textbook", 1)])
def test_a_choice_by_two_sides(side: AnswerBy, right: int) -> None:
    rights = (sided(slides=True), sided(slides=False), False)
    asked = ask(card("choice", question="?", options=options(*rights)), side)

    assert isinstance(asked, ChooseOne)
    assert (asked.right, asked.other) == (right, 1 - right)


def test_a_choice_of_many_by_two_sides() -> None:
    rights = (sided(slides=True), True, False)
    asked = ask(card("choice", question="?", options=options(*rights), select="many"), "textbook")

    assert isinstance(asked, ChooseMany)
    assert asked.right == {1}
    assert asked.other == frozenset({0, 1})


@pytest.mark.parametrize(
    ("rights", "select", "message"),
    [
        ((True, False), "one", "3 to 6 options, this one has 2"),
        ((True, *[False] * 6), "one", "3 to 6 options, this one has 7"),
        ((False, False, False), "one", "exactly one option must be right, but none"),
        ((True, True, False), "one", "exactly one option must be right, but 2"),
        ((True, sided(slides=True), False), "one", "by the slides 2 of them are"),
        ((sided(slides=True), False, False), "one", "by the textbook none of them is"),
        ((False, False, False), "many", "at least one option must be right, but none"),
    ],
)
def test_a_choice_has_the_right_number_of_right_options(
    rights: tuple[object, ...], select: str, message: str
) -> None:
    (complaint,) = complaints("choice", question="?", options=options(*rights), select=select)

    assert message in complaint


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("basic", {"question": "E[X] [/foo]", "answer": "[b ]0;x"}),
        ("cloze", {"text": "E[X] {{[/foo]}} [b ]0;x"}),
        ("true-false", {"statement": "E[X] [/foo] [b ]0;x", "answer": True}),
        ("numeric", {"question": "E[X] [/foo] [b ]0;x", "value": 1, "decimals": 1}),
        (
            "choice",
            {
                "question": "E[X]",
                "options": [{"text": "[/foo]", "right": True}, *options(False, False)],
            },
        ),
    ],
)
def test_markup_in_a_text_stays_text(kind: str, data: dict[str, Any]) -> None:
    asked: Ask = ask(card(kind, **data), "slides")

    assert asked.front.startswith("E[X]")
    assert not judge(asked, None).shown.startswith("foo")


def test_the_digest_changes_with_what_the_card_teaches_and_not_with_where_it_stands() -> None:
    one = card("basic", question="?", answer="!")
    moved = card("basic", question="?", answer="!")
    object.__setattr__(moved, "at", Place("other.yaml", 9, 9))

    assert moved.digest() == one.digest()
    assert moved == one
    assert card("basic", question="?", answer="!!").digest() != one.digest()
