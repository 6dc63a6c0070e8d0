"""An exam that was handed in: the mark, then question by question what was right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.exams.marks import PaperMarks
from quizapp.study.practice import PracticeRun
from quizapp.study.sitting import Sitting
from quizapp.tui.exam_words import clock, earned, numbered
from quizapp.tui.say import join, say
from quizapp.tui.screens.jump import JumpScreen
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.marked_question import MarkedCard, MarkedComputation, discrepancies_of
from quizapp.tui.widgets.prose import Passage, Prose, ours
from quizapp.tui.widgets.strip import Strip, Tick
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

    from quizapp.exams.marks import QuestionMark
    from quizapp.tui.app import QuizApp

_MUTED = "$text-muted"


class ExamReviewScreen(Screen[None]):
    """The mark and the questions of a finished exam, its id or the sitting itself."""

    DEFAULT_CSS = """
    ExamReviewScreen #question { height: 1fr; }
    ExamReviewScreen #mark { height: 1fr; padding: 1 2; scrollbar-size-vertical: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "n,enter,space,ctrl+n", "step(1)", "Next", id="exam-review.next", key_display="n",
            tooltip="The next question",
        ),
        Binding(
            "p,ctrl+p", "step(-1)", "Previous", id="exam-review.previous", key_display="p",
            tooltip="The question before",
        ),
        Binding(
            "pagedown", "step(1)", "Next", id="exam-review.page-down", show=False, priority=True,
            tooltip="The next question",
        ),
        Binding(
            "pageup", "step(-1)", "Previous", id="exam-review.page-up", show=False, priority=True,
            tooltip="The question before",
        ),
        Binding(
            "g,ctrl+g", "jump", "Go to", id="exam-review.jump", key_display="g",
            tooltip="Go to a question by its number",
        ),
        Binding(
            "w", "lost", "Lost points", id="exam-review.lost",
            tooltip="The next question that did not earn all its points",
        ),
        Binding(
            "s", "solution", "Solution", id="exam-review.solution",
            tooltip="The worked solution of this computation",
        ),
        Binding(
            "d", "differences", "Differences", id="exam-review.differences",
            tooltip="Where slides, courses and textbook differ about this question",
        ),
        Binding(
            "escape,q", "leave", "Back", id="exam-review.leave", tooltip="Back", key_display="esc"
        ),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, sitting: Sitting | str) -> None:
        super().__init__()
        self._given = sitting
        self._marks = PaperMarks(())
        self._at = 0
        """0 is the mark, k the question k (from 1)."""

    def compose(self) -> ComposeResult:
        """The frame."""
        yield Title(id="title")
        yield Strip("✓ right  ± partly  ✗ wrong", id="strip")
        yield Vertical(id="question")
        yield Keybar()

    async def on_mount(self) -> None:
        """Mark the paper and show the mark."""
        try:
            if not isinstance(self._given, Sitting):
                self._given = Sitting.load(self.app.workspace, self._given)
            self._marks = self._given.marks()
        except QuizError as error:
            self.app.attempt(error)
            self.call_after_refresh(self.dismiss)
            return
        await self._show()

    @property
    def sitting(self) -> Sitting:
        """The exam on screen."""
        if not isinstance(self._given, Sitting):
            raise TypeError("the screen has no exam yet")
        return self._given

    async def _show(self) -> None:
        place = self.query_one("#question")
        await place.remove_children()
        widget = self._widget()
        await place.mount(widget)
        widget.focus()
        self._show_title()
        marks = [_tick(n, mark) for n, mark in enumerate(self._marks.questions, start=1)]
        self.query_one("#strip", Strip).put([Tick("Mark", ""), *marks], self._at)
        self.refresh_bindings()

    def _widget(self) -> Widget:
        if self._at == 0:
            return VerticalScroll(Prose(*self._mark()), id="mark")
        number = self._at - 1
        exercise = self.sitting.paper.questions[number].kind == "exercise"
        shown = MarkedComputation if exercise else MarkedCard
        return shown(self.app.workspace, self.sitting, number, self._marks.questions[number])

    def _show_title(self) -> None:
        paper, marks = self.sitting.paper, self._marks
        total = say(f"{earned(marks.points, marks.of)}, {marks.share:.0%}", "bold")
        if self._at == 0:
            self.query_one("#title", Title).show(say(paper.title, "bold"), total)
            return
        question, mark = paper.questions[self._at - 1], marks.questions[self._at - 1]
        left = join(
            say(f"{self._at} of {len(paper.questions)}", "bold"),
            say(f" · {question.section} · "),
            say(earned(mark.points, mark.of) if mark.of else "not marked", "bold"),
        )
        self.query_one("#title", Title).show(left, total)

    # The mark ------------------------------------------------------------------------------

    def _mark(self) -> Iterator[Passage]:
        sitting, marks = self.sitting, self._marks
        yield ours(f"{earned(marks.points, marks.of)}: {marks.share:.0%}", "bold $text-accent")
        begun = sitting.started
        allowed = timedelta(minutes=sitting.paper.minutes)
        if sitting.left:
            spent = f"{clock(sitting.spent)} of {clock(allowed)} minutes used."
        else:
            spent = f"The time of {clock(allowed)} minutes was up."
        yield ours(f"{spent} Begun {begun:%a} {begun.day} {begun:%b %Y, %H:%M}.", _MUTED, gap=False)
        for number, (title, part) in enumerate(self._sections()):
            of = sum(mark.of for mark in part)
            got = sum(mark.points for mark in part)
            lead = say(f"{got:5g} of {of:<4g}", "bold")
            yield Passage(f"  {title}", lead=lead, gap=number == 0, ours=True)
        yield from self._what_now()

    def _sections(self) -> list[tuple[str, list[QuestionMark]]]:
        """The marks by section, in the order of the paper."""
        out: list[tuple[str, list[QuestionMark]]] = []
        for question, mark in zip(self.sitting.paper.questions, self._marks.questions, strict=True):
            if not out or out[-1][0] != question.section:
                out.append((question.section, []))
            out[-1][1].append(mark)
        return out

    def _what_now(self) -> Iterator[Passage]:
        lost = self._lost
        open_ = [n for n in self.sitting.unanswered if n in lost]
        if not lost:
            yield ours("✓ Every question is right.", "bold $text-success")
        else:
            yield ours(f"Points were lost in {numbered(lost)}.")
            if open_:
                yield ours(f"Not answered: {numbered(open_)}.", gap=False)
            yield ours("w goes through them one by one, n through all questions.", _MUTED)
        gone = [n for n, mark in enumerate(self._marks.questions) if not mark.of]
        if gone:
            yield ours(f"⚠ Left out of the mark, as they cannot be marked: {numbered(gone)}.")

    @property
    def _lost(self) -> list[int]:
        """The questions, from 0, that did not earn all their points."""
        return [n for n, mark in enumerate(self._marks.questions) if mark.points < mark.of]

    # Moving --------------------------------------------------------------------------------

    async def action_step(self, by: int) -> None:
        """Go some questions on; before the first stands the mark."""
        await self._go(self._at + by)

    async def _go(self, at: int) -> None:
        if at != self._at and 0 <= at <= len(self._marks.questions):
            self._at = at
            await self._show()

    async def action_lost(self) -> None:
        """The next question that lost points, round and round."""
        lost = [number + 1 for number in self._lost]
        later = [number for number in lost if number > self._at]
        for number in (later or lost)[:1]:
            await self._go(number)

    async def action_jump(self) -> None:
        """Ask for a number and go there."""
        await self.app.push_screen(JumpScreen(len(self._marks.questions)), self._jumped)

    async def _jumped(self, wanted: int | None) -> None:
        if wanted is not None:
            await self._go(wanted + 1)

    @on(Strip.Chosen)
    async def _clicked(self, event: Strip.Chosen) -> None:
        await self._go(event.place)

    # More ----------------------------------------------------------------------------------

    @property
    def _here(self) -> QuestionMark | None:
        return self._marks.questions[self._at - 1] if self._at else None

    def action_solution(self) -> None:
        """The worked solution."""
        if self._here is not None and self._here.marking is not None:
            run = PracticeRun(self.app.workspace, self._here.marking.problem)
            self.app.go("solution", run=run)

    def action_differences(self) -> None:
        """The discrepancies that touch the question."""
        if self._here is not None:
            found = discrepancies_of(self.sitting, self._at - 1, self._here)
            self.app.go("discrepancies", ids=found)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Which keys mean something now."""
        here = self._here
        if action == "solution":
            return here is not None and here.marking is not None
        if action == "differences":
            return here is not None and bool(discrepancies_of(self.sitting, self._at - 1, here))
        if action == "lost":
            return bool(self._lost)
        return True


def _tick(number: int, mark: QuestionMark) -> Tick:
    if mark.right:
        return Tick(str(number), "✓", "$text-success")
    if mark.right is None:
        return Tick(str(number), "–", _MUTED)
    if mark.points:
        return Tick(str(number), "±", "$text-warning")
    return Tick(str(number), "✗", "$text-error")


SCREEN = ExamReviewScreen
