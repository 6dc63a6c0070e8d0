"""A computation by hand: its numbers above, a line for each step, checked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.study.exercise_review import count
from quizapp.study.practice import PracticeRun, fresh_problem, leave
from quizapp.study.sharing import Shared
from quizapp.study.slips import Drill
from quizapp.tui.say import Said, join, say
from quizapp.tui.screens.save import SaveScreen
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.practice_desk import PracticeDesk
from quizapp.tui.widgets.scratch_pad import ScratchPad
from quizapp.tui.widgets.statement import precision
from quizapp.tui.widgets.summary import summary
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.exercises.marks import Marking
    from quizapp.exercises.problem import Problem
    from quizapp.tui.app import QuizApp

_MUTED = "$text-muted"
_ROOMY = 20
_HOW = "Space or Tab next cell · Enter next blank, then check · paste 1 2; 3 4 to fill"
_LEVEL = Binding.Group("Level")
_WIDE = 80
_MARGINS = 4
"""Columns of the title line beside its texts."""


class ExerciseScreen(Screen[Any]):
    """One problem, line by line.

    Either a ``problem``, a ``run`` that was left, a ``family`` with a ``level``, or a ``drill``
    of slips, which draws the problems one after the other.
    """

    DEFAULT_CSS = """
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
            "ctrl+e", "calculate", "Calc", id="exercise.calculate", key_display="=",
            tooltip="A line to calculate on: = in a blank cell, or ctrl+e",
        ),
        Binding(
            "f3", "formula", "Formula", id="exercise.formula", key_display="F3",
            tooltip="The formula of this line in full size, or away again",
        ),
        Binding(
            "escape", "leave", "Back", id="exercise.leave",
            tooltip="Back; what you typed can be taken up again until you quit",
        ),
        Binding(
            "f7", "easier", "Easier", id="exercise.easier", key_display="F7", group=_LEVEL,
            tooltip="New numbers, one level easier",
        ),
        Binding(
            "f8", "harder", "Harder", id="exercise.harder", key_display="F8", group=_LEVEL,
            tooltip="New numbers, one level harder",
        ),
        Binding(
            "f9", "differences", "Differences", id="exercise.differences", key_display="F9",
            tooltip="Where slides and textbook differ about this exercise, after the answer",
        ),
        Binding(
            "f10,ctrl+r", "slips", "My slip", id="exercise.slips", key_display="F10",
            tooltip="Practise the slip that was made here, with new numbers",
        ),
        Binding(
            "f12", "save", "Save", id="exercise.save", key_display="F12",
            tooltip="Save this problem as a file, to keep or to share",
        ),
        Binding(
            "pagedown", "scroll_lines(1)", "Down", id="exercise.down", show=False,
            tooltip="Scroll the lines down",
        ),
        Binding(
            "pageup", "scroll_lines(-1)", "Up", id="exercise.up", show=False,
            tooltip="Scroll the lines up",
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
        drill: Drill | None = None,
    ) -> None:
        super().__init__()
        self._problem = problem
        self._run = run
        self._family = family
        self._level = level
        self._drill = drill
        self._marking: Marking | None = None
        self._titled: tuple[Content, str] | None = None
        self._counted = ""
        """What is said of it where it counted as a review."""

    def compose(self) -> ComposeResult:
        """The frame; the problem is put into it."""
        yield Title(id="title")
        yield PracticeDesk()
        yield Said(id="summary")
        yield Keybar()

    def on_mount(self) -> None:
        """Set the problem."""
        try:
            run = self._run or self.begun()
            self._desk.take_up(run)
        except QuizError as error:
            self.app.attempt(error)
            self.call_after_refresh(self._close)
            return
        self._run = run
        if self.size.height >= _ROOMY and self.size.width >= _WIDE and not run.checked:
            self._say(say(_HOW, _MUTED))

    def _close(self) -> None:
        """Back, once the screen has come up."""
        self.dismiss()

    def begun(self) -> PracticeRun:
        """The run to begin with where none was left."""
        return PracticeRun(self.app.workspace, self._problem or self._drawn())

    def _drawn(self) -> Problem:
        if self._drill is not None:
            return self._drill.problem()
        return fresh_problem(self.app.workspace, self._family, self._level)

    @property
    def belongs(self) -> str:
        """What the exercise is a part of, in a word or two."""
        return "My slips" if self._drill else ""

    def _say(self, content: Content) -> None:
        """Show something below the lines."""
        below = self.query_one("#summary", Said)
        below.display = True
        below.show(content)

    @property
    def run(self) -> PracticeRun:
        """The run on screen."""
        if self._run is None:
            raise RuntimeError("the screen has no problem yet")
        return self._run

    @property
    def _desk(self) -> PracticeDesk:
        return self.query_one(PracticeDesk)

    # What is said --------------------------------------------------------------------------

    @on(PracticeDesk.Changed)
    def _count(self) -> None:
        """The title line: what exercise this is, and how many of its lines are right."""
        problem = self.run.problem
        level = f"level {problem.level}" if problem.level else "own numbers"
        count = f"{level} · {self._desk.right}/{len(problem.family.steps)}"
        if self.size.width >= _WIDE:
            count += " right"
        left = join(
            say(f"{self.belongs} · " if self.belongs else "", _MUTED),
            say(problem.family.title, "bold"),
        )
        kept = f" · {precision(problem)}" if precision(problem) else ""
        if left.cell_length + len(kept) + len(count) + _MARGINS <= self.size.width:
            left = join(left, say(kept, _MUTED))
        if (left, count) != self._titled:
            self._titled = (left, count)
            self.query_one("#title", Title).show(left, say(count, _MUTED))

    @on(PracticeDesk.Marked)
    def _marked(self, event: PracticeDesk.Marked) -> None:
        """The score and what now, once there is something to sum up."""
        self._marking = event.marking
        self._count()
        self.query_one("#summary").display = event.everything or self.run.finished(event.marking)
        self.judged(event)
        self.sum_up()
        self.refresh_bindings()

    def judged(self, event: PracticeDesk.Marked) -> None:
        """See whether this counts on the schedule."""
        if not self.run.finished(event.marking):
            return
        try:
            counted = count(self.run)
        except QuizError as error:
            self.app.attempt(error)
            return
        if counted is not None:
            self._counted = counted.told

    @on(ScratchPad.Used)
    def _calculated(self) -> None:
        self.sum_up()

    def sum_up(self) -> None:
        """The score with all that helped."""
        if self._marking is not None:
            told = summary(self.run, self._marking, self._drill)
            counted = say(f" {self._counted}" if self._counted else "", _MUTED)
            self.query_one("#summary", Said).show(join(told, counted))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The differences can be read once the answer is there, a slip practised once made."""
        if action == "differences":
            return self.is_attached and self._desk.differs
        if action == "slips":
            return self._run is not None and bool(self._run.slips)
        return True

    def action_differences(self) -> None:
        """Read more on where the sources differ."""
        ids = tuple(one.id for one in self.run.discrepancies())
        self.app.go("discrepancies", ids=ids)

    # The lines -----------------------------------------------------------------------------

    def action_check_line(self) -> None:
        """Check the line one is in."""
        self._desk.check_line()

    def action_check_all(self) -> None:
        """Check every line."""
        self._desk.check_all()

    def action_hint(self) -> None:
        """The next hint for the line one is in."""
        self._desk.hint()

    def action_formula(self) -> None:
        """The formula of the line in full size, or away again."""
        self._desk.formula()

    def action_calculate(self) -> None:
        """A line to calculate on."""
        self._desk.calculate()

    def action_solution(self) -> None:
        """The worked solution."""
        self.app.go("solution", run=self.run)

    def on_screen_resume(self) -> None:
        """After the solution the banner may show."""
        if self._run is not None:
            self._desk.show_banner()

    # Going elsewhere -----------------------------------------------------------------------

    def action_save(self) -> None:
        """Save the problem as a file."""
        shared = self.run.shared or Shared(self.run.problem)
        self.app.push_screen(SaveScreen(shared), self._saved)

    def _saved(self, shared: Shared | None) -> None:
        if shared is not None:
            self.run.shared = shared

    def action_fresh(self) -> None:
        """The same with new numbers, or the next of the slips that are practised."""
        if self._drill is not None:
            self._begin_drill(self._drill)
            return
        self._draw(self.run.problem.level or self.run.problem.family.levels[0])

    def action_slips(self) -> None:
        """Practise the slips that were made here."""
        try:
            drill = Drill.of_run(self.run)
        except QuizError as error:
            self.app.attempt(error)
            return
        self._begin_drill(drill)

    def _begin_drill(self, drill: Drill) -> None:
        leave(self.run)
        self.app.swap("exercise", drill=drill)

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
        self._desk.sheet.turn(pages)

    def action_leave(self) -> None:
        """Back to where one came from."""
        if self._run is not None:
            leave(self._run)
        self.dismiss()


SCREEN = ExerciseScreen
