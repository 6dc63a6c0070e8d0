"""What to do when the log cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from quizapp.tui.say import Said, join, lines, say
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.core.errors import QuizError
    from quizapp.tui.app import QuizApp


class TroubleScreen(Screen[None]):
    """One sentence on what is wrong and the way out."""

    DEFAULT_CSS = """
    TroubleScreen #trouble { height: 1fr; padding: 1 2; }
    TroubleScreen #trouble > Said { max-width: 90; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "q,escape,enter",
            "leave",
            "Quit",
            id="trouble.leave",
            tooltip="Leave; nothing was changed",
        ),
    ]

    app: QuizApp

    def __init__(self, error: QuizError, what: str = "your progress") -> None:
        super().__init__()
        self._error = error
        self._what = what

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Title(join(say("quizapp", "bold"), say(f" · {self._what} cannot be opened")))
        with VerticalScroll(id="trouble"):
            yield Said(
                lines(
                    [
                        say("⚠ What is wrong", "bold $text-warning"),
                        say(self._error.message),
                        say(""),
                        say(
                            f"Where: {self._error.where}" if self._error.where else "",
                            "$text-muted",
                        ),
                        say("Nothing was changed. q quits.", "$text-muted"),
                    ]
                )
            )
        yield Keybar()

    def action_leave(self) -> None:
        """Quit with a status that says so."""
        self.app.exit(1, return_code=1)


SCREEN = TroubleScreen
