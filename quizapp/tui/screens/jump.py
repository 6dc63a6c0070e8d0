"""Going to a question by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.tui.say import Said, heading, say
from quizapp.tui.widgets.input_line import Entry

if TYPE_CHECKING:
    from textual.app import ComposeResult


class JumpScreen(ModalScreen["int | None"]):
    """Asks for a number from 1 to ``count``; gives it counted from 0, None if one stays."""

    DEFAULT_CSS = """
    JumpScreen { align: center middle; background: $background 60%; }
    JumpScreen #box {
        width: 44; max-width: 96%; height: auto;
        background: $surface; border: round $primary; padding: 0 1;
    }
    JumpScreen Entry { margin: 1 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave", "Stay", id="jump.leave", tooltip="Stay at this question"),
    ]

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        """A number to type."""
        with Vertical(id="box"):
            yield Said(heading(f"Go to question 1 to {self._count}"))
            yield Entry(placeholder="its number")
            yield Said(say("Enter goes there, Esc stays", "$text-muted"), id="told")

    def on_mount(self) -> None:
        """Digits are typed at once."""
        self.set_focus(self.query_one(Entry))

    @on(Entry.Submitted)
    def _entered(self, event: Entry.Submitted) -> None:
        text = event.value.strip()
        if text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= self._count:
            self.dismiss(int(text) - 1)
        else:
            told = f"✗ Type a number from 1 to {self._count}."
            self.query_one("#told", Said).show(say(told, "$text-error"))

    def action_leave(self) -> None:
        """Stay."""
        self.dismiss(None)


SCREEN = JumpScreen
