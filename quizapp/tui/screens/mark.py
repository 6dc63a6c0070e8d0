"""Entering the mark of an exam."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.study.exam_results import ResultError, read_result
from quizapp.tui.say import Said, heading, say
from quizapp.tui.widgets.input_line import Entry

if TYPE_CHECKING:
    from textual.app import ComposeResult

_QUIET = "$text-muted"
_WAY = "Enter keeps it, Esc leaves it as it was"


class MarkScreen(ModalScreen["float | None"]):
    """Asks for a mark; gives the share of the points, None if it stays as it was."""

    DEFAULT_CSS = """
    MarkScreen { align: center middle; background: $background 60%; }
    MarkScreen #box {
        width: 56; max-width: 96%; height: auto;
        background: $surface; border: round $primary; padding: 0 1;
    }
    MarkScreen Entry { margin: 1 0; }
    MarkScreen Said { height: auto; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave", "Back", id="mark.leave", tooltip="Leave it as it was"),
    ]

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """A mark to type."""
        with Vertical(id="box"):
            yield Said(heading(f"Your mark · {self._about}"))
            yield Entry(placeholder="82% or 49/60")
            yield Said(say(_WAY, _QUIET), id="told")

    def on_mount(self) -> None:
        """It is typed at once."""
        self.set_focus(self.query_one(Entry))

    @on(Entry.Changed)
    def _typed(self) -> None:
        self.query_one("#told", Said).show(say(_WAY, _QUIET))

    @on(Entry.Submitted)
    def _entered(self, event: Entry.Submitted) -> None:
        try:
            share = read_result(event.value)
        except ResultError as error:
            self.query_one("#told", Said).show(say(f"✗ {error.message}", "$text-error"))
            return
        self.dismiss(share)

    def action_leave(self) -> None:
        """Leave it."""
        self.dismiss(None)


SCREEN = MarkScreen
