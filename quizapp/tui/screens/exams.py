"""Practice exams: one to take up again, those to take, those taken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.mathtext import width
from quizapp.study.sitting import Sitting, blueprints, results, waiting
from quizapp.tui.exam_words import clock, earned, points
from quizapp.tui.say import heading, join, lines, say
from quizapp.tui.screens.hand_in import HandInScreen
from quizapp.tui.widgets.choices import Choices, Row
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.packs.model import Blueprint
    from quizapp.study.sitting import Result
    from quizapp.tui.app import QuizApp

_MUTED = "$text-muted"
_AGAIN, _NEW, _TAKEN = "again-", "new-", "taken-"
"""The ids of the rows begin so."""


class ExamsScreen(Screen[None]):
    """What can be taken up again, taken, looked at."""

    DEFAULT_CSS = """
    ExamsScreen #exams { height: 1fr; margin: 1 0 0 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "h", "hand_in", "Hand in", id="exams.hand-in",
            tooltip="Hand in the exam that waits, as it is; asks first",
        ),
        Binding("escape,q", "leave", "Back", id="exams.leave", tooltip="Back", key_display="esc"),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Sitting] = []

    def compose(self) -> ComposeResult:
        """One list of all."""
        yield Title(join(say("Practice exams", "bold")), id="title")
        yield Choices(id="exams")
        yield Keybar()

    def on_screen_resume(self) -> None:
        """What there is, whenever one comes here."""
        try:
            rows = list(self._rows())
        except QuizError as error:
            self.app.attempt(error)
            return
        self.query_one(Choices).fill(rows)
        self.query_one(Choices).focus()
        self.refresh_bindings()

    def _rows(self) -> Iterator[Row]:
        workspace = self.app.workspace
        self._waiting = []
        for sitting in waiting(workspace):
            yield self._waiting_row(sitting)
        plans = blueprints(workspace)
        yield _heading("exams", f"{workspace.course.title}: Enter starts an exam and its clock")
        for plan in plans:
            yield Row(f"{_NEW}{plan.id}", _plan(plan))
        if not plans:
            told = "  There is no practice exam for this course. Another course: settings."
            yield Row("none", say(told, _MUTED), disabled=True)
        yield from self._taken()

    def _waiting_row(self, identity: str) -> Row:
        try:
            sitting = Sitting.load(self.app.workspace, identity)
        except QuizError as error:
            return Row(f"broken-{identity}", say(f"  ⚠ {error}", _MUTED), disabled=True)
        self._waiting.append(sitting)
        return Row(f"{_AGAIN}{identity}", _unfinished(sitting))

    def _taken(self) -> Iterator[Row]:
        taken = [r for r in results(self.app.workspace) if r.course == self.app.workspace.course.id]
        yield _heading("results", "Taken so far" + (": Enter shows the answers" if taken else ""))
        if not taken:
            yield Row("nothing", say("  None yet.", _MUTED), disabled=True)
        widest = max((width(result.title) for result in taken), default=0)
        for result in taken:
            yield Row(f"{_TAKEN}{result.sitting}", _result(result, widest))

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        """Take an exam up again, start one, or look at one."""
        kind, _, identity = event.id.partition("-")
        try:
            if kind == "taken":
                self.app.go("exam_review", sitting=Sitting.load(self.app.workspace, identity))
            elif kind == "again":
                self.app.swap("sitting", sitting=identity)
            else:
                plan = self.app.workspace.pack.blueprints[identity]
                self.app.swap("sitting", sitting=Sitting.begin(self.app.workspace, plan))
        except QuizError as error:
            self.app.attempt(error)

    @work
    async def action_hand_in(self) -> None:
        """Hand in the exam that waits: the one with the highlight, else the newest."""
        current = self.query_one(Choices).current
        here = [s for s in self._waiting if f"{_AGAIN}{s.id}" == current]
        for sitting in (here or self._waiting)[:1]:
            if await self.app.push_screen_wait(HandInScreen(sitting)):
                try:
                    sitting.finish()
                except QuizError as error:
                    self.app.attempt(error)
                    return
                self.app.go("exam_review", sitting=sitting)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is something to hand in only if an exam waits."""
        return action != "hand_in" or bool(self._waiting)


def _heading(name: str, text: str) -> Row:
    return Row(f"heading-{name}", heading(text), disabled=True)


def _unfinished(sitting: Sitting) -> Content:
    count = len(sitting.paper.questions)
    done = count - len(sitting.unanswered)
    left = f"{clock(sitting.left)} left" if sitting.left else "its time is up"
    begun = sitting.started
    return lines(
        [
            join(
                say("⚠ Not finished: ", "bold $text-warning"),
                say(sitting.paper.title, "bold"),
                say(f", begun {begun:%a} {begun.day} {begun:%b %H:%M}", _MUTED),
            ),
            f"  Take it up again: {left}, {done} of {count} answered. Or h hands it in as it is.",
            "",
        ]
    )


def _plan(plan: Blueprint) -> Content:
    total = sum(section.points * section.count for section in plan.sections)
    count = sum(section.count for section in plan.sections)
    return lines(
        [
            join(
                say(plan.title, "bold"),
                f"   {plan.minutes} minutes · {count} questions · {points(total)}",
            ),
            say(plan.about, _MUTED),
            "",
        ]
    )


def _result(result: Result, widest: int) -> Content:
    when = f"{result.when:%a} {result.when.day:>2} {result.when:%b %Y %H:%M}"
    gap = " " * (widest - width(result.title))
    return join(
        say(f"  {when}  ", _MUTED),
        say(f"{result.title}{gap}  "),
        say(f"{result.share:4.0%}", "bold"),
        f"  {earned(result.points, result.of)} in {clock(timedelta(seconds=result.seconds))}",
    )


SCREEN = ExamsScreen
