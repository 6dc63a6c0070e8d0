"""Cramming on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.tui.screens.cram import CramScreen
from quizapp.tui.screens.quiz import QuizScreen
from tests.tui.acting import compare, one_line, running, write

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace


def forget(workspace: Workspace, card: str, times: int = 1) -> None:
    """Answer a card Good and then Again, so often."""
    for _ in range(times):
        for rating in (Rating.EASY, Rating.AGAIN):
            workspace.store.review(card, rating, ms=1, how="self", scheduler=workspace.scheduler)


@pytest.mark.parametrize(("name", "size"), [("cram", (80, 24)), ("cram-60", (60, 16))])
async def test_what_there_is_to_cram(small: Workspace, name: str, size: tuple[int, int]) -> None:
    first, second = list(small.pack.cards)[:2]
    forget(small, first)
    small.store.flag(second, 3)
    async with running(small, "cram", size=size) as pilot:
        compare(pilot.app, name)


async def test_what_was_forgotten_today_comes_first_and_the_schedule_stays(
    small: Workspace,
) -> None:
    card = next(iter(small.pack.cards))
    forget(small, card)
    before = small.store.states()
    async with running(small, "cram") as pilot:
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, QuizScreen)
        assert "Cram · Forgotten today" in one_line(pilot.app)
        await through(pilot)
        assert "1 of 1 card known at once." in one_line(pilot.app)
        await pilot.press("q")
        assert isinstance(pilot.app.screen, CramScreen)
    assert small.store.states() == before
    (event,) = small.store.events("cram")
    assert (event.subject, event.payload["why"]) == (card, "failed")


async def test_u_brings_the_card_back_and_takes_the_answer_out_of_the_log(
    small: Workspace,
) -> None:
    forget(small, next(iter(small.pack.cards)))
    async with running(small, "cram") as pilot:
        await pilot.press("enter")
        await through(pilot)
        await pilot.press("u")
        assert "0 of 1 done" in one_line(pilot.app)
        assert small.store.events("cram") == []
        await pilot.press("u")
        assert "nothing to take back" in one_line(pilot.app)


async def test_a_query_chooses_the_cards(small: Workspace) -> None:
    async with running(small, "cram") as pilot:
        await pilot.press("slash")
        await write(pilot, "type:choice", "enter")
        assert isinstance(pilot.app.screen, QuizScreen)
        assert "Cram · type:choice" in one_line(pilot.app)


@pytest.mark.parametrize(
    ("query", "told"),
    [("is:leach", "did you mean is:leech?"), ("zzz", "No card of this course fits zzz.")],
)
async def test_a_query_without_cards_says_why(small: Workspace, query: str, told: str) -> None:
    async with running(small, "cram") as pilot:
        await pilot.press("slash")
        await write(pilot, query, "enter")
        assert told in one_line(pilot.app)
        assert isinstance(pilot.app.screen, CramScreen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, CramScreen)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, CramScreen)


async def test_a_query_from_the_command_line_begins_at_once(small: Workspace) -> None:
    async with running(small, "cram", query="type:choice") as pilot:
        assert isinstance(pilot.app.screen, QuizScreen)


async def through(pilot: Pilot[Any]) -> None:
    """Answer the cards of a round rightly."""
    from tests.tui.test_discrepancies import answer

    screen = pilot.app.screen
    assert isinstance(screen, QuizScreen)
    while screen._quiz is not None and screen._quiz.current() is not None:
        await answer(pilot, screen, right=True)
