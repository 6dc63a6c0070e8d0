"""Where slides, courses and textbook differ: the list, narrowed as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from quizapp.mathtext import plain
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.choices import Choices, Row
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.packs.model import Discrepancy
    from quizapp.study.workspace import Workspace
    from quizapp.tui.app import QuizApp

_SEVERITIES = {"high": 0, "medium": 1, "low": 2}
_STYLES = {"high": "bold $text-error", "medium": "$text-warning", "low": "$text-muted"}


class DiscrepanciesScreen(Screen[None]):
    """All entries of the course, or those with some ids; a single one opens at once."""

    DEFAULT_CSS = """
    DiscrepanciesScreen #search { height: 1; margin: 1 2 0 2; }
    DiscrepanciesScreen #list { height: 1fr; margin: 1 1 0 1; }
    DiscrepanciesScreen #none { height: auto; margin: 1 3; display: none; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "slash",
            "search",
            "Search",
            id="discrepancies.search",
            tooltip="Type to narrow the list; Esc shows all again",
        ),
        Binding("down", "list", "List", show=False, id="discrepancies.list", tooltip="To the list"),
        Binding(
            "q,escape",
            "leave",
            "Back",
            id="discrepancies.leave",
            tooltip="Show all again; back to where you were",
        ),
    ]

    app: QuizApp

    def __init__(self, ids: Sequence[str] = ()) -> None:
        super().__init__()
        self._ids = tuple(ids)
        self._entries: list[Discrepancy] = []

    def compose(self) -> ComposeResult:
        """A line to search in and the list."""
        yield Title(id="title")
        yield Entry(placeholder="/ to search titles, topics and verdicts", id="search")
        with Vertical(id="list"):
            yield Choices()
        yield Said(id="none")
        yield Keybar()

    def on_mount(self) -> None:
        """Fill the list; open the entry if there is only one to speak of."""
        self._entries = entries(self.app.workspace, self._ids)
        if len(self._ids) == 1 and len(self._entries) == 1:
            self.app.swap("discrepancy", id=self._entries[0].id)
            return
        self._fill("")
        self.query_one(Choices).focus()

    def _fill(self, typed: str) -> None:
        words = typed.lower().split()
        found = [entry for entry in self._entries if _matches(entry, words)]
        title = join(
            say("Slides against textbook", "bold"),
            say(f" · {self.app.workspace.course.title}", "$text-muted"),
        )
        count = f"{len(found)} of {len(self._entries)}" if words else f"{len(found)} entries"
        self.query_one(Title).show(title, say(count, "$text-muted"))
        self.query_one(Choices).fill(Row(entry.id, _row(entry)) for entry in found)
        none = self.query_one("#none", Said)
        none.display = not found
        none.show(
            say(
                "Nothing has all of these words; Esc shows all again."
                if words
                else "No difference is known for this course."
            )
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

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

    def action_leave(self) -> None:
        """Show all again where the list was narrowed, else back."""
        search = self.query_one(Entry)
        if search.value or search.has_focus:
            search.value = ""
            self.query_one(Choices).focus()
        else:
            self.dismiss()


def entries(workspace: Workspace, ids: Sequence[str]) -> list[Discrepancy]:
    """The entries with these ids, or all that concern the course, the gravest first."""
    course, pack = workspace.course.id, workspace.pack
    if ids:
        return [pack.discrepancies[name] for name in ids if name in pack.discrepancies]
    mine = [
        entry
        for entry in pack.discrepancies.values()
        if course in entry.exam_advice or any(claim.course == course for claim in entry.claims)
    ]
    return sorted(mine, key=lambda entry: _SEVERITIES.get(entry.severity, len(_SEVERITIES)))


def _severity(entry: Discrepancy, width: int = 0) -> Content:
    """How much it matters, in its colour and padded to a width."""
    return say(f"{entry.severity:<{width}}", _STYLES.get(entry.severity, ""))


def _row(entry: Discrepancy) -> Content:
    return join(_severity(entry, 8), plain(entry.title))


def _matches(entry: Discrepancy, words: list[str]) -> bool:
    text = f"{entry.title} {entry.topic} {entry.id} {entry.severity} {entry.verdict}".lower()
    return all(word in text for word in words)


SCREEN = DiscrepanciesScreen
