"""Choosing what to compute: a family and a level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family as find_family
from quizapp.study.practice import fresh_problem, last_scores, left
from quizapp.study.selection import course_families
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.families import FamilyList, family_rows, left_rows
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from quizapp.exercises.family import Family
    from quizapp.tui.app import QuizApp

_LEVELS = {1: "easy", 2: "middle", 3: "hard"}
_MUTED = "$text-muted"
LEFT = "left-"
"""Ids of runs that can be taken up again begin so."""


class PracticeScreen(Screen[None]):
    """The families of the course by topic; ``family`` with ``level`` starts at once."""

    DEFAULT_CSS = """
    PracticeScreen #level { height: 1; padding: 0 1; }
    PracticeScreen #search { margin: 0 1; }
    PracticeScreen #families { height: 1fr; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        *[
            Binding(
                str(level), f"level({level})", f"Level {level}", show=False,
                id=f"practice.level-{level}", tooltip=f"Level {level}, {word}",
            )
            for level, word in _LEVELS.items()
        ],
        Binding(
            "slash", "search", "Search", id="practice.search", key_display="/",
            tooltip="Show only families with these words in title or topic",
        ),
        Binding(
            "c", "own", "Own numbers", id="practice.own",
            tooltip="Type in the numbers of a sheet from class for this family",
        ),
        Binding("escape", "leave", "Back", id="practice.leave", tooltip="Back"),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, family: str | None = None, level: int | None = None) -> None:
        super().__init__()
        self._wanted = family
        self._level = level or 1
        self._start_at_once = family is not None and level is not None
        self._families: list[Family] = []

    def compose(self) -> ComposeResult:
        """The level, the search, the list."""
        yield Title(say("Practise a computation", "bold"), id="title")
        yield Said(id="level")
        yield Entry("", "words of a title or topic", id="search")
        yield FamilyList(id="families")
        yield Keybar()

    def on_mount(self) -> None:
        """List the families of the course."""
        self.query_one("#search").display = False
        names = course_families(self.app.workspace)
        if self._wanted is not None and self._wanted not in names:
            names.append(self._wanted)  # a card may name a family that the course does not
        try:
            self._families = [find_family(name) for name in names]
        except QuizError as error:
            self.app.attempt(error)
            self._families = []
            self._start_at_once = False
        self._fill()
        choices = self.query_one(FamilyList)
        if self._wanted is not None:
            choices.put_on(self._wanted)
        choices.focus()
        self._show_level()
        if self._start_at_once:
            self.call_after_refresh(self._start, self._wanted or "")

    def on_screen_resume(self) -> None:
        """Fresh scores and the runs that were left."""
        if self._families:
            self._fill()

    def _fill(self) -> None:
        search = self.query_one("#search", Entry).value
        try:
            scores = last_scores(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            scores = {}
        kept = self.query_one(FamilyList).current
        rows = left_rows(left(self.app.workspace), prefix=LEFT) if not search else []
        rows += family_rows(self._families, scores, search=search)
        self.query_one(FamilyList).fill(rows)
        if kept is None and self._families and not search:
            first = next((row.id for row in rows if not row.disabled), None)
            if first:
                self.query_one(FamilyList).put_on(first)

    def _show_level(self) -> None:
        parts = [say("Level ", _MUTED)]
        for level, word in _LEVELS.items():
            here = level == self._level
            parts.append(
                say(f" {'▸' if here else ' '}{level} {word} ", "reverse" if here else _MUTED)
            )
        self.query_one("#level", Said).show(join(*parts))

    # Keys ----------------------------------------------------------------------------------

    def action_level(self, level: int) -> None:
        """Take a level."""
        self._level = level
        self._show_level()

    def action_turn(self, by: int) -> None:
        """One level up or down."""
        self.action_level(min(max(self._level + by, 1), max(_LEVELS)))

    def action_search(self) -> None:
        """Type words to look for."""
        search = self.query_one("#search", Entry)
        search.display = True
        self.set_focus(search)

    @on(Entry.Changed, "#search")
    def _searched(self) -> None:
        self._fill()

    @on(Entry.Submitted, "#search")
    def _found(self) -> None:
        """Enter goes on to the list."""
        self.query_one(FamilyList).focus()

    def on_key(self, event: events.Key) -> None:
        """From the search, the arrow goes down into the list."""
        if event.key == "down" and self.query_one("#search").has_focus:
            event.stop()
            self.query_one(FamilyList).focus()

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
        current = self.query_one(FamilyList).current
        self.app.go("own", family=None if current is None or current.startswith(LEFT) else current)

    def action_leave(self) -> None:
        """Put the search away, or go back."""
        search = self.query_one("#search", Entry)
        if search.display:
            search.value = ""
            search.display = False
            self.query_one(FamilyList).focus()
        else:
            self.dismiss()


SCREEN = PracticeScreen
