"""Choosing what to compute: a family and a level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family as find_family
from quizapp.study.practice import fresh_problem, last_scores, left
from quizapp.study.selection import families_by_course
from quizapp.tui.drills import practise_slips
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.families import FamilyList, left_rows, section_rows
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from quizapp.exercises.family import Family
    from quizapp.packs.model import Course
    from quizapp.tui.app import QuizApp

_LEVELS = {1: "easy", 2: "middle", 3: "hard"}
_MUTED = "$text-muted"
LEFT = "left-"
"""Ids of runs that can be taken up again begin so."""


class _Search(Entry):
    """Where one types what to look for; its other keys are those of the list."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "enter", "submit", "Start", id="practice.start", key_display="⏎",
            tooltip="Start with the family that has the highlight",
        ),
        Binding(
            "right", "screen.turn(1)", "Level", id="practice.harder", key_display="←→",
            tooltip="The level one up",
        ),
        Binding(
            "left", "screen.turn(-1)", "Easier", id="practice.easier", show=False,
            tooltip="The level one down",
        ),
        Binding(
            "down", "screen.list('cursor_down')", "Down", id="practice.down", show=False,
            tooltip="The family below",
        ),
        Binding(
            "up", "screen.list('cursor_up')", "Up", id="practice.up", show=False,
            tooltip="The family above",
        ),
        Binding(
            "pagedown", "screen.list('page_down')", "Page down", id="practice.page-down",
            show=False, tooltip="A page of families down",
        ),
        Binding(
            "pageup", "screen.list('page_up')", "Page up", id="practice.page-up",
            show=False, tooltip="A page of families up",
        ),
    ]  # fmt: skip


class PracticeScreen(Screen[None]):
    """All families, those of the course first; ``family`` with ``level`` starts at once."""

    DEFAULT_CSS = """
    PracticeScreen #level { height: 1; padding: 0 1; }
    PracticeScreen #search { margin: 0 1; }
    PracticeScreen FamilyList { height: 1fr; margin-top: 1; }
    PracticeScreen.-short FamilyList { margin-top: 0; }
    PracticeScreen FamilyList > .option-list--option-highlighted {
        color: $foreground; background: $primary 45%;
    }
    PracticeScreen FamilyList:light > .option-list--option-highlighted { background: $primary 20%; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "ctrl+o", "own", "Own numbers", id="practice.own",
            tooltip="Type in the numbers of a sheet from class for this family",
        ),
        Binding(
            "ctrl+r", "slips", "My slips", id="practice.slips",
            tooltip="Practise the slips that you make most often",
        ),
        Binding("escape", "leave", "Back", id="practice.leave", tooltip="Back, or show all again"),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, family: str | None = None, level: int | None = None) -> None:
        super().__init__()
        self._wanted = family
        self._level = level or 1
        self._start_at_once = family is not None and level is not None
        self._sections: list[tuple[Course, list[Family]]] = []

    def compose(self) -> ComposeResult:
        """The level, the search, the list."""
        yield Title(id="title")
        yield Said(id="level")
        yield _Search("", "type words of a title, a topic, a line", id="search")
        yield FamilyList(id="families")
        yield Keybar()

    def on_mount(self) -> None:
        """List the families."""
        try:
            self._sections = families_by_course(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            self._start_at_once = False
        self._fill()
        if self._wanted is not None:
            self._list.put_on(self._wanted)
        self._search.focus()
        self._show_level()
        if self._start_at_once:
            self.call_after_refresh(self._start, self._wanted or "")

    @property
    def _search(self) -> _Search:
        return self.query_one(_Search)

    @property
    def _list(self) -> FamilyList:
        return self.query_one(FamilyList)

    def on_screen_resume(self) -> None:
        """Fresh scores and the runs that were left."""
        if self._sections:
            self._fill()

    def _fill(self) -> None:
        search = self._search.value
        try:
            scores = last_scores(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            scores = {}
        kept = self._list.current
        rows = left_rows(left(self.app.workspace), prefix=LEFT) if not search else []
        rows += section_rows(self._sections, scores, search=search)
        self._list.fill(rows)
        found = [row.id for row in rows if not row.disabled]
        if found and kept not in found:
            self._list.put_on(found[0])
        self._show_title(len(found))

    def _show_title(self, found: int) -> None:
        count = f"{found} found" if self._search.value else f"{found} families"
        self.query_one("#title", Title).show(
            say("Practise a computation", "bold"), say(count, _MUTED)
        )

    def _show_level(self) -> None:
        parts = [say("Level ", _MUTED)]
        for level, word in _LEVELS.items():
            here = level == self._level
            parts.append(
                say(f" {'▸' if here else ' '}{level} {word} ", "reverse" if here else _MUTED)
            )
        self.query_one("#level", Said).show(join(*parts))

    # Keys ----------------------------------------------------------------------------------

    def action_turn(self, by: int) -> None:
        """One level up or down."""
        self._level = min(max(self._level + by, 1), max(_LEVELS))
        self._show_level()

    def action_list(self, move: str) -> None:
        """Move the highlight while one types."""
        getattr(self._list, f"action_{move}")()

    @on(Entry.Changed, "#search")
    def _searched(self, event: Entry.Changed) -> None:
        if event.value.startswith("/"):  # what opens a search elsewhere
            self._search.value = event.value[1:]
        else:
            self._fill()

    @on(Entry.Submitted, "#search")
    def _found(self) -> None:
        """Enter starts what has the highlight."""
        self._list.action_select()

    def on_key(self, event: events.Key) -> None:
        """What is typed in the list is looked for."""
        if self._search.has_focus or not event.is_printable or event.character is None:
            return
        event.stop()
        self._search.focus()
        self._search.insert_text_at_cursor(event.character)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        """Start the family that was chosen."""
        self._start(event.id)

    def _start(self, chosen: str) -> None:
        if chosen.startswith(LEFT):
            run = next((r for r in left(self.app.workspace) if LEFT + r.id == chosen), None)
            if run is not None:
                self.app.go("exercise", run=run)
            return
        try:
            family = find_family(chosen)
            level = min(max(self._level, min(family.levels)), max(family.levels))
            problem = fresh_problem(self.app.workspace, chosen, level)
        except QuizError as error:
            self.app.attempt(error)
            return
        self.app.go("exercise", problem=problem)

    def action_own(self) -> None:
        """Own numbers for the family with the highlight."""
        current = self._list.current
        self.app.go("own", family=None if current is None or current.startswith(LEFT) else current)

    def action_slips(self) -> None:
        """The slips that are made most often."""
        practise_slips(self.app)

    def action_leave(self) -> None:
        """Show all again, or go back."""
        if self._search.value:
            self._search.value = ""
            self._search.focus()
        else:
            self.dismiss()


SCREEN = PracticeScreen
