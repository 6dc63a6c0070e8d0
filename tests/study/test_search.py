"""Finding cards by words, phrases and Greek letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import Card
from quizapp.study.search import CardSearch


def card(name: str, question: str, explanation: str = "Because.") -> Card:
    return Card(
        id=name,
        type="basic",
        topic="hopfield",
        items=(),
        sources=(),
        discrepancies=(),
        families=(),
        tags=("trap",),
        explanation=explanation,
        data={"question": question, "answer": "It\n falls."},
    )


CARDS = [
    card("energy", "What does the Energy of a net do?"),
    card("delta", r"What is $\delta_j$?", "The error signal."),
    card("net-energy", "A net input and its energy"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["energy", "delta", "net-energy"]),
        ("energy", ["energy", "net-energy"]),
        ("ENERGY net", ["energy", "net-energy"]),
        ('"net input"', ["net-energy"]),
        ('"input net"', []),
        ('"it falls."', ["energy", "delta", "net-energy"]),
        ("δ", ["delta"]),
        (r"\delta", ["delta"]),
        ("error signal", ["delta"]),
        ("hopfield trap delta", ["delta"]),
        ('net "inp', ["net-energy"]),
        ('" "', ["energy", "delta", "net-energy"]),
        ("nothing", []),
    ],
)
def test_every_word_has_to_be_there(typed: str, found: list[str]) -> None:
    assert [card.id for card in CardSearch(CARDS).find(typed)] == found


@given(st.text(max_size=40))
def test_any_text_can_be_looked_for(typed: str) -> None:
    found = CardSearch(CARDS).find(typed)

    assert [one for one in CARDS if one in found] == found
