"""Looking up where slides, courses and textbook differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quizapp.cards import ChooseOne, Number, Reveal
from quizapp.study.library import Change
from quizapp.tui.names import topic_name
from quizapp.tui.screens.discrepancies import DiscrepanciesScreen
from quizapp.tui.screens.discrepancy import page
from quizapp.tui.screens.quiz import QuizScreen
from quizapp.tui.widgets.prose import Page
from tests.tui.acting import compare, one_line, running, write

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.packs.model import Pack
    from quizapp.study.workspace import Workspace


async def test_the_list_names_the_gravest_first(small: Workspace) -> None:
    async with running(small, "discrepancies") as pilot:
        compare(pilot.app, "discrepancies")


async def test_an_entry_says_everything(small: Workspace) -> None:
    async with running(small, "discrepancies", size=(80, 32)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        compare(pilot.app, "discrepancy")


async def test_n_and_p_go_through_the_entries(small: Workspace) -> None:
    async with running(small, "discrepancies") as pilot:
        await pilot.press("enter", "n")
        assert "Is the mirror image a minimum, too?" in one_line(pilot.app)
        assert "2 of 2" in one_line(pilot.app)
        assert "Say that the bias must be zero." in one_line(pilot.app)
        await pilot.press("n", "p")
        assert "How many patterns fit?" in one_line(pilot.app)


async def test_typing_narrows_the_list_and_escape_widens_it(small: Workspace) -> None:
    async with running(small, "discrepancies") as pilot:
        await pilot.press("slash")
        await write(pilot, "bias mirror")
        assert "How many patterns fit?" not in one_line(pilot.app)
        assert "1 of 2" in one_line(pilot.app)
        await pilot.press("enter", "enter")
        assert "Only with zero bias." in one_line(pilot.app)
        await pilot.press("escape", "escape")
        assert "2 entries" in one_line(pilot.app)


async def test_a_search_without_a_find_says_so(small: Workspace) -> None:
    async with running(small, "discrepancies") as pilot:
        await pilot.press("slash")
        await write(pilot, "nothing here", "enter", "enter")
        assert "Nothing has all of this" in one_line(pilot.app)


async def test_one_id_opens_at_once_and_escape_leads_home(small: Workspace) -> None:
    async with running(small, "discrepancies", ids=("mirror",)) as pilot:
        await pilot.pause()
        assert "Who is right" in one_line(pilot.app)
        await pilot.press("escape")
        assert "Slides against textbook ·" not in one_line(pilot.app)


async def test_several_ids_restrict_the_list(workspace: Workspace) -> None:
    some = tuple(list(workspace.pack.discrepancies)[:3])
    async with running(workspace, "discrepancies", ids=some) as pilot:
        assert "3 entries" in one_line(pilot.app)


async def test_a_severity_a_topic_and_a_course_narrow_the_list(workspace: Workspace) -> None:
    whole = len(workspace.pack.discrepancies)
    async with running(workspace, "discrepancies") as pilot:
        await pilot.press("c", "home", "enter")
        assert f"{whole} entries" in one_line(pilot.app)
        await pilot.press("s", "down", "enter", "t", "down", "enter")
        grave = [e for e in workspace.pack.discrepancies.values() if e.severity == "high"]
        topic = min(entry.topic for entry in grave)
        assert f"all courses · {topic_name(topic)} · high severity" in one_line(pilot.app)
        assert f"{sum(e.topic == topic for e in grave)} of {whole}" in one_line(pilot.app)
        await pilot.press("escape")
        assert "all topics · any severity" in one_line(pilot.app)


async def test_leaving_the_choice_changes_nothing(small: Workspace) -> None:
    async with running(small, "discrepancies") as pilot:
        await pilot.press("t", "down", "escape")
        assert "all topics" in one_line(pilot.app)


async def test_a_quiz_asks_what_is_shown_until_it_is_known(small: Workspace) -> None:
    before = small.store.memories()
    async with running(small, "discrepancies") as pilot:
        await pilot.press("k")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, QuizScreen)
        assert screen._quiz is not None
        asked = screen._quiz.total
        assert asked
        await answer(pilot, screen, right=False)
        assert f"0 of {asked} done" in one_line(pilot.app)
        for _ in range(20):
            if screen._quiz.current() is None:
                break
            await answer(pilot, screen, right=True)
        assert "That was all" in one_line(pilot.app)
        assert f"{asked - 1} of {asked} card" in one_line(pilot.app)
    assert small.store.memories() == before


async def answer(pilot: Pilot[int], screen: QuizScreen, *, right: bool) -> None:
    """Answer the card in front of a quiz."""
    assert screen._quiz is not None
    asked = screen._quiz.current()
    assert asked is not None
    match asked.ask:
        case ChooseOne():
            wrong = next(i for i in range(len(asked.ask.options)) if i != asked.ask.right)
            await pilot.press(str((asked.ask.right if right else wrong) + 1), "enter")
        case Number():
            await write(pilot, str(asked.ask.value if right else asked.ask.value + 99), "enter")
            await pilot.press("enter")
        case Reveal():
            await pilot.press("space", "2" if right else "1")
        case _:
            raise AssertionError(asked.ask)
    await pilot.pause()


def test_every_shipped_entry_fits_a_narrow_screen(workspace: Workspace) -> None:
    for entry in workspace.pack.discrepancies.values():
        content, height = Page(list(page(workspace, entry)), raw=False).at(56)
        assert max(line.cell_length for line in content.split("\n")) <= 56
        assert height > 10


async def test_n_passes_over_an_entry_that_is_gone(small: Workspace) -> None:
    async with running(small, "discrepancies") as pilot:
        await pilot.press("enter")
        first, second = small.pack.discrepancies.values()
        assert "1 of 2" in one_line(pilot.app)
        shown = first if first.title in one_line(pilot.app) else second
        take_up(pilot.app, replace(small.pack, discrepancies={shown.id: shown}))
        await pilot.press("n")
        await pilot.pause()
        assert shown.title in one_line(pilot.app)


async def test_an_entry_that_is_gone_is_left_when_the_keys_above_it_are(small: Workspace) -> None:
    async with running(small, "discrepancies") as pilot:
        await pilot.press("enter", "question_mark")
        take_up(pilot.app, replace(small.pack, discrepancies={}))
        await pilot.pause()
        assert "Keys" in one_line(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, DiscrepanciesScreen)


def take_up(app: Any, pack: Pack) -> None:
    """Let the app find other content in the files."""
    app._take_up(Change(pack, None))
