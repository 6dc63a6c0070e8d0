"""The screen of the exam: its pages, its keys, what it says without a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.study import held, planning
from quizapp.study.exam_results import result_of
from quizapp.study.review import ReviewSession
from quizapp.tui.pictures.plan.book import PAGES
from tests.tui.acting import compare, one_line, running, screen_text, until, write
from tests.tui.planned import DROP, EXAM, held_exam, planned, tight

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.exam_plan import ExamPlan
    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch


def given(monkeypatch: pytest.MonkeyPatch, plan: ExamPlan | None) -> None:
    """Let the app find this plan."""
    monkeypatch.setattr(planning, "exam_plan", lambda _: plan)


async def made(pilot: Pilot[Any]) -> None:
    """Wait until the plan is made."""
    screen = pilot.app.screen
    await until(pilot, lambda: screen._known is not None and not screen._looking)  # type: ignore[attr-defined]
    await pilot.pause()


@pytest.mark.parametrize("page", [page.id for page in PAGES if page.draw])
async def test_pages_of_a_plan(
    small: Workspace, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    given(monkeypatch, tight(accepted=(DROP,)) if page == "drops" else planned())
    small.change(exam_date=EXAM, minutes_a_day=30)
    async with running(small, "plan", page=page) as pilot:
        await made(pilot)
        compare(pilot.app, f"plan-{page}")
    async with running(small, "plan", page=page, size=(60, 16)) as pilot:
        await made(pilot)
        compare(pilot.app, f"plan-{page}-60")


async def test_numbers_and_arrows_turn_the_pages(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, planned())
    async with running(small, "plan") as pilot:
        await made(pilot)
        await pilot.press("3")
        assert "[3 Days]" in one_line(pilot.app)
        await pilot.press("left", "left", "left")
        assert f"[{len(PAGES)} How it held]" in one_line(pilot.app)
        await pilot.press("right")
        assert "[1 Overview]" in one_line(pilot.app)


async def test_the_help_says_what_each_page_shows(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, planned())
    async with running(small, "plan", size=(80, 30)) as pilot:
        await made(pilot)
        await pilot.press("question_mark")
        text = one_line(pilot.app)
        for number, page in enumerate(PAGES, 1):
            assert f"{number} Page {number}: {page.told[:35]}" in text
        assert "Change the date, the minutes a day, days off" in text


async def test_a_real_plan_is_made_and_recomputed_after_answers(small: Workspace) -> None:
    small.change(exam_date=EXAM, minutes_a_day=20)
    async with running(small, "plan") as pilot:
        await made(pilot)
        assert "never met; meeting each once takes" in one_line(pilot.app)
        await pilot.press("escape")
        session = ReviewSession(small)
        while session.current() is not None:
            session.rate(Rating.GOOD)
        await pilot.press("e")
        await made(pilot)
        assert "Everything that the exam can ask for was met" in one_line(pilot.app)


async def test_what_does_not_fit_is_left_out_and_taken_back_in(small: Workspace) -> None:
    """Four cards in a minute until tomorrow."""
    small.change(exam_date=date(2026, 3, 3), minutes_a_day=1)
    async with running(small, "plan", page="drops") as pilot:
        await made(pilot)
        assert "There is no time left to meet everything once." in one_line(pilot.app)
        await pilot.press("a")
        await until(pilot, lambda: "Left out already" in one_line(pilot.app))
        plan = planning.exam_plan(small)
        assert plan is not None
        assert plan.accepted
        await pilot.press("u")
        await until(pilot, lambda: "To leave out" in one_line(pilot.app))
        assert not planning.exam_plan(small).accepted  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "There is no plan yet. With the day of the exam"),
        ({"exam_date": EXAM}, "it takes the minutes that you have each day."),
        ({"exam_date": EXAM, "minutes_a_day": 30, "plan": False}, "You study without a plan"),
        ({"exam_date": date(2026, 3, 2), "minutes_a_day": 30}, "The exam is today"),
        ({"exam_date": date(2026, 3, 1)}, "The exam is over"),
        ({"exam_date": date(2062, 3, 1), "minutes_a_day": 30}, "more than a year away"),
    ],
)
async def test_without_a_plan_it_says_how_to_get_one(
    small: Workspace, settings: dict[str, Any], sentence: str
) -> None:
    small.change(**settings)
    async with running(small, "plan") as pilot:
        await made(pilot)
        await pilot.press("1")
        assert sentence in one_line(pilot.app)


async def test_the_comma_leads_to_the_date_and_back_to_a_plan(small: Workspace) -> None:
    async with running(small, "plan") as pilot:
        await made(pilot)
        await pilot.press("comma")
        await write(pilot, "2026-03-12", "enter")
        await write(pilot, "20", "enter", "escape")
        await until(pilot, lambda: "with this plan" in one_line(pilot.app))


async def test_after_the_exam_the_mark_is_entered_and_compared(
    small: Workspace, watch: Watch
) -> None:
    small.change(exam_date=date(2026, 3, 4), minutes_a_day=20)
    session = ReviewSession(small)
    while session.current() is not None:
        session.rate(Rating.GOOD)
    watch.wait(days=3)
    async with running(small) as pilot:
        await until(pilot, lambda: "How did it go?" in one_line(pilot.app))
        await pilot.press("e")
        await made(pilot)
        assert "[5 How it held]" in one_line(pilot.app)
        assert "predicted on the eve" in one_line(pilot.app)
        await pilot.press("m")
        await write(pilot, "7", "enter")
        assert "is no mark; write the share of the points" in one_line(pilot.app)
        await write(pilot, "0%", "enter")
        await until(pilot, lambda: "The mark is" in one_line(pilot.app))
        found = result_of(small, small.course.id, date(2026, 3, 4))
        assert found is not None
        assert found.share == 0.7
        await pilot.press("escape")
        await until(pilot, lambda: "The exam is over: e shows how the" in one_line(pilot.app))


async def test_an_exam_looked_back_at(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    small.change(exam_date=date(2026, 3, 1), minutes_a_day=30)
    monkeypatch.setattr(held, "held", lambda *_: held_exam())
    async with running(small, "plan") as pilot:
        await made(pilot)
        compare(pilot.app, "plan-held")


async def test_names_show_as_they_are(hostile: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    drop = replace(DROP, items=tuple(hostile.pack.items))
    given(monkeypatch, planned(accepted=(drop,)))
    async with running(hostile, "plan", page="drops", size=(120, 60)) as pilot:
        await made(pilot)
        text = one_line(pilot.app)
        assert "Statement E[X] [/foo]" in text
        assert "\x1b" not in text


async def test_pages_survive_a_terminal_of_a_few_columns(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, tight())
    for size in ((20, 8), (8, 4), (3, 2)):
        async with running(small, "plan", size=size) as pilot:
            await made(pilot)
            for n in range(1, len(PAGES) + 1):
                await pilot.press(str(n))
                assert screen_text(pilot.app)
