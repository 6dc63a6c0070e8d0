"""The pages of the statistics: what a person sees of some weeks of study, of a day, of nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.tui.names import topic_name
from quizapp.tui.pictures.book import PAGES
from tests.tui.acting import compare, one_line, running, screen_text
from tests.tui.test_say import SHOWN
from tests.tui.test_statistics import attempt, read

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch


def study(workspace: Workspace, watch: Watch, days: int, cards: int = 12) -> None:
    """On each of some days answer what is due and a few new cards, of the pack and others.

    The cards are named here, so that the pictures do not change with the content.
    """
    rng, store = random.Random(days), workspace.store
    names = [*list(workspace.pack.cards)[:4], *(f"card-{n}" for n in range(days * 4))]
    for _ in range(days):
        memories, today = store.memories(), workspace.today()
        due = [c for c, m in memories.items() if m.due_day is None or m.due_day <= today]
        new = [c for c in names if c not in memories][:4]
        for card in [*due, *new, *new, *new][:cards]:
            watch.wait(seconds=rng.randrange(4, 20))
            rating = rng.choice([Rating.GOOD, Rating.GOOD, Rating.EASY, Rating.AGAIN])
            store.review(card, rating, ms=9000, how="reveal", scheduler=workspace.scheduler)
        watch.wait(days=1)
    watch.wait(days=-1)


@pytest.mark.parametrize("name", [page.id for page in PAGES])
async def test_pages_after_six_weeks(
    small: Workspace, watch: Watch, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
    study(small, watch, days=42)
    attempt(small, watch, slip=True)
    async with running(small, "statistics", page=name) as pilot:
        await read(pilot)
        compare(pilot.app, f"statistics-{name}")


@pytest.mark.parametrize("size", [(60, 16), (120, 40)], ids=["60", "120"])
async def test_the_calendar_at_other_sizes(
    small: Workspace, watch: Watch, size: tuple[int, int]
) -> None:
    study(small, watch, days=9)
    async with running(small, "statistics", size=size) as pilot:
        await read(pilot)
        compare(pilot.app, f"statistics-days-{size[0]}")


async def test_numbers_and_arrows_turn_the_pages(workspace: Workspace) -> None:
    async with running(workspace, "statistics") as pilot:
        await read(pilot)
        for n, page in enumerate(PAGES, 1):
            assert f"[{n} {page.name}]" in one_line(pilot.app)
            await pilot.press("right")
        assert "[1 Days]" in one_line(pilot.app)
        await pilot.press("left")
        assert "[8 Exams]" in one_line(pilot.app)
        await pilot.press("5")
        assert "[5 Topics]" in one_line(pilot.app)
        await pilot.press("right")
        assert "[6 Predicted]" in one_line(pilot.app)


async def test_an_empty_log_says_on_every_page_what_to_do(workspace: Workspace) -> None:
    async with running(workspace, "statistics") as pilot:
        await read(pilot)
        for key, told in {
            "1": "r on the home screen begins today's review",
            "2": "No card has come back for review yet.",
            "3": "r on the home screen brings new ones",
            "4": "After the first review",
            "5": "nothing answered yet",
            "6": "a card has to come back on a later day",
            "7": "p on the home screen draws fresh numbers",
            "8": "x on the home screen draws one",
        }.items():
            await pilot.press(key)
            assert told in one_line(pilot.app)


async def test_one_day_is_a_square_and_no_percentage(workspace: Workspace, watch: Watch) -> None:
    study(workspace, watch, days=1)
    async with running(workspace, "statistics") as pilot:
        await read(pilot)
        assert "today 12 · 1 day in a row · longest 1 · 1 day of study" in one_line(pilot.app)
        await pilot.press("2")
        assert "No card has come back for review yet." in one_line(pilot.app)
        await pilot.press("6")
        assert "Nothing can be compared yet" in one_line(pilot.app)


async def test_enter_shows_the_items_of_a_topic_and_escape_the_topics(
    small: Workspace, watch: Watch
) -> None:
    study(small, watch, days=2)
    async with running(small, "statistics", page="topics") as pilot:
        await read(pilot)
        screen = pilot.app.screen
        await pilot.press("enter")
        topic = screen._figures.mastery.topics[0]  # type: ignore[attr-defined]
        assert f"{topic_name(topic.topic)} Esc shows the topics" in one_line(pilot.app)
        compare(pilot.app, "statistics-items")
        await pilot.press("escape")
        assert "Enter shows the items" in one_line(pilot.app)
        assert pilot.app.screen is screen
        await pilot.press("escape")
        assert pilot.app.screen is not screen


async def test_texts_of_a_pack_show_as_they_are(hostile: Workspace, watch: Watch) -> None:
    study(hostile, watch, days=2)
    async with running(hostile, "statistics", page="topics", size=(120, 40)) as pilot:
        await read(pilot)
        await pilot.press("enter")
        text = one_line(pilot.app)
        assert f"Statement {SHOWN}" in text, text
        assert "\x1b" not in text


async def test_a_title_of_an_exam_shows_as_it_is(workspace: Workspace) -> None:
    from datetime import date

    from quizapp.study.figures.exams import ExamMark, exams
    from quizapp.study.figures.reading import figures
    from quizapp.tui.pictures.results import page

    mark = ExamMark("E[X] [/b] [red]", date(2026, 3, 1), 6.5, 10, 900)
    told = replace(figures(workspace), exams=exams([mark]))
    assert "Sun 1 Mar  E[X] [/b] [red]" in page(told, 90, 20)[-1].plain


async def test_every_page_survives_a_terminal_of_a_few_columns(
    workspace: Workspace, watch: Watch
) -> None:
    study(workspace, watch, days=3)
    attempt(workspace, watch, slip=True)
    for size in ((20, 8), (8, 4), (3, 2)):
        async with running(workspace, "statistics", size=size) as pilot:
            await read(pilot)
            for n in range(1, len(PAGES) + 1):
                await pilot.press(str(n))
                assert screen_text(pilot.app)


async def test_the_light_theme_draws_the_same(workspace: Workspace, watch: Watch) -> None:
    study(workspace, watch, days=3)
    async with running(workspace, "statistics") as pilot:
        await read(pilot)
        dark = screen_text(pilot.app)
        pilot.app.theme = "textual-light"
        await pilot.pause()
        assert screen_text(pilot.app) == dark
