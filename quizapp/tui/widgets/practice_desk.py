"""A computation being practised: its lines are checked one by one, with hints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exercises.worked import HINTS
from quizapp.study.asked import asked
from quizapp.study.usage import usage_of
from quizapp.tui.widgets.desk import Desk
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.line_entry import LineEntry
from quizapp.tui.widgets.prose import Prose
from quizapp.tui.widgets.statement import statement
from quizapp.tui.widgets.summary import banner
from quizapp.tui.widgets.told import with_note
from quizapp.tui.widgets.verdict import Told, row_marks, verdict, wrong_cells
from quizapp.tui.widgets.worksheet import entry_of

if TYPE_CHECKING:
    from quizapp.exercises.marks import Marking
    from quizapp.study.practice import PracticeRun
    from quizapp.tui.app import QuizApp


class PracticeDesk(Desk):
    """A desk on which a run is worked on.

    Where the sources differ about the exercise stands below the lines, once the answer is there.
    """

    DEFAULT_CSS = """
    PracticeDesk #banner { margin: 1 1 0 5; display: none; }
    """

    app: QuizApp

    @dataclass
    class Marked(Message):
        """Lines were checked; ``everything`` if all were asked for."""

        marking: Marking
        everything: bool

    class Changed(Message):
        """Something else stands in the lines or is said of them."""

    def __init__(self) -> None:
        super().__init__(below=[Prose(id="banner")])
        self._run: PracticeRun | None = None
        self._marking: Marking | None = None
        self._hints: dict[str, Told] = {}

    @property
    def run(self) -> PracticeRun:
        """The run that is worked on."""
        if self._run is None:
            raise RuntimeError("the desk has no problem yet")
        return self._run

    @property
    def right(self) -> int:
        """How many lines are said to be right."""
        return sum(entry.right for entry in self.sheet.entries)

    def take_up(self, run: PracticeRun) -> None:
        """Work on a run. Raises QuizError where its problem has no solution."""
        entries = [LineEntry(line, run.problem.decimals) for line in asked(run.problem)]
        self._run = run
        stated = statement(run.problem, usage_of(run.workspace))
        self.lay(with_note(run.shared, stated), entries)
        self.lend(run.scratch, run.problem.decimals)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Put back what stood in the lines, and go to the first that is not right yet."""
        for entry in self.sheet.entries:
            entry.restore(self.run.answers.get(entry.step, ""))
        if self.run.checked:
            self._show(self.run.marking())
        self.post_message(self.Changed())
        entries = self.sheet.entries
        next((entry for entry in entries if not entry.right), entries[0]).grid.focus()

    # Typing --------------------------------------------------------------------------------

    @on(Grid.Changed)
    def _written(self, event: Grid.Changed) -> None:
        """Another text: its verdict no longer holds."""
        entry = entry_of(event.grid)
        self.run.write(entry.step, entry.answer)
        reason = event.grid.reason
        told = [Told("?", "$text-warning", reason)] if reason else []
        entry.tell(*told, *self._hint_of(entry))
        self.post_message(self.Changed())

    @on(Grid.Refused)
    def _refused(self, event: Grid.Refused) -> None:
        """A paste that does not fit."""
        told = Told("?", "$text-warning", f"Not pasted: {event.reason}")
        entry_of(event.grid).tell(told)

    # Checking ------------------------------------------------------------------------------

    @on(Grid.Done)
    def _done(self, event: Grid.Done) -> None:
        """Check a line; go on to the next if it could be read to its end."""
        entry = entry_of(event.grid)
        if self._check(entry):
            self.sheet.go_on(entry)

    def check_line(self) -> None:
        """Check the line one is in."""
        if self.sheet.chosen is not None:
            self._check(self.sheet.chosen)

    def _check(self, entry: LineEntry) -> bool:
        """Check a line and say what was found; whether there is nothing left to do on it."""
        self.run.write(entry.step, entry.answer)
        try:
            line = self.run.check(entry.step)
            marking = self.run.marking()
        except QuizError as error:
            self.app.attempt(error)
            return False
        self._show(marking)
        if line.typed is None or line.verdict is Verdict.INVALID:
            blank = not self.run.standing.get(entry.step)
            if not blank:
                entry.tell(verdict(marking, line), *self._hint_of(entry))
            return blank
        return line.verdict is not Verdict.BLANK

    def check_all(self) -> None:
        """Check every line."""
        for entry in self.sheet.entries:
            self.run.write(entry.step, entry.answer)
        try:
            marking = self.run.check_all()
        except QuizError as error:
            self.app.attempt(error)
            return
        self._show(marking, everything=True)

    def _show(self, marking: Marking, *, everything: bool = False) -> None:
        """The verdicts of all lines that were checked."""
        self._marking = marking
        for entry in self.sheet.entries:
            line = marking.line(entry.step)
            unreadable = everything and line.verdict is Verdict.INVALID
            if entry.step in self.run.checked or unreadable:
                entry.tell(verdict(marking, line), *self._hint_of(entry))
                entry.mark(wrong_cells(line), row_marks(line))
        self.show_banner()
        self.post_message(self.Marked(marking, everything))
        self.sheet.reveal()

    # Help ----------------------------------------------------------------------------------

    def hint(self) -> None:
        """The next hint for the line one is in."""
        entry = self.sheet.chosen
        if entry is None:
            return
        sentence, formula = self.run.hint(entry.step)
        number = self.run.hints[entry.step]
        self._hints[entry.step] = Told(
            "→", "$text-accent", f"Hint {number} of {HINTS}. {sentence}", formula
        )
        told = []
        if self._marking is not None and entry.step in self.run.checked:
            told.append(verdict(self._marking, self._marking.line(entry.step)))
        entry.tell(*told, *self._hint_of(entry))
        self.sheet.reveal()

    def _hint_of(self, entry: LineEntry) -> list[Told]:
        hint = self._hints.get(entry.step)
        return [hint] if hint else []

    @property
    def differs(self) -> bool:
        """Whether it is said where the sources differ about this exercise."""
        return bool(self.is_attached and self.query_one("#banner").display)

    def show_banner(self) -> None:
        """Where the sources differ about this exercise; only after the answer."""
        if self._run is None:
            return
        found = self._run.discrepancies()
        below = self.query_one("#banner", Prose)
        below.display = bool(found)
        below.show(*banner(found, self.app.workspace.course.id))
        self.screen.refresh_bindings()
