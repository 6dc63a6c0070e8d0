"""The first start."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from quizapp.study.folders import folders
from quizapp.study.settings import load
from quizapp.study.workspace import Workspace
from tests.tui.acting import compare, one_line, pack, running, until, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.tui.acting import Watch


@pytest.fixture
def new(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    """A workspace that has never been opened."""
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path / "home")}), watch)
    opened.__dict__["pack"] = pack("small")
    yield opened
    opened.close()


async def test_enter_leads_through_to_the_first_card(new: Workspace) -> None:
    async with running(new) as pilot:
        await until(pilot, lambda: "Welcome" in one_line(pilot.app))
        compare(pilot.app, "welcome")
        await pilot.press("enter", "enter", "enter")
        assert "0 due · 0 learning · 4 new" in one_line(pilot.app)
    assert not new.is_new


async def test_only_courses_with_cards_are_offered(new: Workspace) -> None:
    async with running(new) as pilot:
        await until(pilot, lambda: "Welcome" in one_line(pilot.app))
        await pilot.press("right", "right")
        assert "Course without cards" not in one_line(pilot.app)


async def test_minutes_set_the_limits_and_the_date_is_kept(new: Workspace) -> None:
    async with running(new) as pilot:
        await until(pilot, lambda: "Welcome" in one_line(pilot.app))
        await pilot.press("enter")
        await write(pilot, "2026-03-12")
        assert "That is in 10 days, Thu 12 Mar." in one_line(pilot.app)
        await pilot.press("enter")
        assert "Without them there is no plan until the exam." in one_line(pilot.app)
        await write(pilot, "40")
        assert "A plan shares them out until the exam" in one_line(pilot.app)
        await pilot.press("enter")
        assert "new" in one_line(pilot.app)
    kept = load(new.settings_file)
    assert kept.exam_date == date(2026, 3, 12)
    assert (kept.minutes_a_day, kept.new_a_day, kept.reviews_a_day) == (40, 20, 200)


async def test_few_minutes_still_bring_five_new_cards(new: Workspace) -> None:
    async with running(new) as pilot:
        await until(pilot, lambda: "Welcome" in one_line(pilot.app))
        await pilot.press("enter", "enter", "5")
        assert "5 new cards and 25 reviews a day" in one_line(pilot.app)
        await pilot.press("enter")
    assert (new.settings.new_a_day, new.settings.reviews_a_day) == (5, 25)


async def test_a_date_that_cannot_be_read_is_said_and_stays(new: Workspace) -> None:
    async with running(new) as pilot:
        await until(pilot, lambda: "Welcome" in one_line(pilot.app))
        await pilot.press("enter")
        await write(pilot, "soon", "enter")
        assert "✗ 'soon' is no date; write it as 2026-12-24." in one_line(pilot.app)
        await pilot.press("down", "enter")
        assert "Welcome" in one_line(pilot.app)
        assert "soon" in one_line(pilot.app)
    assert new.is_new


async def test_escape_skips_everything(new: Workspace) -> None:
    async with running(new) as pilot:
        await until(pilot, lambda: "Welcome" in one_line(pilot.app))
        await pilot.press("escape")
        assert "4 new" in one_line(pilot.app)
    assert load(new.settings_file).new_a_day == 15
