"""What to do when the log cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer

from quizapp.tui.say import Said, heading, lines, say

if TYPE_CHECKING:
    from quizapp.core.errors import QuizError
    from quizapp.tui.app import QuizApp


class TroubleScreen(Screen[None]):
    """One sentence on what is wrong and the way out."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("q,escape,enter", "leave", "Quit", id="trouble.leave", tooltip="Leave; nothing was changed"),
    ]

    app: QuizApp

    def __init__(self, error: QuizError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Said(say(" quizapp · your progress cannot be opened", "bold"), classes="title")
        yield Said(
            lines(
                [
                    heading("⚠ What is wrong"),
                    say(str(self._error)),
                    say(""),
                    say("Nothing was changed. q quits.", "$text-muted"),
                ]
            ),
            id="trouble",
        )
        yield Footer()

    def action_leave(self) -> None:
        """Quit with a status that says so."""
        self.app.exit(1, return_code=1)


SCREEN = TroubleScreen
