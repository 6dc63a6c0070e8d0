"""Several packs side by side: no id of one can pass for an id of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.packs.load import load_pack
from quizapp.packs.merge import merged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OTHER = """
    name: other
    title: Another pack
    version: "1"
    licence: MIT
    about: The same ids.
    symbols: {target: d}
    """


def test_one_pack_is_itself(write_pack: Callable[..., Path]) -> None:
    pack = load_pack(write_pack())

    assert merged([pack]) == pack


def test_the_ids_of_a_further_pack_carry_its_name(write_pack: Callable[..., Path]) -> None:
    first = load_pack(write_pack())
    second = load_pack(write_pack({"pack.yaml": OTHER}))
    both = merged([first, second])

    assert set(both.cards) == {"first", "second", "other:first", "other:second"}
    assert set(both.courses) == {"hub", "other:hub"}
    assert both.cards["first"] == first.cards["first"]
    card = both.cards["other:second"]
    assert card.items == ("other:hub-energy", "other:hub-hebb")
    assert [source.course for source in card.sources] == ["other:hub"]
    assert card.discrepancies == ("other:rising",)


def test_everything_that_a_further_pack_names_is_there(write_pack: Callable[..., Path]) -> None:
    both = merged([load_pack(write_pack()), load_pack(write_pack({"pack.yaml": OTHER}))])

    for card in both.cards.values():
        assert set(card.items) <= set(both.items)
        assert set(card.discrepancies) <= set(both.discrepancies)
        assert {source.course for source in card.sources} <= set(both.courses)
    for item in both.items.values():
        assert item.course in both.courses
    for entry in both.discrepancies.values():
        assert {claim.course for claim in entry.claims} <= set(both.courses)
        assert set(entry.exam_advice) <= {"default", *both.courses}
        assert set(entry.items) <= set(both.items)
    for course in both.courses.values():
        assert set(course.exams) <= set(both.blueprints)
    assert {blueprint.course for blueprint in both.blueprints.values()} == set(both.courses)


def test_a_further_pack_keeps_its_own_symbols(write_pack: Callable[..., Path]) -> None:
    both = merged([load_pack(write_pack()), load_pack(write_pack({"pack.yaml": OTHER}))])

    assert both.courses["other:hub"].symbols == {"target": "d", "pre-activation": "z_i"}


def test_a_pack_with_the_name_of_another_is_left_out(write_pack: Callable[..., Path]) -> None:
    pack = load_pack(write_pack())
    both = merged([pack, pack])

    assert set(both.cards) == set(pack.cards)
    assert "another pack is named 'small'" in str(both.faults[0])
