"""A question with its answer beside it and a word below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual.containers import Horizontal, Vertical

from quizapp.tui.say import Said, say
from quizapp.tui.widgets.input_line import Entry

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget


class Field(Vertical):
    """A label, a widget to answer with, and a line that explains or complains."""

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > Horizontal { height: 1; max-width: 72; }
    Field .label { width: 20; }
    Field:focus-within .label { text-style: bold; color: $text-accent; }
    Field .note { height: auto; margin-left: 20; color: $text-muted; }
    """

    def __init__(
        self, label: str, answer: Widget, *, name: str | None = None, note: str = ""
    ) -> None:
        super().__init__(name=name)
        self._label = label
        self._answer = answer
        self._note = note
        self.complaining = False
        """Whether the line below says what is wrong."""

    @classmethod
    def typing(cls, label: str, name: str, value: str, placeholder: str, *, note: str = "") -> Self:
        """A field to type into; the entry has the name as its id."""
        return cls(label, Entry(value, placeholder, id=name), name=name, note=note)

    def compose(self) -> ComposeResult:
        """The label, the answer, the note."""
        with Horizontal():
            yield Said(say(self._label), classes="label")
            yield self._answer
        yield Said(say(self._note, "$text-muted"), classes="note")

    def on_mount(self) -> None:
        """An empty note takes no room."""
        self.calm()

    @property
    def entry(self) -> Entry:
        """Where one types."""
        return self.query_one(Entry)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.entry.value

    def tell(self, content: Content) -> None:
        """Explain."""
        self.complaining = False
        note = self.query_one(".note", Said)
        note.display = bool(content)
        note.show(content)

    def complain(self, sentence: str) -> None:
        """Say what is wrong; what was typed stays."""
        self.tell(say(f"✗ {sentence}", "$text-error"))
        self.complaining = True

    def calm(self) -> None:
        """Back to the note it began with."""
        self.tell(say(self._note, "$text-muted"))
