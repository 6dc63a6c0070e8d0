from __future__ import annotations

from dataclasses import replace

from quizapp.cards import Reveal, ask
from quizapp.cards.reversed import BACK, directions
from tests.cards.making import card, complaints

FIELDS = {
    "question": "What is XOR for one unit?",
    "answer": "Not separable.",
    "reverse_question": "Which gate can one unit not compute?",
    "reverse_answer": "XOR.",
}


def test_both_directions_are_questions_of_their_own() -> None:
    (end, front), (other_end, back) = directions(FIELDS)

    assert (end, other_end) == ("", BACK)
    assert ask(card("reversed", **front), "slides") == Reveal(
        "What is XOR for one unit?", "Not separable."
    )
    assert ask(card("reversed", **back), "slides") == Reveal(
        "Which gate can one unit not compute?", "XOR."
    )


def test_the_directions_share_their_note_and_nothing_else() -> None:
    first, second = (
        replace(card("reversed", **data), id=f"xor{end}") for end, data in directions(FIELDS)
    )

    assert first.note == second.note == "xor"
    assert first.id != second.id
    assert first.digest() != second.digest()


def test_a_second_direction_asks_something_else() -> None:
    same = {**FIELDS, "reverse_question": "What is XOR for one unit? "}

    assert complaints("reversed", **FIELDS) == []
    (complaint,) = complaints("reversed", **same)
    assert "ask from the answer's side" in complaint
