"""Asking for cards by a query, and handling those that were found."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.tui.flags import flag_sign
from quizapp.tui.screens.practice import PracticeScreen
from quizapp.tui.widgets.query_line import QueryLine
from tests.tui.acting import Watch, compare, one_line, running, screen_text, write

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace

SMALL = (60, 16)


def answer(workspace: Workspace, card: str, rating: Rating, times: int = 1) -> None:
    for _ in range(times):
        workspace.store.review(card, rating, ms=4000, how="reveal", scheduler=workspace.scheduler)


@pytest.fixture
def studied(small: Workspace, watch: Watch) -> Workspace:
    """Four cards, of which three have been answered, flagged, tagged, suspended."""
    answer(small, "kind", Rating.GOOD, 2)
    watch.wait(days=4)
    answer(small, "capacity", Rating.AGAIN)
    answer(small, "memories", Rating.EASY)
    small.store.flag("capacity", 1)
    small.store.tag("memories", "mine")
    small.store.suspend("kind")
    watch.wait(days=1)
    return small


async def ask(pilot: Pilot[int], query: str) -> None:
    await pilot.press("slash")
    await write(pilot, query, "enter")
    await pilot.pause()


async def test_the_columns_tell_how_cards_stand(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        compare(pilot.app, "browse-studied")


async def test_there_are_more_columns_on_a_tall_wide_terminal(studied: Workspace) -> None:
    async with running(studied, "browse", size=(120, 40)) as pilot:
        await pilot.press("down", "space")
        compare(pilot.app, "browse-tall")


async def test_a_query_finds_cards_on_a_small_terminal(studied: Workspace) -> None:
    async with running(studied, "browse", size=SMALL) as pilot:
        await ask(pilot, "topic:hopfield -is:suspended (flag:red or tag:mine)")
        assert "2 cards" in one_line(pilot.app)
        await pilot.press("a")
        compare(pilot.app, "browse-60")


@pytest.mark.parametrize(
    ("query", "cards"),
    [
        ("is:new", 1),
        ("failed:2", 1),
        ("rated:1", 0),
        ("introduced:2", 2),
        ("prop:due>2", 1),
        ("type:choice topic:hop", 2),
        ("disc:yes", 1),
        ("course:hub minima", 1),
    ],
)
async def test_queries_narrow_the_list(studied: Workspace, query: str, cards: int) -> None:
    async with running(studied, "browse") as pilot:
        await ask(pilot, query)
        count = {0: "no card", 1: "1 card"}.get(cards, f"{cards} cards")
        assert f"Cards {count}" in one_line(pilot.app)


async def test_what_is_being_typed_is_read_as_far_as_it_goes(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("slash")
        await write(pilot, "minima topic:")
        assert "1 card " in one_line(pilot.app)
        assert "→ takes hopfield; also mlp-forward" in one_line(pilot.app)
        await write(pilot, "x (")
        assert "This parenthesis is never closed" in one_line(pilot.app)
        assert "⚠" not in screen_text(pilot.app)


async def test_what_cannot_be_read_is_told_when_one_has_typed(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await ask(pilot, "is:do")
        assert "⚠ There is no is:do; did you mean is:due?" in one_line(pilot.app)
        await pilot.press("escape")
        await ask(pilot, "topic:hopfeld")
        assert "⚠ No card has the topic 'hopfeld'" in one_line(pilot.app)


async def test_the_right_arrow_takes_the_name_that_is_offered(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("slash")
        await write(pilot, "topic:m")
        await pilot.press("right", "enter")
        assert pilot.app.screen.query_one(QueryLine).text == "topic:mlp-forward"
        assert "1 card " in one_line(pilot.app)


async def test_an_example_of_the_help_is_taken(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("slash", "f2")
        await pilot.pause()
        compare(pilot.app, "query-help")
        await pilot.press("down", "enter")
        assert pilot.app.screen.query_one(QueryLine).text == '"net input"'
        await pilot.press("h", "escape")
        assert "No card has all of this" in one_line(pilot.app)


async def test_the_help_fits_a_small_terminal(studied: Workspace) -> None:
    async with running(studied, "browse", size=SMALL) as pilot:
        await pilot.press("h")
        await pilot.pause()
        compare(pilot.app, "query-help-60")


async def test_text_that_looks_like_markup_is_text(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await ask(pilot, "tag:[red]E[X][/foo]")
        assert "'[red]e[x][/foo]'" in one_line(pilot.app)


async def test_marked_cards_are_suspended_and_taken_in_as_one(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("down", "space", "x", "at")
        await pilot.pause()
        assert "2 cards suspended; u takes it back." in one_line(pilot.app)
        assert "2 marked" in one_line(pilot.app)
        assert studied.store.held(studied.today()) == {"kind", "capacity", "memories"}
        await pilot.press("u")
        await pilot.pause()
        assert "Taken back: suspending of 2 cards." in one_line(pilot.app)
        assert studied.store.held(studied.today()) == {"kind"}
        await pilot.press("ctrl+r")
        assert len(studied.store.held(studied.today())) == 3
        await pilot.press("at")
        await pilot.pause()
        assert "2 cards no longer suspended" in one_line(pilot.app)


async def test_escape_takes_the_marks_away_first(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("a")
        assert "marked" in one_line(pilot.app)
        await pilot.press("a", "x", "escape")
        assert "marked" not in one_line(pilot.app)
        assert "Cards" in one_line(pilot.app)


async def test_without_marks_the_highlighted_card_is_meant(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("down", "minus")
        await pilot.pause()
        assert "1 card buried until tomorrow" in one_line(pilot.app)
        assert "capacity" in studied.store.held(studied.today())


async def test_a_flag_is_chosen_by_its_digit(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("a", "asterisk")
        await pilot.pause()
        compare(pilot.app, "flag")
        await pilot.press("4")
        await pilot.pause()
        assert "4 cards flagged 4 blue" in one_line(pilot.app)
        assert "⚑4" in screen_text(pilot.app)
        await pilot.press("asterisk", "0")
        await pilot.pause()
        assert "⚑" not in screen_text(pilot.app)


def test_a_flag_of_another_program_stands_in_two_cells() -> None:
    assert [flag_sign(flag).plain for flag in (0, 1, 7, 8, 123, -1)] == [
        "  ", "⚑1", "⚑7", "⚑+", "⚑+", "⚑+",
    ]  # fmt: skip


async def test_a_tag_is_given_and_taken_away(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("number_sign")
        await write(pilot, "weak spot", "enter")
        await pilot.pause()
        assert "1 card tagged weak spot" in one_line(pilot.app)
        await pilot.press("number_sign")
        await pilot.pause()
        assert "Your tags here: weak spot." in one_line(pilot.app)
        await write(pilot, "-weak spot", "enter")
        await pilot.pause()
        assert "1 card no longer tagged weak spot" in one_line(pilot.app)
        assert studied.store.tags() == {"mine": 1}


async def test_a_card_comes_on_another_day(studied: Workspace) -> None:
    async with running(studied, "browse", size=SMALL) as pilot:
        await pilot.press("down", "r")
        await write(pilot, "soon", "enter")
        await pilot.pause()
        assert "✗ 'soon' is no day; write tomorrow" in one_line(pilot.app)
        await pilot.press("ctrl+u")
        await write(pilot, "in 5 days", "enter")
        await pilot.pause()
        day = studied.today() + timedelta(days=5)
        assert f"1 card comes on {day}" in one_line(pilot.app)
        assert "in 5 d" in one_line(pilot.app)


async def test_forgetting_asks_first(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("down", "f")
        await pilot.pause()
        assert "Make 1 card new again?" in one_line(pilot.app)
        await pilot.press("escape", "f", "enter")
        await pilot.pause()
        assert "1 card new again" in one_line(pilot.app)
        assert studied.store.memory("capacity") is None


async def test_the_list_is_sorted_by_what_is_known(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("s", "s", "s")
        assert "by difficulty" in one_line(pilot.app)
        assert screen_text(pilot.app).index("How many patterns") < screen_text(pilot.app).index(
            "What is a Hopfield"
        )


async def test_the_history_of_a_card_is_read(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await pilot.press("i")
        await pilot.pause()
        seen = screen_text(pilot.app)
    assert "suspended   kept out until you take it back in" in seen
    head, *rows = (line.strip(" │") for line in seen.split("day         answer")[1].splitlines())
    assert head == "time  next  stability then"
    assert rows[:3] == [
        "2026-03-06  suspended",
        "2026-03-02  Good      4 s  2d    2.3 d",
        "2026-03-02  Good      4 s  10m   2.3 d",
    ]


async def test_an_exercise_is_listed_read_and_opened(workspace: Workspace) -> None:
    async with running(workspace, "browse", size=(120, 24)) as pilot:
        await ask(pilot, "is:skill id:skill/hopfield-energy")
        assert "1 card " in one_line(pilot.app)
        assert "A computation by hand, with fresh numbers each time" in one_line(pilot.app)
        await pilot.press("at", "i")
        await pilot.pause()
        assert "kept out until you take it back in" in one_line(pilot.app)
        assert "skill/hopfield-energy" in one_line(pilot.app)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PracticeScreen)


async def test_an_empty_list_has_nothing_to_handle(studied: Workspace) -> None:
    async with running(studied, "browse") as pilot:
        await ask(pilot, "nothing of this")
        await pilot.press("at", "asterisk", "r", "i", "e", "s", "space", "a")
        await pilot.pause()
        assert "No card has all of this; Esc shows all again." in one_line(pilot.app)
