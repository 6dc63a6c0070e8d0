"""The first start: three questions, each with an answer already, then the first card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from quizapp.core.errors import QuizError
from quizapp.study.offers import courses, limits
from quizapp.study.selection import course_cards
from quizapp.study.settings import Settings, SettingsError, changed
from quizapp.tui.meanings import until
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.field import Field
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.pick import Pick
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from quizapp.tui.app import QuizApp


_NEEDED = "Without them there is no plan until the exam."
_PLANNED = "A plan shares them out until the exam; the settings know days off."
_KEY = "bold $text-accent"
_GO = join(
    say("Enter", _KEY),
    " after the last one starts.  ",
    say("Esc", _KEY),
    " skips all. The settings can be changed at any time.",
)


class WelcomeScreen(Screen[None]):
    """Course, exam date, minutes a day; Enter goes on, and through."""

    DEFAULT_CSS = """
    WelcomeScreen #form { height: 1fr; padding: 1 2; scrollbar-size-vertical: 1; }
    WelcomeScreen Said { height: auto; }
    WelcomeScreen Field { margin-top: 1; }
    WelcomeScreen #go { margin-top: 1; }
    WelcomeScreen.-short Field { margin-top: 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "enter",
            "next",
            "Next, then start",
            id="welcome.next",
            tooltip="To the next question; after the last one to the first card",
        ),
        Binding(
            "down", "move(1)", "Down", show=False, id="welcome.down", tooltip="The next question"
        ),
        Binding("up", "move(-1)", "Up", show=False, id="welcome.up", tooltip="The question before"),
        Binding(
            "escape",
            "skip",
            "Skip all",
            id="welcome.skip",
            tooltip="Start with the defaults; the settings can be changed at any time",
        ),
    ]

    app: QuizApp

    def compose(self) -> ComposeResult:
        """Three fields with their defaults."""
        workspace = self.app.workspace
        yield Title(join(say("quizapp", "bold"), say(" · Welcome", "$text-muted")))
        with VerticalScroll(id="form", can_focus=False):
            yield Said(say("Three questions, then your first card. Enter goes on.", "bold"))
            yield Field("Course", Pick(courses(workspace), workspace.settings.course, id="course"))
            yield Field.typing(
                "Exam date",
                "exam_date",
                "",
                "2026-12-24, or leave it empty",
                note="With a date everything is planned towards that day.",
            )
            yield Field.typing(
                "Minutes a day",
                "minutes_a_day",
                "",
                "30, or leave it empty",
                note="Sets how many cards a day brings.",
            )
            yield Said(id="go")
        yield Keybar()

    def on_mount(self) -> None:
        """Start at the first question."""
        self._tell_course()
        self.query_one("#go", Said).show(_GO)
        self._fields[0].focus()

    @property
    def _fields(self) -> list[Widget]:
        return [self.query_one(Pick), *self.query(Input)]

    def _field(self, name: str) -> Field:
        return next(field for field in self.query(Field) if field.name == name)

    @on(Pick.Changed)
    def _tell_course(self) -> None:
        course = self.app.workspace.pack.courses.get(self.query_one(Pick).value)
        if course is not None:
            self.query(Field).first().tell(say(course.subtitle, "$text-muted"))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Say at once what a complete entry means; the date says what the minutes are for."""
        self._field(str(event.input.id)).calm()
        dated = self._read(self._field("exam_date"))
        exam = dated.exam_date if dated else None
        if exam is not None:
            told = until(exam, self.app.workspace.today())
            self._field("exam_date").tell(say(told))
        self._explain_minutes(planned=exam is not None and exam > self.app.workspace.today())

    def _explain_minutes(self, *, planned: bool) -> None:
        field = self._field("minutes_a_day")
        if field.complaining:
            return
        read = self._read(field)
        minutes = read.minutes_a_day if read else None
        if minutes is None:
            field.calm()
            if planned and not field.text:
                field.tell(say(_NEEDED))
        elif planned:
            field.tell(say(_PLANNED))
        else:
            new, reviews = limits(minutes)
            field.tell(say(f"That makes up to {new} new cards and {reviews} reviews a day."))

    @staticmethod
    def _read(field: Field) -> Settings | None:
        """The settings with what stands in a field, None where it cannot be read (yet)."""
        try:
            return changed(Settings(), str(field.name), field.text)
        except SettingsError:
            return None

    def _check(self, field: Field) -> bool:
        """Whether a field can be read; says why not."""
        try:
            changed(Settings(), str(field.name), field.text)
        except SettingsError as error:
            field.complain(error.message)
            return False
        return True

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if self._check(self._field(str(event.input.id))):
            self.action_next()

    def action_next(self) -> None:
        """To the next question; after the last one, start."""
        fields = self._fields
        at = fields.index(self.focused) if self.focused in fields else -1
        if at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self._start()

    def action_move(self, by: int) -> None:
        """Another question."""
        fields = self._fields
        at = fields.index(self.focused) if self.focused in fields else 0
        fields[max(0, min(at + by, len(fields) - 1))].focus()

    def action_skip(self) -> None:
        """Start with the defaults."""
        self._save(replace(Settings(), course=self.query_one(Pick).value))

    def _start(self) -> None:
        settings = replace(self.app.workspace.settings, course=self.query_one(Pick).value)
        for field in self.query(Field):
            if not field.name:
                continue
            if not self._check(field):
                field.entry.focus()
                return
            settings = changed(settings, field.name, field.text)
        if settings.minutes_a_day is not None:
            new, reviews = limits(settings.minutes_a_day)
            settings = replace(settings, new_a_day=new, reviews_a_day=reviews)
        self._save(settings)

    def _save(self, settings: Settings) -> None:
        """Keep the answers and go to the first card; what cannot be saved holds for now."""
        names = ("course", "exam_date", "minutes_a_day", "new_a_day", "reviews_a_day")
        try:
            self.app.workspace.change(**{name: getattr(settings, name) for name in names})
        except QuizError as error:
            self.app.attempt(error)
        if course_cards(self.app.workspace):
            self.app.swap("review")
        else:
            self.dismiss()


SCREEN = WelcomeScreen
