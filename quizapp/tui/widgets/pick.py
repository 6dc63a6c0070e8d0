"""One of a few values, gone through with the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget

from quizapp.tui.say import join, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content


_CHANGE = Binding.Group("Change", compact=True)


class Pick(Widget, can_focus=True):
    """Shows one value between two arrows; ← and → go through them all, round and round."""

    DEFAULT_CSS = """
    Pick { width: 1fr; height: 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    Pick:focus { background: $primary 30%; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "left", "turn(-1)", "Before", id="pick.left", tooltip="Another value", group=_CHANGE
        ),
        Binding(
            "right,space",
            "turn(1)",
            "Next",
            id="pick.right",
            tooltip="Another value",
            group=_CHANGE,
        ),
    ]

    @dataclass
    class Changed(Message):
        """Another value is shown."""

        pick: Pick
        value: str

        @property
        def control(self) -> Pick:
            """Where it is shown."""
            return self.pick

    def __init__(
        self,
        values: Sequence[tuple[str, str]],
        value: str,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._values = list(values) or [(value, value)]
        keys = [key for key, _ in self._values]
        self._at = keys.index(value) if value in keys else 0

    @property
    def value(self) -> str:
        """The key of the value that is shown."""
        return self._values[self._at][0]

    def render(self) -> Content:
        """The value between its arrows."""
        told = self._values[self._at][1]
        if len(self._values) == 1:
            return say(told)
        arrow = "bold $text-accent" if self.has_focus else "$text-muted"
        return join(say("◂ ", arrow), told, say(" ▸", arrow))

    def on_click(self) -> None:
        """The next value."""
        self.action_turn(1)

    def action_turn(self, by: int) -> None:
        """Another value."""
        if len(self._values) > 1:
            self._at = (self._at + by) % len(self._values)
            self.refresh()
            self.post_message(self.Changed(self, self.value))
