"""Naming a file with a problem, or a folder of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.core.text import clean
from quizapp.tui.say import Said, heading, say
from quizapp.tui.widgets.input_line import Entry

if TYPE_CHECKING:
    from textual.app import ComposeResult


class OpenScreen(ModalScreen["Path | None"]):
    """Asks for a path; gives that of a file or folder which is there, None if one stays."""

    DEFAULT_CSS = """
    OpenScreen { align: center middle; background: $background 60%; }
    OpenScreen #box {
        width: 76; max-width: 96%; height: auto;
        background: $surface; border: round $primary; padding: 0 1;
    }
    OpenScreen Entry { margin: 1 0; }
    OpenScreen #told { height: auto; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave", "Stay", id="open.leave", tooltip="Open nothing"),
    ]

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder

    def compose(self) -> ComposeResult:
        """A path to type."""
        with Vertical(id="box"):
            yield Said(heading("Open a problem, or list a folder"))
            yield Entry(clean(self._folder) + "/", placeholder="~/sheets/sheet-3.yaml")
            yield Said(say("Enter opens, Esc stays", "$text-muted"), id="told")

    def on_mount(self) -> None:
        """The path is typed at once."""
        self.set_focus(self.query_one(Entry))

    @on(Entry.Submitted)
    def _entered(self, event: Entry.Submitted) -> None:
        try:
            path = Path(event.value.strip()).expanduser().absolute()
            there = bool(event.value.strip()) and path.exists()
        except (OSError, RuntimeError, ValueError):
            there = False
        if there:
            self.dismiss(path)
        else:
            told = "✗ There is no such file or folder; mend the path."
            self.query_one("#told", Said).show(say(told, "$text-error"))

    def action_leave(self) -> None:
        """Stay."""
        self.dismiss(None)


SCREEN = OpenScreen
