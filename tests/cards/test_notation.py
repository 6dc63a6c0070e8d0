"""Symbols of the reader's course in the texts of a card."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import Card, Reveal, ask
from quizapp.cards.notation import in_notation, is_symbolic, uses
from quizapp.mathtext import inline, parse

CARD = Card(
    id="a",
    type="choice",
    topic="t",
    items=("i",),
    sources=(),
    discrepancies=(),
    families=(),
    tags=(),
    explanation=r"Because $\sym{output} = \varphi(\sym{pre-activation})$.",
    data={"question": "What?", "options": [{"text": r"$\sym{pre-activation}_j$", "right": True}]},
    symbolic=True,
)
SYMBOLS = {"pre-activation": r"\hat{y}", "output": "z"}


def test_symbols_stand_in_every_text_of_a_card() -> None:
    shown = in_notation(CARD, SYMBOLS)

    assert shown.explanation == r"Because ${z} = \varphi({\hat{y} })$."
    assert shown.data["options"] == [{"text": r"${\hat{y} }_j$", "right": True}]
    assert shown.id == CARD.id


def test_a_name_without_a_symbol_is_shown_in_words() -> None:
    shown = in_notation(CARD, {"output": "z"})

    assert inline(shown.data["options"][0]["text"].strip("$")).startswith("pre-activation")


def test_a_card_without_such_symbols_is_left_as_it_is() -> None:
    card = replace(CARD, symbolic=False)

    assert in_notation(card, SYMBOLS) is card


def test_what_a_text_uses_is_told_with_its_place() -> None:
    assert list(uses(CARD.explanation)) == [(9, "output"), (32, "pre-activation")]


def test_symbolic_is_seen_at_any_depth() -> None:
    assert is_symbolic({"a": [{"b": r"\sym{output}"}]})
    assert not is_symbolic({"a": [{"b": "output"}, 1, None, True]})


@given(st.sampled_from(["z", r"\hat{y}", r"\mathbf{z}", "z_i", r"\sigma'"]))
def test_a_symbol_can_carry_scripts_of_its_own(symbol: str) -> None:
    shown = in_notation(CARD, {"pre-activation": symbol, "output": "a"})

    assert parse(shown.data["options"][0]["text"].strip("$"))


def test_a_symbol_in_a_blank_leaves_the_blank_whole() -> None:
    text = r"So it is {{$\sym{pre-activation}$}}."
    card = replace(CARD, type="cloze", data={"text": text})
    shown = ask(in_notation(card, SYMBOLS), "slides")

    assert isinstance(shown, Reveal)
    assert shown.front == "So it is [...]."
