"""Cramming: what to be asked now, without the schedule taking notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.study.cram import Crammer
from quizapp.study.query import QueryError
from quizapp.study.query.terms import FLAGS
from quizapp.tui.bindings import bound
from quizapp.tui.names import topic_name
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.choices import Choices, Row
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.study.cram import Offer
    from quizapp.tui.app import QuizApp

_QUIET = "$text-muted"
_ROOM_FOR_COUNT = 6
_EXPLAINED = "Each card comes until you know it. Your schedule stays as it is."
_NAMES = {
    "failed": "Forgotten today",
    "leeches": "Leeches: forgotten again and again",
    "course": "All cards of the course",
}


class CramScreen(Screen[None]):
    """What there is to cram; ``query`` starts with the cards that fit it."""

    DEFAULT_CSS = """
    CramScreen #told { padding: 0 1; height: 1; }
    CramScreen #search { margin: 0 1; }
    CramScreen Choices { height: 1fr; margin-top: 1; }
    CramScreen.-short Choices { margin-top: 0; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "cram",
        ("slash", "search", "Search", "Cards by words and terms, such as is:due or tag:formula"),
        ("q,escape", "leave", "Back", "Back"),
    )

    app: QuizApp

    def __init__(self, query: str | None = None) -> None:
        super().__init__()
        self._query = query
        self._crammer: Crammer | None = None
        self._offers: dict[str, Offer] = {}

    def compose(self) -> ComposeResult:
        """The search, the list."""
        yield Title(say("Cram", "bold"))
        yield Said(say(_EXPLAINED, _QUIET), id="told")
        yield Entry("", "/ words, or topic:hopfield is:leech …   Enter crams them", id="search")
        yield Choices(id="offers")
        yield Keybar()

    def on_mount(self) -> None:
        """List what there is; go on with a query that was given."""
        try:
            self._crammer = Crammer(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            self.call_after_refresh(self.dismiss)
            return
        self._list()
        self.query_one(Choices).focus()
        if self._query:
            self._search(self._query)

    def on_screen_resume(self) -> None:
        """What was failed in a round before is there now."""
        if self._crammer is not None:
            try:
                self._crammer.refresh()
            except QuizError as error:
                self.app.attempt(error)
                return
            self._list()

    def content_changed(self) -> None:
        """The cards as they are now."""
        try:
            self._crammer = Crammer(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            return
        self._list()

    def _list(self) -> None:
        if self._crammer is None:
            return
        self._offers = {f"offer-{n}": one for n, one in enumerate(self._crammer.offers())}
        titles = {key: _title(offer) for key, offer in self._offers.items()}
        room = max(map(len, titles.values()), default=0)
        rows = []
        for key, offer in self._offers.items():
            count = say(f"{len(offer.cards):>{_ROOM_FOR_COUNT}}", _QUIET)
            rows.append(Row(key, join(f"{titles[key]:<{room}}", count)))
        self.query_one(Choices).fill(rows)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self._cram(self._offers[event.id])

    @on(Entry.Submitted)
    def _submitted(self, event: Entry.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._search(event.value)

    def _search(self, query: str) -> None:
        if self._crammer is None:
            return
        try:
            offer = self._crammer.search(query)
        except QueryError as error:
            self.query_one(Entry).value = query
            self.app.attempt(error)
            return
        if offer.cards:
            self._cram(offer)
        else:
            self.app.tell(f"No card of this course fits {query.strip()}.", severity="warning")

    def _cram(self, offer: Offer) -> None:
        self.app.go("quiz", title="Cram", about=_title(offer), cards=offer.cards, why=offer.why)

    def action_search(self) -> None:
        """Type what to look for."""
        self.query_one(Entry).focus()

    def action_leave(self) -> None:
        """Out of the search, then back."""
        if self.query_one(Entry).has_focus:
            self.query_one(Choices).focus()
        else:
            self.dismiss()


def _title(offer: Offer) -> str:
    """What an offer is called."""
    match offer.kind:
        case "topic":
            return topic_name(offer.name)
        case "flag":
            return f"Flag {offer.name}, {FLAGS[int(offer.name)]}"
        case "search":
            return offer.name
        case _:
            return _NAMES[offer.kind]


SCREEN = CramScreen
