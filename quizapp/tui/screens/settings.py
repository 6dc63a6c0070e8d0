"""The settings: changed in place, saved at once, kept in a small readable file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from quizapp.core.errors import QuizError
from quizapp.study.offers import courses
from quizapp.study.settings import NAMES, SettingsError, about, as_typed, changed
from quizapp.tui.meanings import meaning
from quizapp.tui.say import Said, join, lines, say
from quizapp.tui.widgets.field import Field
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.pick import Pick
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from quizapp.tui.app import QuizApp

_QUIET = "$text-muted"
_LABELS = {
    "course": "Course",
    "exam_date": "Exam date",
    "minutes_a_day": "Minutes a day",
    "days_off": "Days off",
    "easy_days": "Easy days",
    "plan": "Each day brings",
    "new_a_day": "New cards a day",
    "reviews_a_day": "Reviews a day",
    "skills_a_day": "Computations a day",
    "answer_by": "Answers go by",
    "beyond_exam": "Beyond the exam",
    "retention": "Remember",
    "rollover_hour": "Day begins at",
    "theme": "Colours",
}
_PLACEHOLDERS = {
    "exam_date": "not known",
    "minutes_a_day": "no goal",
    "days_off": "none",
    "easy_days": "none",
}
_PLANS = [("true", "what the plan until the exam says"), ("false", "what is due, with limits")]
_SIDES = [("slides", "the slides"), ("textbook", "the textbook")]
_BEYOND = [("false", "left out"), ("true", "shown, too")]


class SettingsScreen(Screen[None]):
    """One line a setting."""

    DEFAULT_CSS = """
    SettingsScreen #form { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    SettingsScreen #about { height: auto; padding: 0 2; margin-top: 1; }
    SettingsScreen.-short #form { padding: 0 2; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "down,enter",
            "move(1)",
            "Next",
            show=False,
            id="settings.down",
            tooltip="Save this line and go to the next one",
        ),
        Binding(
            "up",
            "move(-1)",
            "Before",
            show=False,
            id="settings.up",
            tooltip="Save this line and go to the one before",
        ),
        Binding(
            "f5",
            "restore",
            "As it was",
            id="settings.restore",
            tooltip="Put the line back to what is saved",
        ),
        Binding("escape", "leave", "Back", id="settings.leave", tooltip="Back; all is saved"),
    ]

    app: QuizApp

    def __init__(self, at: str = "course") -> None:
        """``at`` is the line to start at."""
        super().__init__()
        self._at = at
        self._warned = False
        """Whether the student was told that a line cannot be saved as it is."""

    def compose(self) -> ComposeResult:
        """The lines, then what the marked one means."""
        yield Title(join(say("quizapp", "bold"), say(" · Settings", _QUIET)))
        with VerticalScroll(id="form", can_focus=False):
            for name, label in _LABELS.items():
                yield self._line(name, label)
        yield Said(id="about")
        yield Keybar()

    def _line(self, name: str, label: str) -> Field:
        shown = as_typed(self.app.workspace.settings, name)
        values = self._values(name)
        if values:
            return Field(label, Pick(values, shown, id=name), name=name)
        return Field.typing(label, name, shown, _PLACEHOLDERS.get(name, ""))

    def _values(self, name: str) -> list[tuple[str, str]]:
        """What a setting can be, as key and text; nothing where it is typed."""
        match name:
            case "course":
                return courses(self.app.workspace)
            case "plan":
                return _PLANS
            case "answer_by":
                return _SIDES
            case "beyond_exam":
                return _BEYOND
            case "theme":
                return [(theme, theme) for theme in sorted(self.app.available_themes)]
            case _:
                return []

    def on_mount(self) -> None:
        """Start at a line."""
        next(answer for answer in self._answers if answer.id == self._at).focus()

    @property
    def _answers(self) -> list[Widget]:
        return [widget for widget in self.query("Pick, Entry").results() if widget.can_focus]

    def _field(self, name: str | None) -> Field:
        return next(field for field in self.query(Field) if field.name == name)

    # Saving -----------------------------------------------------------------------------

    @on(Pick.Changed)
    def _turned(self, event: Pick.Changed) -> None:
        self._save(str(event.pick.id), event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if self._save(str(event.input.id), event.value):
            self.action_move(1)

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        self._save(str(event.input.id), event.value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Say at once what it would mean, or what does not fit yet."""
        self._warned = False
        self._explain(str(event.input.id), event.value)

    def _explain(self, name: str, text: str, lead: str = "") -> None:
        """Say below the line what it means."""
        workspace, field = self.app.workspace, self._field(name)
        try:
            told = meaning(workspace.settings, name, text, workspace.today())
        except SettingsError as error:
            field.tell(say(f"… {error.message}", _QUIET))
            return
        field.tell(join(say(lead, "$text-success"), say(told, _QUIET)))

    def _save(self, name: str, text: str, more: str = "") -> bool:
        """Keep one setting, for now and in the file; False where it cannot be read."""
        workspace, field = self.app.workspace, self._field(name)
        try:
            value = getattr(changed(workspace.settings, name, text), name)
        except SettingsError as error:
            field.complain(error.message + more)
            return False
        if value == getattr(workspace.settings, name):
            if field.complaining:
                self._explain(name, text)
            return True
        try:
            workspace.change(**{name: value})
        except QuizError as error:
            field.tell(say("⚠ holds until you quit", "$text-warning"))
            self.app.attempt(error)
        else:
            self._explain(name, text, lead="✓ saved  ")
        if name == "theme":
            self.app.put_on(str(value))
        return True

    # Moving -----------------------------------------------------------------------------

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the marked line means, and where the file is."""
        name = event.widget.id
        if name in NAMES:
            told = about(name).replace("leave the line out", "leave it empty")
            told = told.removesuffix(": true or false")
            self.query_one("#about", Said).show(
                lines(
                    [
                        say(told[:1].upper() + told[1:] + "."),
                        say(f"Kept in {self.app.workspace.settings_file}", _QUIET),
                    ]
                )
            )

    def action_move(self, by: int) -> None:
        """Another line."""
        answers = self._answers
        at = answers.index(self.focused) if self.focused in answers else 0
        answers[max(0, min(at + by, len(answers) - 1))].focus()

    def action_restore(self) -> None:
        """The saved value of the line one is on."""
        name = self.focused.id if self.focused else None
        if isinstance(self.focused, Input) and name:
            self.focused.value = as_typed(self.app.workspace.settings, name)
            self._explain(name, self.focused.value)

    def action_leave(self) -> None:
        """Back; a line that cannot be read is said first, then left as it was saved."""
        for field in self.query(Field):
            if not field.query(Input) or self._save(str(field.name), field.text) or self._warned:
                continue
            self._warned = True
            field.entry.focus()
            self._save(str(field.name), field.text, more=" Esc again leaves it as it was.")
            return
        self.dismiss()


SCREEN = SettingsScreen
