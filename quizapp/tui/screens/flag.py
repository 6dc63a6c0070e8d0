"""Choosing a flag: by its digit, or in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.study.query.terms import FLAGS
from quizapp.tui.flags import flag_name, flag_sign
from quizapp.tui.say import Said, heading, join, say
from quizapp.tui.widgets.choices import Choices, Row

if TYPE_CHECKING:
    from textual.app import ComposeResult

_PREFIX = "flag-"


class FlagScreen(ModalScreen["int | None"]):
    """Gives a flag from 0 (none) to 7, None if one leaves; ``now`` is the flag that holds."""

    DEFAULT_CSS = """
    FlagScreen { align: center middle; background: $background 60%; }
    FlagScreen #box {
        width: 44; max-width: 96%; height: auto; max-height: 96%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    FlagScreen Choices { margin: 1 0; max-height: 100%; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        *(
            Binding(
                str(flag), f"take({flag})", "Flag", id=f"flag.{flag}", tooltip="Flag by its digit"
            )
            for flag in range(len(FLAGS))
        ),
        Binding("escape,q", "leave", "Stay", id="flag.leave", tooltip="Leave it as it was"),
    ]

    def __init__(self, about: str, now: int = 0) -> None:
        super().__init__()
        self._about, self._now = about, now

    def compose(self) -> ComposeResult:
        """The flags."""
        with Vertical(id="box"):
            yield Said(
                join(heading(f"Flag {self._about}"), say("   0-7, Esc stays", "$text-muted"))
            )
            yield Choices(
                Row(f"{_PREFIX}{flag}", join(flag_sign(flag), f"  {flag_name(flag)}"))
                for flag in range(len(FLAGS))
            )

    def on_mount(self) -> None:
        """Start at the flag that holds."""
        choices = self.query_one(Choices)
        choices.focus()
        choices.put_on(f"{_PREFIX}{self._now}")

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(int(event.id.removeprefix(_PREFIX)))

    def action_take(self, flag: int) -> None:
        """This one."""
        self.dismiss(flag)

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)


SCREEN = FlagScreen
