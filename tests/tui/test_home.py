"""Where one starts and comes back to."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating
from quizapp.study import planning
from quizapp.study.review import ReviewSession
from quizapp.tui.app import QuizApp
from tests.tui.acting import compare, one_line, running, screen_text, until
from tests.tui.planned import EXAM, planned, tight

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.exam_plan import ExamPlan
    from quizapp.study.workspace import Workspace


async def test_it_says_what_is_due_and_when_the_exam_is(small: Workspace) -> None:
    small.change(exam_date=date(2026, 3, 12))
    async with running(small) as pilot:
        await until(pilot, lambda: "~" in one_line(pilot.app))
        await pilot.pause()
        compare(pilot.app, "home")


async def test_a_small_screen_has_all_of_it(small: Workspace) -> None:
    async with running(small, size=(60, 16)) as pilot:
        await until(pilot, lambda: "~" in one_line(pilot.app))
        await pilot.pause()
        compare(pilot.app, "home-small")


@pytest.mark.parametrize(
    ("day", "told"),
    [(3, "exam tomorrow, Tue 3 Mar"), (2, "exam today"), (1, "exam was on Sun 1 Mar")],
)
async def test_the_exam_comes_nearer(small: Workspace, day: int, told: str) -> None:
    small.change(exam_date=date(2026, 3, day))
    async with running(small) as pilot:
        await until(pilot, lambda: told in one_line(pilot.app))


async def test_on_the_day_of_the_exam_nothing_is_asked_for(small: Workspace) -> None:
    small.change(exam_date=date(2026, 3, 2))
    async with running(small) as pilot:
        await until(pilot, lambda: "Good luck!" in one_line(pilot.app))


async def test_when_all_is_done_it_says_so(small: Workspace) -> None:
    session = ReviewSession(small)
    while session.current() is not None:
        session.rate(Rating.EASY)
    async with running(small) as pilot:
        await until(pilot, lambda: "✓ Nothing is due" in one_line(pilot.app))
        assert "✓ 4 done today" in one_line(pilot.app)


async def test_a_key_and_the_menu_both_open_a_screen(small: Workspace) -> None:
    async with running(small) as pilot:
        await pilot.press("enter")
        assert "0 due · 0 learning · 4 new" in one_line(pilot.app)
        await pilot.press("escape", "comma")
        assert "Exam date" in one_line(pilot.app)
        await pilot.press("escape", *["down"] * 6, "enter")
        assert "Small course · all topics · any severity" in one_line(pilot.app)


async def test_a_key_pressed_while_the_cards_are_opened_is_kept(small: Workspace) -> None:
    app = QuizApp(small)
    async with app.run_test(size=(80, 24)) as pilot:
        app.go_soon("settings")
        await until(pilot, lambda: app.ready)
        await pilot.pause()
        assert "Settings" in one_line(app).split("Review")[0]


async def test_a_store_that_cannot_be_opened_is_said_with_the_way_out(small: Workspace) -> None:
    (small.folders.data / "quizapp.db").write_bytes(b"this is no database" * 100)
    app = QuizApp(small)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "your progress cannot be opened" in one_line(app))
        assert "The data file is damaged and was left untouched." in one_line(app)
        await pilot.press("q")
    assert app.return_code == 1


async def test_help_lists_every_key_with_what_it_does(small: Workspace) -> None:
    async with running(small) as pilot:
        await pilot.press("f1")
        text = one_line(pilot.app)
        assert "r Today's cards" in text
        assert "x On screen, against the clock" in text
        await pilot.press("f1")
        assert "Today's cards" not in one_line(pilot.app)


async def resize(pilot: Pilot[Any], width: int, height: int) -> None:
    await pilot.resize_terminal(width, height)
    await until(pilot, lambda: pilot.app.screen._compositor.size == (width, height))
    await pilot.pause()


@pytest.mark.parametrize("start", ["review", "exercise", "exams", "discrepancies", "own"])
async def test_any_size_will_do_and_nothing_is_lost(small: Workspace, start: str) -> None:
    """Half a terminal is dragged to nothing and back."""
    options = {"family": "attention", "level": 1} if start == "exercise" else {}
    async with running(small, start, size=(20, 6), **options) as pilot:
        await pilot.press(*"12")
        await resize(pilot, 100, 30)
        before = screen_text(pilot.app)
        for width, height in ((40, 10), (9, 3), (1, 1), (200, 2), (100, 30)):
            await resize(pilot, width, height)
        assert screen_text(pilot.app) == before
        assert not pilot.app.screen.max_scroll_y


@pytest.mark.parametrize(("size", "name"), [((80, 24), "home-plan"), ((60, 16), "home-plan-60")])
async def test_the_day_of_the_exam_stands_beside_today(
    small: Workspace, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], name: str
) -> None:
    monkeypatch.setattr(planning, "exam_plan", lambda _: tight())
    small.change(exam_date=EXAM, minutes_a_day=30)
    async with running(small, size=size) as pilot:
        await until(pilot, lambda: "On the day" in one_line(pilot.app))
        await pilot.pause()
        compare(pilot.app, name)
        await pilot.press("e")
        assert "The exam · Small course" in one_line(pilot.app)


async def test_home_can_be_used_while_the_plan_is_made(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(_: object) -> ExamPlan:
        go_on.wait(20)
        return planned()

    monkeypatch.setattr(planning, "exam_plan", slow)
    small.change(exam_date=EXAM, minutes_a_day=30)
    async with running(small) as pilot:
        await until(pilot, lambda: "Looking ahead to the day …" in one_line(pilot.app))
        await pilot.press("comma")
        assert "Settings" in one_line(pilot.app)
        go_on.set()
        await pilot.press("escape")
        await until(pilot, lambda: "predicted 81 %" in one_line(pilot.app))


async def test_a_plan_that_cannot_be_made_is_said(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise QuizError("the log cannot be read.")

    monkeypatch.setattr(planning, "exam_plan", fails)
    async with running(small) as pilot:
        await until(pilot, lambda: "The log cannot be read." in one_line(pilot.app))
        assert "4 new" in one_line(pilot.app)
