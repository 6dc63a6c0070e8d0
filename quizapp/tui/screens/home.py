"""Home: what is due, what is new, when the exam is, and one key for each thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.worker import get_current_worker

from quizapp.core.errors import QuizError
from quizapp.tui.pictures import front
from quizapp.tui.pictures.when import when
from quizapp.tui.presence import present
from quizapp.tui.say import Said, heading, join, say
from quizapp.tui.widgets.choices import Choices, Row
from quizapp.tui.widgets.fitted import Fitted
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.study.exam_plan import ExamPlan
    from quizapp.study.overview import Overview
    from quizapp.study.workspace import Workspace
    from quizapp.tui.app import QuizApp

_KEYS = (
    ("r", "review", "Review", "Today's cards"),
    ("e", "plan", "The exam", "What is predicted for the day, and the plan until then"),
    ("p", "practise", "Practise a computation", "Fresh numbers, checked line by line"),
    ("m", "slips", "Practise my slips", "Numbers on which the slips you make would show"),
    ("c", "check", "Check my own sheet", "Type in the numbers of a sheet from class"),
    ("x", "exam", "Practice exam", "On screen, against the clock"),
    ("d", "discrepancies", "Slides against textbook", "Where they differ and what to write"),
    ("b", "browse", "Browse the cards", "Search, read and edit them"),
    ("k", "cram", "Cram", "Cards of your choice, without the schedule taking notice"),
    ("s", "statistics", "Statistics", "What was answered, how it sits, what comes; your slips"),
    ("comma", "settings", "Settings", "Course, exam date, limits, colours"),
    ("q", "leave", "Quit", "Everything is saved"),
)
_SHOWN = {"comma": ","}
_QUIET = "$text-muted"
_ABOVE = 3
"""The title, the keys, a blank line."""


class HomeScreen(Screen[None]):
    """Where one starts and comes back to."""

    DEFAULT_CSS = """
    HomeScreen #home { height: 1fr; max-width: 132; layout: horizontal; overflow-y: hidden; }
    HomeScreen #today { width: 1fr; height: 1fr; padding: 1 1 0 1; }
    HomeScreen #today > Said, HomeScreen #today > Fitted { padding: 0 1; }
    HomeScreen Choices { margin-top: 1; max-height: 1fr; }
    HomeScreen #aside { width: 38; height: 1fr; padding: 1 1 0 2; overflow-y: auto;
        border-left: solid $foreground 15%; scrollbar-size-vertical: 1; }
    HomeScreen.-wide #aside { width: 66; }
    HomeScreen.-slim #aside { width: 30; padding: 0 0 0 1; }
    HomeScreen.-slim #today { padding-left: 0; padding-right: 0; }
    HomeScreen.-narrow #home { layout: vertical; overflow-y: auto; scrollbar-size-vertical: 1; }
    HomeScreen.-narrow #today { height: auto; }
    HomeScreen.-narrow #aside { width: 1fr; height: auto; border-left: none; }
    HomeScreen.-short #today, HomeScreen.-short #aside { padding-top: 0; }
    HomeScreen.-short #heading { display: none; }
    HomeScreen.-short Choices { margin-top: 0; }
    """

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (56, "-slim"),
        (80, "-normal"),
        (120, "-wide"),
    ]

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            key,
            action,
            label,
            id=f"home.{action}",
            tooltip=tip,
            key_display=_SHOWN.get(key),
            show=action == "leave",  # the others stand in the menu
        )
        for key, action, label, tip in _KEYS
    ]

    app: QuizApp

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._facts: Overview | None = None
        self._plan: ExamPlan | None = None
        self._looking = False
        """Whether a plan is being made."""
        self._marked = False
        """Whether the mark of an exam that is over is known."""

    def compose(self) -> ComposeResult:
        """The frame; the facts come when they are there."""
        yield Title(say("quizapp", "bold"), id="title")
        with Container(id="home"):
            with Vertical(id="today"):
                yield Said(heading("Today"), id="heading")
                yield Fitted(lambda _: [say("Opening your cards …", _QUIET)], id="due")
                yield Choices(_menu(), id="menu")
            with Vertical(id="aside"):
                yield Fitted(id="facts")
        yield Keybar()

    def on_mount(self) -> None:
        """The arrow keys move in the menu."""
        self.query_one(Choices).focus()

    def on_screen_resume(self) -> None:
        """Fresh facts whenever one comes back."""
        if self.app.ready:
            self.refresh_facts()

    def on_resize(self) -> None:
        """Another height, more bars or fewer."""
        self._show()

    def content_changed(self) -> None:
        """Other cards may be due now."""
        self.refresh_facts()

    def refresh_facts(self) -> None:
        """Ask what is due and what is predicted, away from the screen."""
        self._looking = True
        self._look()

    @work(thread=True, exclusive=True, group="facts")
    def _look(self) -> None:
        """The facts of now, then the plan: the first one of a day takes a moment."""
        from quizapp.study.overview import overview
        from quizapp.study.planning import exam_plan

        worker, workspace = get_current_worker(), self.app.workspace
        try:
            facts = overview(workspace)
            self._marked = _is_marked(workspace, facts)
        except QuizError as error:
            self.app.call_from_thread(self._fail, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, facts)
        try:
            plan = exam_plan(workspace)
        except QuizError as error:
            self.app.call_from_thread(self.app.attempt, error)
            plan = None
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take_plan, plan)

    def _take(self, facts: Overview) -> None:
        self._facts = facts
        self._show()

    def _take_plan(self, plan: ExamPlan | None) -> None:
        self._plan, self._looking = plan, False
        self._show()

    def _fail(self, error: QuizError) -> None:
        if not present(self):
            return
        complaint = say("⚠ What is due cannot be read.", "$text-warning")
        self.query_one("#due", Fitted).show(lambda _: [complaint])
        self.app.attempt(error)

    def _show(self) -> None:
        """Draw what is known."""
        facts, plan = self._facts, self._plan
        if facts is None or not present(self):
            return
        left = join(say("quizapp", "bold"), say(f" · {facts.course}", _QUIET))
        self.query_one(Title).show(left, when(facts.exam_date, facts.days_left))
        self.query_one("#due", Fitted).show(lambda columns: front.today(facts, columns))
        rows, settings = self.size.height - _ABOVE, self.app.workspace.settings
        hint = front.hint(settings, facts.days_left, looking=self._looking, marked=self._marked)
        self.query_one("#facts", Fitted).show(
            lambda columns: front.aside(facts, plan, hint, columns, rows)
        )

    @on(Choices.Chosen)
    async def _chosen(self, event: Choices.Chosen) -> None:
        await self.run_action(event.id)

    def action_review(self) -> None:
        """Today's cards."""
        self.app.go_soon("review")

    def action_plan(self) -> None:
        """The exam: what is predicted, the days until then, how it went."""
        self.app.go_soon("plan")

    def action_cram(self) -> None:
        """Cards of one's choice."""
        self.app.go_soon("cram")

    def action_practise(self) -> None:
        """Choose a family and a level."""
        self.app.go_soon("practice")

    def action_slips(self) -> None:
        """Practise the slips one makes."""
        if self.app.ready:
            from quizapp.tui.drills import practise_slips

            practise_slips(self.app)

    def action_check(self) -> None:
        """A problem of the student's own."""
        self.app.go_soon("own")

    def action_exam(self) -> None:
        """Choose an exam or take one up again."""
        self.app.go_soon("exams")

    def action_discrepancies(self) -> None:
        """Where slides and textbook differ."""
        self.app.go_soon("discrepancies")

    def action_browse(self) -> None:
        """All cards."""
        self.app.go_soon("browse")

    def action_statistics(self) -> None:
        """How practice has gone."""
        self.app.go_soon("statistics")

    def action_settings(self) -> None:
        """Change the settings."""
        self.app.go_soon("settings")

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit(0)


def _is_marked(workspace: Workspace, facts: Overview) -> bool:
    """Whether the mark of the exam that is over was entered. Raises StoreError."""
    from quizapp.study.exam_results import result_of

    exam = facts.exam_date
    if exam is None or exam > workspace.today():
        return False
    return result_of(workspace, workspace.course.id, exam) is not None


def _menu() -> list[Row]:
    return [
        Row(action, join(say(f"{_SHOWN.get(key, key)}  ", "bold $text-accent"), label))
        for key, action, label, _ in _KEYS
    ]


SCREEN = HomeScreen
