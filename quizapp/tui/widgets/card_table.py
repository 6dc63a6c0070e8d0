"""Cards in a list with the highlighted one beside it, and all that can be done to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Container
from textual.message import Message

from quizapp.cards import Card
from quizapp.scheduling.skills import family_of
from quizapp.tui.bindings import bound
from quizapp.tui.editing import edit
from quizapp.tui.handling import CardHandler
from quizapp.tui.say import Said
from quizapp.tui.widgets.card_list import CardList
from quizapp.tui.widgets.preview import Preview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from quizapp.study.browsing import Browser, Order
    from quizapp.study.skills import Skill
    from quizapp.tui.app import QuizApp


class CardTable(Container):
    """The list; where the screen says so, the highlighted card is shown beside it or below."""

    DEFAULT_CSS = """
    CardTable { height: 1fr; layout: vertical; }
    CardTable #heads { height: 1; text-wrap: nowrap; }
    CardTable #both { height: 1fr; layout: horizontal; }
    CardTable #cards { width: 1fr; height: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    CardTable Preview { width: 1fr; height: 1fr; display: none; padding: 0 1 0 2;
        border-left: solid $foreground 15%; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "cards",
        ("at,f7", "handle('suspend')", "Suspend", "Suspend the marked cards, or take them in"),
        ("minus,f6", "handle('bury')", "Bury", "Not today; again: today after all"),
        ("asterisk", "flag", "Flag", "Flag the marked cards; then a digit"),
        ("number_sign", "tag", "Tag", "Give the marked cards a tag, or take one away"),
        ("r", "handle('reschedule')", "Day", "Let the marked cards come on another day"),
        ("f", "handle('forget')", "", "Make the marked cards new again"),
        ("u,ctrl+z", "turn('undo')", "Undo", "Take back what was last done to cards"),
        ("ctrl+r", "turn('redo')", "", "Take the undo back"),
        ("e,f4", "edit", "Edit", "Edit the card in your editor"),
        ("i", "info", "Info", "What is known of the card, with its history"),
    )

    app: QuizApp

    @dataclass
    class Done(Message):
        """Something was done to cards."""

        told: str

    def __init__(self) -> None:
        super().__init__()
        self._browser: Browser | None = None
        self._shown: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """The names of the columns, the list, the highlighted card."""
        yield Said(id="heads")
        with Container(id="both"):
            yield CardList()
            yield Preview()

    def on_mount(self) -> None:
        """Ready to act."""
        self._handler = CardHandler(self.app, lambda told: self.post_message(self.Done(told)))

    def show(self, browser: Browser, names: Sequence[str], order: Order) -> None:
        """Show cards by their ids."""
        self._browser, self._shown = browser, names
        self._list.show((browser.listed(name) for name in names), order)
        self.query_one("#heads", Said).show(self._list.heads)
        self._preview()
        self.refresh_bindings()

    @property
    def marked(self) -> int:
        """How many cards are marked."""
        return len(self._list.marked)

    def unmark(self) -> None:
        """Take all marks away."""
        self._list.unmark()

    def enter(self) -> None:
        """Move the focus into the list."""
        self._list.focus()

    @property
    def _list(self) -> CardList:
        return self.query_one(CardList)

    def _current(self) -> Card | Skill | None:
        """The card or exercise with the highlight."""
        browser, current = self._browser, self._list.current
        if browser is None or current is None:
            return None
        return browser.card(current) or browser.skill(current)

    @on(CardList.Moved)
    def _moved(self) -> None:
        self._preview()
        self.refresh_bindings()

    @on(CardList.Resized)
    def _resized(self) -> None:
        self.query_one("#heads", Said).show(self._list.heads)

    def _preview(self) -> None:
        """Show the highlighted card beside the list."""
        self.query_one(Preview).show(self._current())

    @on(CardList.Chosen)
    def _opened(self, event: CardList.Chosen) -> None:
        event.stop()
        current = self._current()
        if isinstance(current, Card):
            among = [name for name in self._shown if family_of(name) is None]
            self.app.go("card", id=event.id, among=among)
        elif current is not None:
            self.app.go("practice", family=current.family)

    def action_handle(self, deed: str) -> None:
        """Do something to the marked cards, or to the highlighted one where none is marked."""
        deeds = {
            "suspend": self._handler.suspend,
            "bury": self._handler.bury,
            "reschedule": self._handler.reschedule,
            "forget": self._handler.forget,
        }
        deeds[deed](self._list.meant)

    def action_flag(self) -> None:
        """Flag the same cards."""
        meant = self._list.meant
        if self._browser is not None:
            self._handler.flag(meant, self._browser.listed(meant[0]).flag)

    def action_tag(self) -> None:
        """Tag the same cards."""
        if self._browser is not None:
            self._handler.tag(self._list.meant, self._browser.finder.index.names("tag"))

    def action_turn(self, turn: str) -> None:
        """Undo or redo."""
        {"undo": self._handler.undo, "redo": self._handler.redo}[turn]()

    def action_edit(self) -> None:
        """Edit the highlighted card."""
        current = self._current()
        if isinstance(current, Card):
            edit(self.app, current.id)

    def action_info(self) -> None:
        """What is known of the highlighted card."""
        current = self._current()
        if current is not None:
            self.app.go("card_info", card=current)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing to do in an empty list, nothing to edit in an exercise."""
        if action == "edit":
            return isinstance(self._current(), Card)
        return action not in {"handle", "flag", "tag", "info"} or bool(self._shown)
