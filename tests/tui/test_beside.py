"""What one does to the card in front beside answering it: flags, tags, leeches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.scheduling.memory import Rating
from quizapp.tui.screens.leech import LeechScreen
from quizapp.tui.screens.review import ReviewScreen
from tests.tui.acting import compare, one_line, running, write
from tests.tui.test_review import BASIC, KIND, NUMBER, come_to, number_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace
    from tests.tui.acting import Watch

WRONG = "A feedforward classifier"


def nearly_a_leech(workspace: Workspace, watch: Watch, card: str, lapses: int = 7) -> None:
    """Forget a card again and again, and let it be due."""
    for rating in [Rating.EASY, Rating.AGAIN] * lapses + [Rating.EASY]:
        workspace.store.review(card, rating, ms=1, how="self", scheduler=workspace.scheduler)
    watch.wait(days=400)


async def test_a_card_is_flagged_by_a_digit_and_keeps_its_place(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("asterisk", "3")
        assert BASIC in one_line(pilot.app)
        assert "Flagged 3 green." in one_line(pilot.app)
        assert "MLP forward ⚑3" in one_line(pilot.app)
        await pilot.press("asterisk", "0")
        assert "The flag is gone." in one_line(pilot.app)
        await pilot.press("asterisk", "escape", "space")
        assert "It runs from 0 to 1" in one_line(pilot.app)
    assert [event.payload["value"] for event in small.store.events("flag")] == [3, 0]


async def test_a_card_is_tagged_and_the_tag_taken_away(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("number_sign")
        await write(pilot, "ask in class", "enter")
        assert "1 card tagged ask in class" in one_line(pilot.app)
        assert BASIC in one_line(pilot.app)
        assert small.store.tagged("ask in class") == {"sigmoid"}
        await pilot.press("number_sign")
        await write(pilot, "-ask in class", "enter")
        assert small.store.tagged("ask in class") == set()


async def test_a_star_is_typed_where_one_types(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, NUMBER)
        await pilot.press("asterisk", "number_sign")
        assert NUMBER in one_line(pilot.app)
        await pilot.press("f8", "2")
        assert "Flagged 2 orange." in one_line(pilot.app)


async def test_undo_takes_a_flag_back(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("asterisk", "3", "u")
        assert BASIC in one_line(pilot.app)
        assert small.store.state("sigmoid").flag == 0


async def test_the_eighth_lapse_shows_source_and_neighbour(small: Workspace, watch: Watch) -> None:
    nearly_a_leech(small, watch, "sigmoid")
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space", "1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LeechScreen)
        compare(pilot.app, "leech")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "sigmoid" not in small.store.held(small.today())


async def test_other_lapses_say_nothing(small: Workspace, watch: Watch) -> None:
    nearly_a_leech(small, watch, "sigmoid", lapses=8)
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space", "1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_leech_is_suspended_from_there_and_undo_brings_it_back(
    small: Workspace, watch: Watch
) -> None:
    nearly_a_leech(small, watch, "sigmoid")
    async with running(small, "review") as pilot:
        await come_to(pilot, BASIC)
        await pilot.press("space", "1")
        await pilot.pause()
        await pilot.press("at")
        await pilot.pause()
        assert "Suspended; u takes it back." in one_line(pilot.app)
        assert small.store.state("sigmoid").suspended
        await pilot.press("ctrl+z")
        assert not small.store.state("sigmoid").suspended


async def test_a_wrong_answer_is_kept_in_words(small: Workspace) -> None:
    async with running(small, "review") as pilot:
        await come_to(pilot, KIND)
        await choose(pilot, WRONG)
        await pilot.press("enter")
        await come_to(pilot, NUMBER)
        await write(pilot, "99", "enter")
        await pilot.press("enter")
    assert {
        event.subject: event.payload.get("given") for event in small.store.events("review")
    } == {
        "kind": WRONG,
        "capacity": "99",
    }


async def choose(pilot: Pilot[Any], option: str) -> None:
    """Press the digit before an option."""
    await pilot.press(number_of(pilot, option))
