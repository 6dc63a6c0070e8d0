"""Looking up where slides, courses and textbook differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.screens.discrepancy import page
from quizapp.tui.widgets.prose import Page
from tests.tui.acting import compare, one_line, running, write

if TYPE_CHECKING:
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
        assert "Nothing has all of these words" in one_line(pilot.app)


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


def test_every_shipped_entry_fits_a_narrow_screen(workspace: Workspace) -> None:
    for entry in workspace.pack.discrepancies.values():
        content, height = Page(list(page(workspace, entry)), raw=False).at(56)
        assert max(line.cell_length for line in content.split("\n")) <= 56
        assert height > 10
