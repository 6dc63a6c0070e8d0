"""Choosing one of a few values, each with how many there are of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.tui.say import Said, heading, join, say
from quizapp.tui.widgets.choices import Choices, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

_WIDEST = 60
_ROOM_FOR_COUNT = 6


class NarrowScreen(ModalScreen["str | None"]):
    """Asks for one of ``values``, each (key, name, count); gives its key, None if one leaves."""

    DEFAULT_CSS = """
    NarrowScreen { align: center middle; background: $background 60%; }
    NarrowScreen #box {
        width: 64; max-width: 96%; height: auto; max-height: 90%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    NarrowScreen Choices { margin: 1 0; max-height: 100%; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,q", "leave", "Stay", id="narrow.leave", tooltip="Leave it as it was"),
    ]

    def __init__(self, title: str, values: Sequence[tuple[str, str, int]], now: str) -> None:
        super().__init__()
        self._title, self._values, self._now = title, values, now

    def compose(self) -> ComposeResult:
        """The values, the one that holds marked."""
        with Vertical(id="box"):
            yield Said(
                join(heading(self._title), say("   Enter chooses, Esc stays", "$text-muted"))
            )
            yield Choices(self._rows())

    def on_mount(self) -> None:
        """Start at what holds now."""
        choices = self.query_one(Choices)
        choices.focus()
        choices.put_on(_row_id(self._now))

    def _rows(self) -> list[Row]:
        room = min(_WIDEST, max(len(name) for _, name, _ in self._values))
        return [
            Row(
                _row_id(key),
                join(
                    say("• " if key == self._now else "  ", "bold $text-accent"),
                    f"{_cut(name, room):<{room}}",
                    say(f"{count:>{_ROOM_FOR_COUNT}}", "$text-muted"),
                ),
            )
            for key, name, count in self._values
        ]

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(event.id.removeprefix(_PREFIX))

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)


_PREFIX = "value-"


def _row_id(key: str) -> str:
    return _PREFIX + key


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


SCREEN = NarrowScreen
