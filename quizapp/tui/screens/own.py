"""A problem of one's own: the numbers of a sheet from class, to have one's lines checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, TextArea

from quizapp.core.errors import QuizError
from quizapp.core.text import clean
from quizapp.exercises.conventions import CONVENTIONS
from quizapp.exercises.problem import MOST_DECIMALS
from quizapp.study.own import sheet
from quizapp.study.practice import PracticeRun
from quizapp.study.problem_files import kept, open_problem, remember_folder, used_folder
from quizapp.study.selection import families_by_course
from quizapp.study.sharing import Shared
from quizapp.tui.say import Said, heading, join, say
from quizapp.tui.screens.open import OpenScreen
from quizapp.tui.screens.save import SaveScreen
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.families import FamilyList, section_rows
from quizapp.tui.widgets.fitted import Fitted, wrapped
from quizapp.tui.widgets.given_field import GivenField
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.kept import kept_rows
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.pick import Pick
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from pathlib import Path

    from textual import events
    from textual.app import ComposeResult

    from quizapp.exercises.family import Family
    from quizapp.exercises.problem import Problem
    from quizapp.packs.model import Course
    from quizapp.study.own import Sheet
    from quizapp.study.problem_files import Kept
    from quizapp.tui.app import QuizApp
    from quizapp.tui.widgets.choices import Row

_MUTED = "$text-muted"
_DECIMALS = "decimals"
_FILE = "file-"
"""Ids of saved problems begin so."""


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
            "f12", "save", "Save", id="own.save", key_display="F12",
            tooltip="Save these numbers as a file, to keep or to share",
            priority=True,
        ),
        Binding(
            "o", "open", "Open a file", id="own.open",
            tooltip="Work on a problem in a file, or list those of a folder",
        ),
        Binding(
            "slash", "search", "Search", id="own.search", key_display="/",
            tooltip="Look for words of a title, a topic or a line",
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
        self._sections: list[tuple[Course, list[Family]]] = []
        self._kept: list[Kept] = []
        self._shared: Shared | None = None
        """What was saved last of this form."""

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
                self._sections = families_by_course(self.app.workspace)
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
        if action in {"search", "open"}:
            return self._family is None
        if action in {"start", "next_field", "save"}:
            return self._family is not None
        return True

    # Choosing a family ---------------------------------------------------------------------

    def _list(self) -> None:
        search = self.query_one("#search", Entry)
        search.display = False
        families = self.query_one(FamilyList)
        rows = self._rows("")
        families.fill(rows)
        first = next((row.id for row in rows if not row.disabled), None)
        if first is not None:
            families.put_on(first)
        families.focus()

    def _rows(self, search: str) -> list[Row]:
        """The saved problems and all families, those of the course first, or what is searched."""
        rows = section_rows(self._sections, {}, search=search)
        if search.strip():
            return rows
        self._kept = kept(used_folder(self.app.workspace))
        return [*kept_rows(self._kept, prefix=_FILE), *rows]

    def on_screen_resume(self) -> None:
        """There may be another file by now."""
        if self._family is None and self._sections and not self.query_one("#search").display:
            self.query_one(FamilyList).fill(self._rows(""))

    def action_open(self) -> None:
        """Ask for a file, or for a folder to list."""
        self.app.push_screen(OpenScreen(str(used_folder(self.app.workspace))), self._opened)

    def _opened(self, wanted: Path | None) -> None:
        if wanted is None:
            return
        if wanted.is_dir():
            remember_folder(self.app.workspace, wanted)
            self.query_one(FamilyList).fill(self._rows(""))
            if not self._kept:
                self.app.tell(f"There are no problems in {clean(str(wanted))}.")
        else:
            self._work_on(wanted)

    def _work_on(self, path: Path) -> None:
        """Open the problem in a file."""
        try:
            shared = open_problem(self.app.workspace, str(path))
            run = PracticeRun(self.app.workspace, shared.problem, shared)
        except QuizError as error:
            self.app.attempt(error)
            return
        self.app.go("exercise", run=run)

    def action_search(self) -> None:
        """Type words to look for."""
        search = self.query_one("#search", Entry)
        search.display = True
        self.set_focus(search)

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        self.query_one(FamilyList).fill(self._rows(event.value))

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
        if event.id.startswith(_FILE):
            self._work_on(self._kept[int(event.id.removeprefix(_FILE))].path)
        else:
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
        problem = self._stated()
        if problem is not None:
            self.app.go("exercise", problem=problem)

    def action_save(self) -> None:
        """Save these numbers as a file, or say what is wrong where it is."""
        problem = self._stated()
        if problem is None:
            return
        before = self._shared or Shared(problem)
        shared = replace(before, problem=problem)
        self.app.push_screen(SaveScreen(shared), self._saved)

    def _saved(self, shared: Shared | None) -> None:
        self._shared = shared or self._shared

    def _stated(self) -> Problem | None:
        """The problem on the form; None where something is wrong, which is then said."""
        if self._sheet is None:
            return None
        self._take()
        for field in self._fields:
            field.calm()
            field.look_again()
        try:
            return self._sheet.problem(self.app.workspace)
        except QuizError as error:
            self._complain(error)
            return None

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
