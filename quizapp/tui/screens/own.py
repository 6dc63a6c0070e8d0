"""A problem of one's own: the numbers of a sheet from class, to have one's lines checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, TextArea

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.conventions import CONVENTIONS
from quizapp.exercises.problem import MOST_DECIMALS
from quizapp.study.own import sheet
from quizapp.study.selection import course_families
from quizapp.tui.say import Said, heading, join, say
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.families import FamilyList, family_rows
from quizapp.tui.widgets.fitted import Fitted, wrapped
from quizapp.tui.widgets.given_field import GivenField
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.pick import Pick
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from quizapp.exercises.family import Family
    from quizapp.study.own import Sheet
    from quizapp.tui.app import QuizApp

_MUTED = "$text-muted"
_DECIMALS = "decimals"


class OwnScreen(Screen[None]):
    """The form of a family; without one, the choice of a family first."""

    DEFAULT_CSS = """
    OwnScreen #search { margin: 0 1; }
    OwnScreen #families { height: 1fr; margin-top: 1; }
    OwnScreen #form { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    OwnScreen GivenField { margin-bottom: 1; }
    OwnScreen .convention { height: auto; }
    OwnScreen .pick { margin-left: 4; max-width: 76; }
    OwnScreen #trouble { background: $panel; padding: 0 1; display: none; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "ctrl+s,f6", "start", "Start", id="own.start", key_display="^s/F6",
            tooltip="Work on these numbers, line by line",
            priority=True,  # a text area has an F6 of its own
        ),
        Binding(
            "tab", "next_field", "Next field", id="own.next", tooltip="The next field",
        ),
        Binding(
            "slash", "search", "Search", id="own.search", key_display="/",
            tooltip="Show only families with these words in title or topic",
        ),
        Binding(
            "escape", "leave", "Back", id="own.leave",
            tooltip="Back; what you typed stays until you quit",
        ),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, family: str | None = None) -> None:
        super().__init__()
        self._family = family
        self._sheet: Sheet | None = None
        self._families: list[Family] = []

    def compose(self) -> ComposeResult:
        """The list of families, or the form of one."""
        yield Title(say("Check my own sheet", "bold"), id="title")
        if self._family is None:
            yield Entry("", "words of a title or topic", id="search")
            yield FamilyList(id="families")
        else:
            yield VerticalScroll(id="form", can_focus=False)
            yield Said(id="trouble")
        yield Keybar()

    def on_mount(self) -> None:
        """Fill the list or the form."""
        try:
            if self._family is None:
                names = course_families(self.app.workspace)
                self._families = [find_family(name) for name in names]
                self._list()
            else:
                self._sheet = sheet(self.app.workspace, self._family)
                self._form(self._sheet)
        except QuizError as error:
            self.app.attempt(error)
            self.call_after_refresh(self._close)

    def _close(self) -> None:
        """Back, once the screen has come up."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Searching belongs to the list, starting to the form; a sheet has no level."""
        if action == "turn":
            return False
        if action == "search":
            return self._family is None
        if action in {"start", "next_field"}:
            return self._family is not None
        return True

    # Choosing a family ---------------------------------------------------------------------

    def _list(self) -> None:
        search = self.query_one("#search", Entry)
        search.display = False
        families = self.query_one(FamilyList)
        rows = family_rows(self._families, {})
        families.fill(rows)
        families.put_on(next(row.id for row in rows if not row.disabled))
        families.focus()

    def action_search(self) -> None:
        """Type words to look for."""
        search = self.query_one("#search", Entry)
        search.display = True
        self.set_focus(search)

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        self.query_one(FamilyList).fill(family_rows(self._families, {}, search=event.value))

    @on(Input.Submitted, "#search")
    def _found(self) -> None:
        self.query_one(FamilyList).focus()

    def on_key(self, event: events.Key) -> None:
        """From the search, the arrow goes down into the list."""
        if event.key == "down" and self._family is None and self.query_one("#search").has_focus:
            event.stop()
            self.query_one(FamilyList).focus()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.app.go("own", family=event.id)

    # The form ------------------------------------------------------------------------------

    def _form(self, filled: Sheet) -> None:
        family = filled.family
        title = join(say("Check my own sheet", "bold"), say(f" · {family.title}", _MUTED))
        self.query_one("#title", Title).show(title)
        form = self.query_one("#form")
        task = f"{family.task} Type the numbers of your sheet; rows end with ; or a new line."
        form.mount(Fitted(lambda columns: wrapped(task, columns, _MUTED)))
        form.mount(*[GivenField(filled, given) for given in family.givens])
        if family.conventions:
            form.mount(Said(heading("How your sheet computes (← → change)")))
        for name, values in family.conventions.items():
            form.mount(Said(say(name.replace("_", " ").capitalize()), classes="convention"))
            told = [(value, _meaning(name, value)) for value in values]
            pick = Pick(told, filled.conventions[name], id=f"convention-{name}")
            pick.add_class("pick")
            form.mount(pick)
        form.mount(Said(say("Decimals to keep on every line"), classes="convention"))
        places = [(str(n), str(n)) for n in range(MOST_DECIMALS + 1)]
        form.mount(Pick(places, str(filled.decimals), id=_DECIMALS))
        self.query_one(f"#{_DECIMALS}").add_class("pick")
        self.call_after_refresh(self._fields[0].focus_answer)

    @property
    def _fields(self) -> list[GivenField]:
        return list(self.query(GivenField))

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        self._take()

    @on(Pick.Changed)
    def _picked(self, event: Pick.Changed) -> None:
        if self._sheet is None:
            return
        name = event.pick.id or ""
        if name == _DECIMALS:
            self._sheet.decimals = int(event.value)
        elif name.startswith("convention-"):
            self._sheet.conventions[name.removeprefix("convention-")] = event.value
        self._take()

    def _take(self) -> None:
        """Take over what stands in the fields, and say how it is read."""
        if self._sheet is None:
            return
        for field in self._fields:
            if self._sheet.texts.get(field.given.name, "") != field.text:
                self._sheet.texts[field.given.name] = field.text
                field.calm()
        self.query_one("#trouble").display = False
        for field in self._fields:
            field.look_again()

    def action_next_field(self) -> None:
        """Go to the next field."""
        self.focus_next()

    def action_start(self) -> None:
        """Open the exercise with these numbers, or say what is wrong where it is."""
        if self._sheet is None:
            return
        self._take()
        for field in self._fields:
            field.calm()
            field.look_again()
        try:
            problem = self._sheet.problem(self.app.workspace)
        except QuizError as error:
            self._complain(error)
            return
        self.app.go("exercise", problem=problem)

    def _complain(self, error: QuizError) -> None:
        """Say it at the field it is about, else at the foot of the form."""
        field = next((f for f in self._fields if f.given.name == error.where), None)
        if field is not None:
            field.complain(error.message)
            field.focus_answer()
            self.call_after_refresh(field.scroll_visible, animate=False)
            return
        trouble = self.query_one("#trouble", Said)
        trouble.display = True
        trouble.show(join(say("✗ ", "bold $text-error"), say(str(error), "$text-error")))

    def action_leave(self) -> None:
        """Put the search away, or go back."""
        search = self.query("#search")
        if search and search.first(Entry).display:
            search.first(Entry).value = ""
            search.first(Entry).display = False
            self.query_one(FamilyList).focus()
        else:
            self.dismiss()


def _meaning(name: str, value: str) -> str:
    wording = CONVENTIONS.get(name, {}).get(value)
    return f"{value}: {wording.text}" if wording else value


SCREEN = OwnScreen
