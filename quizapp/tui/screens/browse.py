"""All cards: searched by words, narrowed by course, topic and type, read and edited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from quizapp.cards import ask
from quizapp.mathtext import plain
from quizapp.study.browsing import Browser, Chosen
from quizapp.tui.bindings import bound
from quizapp.tui.editing import edit
from quizapp.tui.names import course_name, topic_name
from quizapp.tui.say import Said, join, say
from quizapp.tui.screens.card import page
from quizapp.tui.screens.narrow import NarrowScreen
from quizapp.tui.widgets.choices import Choices, Row
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.prose import Prose
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.cards import Card
    from quizapp.tui.app import QuizApp

_QUIET = "$text-muted"
_TYPE = 12
MOST_ROWS = 300
"""Longer lists are cut: nobody reads them, and words narrow them."""


class BrowseScreen(Screen[None]):
    """A list of cards; a wide terminal shows the marked one beside it."""

    DEFAULT_CSS = """
    BrowseScreen #search { height: 1; margin: 1 2 0 2; }
    BrowseScreen #filters { height: auto; margin: 0 2; }
    BrowseScreen #both { height: 1fr; margin: 1 1 0 1; }
    BrowseScreen Choices { width: 1fr; height: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    BrowseScreen #preview { width: 1fr; height: 1fr; display: none; padding: 0 1 0 2;
        border-left: solid $foreground 15%; scrollbar-size-vertical: 1; }
    BrowseScreen.-wide #preview { display: block; }
    BrowseScreen.-short #search, BrowseScreen.-short #both { margin-top: 0; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "browse",
        ("slash", "search", "Search", 'Words in the cards; "words like these" as they stand'),
        ("c", "narrow('course')", "Course", "The cards of one course, or of all"),
        ("t", "narrow('topic')", "Topic", "Only one topic, or all"),
        ("y", "narrow('kind')", "Type", "Only one type of card, or all"),
        ("e,f4", "edit", "Edit", "Edit the marked card in your editor"),
        ("q,escape", "leave", "Back", "Show all again; back to where you were"),
        ("down", "list", "", "From the search line to the list"),
    )

    app: QuizApp

    def __init__(self) -> None:
        super().__init__()
        self._chosen = Chosen()
        self._start = self._chosen
        self._browser: Browser | None = None
        self._found: list[Card] = []

    def compose(self) -> ComposeResult:
        """A line to search in, what narrows the list, the list and the marked card."""
        yield Title(id="title")
        yield Entry(placeholder="/ to search the cards", id="search")
        yield Said(id="filters")
        with Horizontal(id="both"):
            yield Choices()
            with VerticalScroll(id="preview", can_focus=False):
                yield Prose()
        yield Keybar()

    def on_mount(self) -> None:
        """The cards of the course."""
        self._chosen = self._start = Chosen(course=self.app.workspace.course.id)
        self.content_changed()
        self.query_one(Choices).focus()

    def content_changed(self) -> None:
        """The cards as they are now."""
        self._browser = Browser(self.app.workspace)
        self._fill()

    def on_resize(self) -> None:
        """Another width, other rows."""
        self._fill()

    def _fill(self) -> None:
        if self._browser is None:
            return
        self._found = found = self._browser.find(self._chosen)
        shown = f"{len(found)} cards" if len(found) != 1 else "1 card"
        if len(found) > MOST_ROWS:
            shown = f"the first {MOST_ROWS} of {shown}"
        self.query_one(Title).show(say("Cards", "bold"), say(shown, _QUIET))
        self.query_one("#filters", Said).show(self._told())
        self.query_one(Choices).fill(Row(card.id, self._row(card)) for card in found[:MOST_ROWS])
        self._preview()

    def _told(self) -> Content:
        now, pack = self._chosen, self.app.workspace.pack
        parts = [course_name(pack, now.course) if now.course else "all courses"]
        parts.append(topic_name(now.topic) if now.topic else "all topics")
        parts.append(now.kind or "all types")
        told = say(" · ".join(parts), _QUIET)
        if self._found:
            return told
        return join(told, say("\nNo card has all of this; Esc shows all again.", ""))

    def _row(self, card: Card) -> Content:
        front = plain(ask(card, self.app.workspace.settings.answer_by).front)
        return join(say(f"{card.type:<{_TYPE}}", _QUIET), front)

    # Narrowing --------------------------------------------------------------------------

    def action_narrow(self, by: str) -> None:
        """Choose a course, a topic or a type."""
        if self._browser is None:
            return
        pack = self.app.workspace.pack
        whole = {"course": "All courses", "topic": "All topics", "kind": "All types"}[by]
        counts = self._browser.counts(self._chosen, by)
        every = len(self._browser.find(replace(self._chosen, **{by: ""})))
        name = {"course": lambda key: course_name(pack, key), "topic": topic_name}.get(by, str)
        values = [("", whole, every)]
        values += [(key, name(key), number) for key, number in counts.items()]

        def narrowed(value: str | None) -> None:
            if value is not None:
                self._chosen = replace(self._chosen, **{by: value})
                self._fill()

        title = "Type" if by == "kind" else by.capitalize()
        self.app.push_screen(NarrowScreen(title, values, getattr(self._chosen, by)), narrowed)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._chosen = replace(self._chosen, words=event.value)
        self._fill()

    @on(Input.Submitted)
    def _searched(self) -> None:
        self.query_one(Choices).focus()

    # The marked card ----------------------------------------------------------------------

    @on(Choices.Moved)
    def _moved(self) -> None:
        self._preview()

    def _preview(self) -> None:
        """Show the marked card beside the list."""
        marked = self._marked()
        parts = page(self.app.workspace, marked) if marked else ()
        self.query_one(Prose).show(*parts)
        self.query_one("#preview", VerticalScroll).scroll_home(animate=False)

    def _marked(self) -> Card | None:
        current = self.query_one(Choices).current
        return next((card for card in self._found if card.id == current), None)

    @on(Choices.Chosen)
    def _opened(self, event: Choices.Chosen) -> None:
        among = tuple(card.id for card in self._found[:MOST_ROWS])
        self.app.go("card", id=event.id, among=among)

    def action_edit(self) -> None:
        """Edit the marked card."""
        marked = self._marked()
        if marked is not None:
            edit(self.app, marked.id)

    def action_search(self) -> None:
        """Into the search line."""
        self.query_one(Entry).focus()

    def action_list(self) -> None:
        """From the search line into the list."""
        self.query_one(Choices).focus()

    def action_leave(self) -> None:
        """Show all again where the list was narrowed, else back."""
        search = self.query_one(Entry)
        if self._chosen == self._start and not search.has_focus:
            self.dismiss()
            return
        self._chosen = self._start
        search.value = ""
        self._fill()
        self.query_one(Choices).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing to edit in an empty list."""
        return action != "edit" or bool(self._found)


SCREEN = BrowseScreen
