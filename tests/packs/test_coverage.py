"""What asks for an item, and when the check says that it is too little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.packs.check import check
from quizapp.packs.coverage import COMPUTATION, coverage, covered, needed
from quizapp.packs.load import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FULL = """
    name: small
    title: A small pack
    version: "1"
    licence: MIT
    about: Two cards.
    coverage: full
    """


def test_important_kinds_need_two_ways_and_others_one() -> None:
    assert needed("formula", examinable=True) == 2
    assert needed("history", examinable=True) == 1
    assert needed("formula", examinable=False) == 0


def test_two_cards_of_one_type_are_one_way() -> None:
    assert not covered({"a": "basic", "b": "basic"}, (), 2).enough
    assert covered({"a": "basic", "b": "choice"}, (), 2).enough


def test_a_computation_is_a_way_of_its_own() -> None:
    found = covered({"a": "basic"}, ("attention",), 2)

    assert found.ways == {"basic", COMPUTATION}
    assert found.enough


def test_the_coverage_of_a_pack_names_its_cards(write_pack: Callable[..., Path]) -> None:
    found = coverage(load_pack(write_pack()))

    assert found["hub-energy"].cards == ("first", "second")
    assert found["hub-energy"].ways == {"basic", "true-false"}
    assert found["hub-hebb"].enough


def test_both_directions_of_a_card_count_once(write_cards: Callable[[str], Path]) -> None:
    root = write_cards(
        """
        type: reversed
        question: What falls?
        answer: The energy.
        reverse_question: What does the energy do?
        reverse_answer: It falls.
        """
    )

    assert coverage(load_pack(root))["hub-energy"].cards == ("only",)


def test_a_pack_that_wants_it_is_told_what_is_not_covered(write_pack: Callable[..., Path]) -> None:
    items = """
        topic: hopfield
        items:
          - {id: hub-energy, course: hub, kind: formula, place: L31, statement: The energy.}
          - {id: hub-hebb, course: hub, kind: trap, place: L7, statement: Learning.}
          - {id: hub-new, course: hub, kind: concept, place: L8, statement: New.}
          - {id: hub-past, course: hub, kind: concept, place: L9, statement: Old, examinable: false}
        """
    root = write_pack({"pack.yaml": FULL, "syllabus/hopfield.yaml": items})
    told = [str(fault).removeprefix(f"{root}/") for fault in check(root)]

    assert told == [
        (
            "syllabus/hopfield.yaml:4:10: a trap needs a second way of asking besides true-false: "
            "add another card type"
        ),
        (
            "syllabus/hopfield.yaml:5:10: no card and no exercise family asks for this item: "
            "write a card"
        ),
    ]


def test_other_packs_may_leave_items_out(write_pack: Callable[..., Path]) -> None:
    items = """
        topic: hopfield
        items:
          - {id: hub-energy, course: hub, kind: formula, place: L31, statement: The energy.}
          - {id: hub-hebb, course: hub, kind: trap, place: L7, statement: Learning.}
          - {id: hub-new, course: hub, kind: concept, place: L8, statement: New.}
        """

    assert check(write_pack({"syllabus/hopfield.yaml": items})) == []
