"""All cards: asked for by a query, narrowed by course, topic and type, read, edited, handled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.screen import Screen
from textual.widgets import Input

from quizapp.core.errors import QuizError
from quizapp.study.browsing import ORDERS, Browser, Chosen
from quizapp.study.query import read
from quizapp.tui.bindings import bound
from quizapp.tui.handling import counted
from quizapp.tui.narrowing import narrow, told
from quizapp.tui.say import Said, lines, say
from quizapp.tui.screens.query_help import QueryHelpScreen
from quizapp.tui.widgets.card_list import CardList
from quizapp.tui.widgets.card_table import CardTable
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.query_line import QueryLine
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.study.browsing import Order
    from quizapp.tui.app import QuizApp

_QUIET = "$text-muted"
MOST_ROWS = 300
"""Longer lists are cut: nobody reads them, and words narrow them."""


class BrowseScreen(Screen[None]):
    """A line in which to ask for cards, and the cards."""

    DEFAULT_CSS = """
    BrowseScreen #search { margin: 1 2 0 2; }
    BrowseScreen #filters { height: auto; margin: 0 2; }
    BrowseScreen CardTable { margin: 1 1 0 1; }
    BrowseScreen.-wide Preview { display: block; }
    BrowseScreen.-wide.-tall #both { layout: vertical; }
    BrowseScreen.-wide.-tall #cards { height: 3fr; }
    BrowseScreen.-wide.-tall Preview { border-left: none; padding: 0 1; height: 2fr;
        border-top: solid $foreground 15%; }
    BrowseScreen.-short #search { margin: 0 2; }
    BrowseScreen.-short CardTable { margin: 0 1; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-high"), (34, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[Any]] = bound(
        "browse",
        ("slash", "search", "Search", "Ask for cards by words and terms such as is:due"),
        ("h,f2", "query_help", "How", "How to ask for cards, with examples to take"),
        ("c", "narrow('course')", "Course", "The cards of one course, or of all"),
        ("t", "narrow('topic')", "Topic", "Only one topic, or all"),
        ("y", "narrow('kind')", "Type", "Only one type of card, or all"),
        ("s", "sort", "Sort", "Sort by due day, recall, difficulty, lapses, or as the pack does"),
        ("q,escape", "leave", "Back", "Show all again; back to where you were"),
        ("down", "list", "", "From the search line to the list"),
    )

    app: QuizApp

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self._text = query
        self._chosen = self._start = Chosen()
        self._order: Order = "pack"
        self._browser: Browser | None = None
        self._found: list[str] = []
        self._said = ""

    def compose(self) -> ComposeResult:
        """A line to search in, what narrows the list, the list and the highlighted card."""
        yield Title(id="title")
        yield QueryLine(
            self._text, "/ words, or topic:hopfield is:due …   h shows how", id="search"
        )
        yield Said(id="filters")
        yield CardTable()
        yield Keybar()

    def on_mount(self) -> None:
        """The cards of the course."""
        self._start = Chosen(course=self.app.workspace.course.id)
        self._chosen = Chosen(course=self._start.course, query=read(self._text).query)
        self.query_one(CardTable).enter()
        self.content_changed()

    def content_changed(self) -> None:
        """The cards as they are now."""
        try:
            self._browser = Browser(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            return
        self._fill()

    def on_screen_resume(self) -> None:
        """What was answered or changed above this screen."""
        self._refresh()

    def _refresh(self) -> None:
        if self._browser is None:
            return
        try:
            self._browser.finder.refresh()
        except QuizError as error:
            self.app.attempt(error)
            return
        self._fill()

    def _fill(self) -> None:
        browser = self._browser
        if browser is None:
            return
        try:
            self._found = browser.find(self._chosen, self._order)
        except QuizError as error:
            self.app.attempt(error)
            return
        self.query_one(CardTable).show(browser, self._found[:MOST_ROWS], self._order)
        self.query_one(QueryLine).look_in(browser.finder.index)
        self._tell()

    # What stands above the list ---------------------------------------------------------------

    def _tell(self) -> None:
        """Say how many cards there are, what narrows them, and what a query lacks."""
        count = counted(len(self._found))
        if len(self._found) > MOST_ROWS:
            count = f"the first {MOST_ROWS} of {count}"
        marks = self.query_one(CardTable).marked
        marked = f"{marks} marked · " if marks else ""
        order = "" if self._order == "pack" else f" by {self._order}"
        self.query_one(Title).show(say("Cards", "bold"), say(f"{marked}{count}{order}", _QUIET))
        self.query_one("#filters", Said).show(lines(self._told()))

    def _told(self) -> Iterator[Content]:
        yield say(told(self.app.workspace.pack, self._chosen), _QUIET)
        if not self._found:
            yield say("No card has all of this; Esc shows all again.")
        elif self._said:
            yield say(self._said)

    # Asking -----------------------------------------------------------------------------------

    def action_narrow(self, by: str) -> None:
        """Choose a course, a topic or a type."""
        if self._browser is None:
            return
        try:
            narrow(self.app, self._browser, self._chosen, by, self._choose)
        except QuizError as error:
            self.app.attempt(error)

    def _choose(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._fill()

    def action_sort(self) -> None:
        """Sort by the next thing."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._fill()

    def action_query_help(self) -> None:
        """Show how to ask; an example that is taken stands in the search line."""

        def taken(query: str | None) -> None:
            if query is not None:
                self.query_one(QueryLine).put(query)
                self.query_one(CardTable).enter()

        self.app.push_screen(QueryHelpScreen(), taken)

    @on(QueryLine.Asked)
    def _asked(self, event: QueryLine.Asked) -> None:
        self._said = ""
        self._choose(replace(self._chosen, query=event.query))

    @on(Input.Submitted)
    def _searched(self) -> None:
        self.query_one(CardTable).enter()

    def action_search(self) -> None:
        """Into the search line."""
        self.query_one(QueryLine).type_in()

    def action_list(self) -> None:
        """From the search line into the list."""
        self.query_one(CardTable).enter()

    @on(CardList.Marked)
    def _marked(self) -> None:
        self._tell()

    @on(CardTable.Done)
    def _done(self, event: CardTable.Done) -> None:
        self._said = event.told
        self._refresh()

    def action_leave(self) -> None:
        """Show all again where the list was narrowed, else back."""
        line, cards = self.query_one(QueryLine), self.query_one(CardTable)
        if cards.marked and not line.is_typed_in:
            cards.unmark()
        elif self._chosen == self._start and not line.text and not line.is_typed_in:
            self.dismiss()
        else:
            self._chosen, self._said = self._start, ""
            line.put("")
            self._fill()
            cards.enter()


SCREEN = BrowseScreen
