"""A card that is forgotten again and again: where it stands, what it is taken for, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import VerticalScroll
from textual.screen import Screen

from quizapp.cards import ask
from quizapp.core.errors import QuizError
from quizapp.tui.bindings import bound
from quizapp.tui.editing import edit
from quizapp.tui.feedback import CARE, QUIET
from quizapp.tui.names import course_name, topic_name
from quizapp.tui.say import join, say
from quizapp.tui.screens.card import answer
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.prose import Passage, Prose, ours
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from quizapp.cards import Card
    from quizapp.study.leeches import Leech
    from quizapp.study.workspace import Workspace
    from quizapp.tui.app import QuizApp
    from quizapp.tui.widgets.prose import Part


class LeechScreen(Screen[bool]):
    """Shows a leech beside its neighbour; True where the card was suspended."""

    DEFAULT_CSS = """
    LeechScreen #page { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    LeechScreen Prose { margin-bottom: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "leech",
        ("enter,space,escape,q", "go_on", "Go on", "On with the review"),
        ("at,f7", "suspend", "Suspend", "Never again, until you take it back with undo"),
        ("e,f4", "edit", "Edit", "Say it in other words, or in two cards; in your editor"),
        ("n", "neighbour", "Neighbour", "The whole card that it is taken for"),
        ("l,f3", "raw", "LaTeX", "Show formulas as LaTeX, or again as text"),
    )

    app: QuizApp

    def __init__(self, leech: Leech) -> None:
        super().__init__()
        self._leech = leech
        self._raw = False

    def compose(self) -> ComposeResult:
        """The frame."""
        yield Title()
        with VerticalScroll(id="page"):
            yield Prose(*page(self.app.workspace, self._leech))
        yield Keybar()

    def on_mount(self) -> None:
        """Arrow keys scroll."""
        topic = topic_name(self._leech.card.topic)
        self.query_one(Title).show(join(say("A card that will not stay", "bold"), f" · {topic}"))
        self.query_one("#page").focus()

    def action_go_on(self) -> None:
        """Back to the review."""
        self.dismiss(False)  # noqa: FBT003 - the result of the screen

    def action_suspend(self) -> None:
        """Leave the card out from now on."""
        try:
            self.app.workspace.store.suspend(self._leech.card.id)
        except QuizError as error:
            self.app.attempt(error)
            return
        self.dismiss(True)  # noqa: FBT003 - the result of the screen

    def action_edit(self) -> None:
        """Edit the card."""
        edit(self.app, self._leech.card.id)

    def action_neighbour(self) -> None:
        """The whole neighbour."""
        if self._leech.neighbour is not None:
            self.app.go("card", id=self._leech.neighbour.id)

    def action_raw(self) -> None:
        """Switch between formulas and their LaTeX."""
        self._raw = not self._raw
        self.query_one(Prose).show_raw(raw=self._raw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """No neighbour where there is none."""
        return action != "neighbour" or self._leech.neighbour is not None


def page(workspace: Workspace, leech: Leech) -> Iterator[Part]:
    """Yield the card with its answer and source, its neighbour, and what helps."""
    yield ours(
        f"⚠ Forgotten {leech.lapses} times. Going on like this costs more than it brings.", CARE
    )
    yield from _whole(workspace, leech.card)
    if leech.neighbour is not None:
        yield ours(_why(leech), CARE)
        yield from _whole(workspace, leech.neighbour)
    yield ours("What helps", "bold")
    yield ours("Read the place in the source once more, not the card.", gap=False)
    if leech.neighbour is not None:
        yield ours("Say aloud what tells the two cards apart.", gap=False)
    yield ours("Edit it (e): other words, or a smaller question.", gap=False)
    yield ours("Suspend it (@) if the exam can do without.", gap=False)


def _why(leech: Leech) -> str:
    near = leech.near
    if near is not None and near.why == "given":
        times = "once" if near.times == 1 else f"{near.times} times"
        return f"You gave the answer of this card instead, {times}:"
    return "Easily taken for this card, which reads most alike:"


def _whole(workspace: Workspace, card: Card) -> Iterator[Part]:
    asked = ask(card, workspace.settings.answer_by)
    yield Passage(asked.front, "bold", stack=True)
    yield from answer(asked, workspace.settings.answer_by)
    for source in card.sources:
        where = f"{course_name(workspace.pack, source.course)}, {source.place}"
        yield Passage(where, QUIET, lead=say("Source  ", QUIET), gap=False, ours=True)


SCREEN = LeechScreen
