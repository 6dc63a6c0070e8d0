"""The exam: what is predicted for the day, the days until then, what to drop, how it held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.worker import get_current_worker

from quizapp.core.errors import QuizError
from quizapp.study.spans import day_of
from quizapp.study.subjects import subject
from quizapp.tui.bindings import bound
from quizapp.tui.pictures.book import tabs
from quizapp.tui.pictures.plan.book import PAGES, Known, drawn, place_of
from quizapp.tui.pictures.plan.missing import why_none
from quizapp.tui.pictures.when import when
from quizapp.tui.presence import present
from quizapp.tui.say import join, say
from quizapp.tui.screens.mark import MarkScreen
from quizapp.tui.widgets.fitted import Fitted, wrapped
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.tui.app import QuizApp

_MUTED = "$text-muted"
_READING = "Making the plan …"
_LOOKING_BACK = "Looking back at what was predicted …"


class PlanScreen(Screen[None]):
    """Pages switched by their numbers or the arrows."""

    DEFAULT_CSS = """
    PlanScreen #pages { height: 1; padding: 0 1; text-wrap: nowrap; }
    PlanScreen #picture { height: 1fr; margin-top: 1; padding: 0 2; scrollbar-size-vertical: 1; }
    PlanScreen.-short #picture { margin-top: 0; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        *bound(
            "plan",
            ("a", "accept", "Leave it out", "Leave out of the plan what does not fit"),
            ("u", "restore", "Take it in", "Take what was left out back into the plan"),
            ("m", "mark", "Your mark", "Enter the mark of the exam that is over"),
            ("comma", "settings", "Change", "Change the date, the minutes a day, days off"),
        ),
        Binding(
            "right", "turn(1)", "Next page", id="plan.next", key_display="→",
            tooltip="The next page", priority=True,
        ),
        Binding(
            "left", "turn(-1)", "Previous page", id="plan.previous", show=False,
            tooltip="The page before", priority=True,
        ),
        *(
            Binding(
                str(n), f"open({n - 1})", page.name, id=f"plan.{page.id}", show=False,
                tooltip=f"Page {n}: {page.told}",
            )
            for n, page in enumerate(PAGES, 1)
        ),
        Binding(
            "escape,q,e", "leave", "Back", id="plan.leave", tooltip="Back", key_display="esc"
        ),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, page: str = "overview") -> None:
        super().__init__()
        self._place = place_of(page)
        self._known: Known | None = None
        self._looking = False
        """Whether the last exam is looked back at."""

    def compose(self) -> ComposeResult:
        """The names of the pages, and the page."""
        yield Title(id="title")
        yield Fitted(id="pages")
        with VerticalScroll(id="picture"):
            yield Fitted(id="drawn")
        yield Keybar()

    def on_mount(self) -> None:
        """The arrow keys scroll."""
        self.query_one("#picture").focus()

    def on_screen_resume(self) -> None:
        """The plan of now."""
        self._look_ahead()
        self._show()

    def content_changed(self) -> None:
        """Other cards, another plan."""
        self._look_ahead()

    @work(thread=True, exclusive=True, group="plan")
    def _look_ahead(self) -> None:
        """Make the plan, then look back at the last exam, away from the screen."""
        from quizapp.study.held import held, past_exams
        from quizapp.study.met import met_by_topic
        from quizapp.study.planning import exam_plan

        worker, workspace = get_current_worker(), self.app.workspace
        try:
            plan, over = exam_plan(workspace), past_exams(workspace)
            met = met_by_topic(workspace)
            known = Known(plan, met, lambda name: subject(workspace, name))
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take, known, looking=bool(over))
            if over:
                known = replace(known, held=held(workspace, over[0]))
        except QuizError as error:
            self.app.call_from_thread(self.app.attempt, error)
            return
        if over and not worker.is_cancelled:
            self.app.call_from_thread(self._take, known)

    def _take(self, known: Known, *, looking: bool = False) -> None:
        before = self._known
        if looking and before is not None:
            known = replace(known, held=before.held)
        self._known, self._looking = known, looking and known.held is None
        if before is None and known.plan is None and (looking or known.held is not None):
            self._place = place_of("held")
        self._show()

    def _show(self) -> None:
        """Draw the current page."""
        if not present(self):
            return
        workspace = self.app.workspace
        left = join(say("The exam", "bold"), say(f" · {workspace.course.title}", _MUTED))
        exam = workspace.settings.exam_date
        days_left = None if exam is None else (exam - workspace.today()).days
        self.query_one(Title).show(left, when(exam, days_left))
        self.query_one("#pages", Fitted).show(lambda columns: [tabs(self._place, columns, PAGES)])
        self.query_one("#drawn", Fitted).show(self._drawn)
        self.refresh_bindings()

    def _drawn(self, columns: int) -> Sequence[Content]:
        if self._known is None:
            return wrapped(_READING, columns, _MUTED)
        if self._looking and PAGES[self._place].id == "held":
            return wrapped(_LOOKING_BACK, columns, _MUTED)
        workspace = self.app.workspace
        why = why_none(workspace.settings, workspace.today())
        return drawn(self._place, self._known, why, columns)

    # Keys ---------------------------------------------------------------------------------

    def action_open(self, place: int) -> None:
        """A page by its place."""
        self._place = place
        self._show()
        self.query_one("#picture").scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        """The next page or the one before, round and round."""
        self.action_open((self._place + by) % len(PAGES))

    def action_accept(self) -> None:
        """Leave out what does not fit."""
        from quizapp.study.planning import accept_drops

        try:
            dropped = accept_drops(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            return
        count = sum(len(drop.items) for drop in dropped)
        self.app.tell(f"{count} items are left out of the plan; u takes them back in.")
        self._look_ahead()

    def action_restore(self) -> None:
        """Take back in what was left out."""
        from quizapp.study.planning import restore_drops

        try:
            restore_drops(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            return
        self.app.tell("All of it is in the plan again.")
        self._look_ahead()

    def action_mark(self) -> None:
        """Enter the mark of the last exam."""
        found = self._known.held if self._known else None
        if found is not None:
            about = day_of(found.exam)
            self.app.push_screen(MarkScreen(about), lambda share: self._mark(found.exam, share))

    def _mark(self, exam: date, share: float | None) -> None:
        from quizapp.study.held import enter_mark

        if share is None:
            return
        try:
            enter_mark(self.app.workspace, share, exam)
        except QuizError as error:
            self.app.attempt(error)
            return
        self._look_ahead()

    def action_settings(self) -> None:
        """Date, minutes, days off."""
        self.app.go("settings", at="exam_date")

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Which keys mean something now."""
        plan = self._known.plan if self._known else None
        here = plan is not None and PAGES[self._place].id == "drops"
        match action:
            case "accept":
                return plan is not None and here and bool(plan.feasibility.drops)
            case "mark":
                held = self._known.held if self._known else None
                return held is not None and PAGES[self._place].id == "held"
            case "restore":
                return plan is not None and here and bool(plan.accepted)
            case _:
                return True


SCREEN = PlanScreen
