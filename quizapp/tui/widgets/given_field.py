"""One given of an own problem: what it is, a place to type it, how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input, TextArea

from quizapp.exercises.shapes import shown_shape
from quizapp.packs.write_yaml import yaml_line
from quizapp.study.raw_given import as_typed, is_switch, read_raw
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.pick import Pick
from quizapp.tui.widgets.statement import shown_symbol

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from quizapp.exercises.family import Given
    from quizapp.study.own import Sheet

_MUTED = "$text-muted"
_LONGEST = 60
"""Characters of what is read that are shown."""
_EXAMPLES = {0: "e.g. 0.5", 1: "e.g. 1 -1 1", 2: "e.g. 1 2; 3 4 or one row a line"}


class Rows(TextArea):
    """Lines to type or paste rows into; Tab goes on."""

    DEFAULT_CSS = """
    Rows, Rows:focus { height: auto; min-height: 1; max-height: 8; border: none; padding: 0; }
    Rows { background: $panel; }
    Rows:focus { background: $primary 30%; }
    """
    takes_enter = True
    """Enter begins a new row."""

    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__(
            text,
            soft_wrap=True,
            show_line_numbers=False,
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
            tab_behavior="focus",
        )


class GivenField(Vertical):
    """A given with its symbol, its shape, its text and what is made of it."""

    DEFAULT_CSS = """
    GivenField { height: auto; }
    GivenField .asked, GivenField .note { height: auto; }
    GivenField .answer { margin: 0 0 0 4; height: auto; max-width: 76; }
    GivenField .note { padding-left: 4; }
    """

    def __init__(self, sheet: Sheet, given: Given) -> None:
        super().__init__()
        self.given = given
        self._sheet = sheet
        self._complaint = ""

    def compose(self) -> ComposeResult:
        """The label, the place to type, the note."""
        yield Said(classes="asked")
        answer = self._answer()
        answer.add_class("answer")
        yield answer
        yield Said(classes="note")

    def _answer(self) -> Widget:
        given, sheet = self.given, self._sheet
        text = sheet.texts.get(given.name, "")
        if given.kind == "text":
            text = text or str(given.default or given.choices[0])
            sheet.texts[given.name] = text
            return Pick([(choice, choice) for choice in given.choices], text)
        if given.kind == "ragged":
            return Rows(text, "e.g. 1 2 3; 3 1 2 or one list a line")
        if given.kind == "raw":
            return self._raw_answer(text)
        dimensions = len(sheet.letters(given))
        if dimensions == 0:
            return Entry(text, _EXAMPLES[0])
        return Rows(text, _EXAMPLES.get(dimensions, "e.g. [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]"))

    def _raw_answer(self, text: str) -> Widget:
        """A switch, a line or rows, as an example of the given suggests."""
        like = self._sheet.example(self.given)
        if is_switch(like):
            shown = as_typed(read_raw(text or "no", like)[0] or False)
            self._sheet.texts[self.given.name] = shown
            return Pick([("yes", "yes"), ("no", "no")], shown)
        eg = "" if like is None else f"e.g. {as_typed(like)}"
        return Entry(text, eg) if isinstance(like, str) else Rows(text, eg)

    def on_mount(self) -> None:
        """Say how it is read so far."""
        self.look_again()

    def focus_answer(self) -> None:
        """Go to where one types."""
        self.screen.set_focus(self.query_one(".answer"))

    @property
    def text(self) -> str:
        """What was typed."""
        answer = self.query_one(".answer")
        if isinstance(answer, Pick):
            return answer.value
        return answer.text if isinstance(answer, TextArea) else _value(answer)

    def complain(self, sentence: str) -> None:
        """Say what is wrong until the text changes."""
        self._complaint = sentence
        self.look_again()

    def calm(self) -> None:
        """The complaint is answered."""
        self._complaint = ""

    def look_again(self) -> None:
        """The label with the sizes known so far, and how the text is read."""
        given = self.given
        wanted = self._sheet.wanted(given)
        optional = (
            " · may be left blank" if given.default is not None and given.kind != "text" else ""
        )
        symbol = shown_symbol(given.symbol)
        name = f" ({given.name})" if given.name != symbol else ""
        self.query_one(".asked", Said).show(
            join(
                say(symbol, "bold $text-accent"),
                say(name, _MUTED),
                say(f"  {given.about}"),
                say(f"{' · ' if wanted else ''}{wanted}{optional}", _MUTED),
            )
        )
        note = self.query_one(".note", Said)
        sign, style, text = self._note()
        note.display = bool(text)
        note.show(join(say(f"{sign} ", f"bold {style}"), say(text, style)))

    def _note(self) -> tuple[str, str, str]:
        if self._complaint:
            return "✗", "$text-error", self._complaint
        reading = self._sheet.reading(self.given.name)
        if reading.reason:
            return "?", "$text-warning", reading.reason
        misfit = self._sheet.misfit(self.given.name)
        if misfit:
            return "?", "$text-warning", misfit
        if reading.value is None or isinstance(self.query_one(".answer"), Pick):
            return "", _MUTED, ""
        if self.given.kind == "raw":
            told = yaml_line(reading.value)
            return "✓", _MUTED, told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"
        if self.given.kind == "ragged":
            count = len(reading.value)
            return "✓", _MUTED, f"{count} list{'s' if count != 1 else ''}"
        return "✓", _MUTED, shown_shape(reading.shape)


def _value(answer: Widget) -> str:
    if not isinstance(answer, Input):
        raise TypeError(f"{type(answer).__name__} is no line to type into")
    return answer.value
