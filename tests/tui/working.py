"""What the tests of computations do: type and paste as fast as a terminal hands it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.keys import _character_to_key

from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.line_entry import LineEntry

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type characters into what has the focus."""
    for character in text:
        pilot.app.post_message(events.Key(_character_to_key(character), character))
    await pilot.pause()
    await pilot.pause()


async def type_line(pilot: Pilot[Any], text: str) -> None:
    """Type cells with blanks between, then Enter."""
    await type_text(pilot, text)
    await pilot.press("enter")
    await pilot.pause()


async def paste(pilot: Pilot[Any], text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.pause()


def grid(pilot: Pilot[Any]) -> Grid:
    """The cells with the cursor."""
    focused = pilot.app.focused
    assert isinstance(focused, Grid)
    return focused


def said(pilot: Pilot[Any]) -> str:
    """What is said of the lines; beside the cells the screen has it in pieces."""
    entries = pilot.app.screen.query(LineEntry)
    return " ".join(f"{told.sign} {told.text}" for entry in entries for told in entry.told)
