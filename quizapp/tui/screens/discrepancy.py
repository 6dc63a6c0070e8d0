"""One difference: who claims what, what the literature says, what to write in this exam."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from quizapp.study.selection import advice
from quizapp.tui.names import course_name, topic_name
from quizapp.tui.say import join, say
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.prose import Passage, Prose, ours
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from quizapp.packs.model import Claim, Discrepancy
    from quizapp.study.workspace import Workspace
    from quizapp.tui.app import QuizApp

_HEADING = "bold $text-accent"
_QUIET = "$text-muted"
_INDENT = 2
_SURE = {
    "certain": "This is certain.",
    "high": "This is very likely, not proven.",
    "medium": "This is likely.",
}
_KINDS = {
    "source-error": "an error in a source",
    "convention-conflict": "two conventions",
    "stated-by-source": "named by the course itself",
}


class DiscrepancyScreen(Screen[None]):
    """A whole entry; ``among`` are the ids that n and p go through."""

    DEFAULT_CSS = """
    DiscrepancyScreen #entry { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    DiscrepancyScreen Prose { margin-bottom: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("n,right", "step(1)", "Next", id="discrepancy.next", tooltip="The next entry"),
        Binding(
            "p,left", "step(-1)", "Previous", id="discrepancy.previous", tooltip="The one before"
        ),
        Binding(
            "l,f3",
            "raw",
            "LaTeX",
            id="discrepancy.raw",
            tooltip="Show formulas as LaTeX, or again as text",
        ),
        Binding(
            "q,escape", "leave", "Back", id="discrepancy.leave", tooltip="Back to where you were"
        ),
    ]

    app: QuizApp

    def __init__(self, id: str, among: Sequence[str] = ()) -> None:  # noqa: A002 - the entry's id
        super().__init__()
        self._entry = id
        self._among = tuple(among) or (id,)
        self._raw = False

    def compose(self) -> ComposeResult:
        """The frame."""
        yield Title()
        with VerticalScroll(id="entry"):
            yield Prose()
        yield Keybar()

    def on_mount(self) -> None:
        """Show the entry; arrow keys scroll."""
        self.query_one("#entry").focus()
        self._show()

    def _show(self) -> None:
        workspace = self.app.workspace
        entry = workspace.pack.discrepancies[self._entry]
        place = f"{self._among.index(self._entry) + 1} of {len(self._among)}"
        self.query_one(Title).show(
            join(
                say("Slides against textbook", "bold"), say(f" · {topic_name(entry.topic)}", _QUIET)
            ),
            say(place if len(self._among) > 1 else "", _QUIET),
        )
        self.query_one(Prose).show(*page(workspace, entry))
        self.query_one("#entry", VerticalScroll).scroll_home(animate=False)

    def content_changed(self) -> None:
        """The entry as it is now, among those there still are; away from one that is gone."""
        entries = self.app.workspace.pack.discrepancies
        if self._entry not in entries:
            self.on_screen_resume()
            return
        self._among = tuple(one for one in self._among if one in entries)
        self._show()

    def on_screen_resume(self) -> None:
        """Away from an entry that is gone, as soon as no other screen lies above."""
        if self._entry not in self.app.workspace.pack.discrepancies and self.is_active:
            self.dismiss()

    def action_step(self, by: int) -> None:
        """Another entry of the list."""
        at = self._among.index(self._entry) + by
        if 0 <= at < len(self._among):
            self._entry = self._among[at]
            self._show()

    def action_raw(self) -> None:
        """Switch between formulas and their LaTeX."""
        self._raw = not self._raw
        self.query_one(Prose).show_raw(raw=self._raw)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """No steps where there is nowhere to go."""
        return action != "step" or len(self._among) > 1


def page(workspace: Workspace, entry: Discrepancy) -> Iterator[Passage]:
    """Yield the whole entry: first what to write, then who is right, then who says what."""
    told = f"{entry.severity} severity, {_KINDS.get(entry.kind, entry.kind)}"
    yield Passage(entry.title, "bold")
    yield Passage(told, lead=say(""), style=_QUIET, gap=False, ours=True)
    yield ours(f"What to write in the exam of {workspace.course.title}", _HEADING)
    yield _under(advice(entry, workspace.course.id))
    yield ours("Who is right", _HEADING)
    yield _under(entry.verdict)
    yield Passage(
        _SURE.get(entry.certainty, entry.certainty), _QUIET, indent=_INDENT, gap=False, ours=True
    )
    yield ours("Who says what", _HEADING)
    for claim in entry.claims:
        yield from _claim(workspace, claim)
    yield ours("The literature", _HEADING)
    yield _under(entry.literature.says)
    for reference in entry.literature.references:
        yield Passage(
            reference, _QUIET, lead=say("• ", _QUIET), indent=_INDENT, gap=False, ours=True
        )
    if entry.example is not None:
        yield ours("In numbers", _HEADING)
        yield Passage(entry.example.text, indent=_INDENT, gap=False, stack=True)


def _claim(workspace: Workspace, claim: Claim) -> Iterator[Passage]:
    course = say(f"{course_name(workspace.pack, claim.course)}  ", "bold")
    yield Passage(claim.place, _QUIET, lead=course, indent=_INDENT, gap=False, ours=True)
    yield Passage(claim.says, indent=_INDENT + 2, gap=False)
    if claim.quote:
        yield Passage(f"“{claim.quote}”", _QUIET, indent=_INDENT + 2, gap=False, ours=True)


def _under(text: str) -> Passage:
    return Passage(text, indent=_INDENT, gap=False)


SCREEN = DiscrepancyScreen
