"""A computation as a question of an exam: its numbers above, a line to fill for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message

from quizapp.study.asked import asked
from quizapp.study.scratch import Scratch
from quizapp.study.sharing import Shared
from quizapp.study.usage import usage_of
from quizapp.tui.arrived import arrived
from quizapp.tui.widgets.desk import Desk
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.line_entry import LineEntry
from quizapp.tui.widgets.scratch_pad import ScratchPad
from quizapp.tui.widgets.statement import statement
from quizapp.tui.widgets.told import with_note
from quizapp.tui.widgets.verdict import Told
from quizapp.tui.widgets.worksheet import entry_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from quizapp.exercises.problem import Problem
    from quizapp.study.usage import Usage
    from quizapp.tui.app import QuizApp
    from quizapp.tui.widgets.fitted import Setting
    from quizapp.tui.widgets.worksheet import Worksheet


class Computation(Vertical):
    """One problem; ``answer`` is what stands in its lines. It gives no verdict.

    ``worth`` are the points of the lines by step, where they are not all worth the same.

    Raises QuizError where the problem has no solution.
    """

    DEFAULT_CSS = """
    Computation { height: 1fr; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        # Before the grid's own Enter, which promises a check that an exam does not give.
        Binding(
            "enter", "enter", "Next cell", id="computation.enter", priority=True, show=False,
            tooltip="The next blank cell; when none is left, the next line",
        ),
        Binding(
            "f3", "formula", "Formula", id="computation.formula", key_display="F3",
            tooltip="The formula of this line in full size, or away again",
        ),
        Binding(
            "ctrl+e", "calculate", "Calc", id="computation.calculate", key_display="=",
            tooltip="A line to calculate on: = in a blank cell, or ctrl+e; its use is noted",
        ),
    ]  # fmt: skip

    class Changed(Message):
        """Something else stands in the lines."""

    class Done(Message):
        """Enter was pressed at the end of the last line."""

    app: QuizApp
    how = "Enter and arrows move; every line earns points of its own"

    def __init__(
        self, problem: Problem, answer: Mapping[str, Any], worth: Mapping[str, float] | None = None
    ) -> None:
        super().__init__()
        self._problem = problem
        self._shared = Shared(problem, scheme=worth or {})
        self._scratch = Scratch(answer.get("scratch"))
        self._entries = [LineEntry(line, problem.decimals) for line in asked(problem)]
        lines = answer.get("lines") or {}
        for entry in self._entries:
            entry.restore(lines.get(entry.step, ""))

    def compose(self) -> ComposeResult:
        """The problem, its lines."""
        headed = _headed(self._problem, usage_of(self.app.workspace))
        yield Desk(with_note(self._shared, headed), self._entries)

    def on_mount(self) -> None:
        """Say of what stood in the lines what cannot be read."""
        self._desk.lend(self._scratch, self._problem.decimals)
        self.call_after_refresh(self._say_readings)

    def _say_readings(self) -> None:
        for entry in self._entries:
            self._say_reading(entry)

    @property
    def answer(self) -> dict[str, Any]:
        """What stands in the lines now, blank ones left out, and what was calculated for them."""
        lines = {entry.step: entry.answer for entry in self._entries}
        answer = {"lines": {step: answer for step, answer in lines.items() if answer != ""}}
        return {**answer, "scratch": self._scratch.as_json()} if self._scratch.count else answer

    @property
    def start(self) -> Widget:
        """What takes the focus: the first line that is not filled."""
        unfilled = [entry for entry in self._entries if any("" in row for row in entry.grid.cells)]
        return (unfilled or self._entries)[0].grid

    @property
    def _desk(self) -> Desk:
        return self.query_one(Desk)

    @property
    def _sheet(self) -> Worksheet:
        return self._desk.sheet

    @on(ScratchPad.Used)
    def _calculated(self, event: ScratchPad.Used) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Grid.Changed)
    def _typed(self, event: Grid.Changed) -> None:
        event.stop()
        self._say_reading(entry_of(event.grid))
        self.post_message(self.Changed())

    def _say_reading(self, entry: LineEntry) -> None:
        """Say why a cell cannot be read, if one cannot."""
        reason = entry.grid.reason
        told = f"Cannot be read yet; kept as you typed it. {reason}"
        entry.tell(*([Told("?", "$text-warning", told)] if reason else []))

    @on(Grid.Refused)
    def _refused(self, event: Grid.Refused) -> None:
        event.stop()
        entry_of(event.grid).tell(Told("?", "$text-warning", f"Not pasted: {event.reason}"))

    @on(Grid.Done)
    def _done(self, event: Grid.Done) -> None:
        event.stop()
        entry = entry_of(event.grid)
        if entry is self._entries[-1]:
            self.post_message(self.Done())
        else:
            self._sheet.go_from(entry, 1)

    async def action_enter(self) -> None:
        """On to what is to be filled next."""
        await arrived(self.screen.focused)
        if self._sheet.current is not None:
            self._sheet.current.grid.action_enter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Enter moves between the cells; in the calculator it calculates."""
        if action == "enter":
            return self.is_attached and self._sheet.current is not None
        return True

    def action_formula(self) -> None:
        """The formula of the line in full size, or away again."""
        self._desk.formula()

    def action_calculate(self) -> None:
        """A line to calculate on."""
        self._desk.calculate()


def _headed(problem: Problem, usage: Usage) -> Setting:
    """The statement under what it is."""
    stated = statement(problem, usage)

    def setting(columns: int) -> list[Content]:
        return [*wrapped(problem.family.title, columns, "bold $text-accent"), *stated(columns)]

    return setting
