"""A student checks a sheet of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.study.own import sheet
from quizapp.study.practice import ATTEMPT
from quizapp.tui.widgets.grid import Grid
from tests.tui.acting import compare, one_line, running, until
from tests.tui.working import paste, said, type_line, type_text

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from quizapp.study.workspace import Workspace

SHEET = ["0 1 -1; 1 0 1; -1 1 0", ".5 -.5 .25", "1 -1 1", "1 2 3", "1 1 1"]


async def fill(pilot: Pilot[Any], texts: list[str]) -> None:
    """Type the givens, one field after the other."""
    await pilot.pause()
    for number, text in enumerate(texts):
        if number:
            await pilot.press("tab")
        await type_text(pilot, text)


def prefill(workspace: Workspace, texts: list[str]) -> None:
    """The sheet of a recall as it is after typing."""
    own = sheet(workspace, "hopfield-recall")
    own.texts.update(zip((given.name for given in own.family.givens), texts, strict=True))


async def start(pilot: Pilot[Any]) -> None:
    await pilot.press("f6")
    await until(pilot, lambda: isinstance(pilot.app.focused, Grid))


async def test_a_trace_from_a_sheet_has_its_slip_named(workspace: Workspace) -> None:
    """All fields are taken from the start, though the units are updated one at a time."""
    async with running(workspace, "own", family="hopfield-recall") as pilot:
        await fill(pilot, SHEET)
        await start(pilot)
        assert "own numbers" in one_line(pilot.app)
        await type_line(pilot, "-1.5 1.5 -1.75")
        assert "✗ Rows 2, 3: Asynchronous updates use the newest state" in said(pilot)
        compare(pilot.app, "own-slip")
        await paste(pilot, "-1 -1 1; -1 1 1; -1 1 -1")
        await pilot.press("enter")
        await pilot.pause()
        assert "✓ Right, carried on from" in said(pilot)
    payload = workspace.store.events(kind=ATTEMPT)[-1].payload
    assert payload["slips"] == {"sync-for-async": "fields"}
    assert payload["verdicts"]["states"] == "carried"


async def test_a_forgotten_bias_is_named(workspace: Workspace) -> None:
    prefill(workspace, SHEET)
    async with running(workspace, "own", family="hopfield-recall") as pilot:
        await pilot.pause()
        await start(pilot)
        await type_line(pilot, "-2 0 2")
        await pilot.pause()
        assert "The bias (threshold) is missing in the local field." in said(pilot)


async def test_sizes_follow_from_what_is_typed(workspace: Workspace) -> None:
    async with running(workspace, "own", family="attention") as pilot:
        await fill(pilot, ["1 2; 3 4; 5 6"])
        text = one_line(pilot.app)
        assert "✓ 3 x 2" in text
        assert "m x d_k, here m x 2" in text
        compare(pilot.app, "own")


async def test_shapes_that_do_not_fit_are_said_while_typing_and_at_the_start(
    workspace: Workspace,
) -> None:
    async with running(workspace, "own", family="attention") as pilot:
        await fill(pilot, ["1 2; 3 4", "1 2 3", "1; 2"])
        assert "? this is 1 x 3, but 1 x 2 is needed (m = 1, d_k = 2)." in one_line(pilot.app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        text = one_line(pilot.app)
        assert "✗ 'K' has the shape 1 x 3, but m x d_k with d_k = 2 (from 'Q') needs" in text


async def test_a_missing_given_is_said_where_it_is_missing(workspace: Workspace) -> None:
    async with running(workspace, "own", family="attention") as pilot:
        await fill(pilot, ["1 2; 3 4"])
        await pilot.press("f6")
        await pilot.pause()
        assert "✗ the given 'K' is missing" in one_line(pilot.app)
        await pilot.press("7")
        await pilot.pause()
        assert "is missing" not in one_line(pilot.app)


async def test_what_cannot_be_read_is_said_and_kept(workspace: Workspace) -> None:
    async with running(workspace, "own", family="attention") as pilot:
        await fill(pilot, ["1 [b]x[/b]"])
        await pilot.press("f6")
        await pilot.pause()
        text = one_line(pilot.app)
        assert "1 [b]x[/b]" in text
        assert "✗ 'Q' cannot be read:" in text


async def test_a_net_that_is_none_is_refused_with_its_reason(workspace: Workspace) -> None:
    prefill(workspace, ["0 1 -1; 2 0 1; -1 1 0", *SHEET[1:]])
    async with running(workspace, "own", family="hopfield-recall") as pilot:
        await pilot.pause()
        await pilot.press("f6")
        await pilot.pause()
        assert "✗ 'W' is not symmetric" in one_line(pilot.app)


async def test_what_was_typed_is_there_when_one_comes_back(workspace: Workspace) -> None:
    prefill(workspace, SHEET)
    async with running(workspace, "own", family="hopfield-recall") as pilot:
        await pilot.pause()
        await start(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "0 1 -1; 1 0 1; -1 1 0" in one_line(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        pilot.app.go("own", family="hopfield-recall")  # type: ignore[attr-defined]
        await pilot.pause()
        assert "0 1 -1; 1 0 1; -1 1 0" in one_line(pilot.app)


async def test_a_pasted_matrix_is_read(workspace: Workspace) -> None:
    async with running(workspace, "own", family="attention") as pilot:
        await pilot.pause()
        await paste(pilot, "[[1, 2],\n [3, 4]]")
        assert "✓ 2 x 2" in one_line(pilot.app)


async def test_conventions_and_decimals_can_be_chosen(workspace: Workspace) -> None:
    prefill(workspace, SHEET)
    async with running(workspace, "own", family="hopfield-recall", size=(80, 60)) as pilot:
        await pilot.pause()
        await pilot.press(*["tab"] * 5, "right", "tab", "tab", "tab", "left")
        await start(pilot)
        text = one_line(pilot.app)
        assert "synchronous: all units at once" in text
        assert "keep 2 decimals" in text


async def test_a_family_is_chosen_first(workspace: Workspace) -> None:
    async with running(workspace, "own") as pilot:
        await pilot.press("slash")
        await pilot.pause()
        await type_line(pilot, "repeated hopfield")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "symmetric weights" in one_line(pilot.app))


def test_states_may_be_written_as_signs(workspace: Workspace) -> None:
    own = sheet(workspace, "hopfield-recall")
    own.texts["start"] = "+ - +"
    own.texts["patterns"] = "[[+ -], [−, +]]"
    assert own.reading("start").value == [1, -1, 1]
    assert own.reading("patterns").value == [[1, -1], [-1, 1]]
