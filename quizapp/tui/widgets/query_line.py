"""A line in which one asks for cards, with what it lacks and what may follow below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import Suggester

from quizapp.study.query import read
from quizapp.study.query.completing import completed, completions, several, unknown
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.input_line import Entry

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.study.query import Query
    from quizapp.study.query.finding import Index

_QUIET = "$text-muted"


class QueryLine(Vertical):
    """A search line; every change is a query, as far as it can be read."""

    DEFAULT_CSS = """
    QueryLine { height: auto; }
    QueryLine Said { height: auto; }
    """

    @dataclass
    class Asked(Message):
        """Another query was typed."""

        query: Query

    def __init__(self, text: str, placeholder: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._text, self._placeholder = text, placeholder
        self._index: Index | None = None

    def compose(self) -> ComposeResult:
        """The line, and what there is to say about it."""
        yield Entry(self._text, self._placeholder)
        yield Said()

    def on_mount(self) -> None:
        """Offer names while one types."""
        self.query_one(Entry).suggester = _Names(self)

    @property
    def index(self) -> Index | None:
        """The cards that are asked for; None before they are there."""
        return self._index

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.query_one(Entry).value

    @property
    def asked(self) -> Query:
        """The query as far as it can be read."""
        return read(self.text).query

    @property
    def is_typed_in(self) -> bool:
        """Whether it has the focus."""
        return self.query_one(Entry).has_focus

    def put(self, text: str) -> None:
        """Put other text into the line."""
        self.query_one(Entry).value = text

    def type_in(self) -> None:
        """Move the focus into the line."""
        self.query_one(Entry).focus()

    def look_in(self, index: Index) -> None:
        """Go on with other cards; say what of the query fits none of them."""
        self._index = index
        self._tell()

    @on(Entry.Changed)
    def _typed(self, event: Entry.Changed) -> None:
        event.stop()
        self._tell()
        self.post_message(self.Asked(self.asked))

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """What may follow is said while one types only."""
        self._tell()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        """Say aloud what is still wrong."""
        self._tell()

    def _tell(self) -> None:
        note = self._note()
        said = self.query_one(Said)
        said.display = note is not None
        if note is not None:
            said.show(note)

    def _note(self) -> Content | None:
        """What cannot be read in the query, or is in no card; while one types, what may follow."""
        index = self._index
        if index is None:
            return None
        names = completions(self.text, index) if self.is_typed_in else []
        if names and (len(names) > 1 or completed(self.text, index)):
            also = f"; also {several(names[1:])}" if len(names) > 1 else ""
            return say(f"→ takes {names[0]}{also}", _QUIET)
        reading = read(self.text)
        told = reading.fault.message if reading.fault else unknown(reading.query, index)
        if told is None or names:
            return None
        told = f"{told[:1].upper()}{told[1:]}"
        return say(told, _QUIET) if self.is_typed_in else join(say("⚠ ", "$text-warning"), told)


class _Names(Suggester):
    """Completes the line to the first name that fits; the right arrow takes it."""

    def __init__(self, line: QueryLine) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._line = line

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its end completed."""
        index = self._line.index
        return None if index is None else completed(value, index)
