"""Asking before an exam is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.tui.exam_words import clock, numbered
from quizapp.tui.say import Said, heading, join, say
from quizapp.tui.widgets.prose import Prose, ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from quizapp.study.sitting import Sitting
    from quizapp.tui.widgets.prose import Passage


class HandInScreen(ModalScreen[bool]):
    """Says what is missing; True if the exam is to be handed in as it is."""

    DEFAULT_CSS = """
    HandInScreen { align: center middle; background: $background 60%; }
    HandInScreen #box {
        width: 64; max-width: 96%; height: auto; max-height: 96%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    HandInScreen Prose { margin: 0 0 1 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter,y", "hand_in", "Hand in", id="hand-in.yes", tooltip="Hand in as it is"),
        Binding("escape,n", "leave", "Go on", id="hand-in.no", tooltip="Go on with the exam"),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting

    def compose(self) -> ComposeResult:
        """What is missing, and the two ways on."""
        with Vertical(id="box"):
            yield Said(heading(f"Hand in “{self._sitting.paper.title}”?"))
            yield Prose(*self._told())
            yield Said(
                join(
                    say("Enter", "bold $text-accent"),
                    " hands in   ",
                    say("Esc", "bold $text-accent"),
                    " goes on",
                )
            )

    def _told(self) -> Iterator[Passage]:
        sitting = self._sitting
        count = len(sitting.paper.questions)
        open_ = sitting.unanswered
        if not open_:
            yield ours(f"✓ All {count} questions are answered.")
        else:
            which = "" if len(open_) == count else f": {numbered(open_)}"
            told = "is" if len(open_) == 1 else "are"
            style = "bold $text-warning"
            yield ours(f"⚠ {len(open_)} of {count} questions {told} unanswered{which}.", style)
        bad = [number for number in range(count) if sitting.unreadable(number)]
        if bad:
            told = f"What stands in {numbered(bad)} cannot be read and counts as blank."
            yield ours(f"⚠ {told}", "bold $text-warning", gap=False)
        yield ours(f"Time left: {clock(sitting.left)}. Once handed in, nothing can be changed.")

    def action_hand_in(self) -> None:
        """Yes."""
        self.dismiss(result=True)

    def action_leave(self) -> None:
        """No."""
        self.dismiss(result=False)


SCREEN = HandInScreen
