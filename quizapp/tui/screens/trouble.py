"""What to do when the log cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from quizapp.study.folders import HOME_VARIABLE
from quizapp.tui.say import Said, join, lines, say
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.content import Content

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
            yield Said(lines(self._told()))
        yield Keybar()

    def _told(self) -> Iterator[Content]:
        yield say("⚠ What is wrong", "bold $text-warning")
        yield say(self._error.message)
        if self._error.where:
            yield say(f"Where: {self._error.where}", "$text-muted")
        yield say("")
        yield say("Your files are as they were.  q quits.")
        yield say(
            f"To use another folder, start it as: {HOME_VARIABLE}=FOLDER quizapp", "$text-muted"
        )

    def action_leave(self) -> None:
        """Quit with a status that says so, and leave the sentence on the terminal."""
        error = self._error
        told = f"{error.where}: {error.message}" if error.where else error.message
        self.app.exit(1, return_code=1, message=Text(f"quizapp: {told}"))


SCREEN = TroubleScreen
