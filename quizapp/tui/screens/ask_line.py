"""Asking for one line, read while the screen is open: what cannot be read is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList

from quizapp.core.errors import QuizError
from quizapp.tui.say import Said, heading, say
from quizapp.tui.widgets.input_line import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult


class AskLineScreen(ModalScreen[Any]):
    """Gives what ``read`` makes of the line, None if one leaves.

    ``read`` raises a QuizError for what does not fit. The lines in ``known`` are offered while
    one types; the right arrow takes what is offered.
    """

    DEFAULT_CSS = """
    AskLineScreen { align: center middle; background: $background 60%; }
    AskLineScreen #box {
        width: 64; max-width: 96%; height: auto; max-height: 96%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    AskLineScreen Entry { margin: 1 0; }
    AskLineScreen Said { height: auto; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave", "Stay", id="ask-line.leave", tooltip="Leave it as it was"),
    ]

    def __init__(
        self,
        title: str,
        about: str,
        read: Callable[[str], Any],
        *,
        placeholder: str = "",
        known: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._title, self._about, self._read = title, about, read
        self._placeholder, self._known = placeholder, tuple(known)

    def compose(self) -> ComposeResult:
        """What is asked, the line, what fits."""
        with Vertical(id="box"):
            yield Said(heading(self._title))
            yield Entry(placeholder=self._placeholder)
            yield Said(say(self._about, "$text-muted"), id="about")
            yield Said(say("Enter does it, Esc stays", "$text-muted"), id="told")

    def on_mount(self) -> None:
        """Type at once."""
        entry = self.query_one(Entry)
        if self._known:
            entry.suggester = SuggestFromList(self._known, case_sensitive=False)
        self.set_focus(entry)

    @on(Entry.Submitted)
    def _entered(self, event: Entry.Submitted) -> None:
        event.stop()
        try:
            value = self._read(event.value)
        except QuizError as error:
            told = f"✗ {error.message[:1].upper()}{error.message[1:]}"
            self.query_one("#told", Said).show(say(told, "$text-error"))
            return
        self.dismiss(value)

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)


SCREEN = AskLineScreen
