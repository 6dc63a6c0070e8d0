from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cards import Reveal, ask
from quizapp.packs.load import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TURNED = """
    type: reversed
    question: What is a memory?
    answer: An attractor.
    reverse_question: What is an attractor?
    reverse_answer: A memory.
    """


def test_a_reversed_card_becomes_two(write_cards: Callable[[str], Path]) -> None:
    pack = load_pack(write_cards(TURNED))
    assert pack.faults == ()

    assert list(pack.cards) == ["only", "only~back"]
    asked = [ask(card, "slides") for card in pack.cards.values()]
    assert asked == [
        Reveal("What is a memory?", "An attractor."),
        Reveal("What is an attractor?", "A memory."),
    ]


def test_both_directions_hold_what_the_note_holds(write_cards: Callable[[str], Path]) -> None:
    first, second = load_pack(write_cards(TURNED)).cards.values()

    assert first.note == second.note == "only"
    assert (first.items, first.sources, first.explanation, first.topic, first.at) == (
        second.items,
        second.sources,
        second.explanation,
        second.topic,
        second.at,
    )


def test_both_directions_come_from_the_cache(
    write_cards: Callable[[str], Path], tmp_path: Path
) -> None:
    root = write_cards(TURNED)
    read = load_pack(root, cache=tmp_path / "cache")

    assert load_pack(root, cache=tmp_path / "cache") == read
    assert list(read.cards) == ["only", "only~back"]
