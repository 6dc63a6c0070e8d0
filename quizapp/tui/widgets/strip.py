"""The questions of an exam in a row: a number and a sign for each, the present one in brackets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.content import Content

_MUTED = "$text-muted"


@dataclass(frozen=True, slots=True)
class Tick:
    """One question in the row: its number or name, and a sign of how it stands."""

    name: str
    sign: str
    style: str = ""


class Strip(Fitted):
    """A row of questions, wrapped where the screen is narrow; a click goes to one.

    ``legend`` says what the signs mean, where there is room.
    """

    DEFAULT_CSS = """
    Strip { padding: 0 1; }
    """

    @dataclass
    class Chosen(Message):
        """A question was clicked, by its place in the row."""

        place: int

    def __init__(self, legend: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own
        super().__init__(self._set, id=id)
        self._legend = legend
        self._ticks: Sequence[Tick] = ()
        self._current = 0
        self._places: list[list[tuple[int, int]]] = []
        """For every line the cells at which its questions end, with their places."""

    def put(self, ticks: Sequence[Tick], current: int) -> None:
        """Show how the questions stand."""
        self._ticks, self._current = tuple(ticks), current
        self.show(self._set)

    def _set(self, columns: int) -> Sequence[Content]:
        lines: list[list[Content]] = [[]]
        self._places = [[]]
        used = 0
        for place, tick in enumerate(self._ticks):
            shown = _tick(tick, here=place == self._current)
            if used + shown.cell_length > columns:
                lines.append([])
                self._places.append([])
                used = 0
            lines[-1].append(shown)
            used += shown.cell_length
            self._places[-1].append((used, place))
        if used + 2 + len(self._legend) <= columns:
            lines[-1].append(say(f"{self._legend:>{columns - used}}", _MUTED))
        return [join(*line) for line in lines]

    def on_click(self, event: events.Click) -> None:
        """Go to the question that was clicked."""
        at = event.get_content_offset(self)
        if at is None or at.y >= len(self._places):
            return
        for end, place in self._places[at.y]:
            if at.x < end:
                self.post_message(self.Chosen(place))
                return


def _tick(tick: Tick, *, here: bool) -> Content:
    if here:
        return say(f"[{tick.name}{tick.sign}]", "bold reverse")
    return join(say(f" {tick.name}", _MUTED), say(f"{tick.sign} ", tick.style))
