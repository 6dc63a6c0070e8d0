"""A line to calculate on below the lines of a computation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message

from quizapp.core.errors import QuizError
from quizapp.study.scratch import LONGEST, Scratch, digits, for_cell
from quizapp.tui.say import Said, join, lines, say
from quizapp.tui.widgets.input_line import Entry

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from quizapp.tui.widgets.line_entry import LineEntry

_MUTED = "$text-muted"
_MOST_SHOWN = 3
_ROOMY = 20
"""With fewer rows on the screen only the last result is shown."""
_PLAIN = frozenset("+-.,0123456789\N{MINUS SIGN}")


class _Sum(Entry):
    """Where the expression is typed."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "enter", "submit", "Calculate", id="scratch.calculate", key_display="⏎",
            tooltip="Keep the value: ans stands for it in the next expression",
        ),
        Binding(
            "up", "recall(-1)", "Earlier", id="scratch.earlier", show=False,
            tooltip="The expression before",
        ),
        Binding(
            "down", "recall(1)", "Later", id="scratch.later", show=False,
            tooltip="The expression after",
        ),
    ]  # fmt: skip

    @dataclass
    class Recalled(Message):
        """An expression some places on is wanted, -1 for the one before."""

        by: int

    def action_recall(self, by: int) -> None:
        """Ask for another expression."""
        self.post_message(self.Recalled(by))

    @dataclass
    class TooLong(Message):
        """Something was pasted that is no expression."""

    def on_paste(self, event: events.Paste) -> None:
        """Refuse what is too long instead of cutting it."""
        if len(event.text) + len(self.value) > LONGEST:
            event.stop()
            event.prevent_default()
            self.post_message(self.TooLong())


class ScratchPad(Vertical):
    """The calculator: an expression, its value at once, the last results above it."""

    DEFAULT_CSS = """
    ScratchPad { height: auto; display: none; background: $panel; padding: 0 1; }
    ScratchPad > #results { height: auto; }
    ScratchPad > Horizontal { height: 1; }
    ScratchPad #equals { width: 2; }
    ScratchPad #value { width: auto; max-width: 60%; margin-left: 1; }
    ScratchPad #complaint { height: auto; display: none; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "tab", "take", "To cell", id="scratch.take",
            tooltip="Put the value into the cell, with the decimals to keep",
        ),
        Binding(
            "escape", "close", "Back", id="scratch.close",
            tooltip="Back to the cell",
        ),
    ]  # fmt: skip

    @dataclass
    class Taken(Message):
        """A result goes into the cell, as it is written there."""

        text: str

    class Closed(Message):
        """Nothing more is to be calculated for now."""

    class Used(Message):
        """Something was calculated."""

    def __init__(self) -> None:
        super().__init__()
        self._scratch = Scratch()
        self._decimals = 3
        self._entry: LineEntry | None = None
        self._back = 0
        """How many expressions one has gone back; 0 is the new one."""

    def compose(self) -> ComposeResult:
        """The results, the expression with its value, what is wrong with it."""
        yield Said(id="results")
        with Horizontal():
            yield Said(say("=", "bold $text-accent"), id="equals")
            yield _Sum("", "3*0.25 + exp(-1); ans is the last result, ↑ an earlier one", id="sum")
            yield Said(id="value")
        yield Said(id="complaint")

    @property
    def _sum(self) -> _Sum:
        return self.query_one(_Sum)

    def lend(self, scratch: Scratch, decimals: int) -> None:
        """Count on this scratch sheet; results go into cells with so many decimals."""
        self._scratch = scratch
        self._decimals = decimals

    def open_for(self, entry: LineEntry) -> None:
        """Calculate for a line, beginning with what stands unfinished in its cell."""
        self._entry = entry
        self.display = True
        begun = entry.grid.text.strip()
        if begun and not set(begun) <= _PLAIN:
            self._write(begun)
        self._show()
        self.screen.set_focus(self._sum)

    # What is shown -------------------------------------------------------------------------

    def _show(self) -> None:
        """The last results and the value of what is typed."""
        most = _MOST_SHOWN if self.screen.size.height >= _ROOMY else 1
        last = self._scratch.results[-most:]
        results = self.query_one("#results", Said)
        results.display = bool(last)
        results.show(lines([join(say(f"  {one.text} = ", _MUTED), say(one.shown)) for one in last]))
        self._show_value()

    def _show_value(self) -> None:
        """The value, and how it would stand in the cell; nothing as long as it has none."""
        try:
            value = self._scratch.value(self._sum.value)
        except QuizError:
            value = None
        below = self.query_one("#value", Said)
        if value is None:
            below.show(say(""))
            return
        full, written = digits(value), self._written(value)
        told = "" if written == full else f"  tab: {written}"
        below.show(join(say(f"= {full}", "bold"), say(told, _MUTED)))

    def _written(self, value: float) -> str:
        """A value as it would stand in the cell."""
        if self._entry is None:
            return digits(value)
        return for_cell(value, self._entry.asked.step, self._decimals)

    def _complain(self, reason: str) -> None:
        below = self.query_one("#complaint", Said)
        below.display = bool(reason)
        below.show(say(f"? {reason}", "$text-warning") if reason else say(""))

    @on(Entry.Changed)
    def _typed(self, event: Entry.Changed) -> None:
        event.stop()
        self._complain("")
        self._show_value()

    @on(_Sum.TooLong)
    def _refused(self, event: _Sum.TooLong) -> None:
        event.stop()
        self._complain(f"Not pasted: an expression has at most {LONGEST} characters.")

    # What is done --------------------------------------------------------------------------

    @on(Entry.Submitted)
    def _entered(self, event: Entry.Submitted) -> None:
        event.stop()
        self._keep()

    def _keep(self) -> bool:
        """Remember the value; whether there is one to go on with."""
        try:
            kept = self._scratch.keep(self._sum.value)
        except QuizError as error:
            self._complain(str(error))
            return False
        if kept is not None:
            self._write("")
            self.post_message(self.Used())
        self._show()
        return self._scratch.ans is not None

    def action_take(self) -> None:
        """Put the value of what is typed, or else the last one, into the cell."""
        if self._keep() and self._scratch.ans is not None:
            self.post_message(self.Taken(self._written(self._scratch.ans)))

    @on(_Sum.Recalled)
    def _recalled(self, event: _Sum.Recalled) -> None:
        """Go through the earlier expressions."""
        event.stop()
        results = self._scratch.results
        self._back = min(max(self._back - event.by, 0), len(results))
        back = self._back
        self._write(results[-back].text if back else "")
        self._back = back

    def _write(self, text: str) -> None:
        self._back = 0
        self._sum.value = text
        self._sum.cursor_position = len(text)

    def action_close(self) -> None:
        """Back to the cell."""
        self.post_message(self.Closed())
