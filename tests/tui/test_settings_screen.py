"""Changing the settings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from quizapp.study.settings import load
from quizapp.tui.say import Said, say
from tests.tui.acting import compare, one_line, running, until, write

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace


async def test_it_looks_so(small: Workspace) -> None:
    async with running(small, "settings") as pilot:
        where = str(small.settings_file.parent)
        assert f"Kept in {where}" in one_line(pilot.app)
        assert "The course you study for." in one_line(pilot.app)
        await pilot.press("down")
        assert "The day of the exam" in one_line(pilot.app)


async def test_a_line_is_saved_when_one_leaves_it(small: Workspace) -> None:
    async with running(small, "settings") as pilot:
        await pilot.press("down")
        await write(pilot, "2026-04-01", "down")
        await write(pilot, "25", "escape")
    kept = load(small.settings_file)
    assert str(kept.exam_date) == "2026-04-01"
    assert kept.minutes_a_day == 25


async def test_what_does_not_fit_is_said_in_place_and_escape_asks_once(small: Workspace) -> None:
    async with running(small, "settings", at="new_a_day") as pilot:
        await pilot.press(*"x", "enter")
        assert "'15x' is no number; write one from 0 to 1000." in one_line(pilot.app)
        await pilot.press("escape")
        assert "Esc again leaves it as it was." in one_line(pilot.app)
        await pilot.press("escape")
        assert "Settings" not in one_line(pilot.app).split("Review")[0]
    assert load(small.settings_file).new_a_day == 15


async def test_an_empty_line_clears_what_may_be_empty(small: Workspace) -> None:
    small.change(minutes_a_day=30)
    async with running(small, "settings") as pilot:
        await pilot.press("down", "down", "end", "backspace", "backspace", "enter")
    assert load(small.settings_file).minutes_a_day is None


async def test_the_side_turns_and_is_saved_at_once(small: Workspace) -> None:
    async with running(small, "settings") as pilot:
        pilot.app.screen.query_one("#answer_by").focus()
        await pilot.press("right")
        assert "◂ the textbook ▸" in one_line(pilot.app)
        assert load(small.settings_file).answer_by == "textbook"


async def test_the_theme_is_worn_at_once(small: Workspace) -> None:
    async with running(small, "settings") as pilot:
        before = pilot.app.theme
        pilot.app.screen.query_one("#theme").focus()
        await pilot.press("right")
        assert pilot.app.theme != before
        assert load(small.settings_file).theme == pilot.app.theme


async def test_f5_puts_the_line_back(small: Workspace) -> None:
    async with running(small, "settings", at="new_a_day") as pilot:
        await pilot.press(*"9", "f5", "enter")
    assert load(small.settings_file).new_a_day == 15


async def test_a_file_that_cannot_be_written_is_said(small: Workspace) -> None:
    small.settings_file.unlink()
    small.settings_file.mkdir()
    async with running(small, "settings", size=(120, 40)) as pilot:
        await pilot.press("down", "down")
        await write(pilot, "25", "enter")
        await until(pilot, lambda: "✗ The settings cannot be written" in one_line(pilot.app))
        assert "holds until you quit" in one_line(pilot.app)
    assert small.settings.minutes_a_day == 25


async def test_days_off_and_easy_days_say_what_they_mean_and_are_kept(small: Workspace) -> None:
    small.change(exam_date=date(2026, 3, 12), minutes_a_day=40)
    async with running(small, "settings", at="days_off") as pilot:
        await write(pilot, "2026-03-07")
        told = "Off: Sat 7 Mar. 9 of 10 days until the exam stay."
        assert told in one_line(pilot.app)
        await write(pilot, "..2026-03-08", "enter")
        assert "✓ saved Off: Sat 7 Mar, Sun 8 Mar. 8 of 10 days" in one_line(pilot.app)
        await write(pilot, "wed 50 %, fri off", "enter")
        assert "✓ saved Wednesdays 20 min, Fridays off." in one_line(pilot.app)
    kept = load(small.settings_file)
    assert kept.days_off == (date(2026, 3, 7), date(2026, 3, 8))
    assert kept.easy_days == {"wed": 0.5, "fri": 0.0}


async def test_a_fault_is_told_while_it_is_typed_and_goes_when_it_is_mended(
    small: Workspace,
) -> None:
    async with running(small, "settings", at="days_off") as pilot:
        await write(pilot, "2026-03-0")
        assert "… '2026-03-0' is no date" in one_line(pilot.app).replace("“", "'").replace("”", "'")
        await write(pilot, "7")
        assert "is no date" not in one_line(pilot.app)
        assert small.settings.days_off == ()


async def test_minutes_are_missed_where_there_is_an_exam(small: Workspace) -> None:
    small.change(exam_date=date(2026, 3, 12), minutes_a_day=4)
    async with running(small, "settings", at="minutes_a_day") as pilot:
        await pilot.press("end", "backspace")
        assert "Without minutes a day there is no plan" in one_line(pilot.app)


async def test_the_plan_can_be_put_aside(small: Workspace) -> None:
    async with running(small, "settings", at="plan") as pilot:
        assert "◂ what the plan until the exam says ▸" in one_line(pilot.app)
        assert "true or false" not in one_line(pilot.app)
        await pilot.press("right")
        assert "what is due, with limits" in one_line(pilot.app)
    assert not load(small.settings_file).plan


async def test_small_screens_scroll(small: Workspace) -> None:
    async with running(small, "settings", size=(60, 16)) as pilot:
        await pilot.press(*["down"] * 13)
        assert "Colours" in one_line(pilot.app)


async def test_the_keys_of_the_screen_are_told(small: Workspace) -> None:
    async with running(small, "settings") as pilot:
        pilot.app.screen.query_one("#about", Said).show(say(""))  # a path of this run
        await pilot.press("question_mark")
        compare(pilot.app, "keys-of-settings")
        await pilot.press("escape")
        assert "Minutes a day" in one_line(pilot.app)
