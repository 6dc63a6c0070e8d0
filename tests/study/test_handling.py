"""Handling many cards at once, and what a card's history says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.study.browsing import Browser, Chosen, due_told
from quizapp.study.card_history import card_history
from quizapp.study.exam_plan import Dropped
from quizapp.study.exam_terms import exam_terms
from quizapp.study.finder import Finder
from quizapp.study.folders import folders
from quizapp.study.handling import Handling, TagError, read_tag
from quizapp.study.left_out import leave_out
from quizapp.study.query import QueryError
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}), watch)
    opened.change()
    yield opened
    opened.close()


CARDS = ["hop-kind-of-memory", "hop-legal-matrix", "hop-bipolar-units-off"]


def review(workspace: Workspace, card: str, rating: Rating) -> None:
    workspace.store.review(card, rating, ms=4000, how="reveal", scheduler=workspace.scheduler)


def test_many_cards_are_suspended_in_one_step(workspace: Workspace) -> None:
    handling = Handling(workspace)
    workspace.store.suspend(CARDS[0])

    assert handling.suspend(CARDS) == 2
    assert handling.all_suspended(CARDS)

    turned = handling.undo()
    assert turned is not None
    assert (turned.kind, turned.cards) == ("suspend", 2)
    assert [workspace.store.state(card).suspended for card in CARDS] == [True, False, False]
    assert handling.redo() is not None
    assert handling.all_suspended(CARDS)


def test_what_holds_already_changes_nothing(workspace: Workspace) -> None:
    handling = Handling(workspace)
    handling.flag(CARDS, 2)
    handling.tag(CARDS[:1], "exam")
    events = len(workspace.store.events())

    assert handling.flag(CARDS, 2) == 0
    assert handling.tag(CARDS[:1], "exam") == 0
    assert handling.suspend(CARDS, on=False) == 0
    assert handling.bury(CARDS, on=False) == 0
    assert handling.forget(CARDS) == 0
    assert len(workspace.store.events()) == events


def test_cards_are_buried_until_tomorrow(workspace: Workspace, watch: Watch) -> None:
    handling = Handling(workspace)
    handling.bury(CARDS)
    assert handling.all_buried(CARDS)
    watch.now += timedelta(days=1)

    assert not handling.all_buried(CARDS[:1])


def test_a_tag_is_given_and_taken_away(workspace: Workspace) -> None:
    handling = Handling(workspace)
    handling.tag(CARDS, "mine")
    handling.tag(CARDS[:1], "mine", on=False)

    assert Finder(workspace).find("tag:mine") == CARDS[1:]
    assert handling.given_tags() == handling.given_tags(CARDS[1:]) == ["mine"]
    assert handling.given_tags(CARDS[:1]) == []


def test_cards_come_on_another_day(workspace: Workspace) -> None:
    review(workspace, CARDS[0], Rating.EASY)
    day = date(2026, 4, 1)
    assert Handling(workspace).reschedule(CARDS[:2], day) == 2

    memory = workspace.store.memory(CARDS[0])
    assert memory is not None
    assert memory.due_day == day
    assert Finder(workspace).find("prop:due=30") == CARDS[:2]
    assert due_told(workspace.store.state(CARDS[1]), workspace.today()) == "new 30d"


def test_forgotten_cards_are_new_again(workspace: Workspace) -> None:
    review(workspace, CARDS[0], Rating.EASY)

    assert Handling(workspace).forget(CARDS) == 1
    assert workspace.store.memories() == {}
    assert len(workspace.store.events("review")) == 1


def test_answers_of_the_last_days_are_found(workspace: Workspace, watch: Watch) -> None:
    review(workspace, CARDS[0], Rating.AGAIN)
    watch.now += timedelta(days=3)
    review(workspace, CARDS[1], Rating.GOOD)
    workspace.store.undo()
    review(workspace, CARDS[2], Rating.GOOD)
    finder = Finder(workspace)

    assert finder.find("rated:1") == CARDS[2:]
    assert finder.find("rated:4") == [CARDS[0], CARDS[2]]
    assert finder.find("rated:3:1") == []
    assert finder.find("failed:4") == CARDS[:1]
    assert CARDS[2] in finder.find("is:today is:learning")


def test_the_exercises_of_the_course_are_found(workspace: Workspace) -> None:
    finder = Finder(workspace)

    assert "skill/hopfield-energy" in finder.find("is:skill topic:hopfield")
    assert finder.find("is:skill") == finder.find("type:exercise")


def test_what_the_plan_leaves_out_is_found(workspace: Workspace) -> None:
    workspace.change(exam_date=date(2026, 3, 20), minutes_a_day=20, plan=True)
    terms = exam_terms(workspace)
    assert terms is not None
    assert Finder(workspace).find("is:dropped") == []
    gone = Dropped("hopfield", "cards", (), tuple(CARDS[:2]), 0.1, 2.0)
    leave_out(workspace, terms, [gone])
    review(workspace, CARDS[0], Rating.GOOD)

    assert Finder(workspace).find("is:dropped") == CARDS[1:2]


def test_a_query_that_cannot_be_read_is_no_query(workspace: Workspace) -> None:
    with pytest.raises(QueryError):
        Finder(workspace).find("is:do")


def test_cards_are_sorted_by_what_is_known_of_them(workspace: Workspace) -> None:
    for card, rating in zip(CARDS, (Rating.EASY, Rating.AGAIN, Rating.GOOD), strict=True):
        review(workspace, card, rating)
    workspace.store.reschedule(CARDS[2], date(2026, 3, 1))
    browser, chosen = Browser(workspace), Chosen(topic="hopfield")

    assert browser.find(chosen, "due")[:3] == [CARDS[2], CARDS[1], CARDS[0]]
    assert browser.find(chosen, "difficulty")[:3] == [CARDS[1], CARDS[2], CARDS[0]]
    assert browser.find(chosen, "pack")[:3] == CARDS


def test_the_history_tells_all_that_happened(workspace: Workspace, watch: Watch) -> None:
    card = CARDS[0]
    handling = Handling(workspace)
    review(workspace, card, Rating.GOOD)
    review(workspace, card, Rating.GOOD)
    watch.now += timedelta(days=1)
    handling.flag([card], 3)
    handling.undo()
    handling.tag([card], "exam")
    handling.reschedule([card], date(2026, 3, 9))
    handling.bury([card])
    handling.suspend([card])
    workspace.store.append("cram", card, {"card": card, "rating": 1, "ms": 900, "why": "course"})
    handling.forget([card])
    told = card_history(workspace, card)

    assert [(one.what, one.undone) for one in told.happened] == [
        ("Good", False),
        ("Good", False),
        ("flag 3 green", True),
        ("tag exam", False),
        ("to come on 2026-03-09", False),
        ("buried until 2026-03-04", False),
        ("suspended", False),
        ("crammed: Again", False),
        ("made new again", False),
    ]
    first, second = told.happened[:2]
    assert (first.interval, first.seconds) == ("10m", 4.0)
    assert second.stability is not None
    assert second.stability > 1
    assert told.state == workspace.store.state(card)


@pytest.mark.parametrize("typed", ["", " ", "-a", 'a"b', "a*", "x" * 61, "\x1b"])
def test_some_text_is_no_tag(typed: str) -> None:
    with pytest.raises(TagError):
        read_tag(typed)


def test_a_tag_has_one_blank_between_words() -> None:
    assert read_tag("  my   exam ") == "my exam"
