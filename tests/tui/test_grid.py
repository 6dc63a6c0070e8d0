"""Cells of other forms than a matrix: rows of their own lengths, open rows, words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from textual.app import App

from quizapp.exercises.catalogue import family
from quizapp.exercises.generate import generate
from quizapp.study.asked import Asked, asked
from quizapp.study.cells import PasteError, pasted_rows
from quizapp.tui.widgets.cells import Drawing, Form
from quizapp.tui.widgets.line_entry import LineEntry
from tests.tui.acting import screen_text
from tests.tui.working import paste, type_text

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.pilot import Pilot


class OneLine(App[None]):
    """Shows a single line to type."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(self, line: Asked) -> None:
        super().__init__()
        self.entry = LineEntry(line, 3)

    def compose(self) -> ComposeResult:
        yield self.entry

    def on_mount(self) -> None:
        self.entry.grid.focus()


def line(*, kind: Any = "integer", **changes: Any) -> Asked:
    """A line of whole numbers in another form than its family has."""
    (first, *_) = asked(generate(family("hopfield-fixed-points"), seed=1))
    step = replace(first.step, kind=kind)
    return replace(first, step=step, **changes)


def rows(pilot: Pilot[None]) -> list[str]:
    text = screen_text(pilot.app).splitlines()
    return [row[row.index("[") :] for row in text if "[" in row and "]" in row]


async def test_rows_have_their_own_lengths() -> None:
    app = OneLine(line(shape=(3, 4), lengths=(2, 4, 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await type_text(pilot, "1 2 3 4 5 6 7")
        assert app.entry.grid.cells == [["1", "2"], ["3", "4", "5", "6"], ["7"]]
        assert app.entry.answer == [["1", "2"], ["3", "4", "5", "6"], ["7"]]
        assert [row.count("]") for row in rows(pilot)] == [1, 1, 1]
        assert len({row.rstrip().index("]") for row in rows(pilot)}) == 3
        await pilot.press("up", "end", "up", "9")  # from the last of four to the last of two
        assert app.entry.grid.cells[0] == ["1", "9"]


async def test_an_open_row_grows_as_it_is_filled() -> None:
    app = OneLine(line(shape=(1,), lengths=(1,), open=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await type_text(pilot, "4 5 6")
        assert app.entry.answer == ["4", "5", "6"]
        assert app.entry.grid.cells == [["4", "5", "6", ""]]
        await pilot.press("backspace")
        assert app.entry.answer == ["4", "5"]
        await pilot.press("ctrl+u")
        assert app.entry.answer == ""
        assert app.entry.grid.cells == [[""]]
        app.entry.restore(["7", "8"])
        assert app.entry.grid.cells == [["7", "8", ""]]


async def test_words_keep_their_blanks() -> None:
    app = OneLine(line(kind="text", shape=(2,), lengths=(2,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await type_text(pilot, "dead end")
        await pilot.press("tab")
        await type_text(pilot, "E[X] /b]")
        assert app.entry.answer == ["dead end", "E[X] /b]"]
        assert "?" not in screen_text(app).split("[", 1)[1]
        await paste(pilot, "left kiwi, right kiwi")
        assert app.entry.answer == ["left kiwi", "right kiwi"]


@pytest.mark.parametrize(
    ("text", "lengths", "cells"),
    [
        ("1 2; 3", (2, 1), [["1", "2"], ["3"]]),
        ("[[1, 2], [3]]", (2, 1), [["1", "2"], ["3"]]),
        ("1 2 3", (2, 1), [["1", "2"], ["3"]]),
        ("a b, c", (2,), [["a b", "c"]]),
        ("x\ty\nz", (2, 1), [["x", "y"], ["z"]]),
    ],
)
def test_a_paste_is_cut_into_rows(
    text: str, lengths: tuple[int, ...], cells: list[list[str]]
) -> None:
    assert pasted_rows(text, lengths) == cells


@pytest.mark.parametrize("text", ["1 2 3; 4", "1; 2; 3", ""])
def test_a_paste_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(PasteError):
        pasted_rows(text, (2, 1))


@pytest.mark.parametrize(("room", "width"), [(70, 6), (62, 5), (54, 4), (53, 6)])
def test_columns_shrink_before_they_leave_the_screen(room: int, width: int) -> None:
    form = Form((8,), minimum=6, least=4)
    drawing = Drawing(
        form=form, cells=[[""] * 8], room=room, here=None, at=0, caret=None, unreadable=lambda _: ""
    )
    (row,) = [line.plain for line in drawing.lines()]
    assert row.index("·", 3) - row.index("·") == width + 2
    assert ("›" in row) == (room == 53)
