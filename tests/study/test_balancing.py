"""The day shown on a button is the day given, and the days share the load."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.scheduling.skills import skill_card
from quizapp.study.balancing import previews
from quizapp.study.folders import folders
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONDAY = date(2026, 3, 2)


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}), watch)
    yield opened
    opened.close()


def give(workspace: Workspace, card: str, rating: Rating) -> date | None:
    """Answer a card as a session does, and see to it that the button told the truth."""
    memory = workspace.store.memory(card)
    shown = previews(workspace, memory, workspace.now(), card)[rating]
    due = shown.due_day
    given = workspace.store.review(
        card, rating, ms=900, how="reveal", scheduler=workspace.scheduler, due=due
    )
    assert given == shown
    return due


def test_what_is_shown_is_given_and_is_what_a_rebuild_finds(
    workspace: Workspace, watch: Watch
) -> None:
    rng = random.Random(3)
    workspace.settings = replace(
        workspace.settings, easy_days={"sat": 0.5, "sun": 0.0}, days_off=(MONDAY,)
    )
    cards = [f"c{n}" for n in range(60)] + [skill_card("attention")]
    for _ in range(50):
        for card in rng.sample(cards, 12):
            give(workspace, card, rng.choice([Rating.GOOD, *Rating]))
        watch.now += timedelta(hours=rng.choice([1, 20, 24, 24, 70]))
    states = workspace.store.states()
    workspace.store.rebuild()
    assert workspace.store.states() == states
    assert any("due" in event.payload for event in workspace.store.events("review"))


def test_the_emptiest_day_in_reach_is_chosen(workspace: Workspace) -> None:
    first, *others = (give(workspace, f"c{n}", Rating.EASY) for n in range(9))
    assert first is not None
    assert len({first, *others}) > 2
    counts = workspace.store.load(MONDAY, MONDAY + timedelta(days=30))
    assert sum(counts.values()) == 9
    assert max(counts.values()) <= 3


def test_no_card_comes_on_a_day_off(workspace: Workspace) -> None:
    plain = {give(workspace, f"a{n}", Rating.EASY) for n in range(20)}
    off = tuple(sorted(day for day in plain if day is not None))[:2]
    workspace.settings = replace(workspace.settings, days_off=off)
    assert {give(workspace, f"b{n}", Rating.EASY) for n in range(20)}.isdisjoint(off)


def test_the_card_itself_does_not_count_where_it_lay(workspace: Workspace, watch: Watch) -> None:
    cards = [f"x{n}" for n in range(6)]
    for card in cards:
        give(workspace, card, Rating.EASY)
    watch.now += timedelta(days=1)
    for card in cards:
        memory = workspace.store.memory(card)
        assert memory is not None
        hard = workspace.scheduler.preview(memory, workspace.now(), workspace.today(), card)
        reach = workspace.scheduler.days_in_reach(hard[Rating.HARD], workspace.today())
        assert reach is not None
        lay = reach[0] + (reach[1] - reach[0]) // 2
        workspace.store.reschedule(card, lay)
        for number in range((reach[1] - reach[0]).days + 1):
            day = reach[0] + timedelta(days=number)
            if day != lay:
                give(workspace, f"{card}-{number}", Rating.GOOD)
                workspace.store.reschedule(f"{card}-{number}", day)
        memory = workspace.store.memory(card)
        shown = previews(workspace, memory, workspace.now(), card)
        assert shown[Rating.HARD].due_day == lay
        for number in range(20):  # out of the way of the next card
            workspace.store.suspend(f"{card}-{number}")
        workspace.store.suspend(card)
