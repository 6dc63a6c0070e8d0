"""A computation by hand: its numbers above, a line for each step, checked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exercises.worked import HINTS
from quizapp.study.asked import asked
from quizapp.study.practice import PracticeRun, fresh_problem, leave
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.fitted import Fitted
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.line_entry import LineEntry
from quizapp.tui.widgets.prose import Prose
from quizapp.tui.widgets.statement import keep, statement
from quizapp.tui.widgets.summary import banner, summary
from quizapp.tui.widgets.title import Title
from quizapp.tui.widgets.verdict import Told, row_marks, verdict, wrong_cells
from quizapp.tui.widgets.worksheet import Worksheet, entry_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.exercises.marks import Marking
    from quizapp.exercises.problem import Problem
    from quizapp.tui.app import QuizApp

_MUTED = "$text-muted"
_ROOMY = 20
_HOW = "Space or Tab next cell · Enter next blank, then check · paste 1 2; 3 4 to fill"


class ExerciseScreen(Screen[None]):
    """One problem, line by line.

    Either a ``problem``, a ``run`` that was left, or a ``family`` with a ``level``.
    """

    DEFAULT_CSS = """
    ExerciseScreen #problem {
        height: auto; max-height: 42%; padding: 0 1; border-bottom: solid $panel;
        scrollbar-size-vertical: 1;
    }
    ExerciseScreen #banner { margin: 1 1 0 5; display: none; }
    ExerciseScreen #summary { background: $panel; padding: 0 1; display: none; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "f6,ctrl+a", "check_all", "All", id="exercise.check-all", key_display="F6",
            tooltip="Check every line that can be read",
        ),
        Binding(
            "ctrl+s", "check_line", "Check line", id="exercise.check-line", show=False,
            tooltip="Check the line you are in, even with blank cells",
        ),
        Binding(
            "f2", "hint", "Hint", id="exercise.hint", key_display="F2",
            tooltip="The next of three hints for this line",
        ),
        Binding(
            "f4", "solution", "Solution", id="exercise.solution", key_display="F4",
            tooltip="The worked solution; this attempt then counts as one with the solution seen",
        ),
        Binding(
            "f5", "fresh", "New", id="exercise.fresh", key_display="F5",
            tooltip="The same exercise with new numbers; this one can be taken up again",
        ),
        Binding(
            "escape", "leave", "Back", id="exercise.leave",
            tooltip="Back; what you typed can be taken up again until you quit",
        ),
        Binding(
            "f3", "formula", "Formula", id="exercise.formula", key_display="F3",
            tooltip="The formula of this line in full size, or away again",
        ),
        Binding(
            "f7", "easier", "Easier", id="exercise.easier", show=False,
            tooltip="New numbers, one level easier",
        ),
        Binding(
            "f8", "harder", "Harder", id="exercise.harder", show=False,
            tooltip="New numbers, one level harder",
        ),
        Binding(
            "f9", "differences", "Differences", id="exercise.differences", show=False,
            tooltip="Where slides and textbook differ about this exercise, after the answer",
        ),
        Binding(
            "pagedown", "scroll_lines(1)", "Down", id="exercise.down", show=False,
            tooltip="Scroll the lines down",
        ),
        Binding(
            "pageup", "scroll_lines(-1)", "Up", id="exercise.up", show=False,
            tooltip="Scroll the lines up",
        ),
        Binding(
            "ctrl+down", "scroll_problem(1)", "Problem down", show=False,
            id="exercise.problem-down", tooltip="Scroll the problem down",
        ),
        Binding(
            "ctrl+up", "scroll_problem(-1)", "Problem up", id="exercise.problem-up", show=False,
            tooltip="Scroll the problem up",
        ),
    ]  # fmt: skip

    app: QuizApp

    def __init__(
        self,
        problem: Problem | None = None,
        *,
        run: PracticeRun | None = None,
        family: str = "",
        level: int = 1,
    ) -> None:
        super().__init__()
        self._problem = problem
        self._run = run
        self._family = family
        self._level = level
        self._marking: Marking | None = None
        self._hints: dict[str, Told] = {}
        self._titled: tuple[Content, str] | None = None

    def compose(self) -> ComposeResult:
        """The frame; the problem is put into it."""
        yield Title(id="title")
        with VerticalScroll(id="problem", can_focus=False):
            yield Fitted(id="statement")
        with Worksheet(id="lines"):
            yield Prose(id="banner")
        yield Said(id="summary")
        yield Keybar()

    def on_mount(self) -> None:
        """Set the problem."""
        try:
            run = self._run or PracticeRun(self.app.workspace, self._problem or self._drawn())
            entries = [LineEntry(line, run.problem.decimals) for line in asked(run.problem)]
        except QuizError as error:
            self.app.attempt(error)
            self.call_after_refresh(self._close)
            return
        self._run = run
        self.query_one("#statement", Fitted).show(statement(run.problem))
        self._sheet.mount(*entries, before="#banner")
        self.call_after_refresh(self._begin)

    def _close(self) -> None:
        """Back, once the screen has come up."""
        self.dismiss()

    def _drawn(self) -> Problem:
        return fresh_problem(self.app.workspace, self._family, self._level)

    def _begin(self) -> None:
        """Put back what stood in the lines, and go to the first."""
        for entry in self._sheet.entries:
            entry.restore(self.run.answers.get(entry.step, ""))
        if self.run.checked:
            self._show(self.run.marking())
        elif self.size.height >= _ROOMY:
            self._say_how()
        self._count()
        self._sheet.entries[0].grid.focus()

    def _say_how(self) -> None:
        """The keys for typing, until something is checked."""
        summary = self.query_one("#summary", Said)
        summary.show(say(_HOW, _MUTED))
        summary.display = True

    @property
    def run(self) -> PracticeRun:
        """The run on screen."""
        if self._run is None:
            raise RuntimeError("the screen has no problem yet")
        return self._run

    @property
    def _sheet(self) -> Worksheet:
        return self.query_one(Worksheet)

    # Typing and moving ---------------------------------------------------------------------

    @on(Grid.Changed)
    def _typed(self, event: Grid.Changed) -> None:
        """Another text: its verdict no longer holds."""
        entry = entry_of(event.grid)
        self.run.write(entry.step, entry.answer)
        reason = event.grid.reason
        told = [Told("?", "$text-warning", reason)] if reason else []
        entry.tell(*told, *self._hint_of(entry))
        self._count()

    @on(Grid.Refused)
    def _refused(self, event: Grid.Refused) -> None:
        """A paste that does not fit."""
        told = Told("?", "$text-warning", f"Not pasted: {event.reason}")
        entry_of(event.grid).tell(told)

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        """Keep the cell in sight and point at its line."""
        self._sheet.point_at(entry_of(event.grid))

    @on(Grid.Left)
    def _left(self, event: Grid.Left) -> None:
        """Go to the line below or above."""
        self._sheet.go_from(entry_of(event.grid), event.direction)

    # Checking ------------------------------------------------------------------------------

    @on(Grid.Done)
    def _done(self, event: Grid.Done) -> None:
        """Check a line; go on to the next if it could be read to its end."""
        entry = entry_of(event.grid)
        if self._check(entry):
            self._sheet.go_on(entry)

    def action_check_line(self) -> None:
        """Check the line one is in."""
        if self._sheet.current is not None:
            self._check(self._sheet.current)

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

    def action_check_all(self) -> None:
        """Check every line."""
        for entry in self._sheet.entries:
            self.run.write(entry.step, entry.answer)
        try:
            marking = self.run.check_all()
        except QuizError as error:
            self.app.attempt(error)
            return
        self._show(marking, everything=True)

    def _show(self, marking: Marking, *, everything: bool = False) -> None:
        """The verdicts of all lines that were checked, and what to do now."""
        self._marking = marking
        for entry in self._sheet.entries:
            line = marking.line(entry.step)
            unreadable = everything and line.verdict is Verdict.INVALID
            if entry.step in self.run.checked or unreadable:
                entry.tell(verdict(marking, line), *self._hint_of(entry))
                entry.mark(wrong_cells(line), row_marks(line))
        self._count()
        self._sum_up(marking, everything=everything)
        self._show_banner()
        self._sheet.reveal()

    def _count(self) -> None:
        """The title line: what exercise this is, and how many of its lines are right."""
        problem = self.run.problem
        level = f"level {problem.level}" if problem.level else "own numbers"
        right = sum(entry.right for entry in self._sheet.entries)
        count = f"{right}/{len(self._sheet.entries)}"
        kept = keep(problem, self.size.width)
        title = f" · {level} · {kept}" if kept else f" · {level}"
        left = join(say(problem.family.title, "bold"), say(title, _MUTED))
        if (left, count) != self._titled:
            self._titled = (left, count)
            self.query_one("#title", Title).show(left, say(count, _MUTED))

    def _sum_up(self, marking: Marking, *, everything: bool) -> None:
        """The score and what now, once there is something to sum up."""
        below = self.query_one("#summary", Said)
        below.display = everything or self.run.finished(marking)
        below.show(summary(self.run, marking))

    def _show_banner(self) -> None:
        """Where the sources differ about this exercise; only after the answer."""
        found = self.run.discrepancies()
        below = self.query_one("#banner", Prose)
        below.display = bool(found)
        below.show(*banner(found, self.app.workspace.course.id))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The differences can be read once the answer is there."""
        if action == "differences":
            return bool(self.is_attached and self.query_one("#banner").display)
        return True

    def action_differences(self) -> None:
        """Read more on where the sources differ."""
        ids = tuple(one.id for one in self.run.discrepancies())
        self.app.go("discrepancies", ids=ids)

    # Help ----------------------------------------------------------------------------------

    def _hint_of(self, entry: LineEntry) -> list[Told]:
        hint = self._hints.get(entry.step)
        return [hint] if hint else []

    def action_hint(self) -> None:
        """The next hint for the line one is in."""
        entry = self._sheet.current
        if entry is None:
            return
        sentence, formula = self.run.hint(entry.step)
        number = self.run.hints[entry.step]
        self._hints[entry.step] = Told(
            "→", "$text-accent", f"Hint {number} of {HINTS}. {sentence}", formula
        )
        checked = entry.step in self.run.checked and self._marking is not None
        told = [verdict(self._marking, self._marking.line(entry.step))] if checked else []  # type: ignore[arg-type,union-attr]
        entry.tell(*told, *self._hint_of(entry))
        self._sheet.reveal()

    def action_formula(self) -> None:
        """The formula of the line in full size, or away again."""
        entry = self._sheet.current
        if entry is not None:
            entry.show_formula(shown=not entry.formula_shown)
            self._sheet.reveal()

    def action_solution(self) -> None:
        """The worked solution."""
        self.app.go("solution", run=self.run)

    def on_screen_resume(self) -> None:
        """After the solution the banner may show."""
        if self._run is not None and self.query(LineEntry):
            self._show_banner()

    # Going elsewhere -----------------------------------------------------------------------

    def action_fresh(self) -> None:
        """The same with new numbers."""
        self._draw(self.run.problem.level or self.run.problem.family.levels[0])

    def action_easier(self) -> None:
        """One level easier."""
        self._draw_at(-1)

    def action_harder(self) -> None:
        """One level harder."""
        self._draw_at(1)

    def _draw_at(self, by: int) -> None:
        levels = self.run.problem.family.levels
        level = self.run.problem.level
        place = (levels.index(level) if level in levels else 0) + by
        if not 0 <= place < len(levels):
            self.app.tell(f"There is no level {'above' if by > 0 else 'below'} this one.")
            return
        self._draw(levels[place])

    def _draw(self, level: int) -> None:
        try:
            problem = fresh_problem(self.app.workspace, self.run.problem.family.id, level)
        except QuizError as error:
            self.app.attempt(error)
            return
        leave(self.run)
        self.app.swap("exercise", problem=problem)

    def action_scroll_lines(self, pages: int) -> None:
        """Scroll the lines by almost a page."""
        self._sheet.turn(pages)

    def action_scroll_problem(self, rows: int) -> None:
        """Scroll the statement."""
        self.query_one("#problem", VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_leave(self) -> None:
        """Back to where one came from."""
        if self._run is not None:
            leave(self._run)
        self.dismiss()


SCREEN = ExerciseScreen
