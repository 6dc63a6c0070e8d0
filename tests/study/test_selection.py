"""Which cards belong to the chosen course, in which order and in whose notation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.study.folders import folders
from quizapp.study.selection import course_cards
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.packs.model import Pack

COURSES = ("hub", "mcb", "nnt", "ece493", "nc")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(shipped_pack())


@pytest.fixture
def workspace(tmp_path: Path, pack: Pack) -> Workspace:
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}))
    opened.take(pack)
    return opened


@pytest.mark.parametrize("course", COURSES)
def test_the_cards_are_those_on_examinable_items_of_the_course(
    workspace: Workspace, pack: Pack, course: str
) -> None:
    workspace.change(course=course)
    asked = {i.id for i in pack.items.values() if i.course == course and i.examinable}

    expected = {card.id for card in pack.cards.values() if asked.intersection(card.items)}
    assert set(course_cards(workspace)) == expected


def test_what_the_exam_does_not_ask_for_comes_only_on_request(
    workspace: Workspace, pack: Pack
) -> None:
    workspace.change(course="nc")
    without = set(course_cards(workspace))
    workspace.change(beyond_exam=True)
    added = set(course_cards(workspace)) - without

    assert added
    for name in added:
        items = [pack.items[item] for item in pack.cards[name].items]
        assert not any(item.examinable for item in items if item.course == "nc")


@pytest.mark.parametrize("course", COURSES)
def test_every_item_is_met_once_before_any_is_met_again(
    workspace: Workspace, pack: Pack, course: str
) -> None:
    workspace.change(course=course)
    taught = pack.courses[course].topics
    mine = [item for item in pack.items.values() if item.course == course]
    mine.sort(key=lambda item: taught.index(item.topic))
    place = {item.id: number for number, item in enumerate(mine)}
    first = [
        min(place[name] for name in card.items if name in place)
        for card in course_cards(workspace).values()
    ]
    rounds = [first[:at].count(item) for at, item in enumerate(first)]

    assert rounds == sorted(rounds)
    for turn in range(max(rounds) + 1):
        met = [item for item, when in zip(first, rounds, strict=True) if when == turn]
        assert met == sorted(met)


def test_the_first_cards_are_on_the_first_topic(workspace: Workspace, pack: Pack) -> None:
    for course in COURSES:
        workspace.change(course=course)
        card = next(iter(course_cards(workspace).values()))
        assert card.topic == pack.courses[course].topics[0], course


def test_a_card_is_written_in_the_notation_of_the_course(workspace: Workspace) -> None:
    shown = []
    for course in ("hub", "nnt"):
        workspace.change(course=course)
        shown.append(
            {name: str(c.data) + c.explanation for name, c in course_cards(workspace).items()}
        )
    here, there = shown
    both = here.keys() & there.keys()

    assert any(here[name] != there[name] for name in both)
    assert not any("sym{" in text for text in (*here.values(), *there.values()))
