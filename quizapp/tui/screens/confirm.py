"""One question before something that one might regret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.tui.say import Said, heading, join, say
from quizapp.tui.widgets.prose import Prose, ours

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ConfirmScreen(ModalScreen[bool]):
    """True for yes; ``does`` says in a word or two what Enter does."""

    DEFAULT_CSS = """
    ConfirmScreen { align: center middle; background: $background 60%; }
    ConfirmScreen #box {
        width: 64; max-width: 96%; height: auto; max-height: 96%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    ConfirmScreen Prose { margin: 0 0 1 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter,y", "accept", "Yes", id="confirm.yes", tooltip="Do it"),
        Binding("escape,n,q", "leave", "No", id="confirm.no", tooltip="Leave it as it was"),
    ]

    def __init__(self, question: str, about: str, does: str) -> None:
        super().__init__()
        self._question, self._about, self._does = question, about, does

    def compose(self) -> ComposeResult:
        """The question and the two ways on."""
        with Vertical(id="box"):
            yield Said(heading(self._question))
            yield Prose(ours(self._about))
            yield Said(
                join(
                    say("Enter", "bold $text-accent"),
                    f" {self._does}   ",
                    say("Esc", "bold $text-accent"),
                    " stays",
                )
            )

    def action_accept(self) -> None:
        """Yes."""
        self.dismiss(result=True)

    def action_leave(self) -> None:
        """No."""
        self.dismiss(result=False)


SCREEN = ConfirmScreen
