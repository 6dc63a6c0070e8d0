"""Where slides, courses and textbook differ: the list, narrowed as one types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from quizapp.mathtext import plain
from quizapp.study.differences import SEVERITIES, Narrowing, cards_on, counts, entries
from quizapp.tui.bindings import bound
from quizapp.tui.names import course_name, topic_name
from quizapp.tui.say import Said, join, say
from quizapp.tui.screens.narrow import NarrowScreen
from quizapp.tui.widgets.choices import Choices, Row
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.packs.model import Discrepancy
    from quizapp.tui.app import QuizApp

_QUIET = "$text-muted"
_ALL = ""
_STYLES = {"high": "bold $text-error", "medium": "$text-warning", "low": "$text-muted"}


class DiscrepanciesScreen(Screen[None]):
    """All entries of the course, or those with some ids; a single one opens at once."""

    DEFAULT_CSS = """
    DiscrepanciesScreen #search { height: 1; margin: 1 2 0 2; }
    DiscrepanciesScreen #filters { height: auto; margin: 0 2; }
    DiscrepanciesScreen #list { height: 1fr; margin: 1 1 0 1; }
    DiscrepanciesScreen #none { height: auto; margin: 1 3; display: none; }
    DiscrepanciesScreen.-short #search, DiscrepanciesScreen.-short #list { margin-top: 0; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "discrepancies",
        ("slash", "search", "Search", "Type to narrow the list; Esc shows all again"),
        ("c", "narrow('course')", "Course", "Only what concerns a course, or all"),
        ("t", "narrow('topic')", "Topic", "Only one topic, or all"),
        ("s", "narrow('severity')", "Severity", "Only what is grave, or all"),
        ("k", "quiz", "Quiz me", "Cards on exactly these entries, now; the schedule stays"),
        ("q,escape", "leave", "Back", "Show all again; back to where you were"),
        ("down", "list", "", "From the search line to the list"),
    )

    app: QuizApp

    def __init__(self, ids: Sequence[str] = ()) -> None:
        super().__init__()
        self._ids = tuple(ids)
        self._narrowing = Narrowing()
        self._found: list[Discrepancy] = []

    def compose(self) -> ComposeResult:
        """A line to search in, what narrows the list, and the list."""
        yield Title(id="title")
        yield Entry(placeholder="/ to search titles, claims, verdicts, authors", id="search")
        yield Said(id="filters")
        with Vertical(id="list"):
            yield Choices()
        yield Said(id="none")
        yield Keybar()

    def on_mount(self) -> None:
        """Fill the list; open the entry if there is only one to speak of."""
        workspace = self.app.workspace
        if not self._ids:
            self._narrowing = self._start = Narrowing(course=workspace.course.id)
        else:
            self._start = self._narrowing
        self._fill()
        if len(self._ids) == 1 and len(self._found) == 1:
            self.app.swap("discrepancy", id=self._found[0].id)
            return
        self.query_one(Choices).focus()

    def content_changed(self) -> None:
        """The entries as they are now."""
        self._fill()

    def _fill(self) -> None:
        pack = self.app.workspace.pack
        self._found = found = entries(pack, self._narrowing, self._ids)
        whole = len(self._ids or pack.discrepancies)
        count = f"{len(found)} entries" if len(found) == whole else f"{len(found)} of {whole}"
        self.query_one(Title).show(say("Slides against textbook", "bold"), say(count, _QUIET))
        self.query_one("#filters", Said).show(self._told())
        self.query_one(Choices).fill(Row(entry.id, _row(entry)) for entry in found)
        none = self.query_one("#none", Said)
        none.display = not found
        none.show(
            say(
                "Nothing has all of this; Esc shows all again."
                if self._narrowing != self._start
                else "No difference is known for this course; c shows those of the others."
            )
        )

    def _told(self) -> Content:
        """What narrows the list, in words."""
        now, pack = self._narrowing, self.app.workspace.pack
        course = course_name(pack, now.course) if now.course else "all courses"
        parts = [course, topic_name(now.topic) if now.topic else "all topics"]
        parts.append(f"{now.severity} severity" if now.severity else "any severity")
        return say(" · ".join(parts), _QUIET)

    def action_narrow(self, by: str) -> None:
        """Choose a course, a topic or a severity."""
        pack = self.app.workspace.pack
        without = entries(pack, replace(self._narrowing, **{by: _ALL}), self._ids)
        found = counts(without, pack)[by]
        names = {
            "course": {key: course_name(pack, key) for key in pack.courses},
            "topic": {key: topic_name(key) for key in sorted(found)},
            "severity": {key: key for key in SEVERITIES},
        }[by]
        whole = {"course": "All courses", "topic": "All topics", "severity": "Any severity"}[by]
        values = [(_ALL, whole, len(without))]
        values += [(key, name, found[key]) for key, name in names.items() if found[key]]
        now = getattr(self._narrowing, by)

        def narrowed(value: str | None) -> None:
            if value is not None:
                self._narrowing = replace(self._narrowing, **{by: value})
                self._fill()

        self.app.push_screen(NarrowScreen(by.capitalize(), values, now), narrowed)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrowing = replace(self._narrowing, words=event.value)
        self._fill()

    @on(Input.Submitted)
    def _searched(self) -> None:
        self.query_one(Choices).focus()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        shown = [option.id for option in event.choices.options if option.id is not None]
        self.app.go("discrepancy", id=event.id, among=tuple(shown))

    def action_search(self) -> None:
        """Into the search line."""
        self.query_one(Entry).focus()

    def action_list(self) -> None:
        """From the search line into the list."""
        self.query_one(Choices).focus()

    def action_quiz(self) -> None:
        """Ask the cards on the entries that are shown."""
        workspace = self.app.workspace
        cards = cards_on(workspace.pack, self._found, workspace.course.id)
        self.app.go("quiz", about="Slides against textbook", cards=cards, why="discrepancies")

    def action_leave(self) -> None:
        """Show all again where the list was narrowed, else back."""
        search = self.query_one(Entry)
        if self._narrowing == self._start and not search.has_focus:
            self.dismiss()
            return
        self._narrowing = self._start
        search.value = ""
        self._fill()
        self.query_one(Choices).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """No quiz on nothing."""
        return action != "quiz" or bool(self._found)


def _severity(entry: Discrepancy, width: int = 0) -> Content:
    """How much it matters, in its colour and padded to a width."""
    return say(f"{entry.severity:<{width}}", _STYLES.get(entry.severity, ""))


def _row(entry: Discrepancy) -> Content:
    return join(_severity(entry, 8), plain(entry.title))


SCREEN = DiscrepanciesScreen
