"""Which card another one is taken for."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from quizapp.cards import Card
from quizapp.cards.card import Source
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.study.neighbours import likeness, neighbour


def card(name: str, question: str, answer: str, **others: Any) -> Card:
    fields = {
        "topic": "hopfield", "type": "typed", "items": (), "sources": (Source("hub", "L1"),),
        "discrepancies": (), "families": (), "tags": (), "explanation": "", **others,
    }  # fmt: skip
    return Card(id=name, data={"question": question, "answer": answer}, **fields)


HEBB = card("hebb", "Which rule stores patterns in a Hopfield network?", "Hebb rule")
STORKEY = card("storkey", "Which rule stores more patterns in a Hopfield network?", "Storkey rule")
DELTA = card("delta", "What falls with every update of one unit?", "delta rule")
CARDS = {one.id: one for one in (HEBB, STORKEY, DELTA)}


def test_the_card_whose_answer_was_given_is_the_neighbour() -> None:
    found = neighbour(HEBB, CARDS, ["the delta rule", "Delta Rule", "nonsense"], "slides")

    assert found is not None
    assert (found.card, found.why, found.times) == ("delta", "given", 2)


def test_without_such_answers_it_is_the_card_that_reads_most_alike() -> None:
    found = neighbour(HEBB, CARDS, ["nonsense", ""], "slides")

    assert found is not None
    assert (found.card, found.why) == ("storkey", "alike")


def test_neither_other_topics_nor_the_other_direction_are_neighbours() -> None:
    back = card("hebb~back", "Hebb rule", "stores patterns in a Hopfield network")
    far = card("far", HEBB.data["question"], "Hebb rule", topic="cnn")

    assert neighbour(HEBB, {one.id: one for one in (HEBB, back, far)}, [], "slides") is None


def test_cards_with_nothing_in_common_are_no_neighbours() -> None:
    other = card("other", "Name the gas in a lamp.", "neon")

    assert neighbour(HEBB, {"hebb": HEBB, "other": other}, [], "slides") is None


def likenesses() -> list[float]:
    """How much cards of many words have in common with a text, to the last digit."""
    words = [f"word{number:02}" for number in range(60)]
    cards = [card(f"c{n}", " ".join(words[n::2] + words[::n]), "x") for n in range(2, 30)]
    return list(likeness(" ".join(words[3:] * 3), cards).values())


def test_likeness_is_the_same_number_in_every_run() -> None:
    command = "from tests.study.test_neighbours import likenesses; print(likenesses())"
    told = {
        subprocess.run(
            [sys.executable, "-c", command],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bio-excitatory-both-ways", "bio-inhibition-is"),
        ("lstm-cell-formula", "lstm-forget-all"),
    ],
)
def test_in_the_course_the_neighbour_is_a_card_one_does_confuse(one: str, other: str) -> None:
    cards = load_pack(shipped_pack()).cards
    found = neighbour(cards[one], cards, [], "slides")

    assert found is not None
    assert found.card == other
