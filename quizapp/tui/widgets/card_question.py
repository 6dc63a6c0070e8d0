"""A card as a question of an exam: options to choose or a number to type, and no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message

from quizapp.cards import ChooseMany, ChooseOne, Number
from quizapp.exams.marks import read_number
from quizapp.tui.say import Said, say
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.options import Options
from quizapp.tui.widgets.prose import Passage, Prose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.widget import Widget

    from quizapp.cards import Ask

_MUTED = "$text-muted"


class CardQuestion(VerticalScroll):
    """One question; ``answer`` is what stands in it."""

    DEFAULT_CSS = """
    CardQuestion { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    CardQuestion .typing { height: 1; margin: 1 0 0 0; }
    CardQuestion .typing Entry { width: 28; }
    CardQuestion .unit { width: auto; margin-left: 1; }
    CardQuestion .note { height: auto; margin: 1 0 0 0; }
    """

    @dataclass
    class Changed(Message):
        """Something else stands in the question."""

        at_once: bool
        """A choice was made; else something was typed, and more may follow."""

    class Done(Message):
        """Enter was pressed in the number."""

    def __init__(self, ask: Ask, answer: Mapping[str, Any]) -> None:
        super().__init__()
        self._ask = ask
        self._chosen: set[int] = set(answer.get("chosen") or ())
        self._entry = Entry(str(answer.get("text", "")), "a number, e.g. 0.5 or 1/2")
        self._said = self._entry.value

    def compose(self) -> ComposeResult:
        """The question, what there is to choose or to type, a word on what was typed."""
        yield Prose(Passage(self._ask.front, "bold", stack=True))
        if isinstance(self._ask, Number):
            with Horizontal(classes="typing"):
                yield self._entry
                yield Said(say(self._ask.unit), classes="unit")
            yield Prose(classes="note")
        else:
            yield Options()

    def on_mount(self) -> None:
        """Show what was answered before."""
        if isinstance(self._ask, Number):
            self._say_reading()
        else:
            self._show_options()

    @property
    def start(self) -> Widget:
        """What takes the focus: the number to type at once, or the page to scroll."""
        return self._entry if isinstance(self._ask, Number) else self

    @property
    def answer(self) -> dict[str, Any]:
        """What stands in the question now."""
        if isinstance(self._ask, Number):
            return {"text": self._entry.value}
        return {"chosen": sorted(self._chosen)}

    @property
    def how(self) -> str:
        """How the question is answered, in a few words."""
        match self._ask:
            case ChooseOne(options=options):
                return f"1-{len(options)} chooses, again takes it back"
            case ChooseMany(options=options):
                return f"1-{len(options)} mark all that apply"
            case _:
                return "type a number; Enter goes on"

    def choose(self, index: int) -> None:
        """Choose an option, or take the choice back."""
        ask = self._ask
        if not isinstance(ask, ChooseOne | ChooseMany) or index >= len(ask.options):
            return
        if isinstance(ask, ChooseMany):
            self._chosen ^= {index}
        else:
            self._chosen = set() if index in self._chosen else {index}
        self._show_options()
        self.post_message(self.Changed(at_once=True))

    def _show_options(self) -> None:
        if isinstance(self._ask, ChooseOne | ChooseMany):
            # A choice stays on view here, also the one of a single option: boxes show it.
            self.query_one(Options).put(self._ask.options, self._chosen, many=True)

    @on(Options.Chosen)
    def _clicked(self, event: Options.Chosen) -> None:
        event.stop()
        self.choose(event.index)

    @on(Entry.Changed)
    def _typed(self, event: Entry.Changed) -> None:
        event.stop()
        if event.value != self._said:
            self._said = event.value
            self._say_reading()
            self.post_message(self.Changed(at_once=False))

    @on(Entry.Submitted)
    def _entered(self, event: Entry.Submitted) -> None:
        event.stop()
        self.post_message(self.Done())

    def _say_reading(self) -> None:
        """Say which number is read, or why none is."""
        note = self.query_one(".note", Prose)
        found = read_number(self._entry.value)
        note.display = found is not None
        if isinstance(found, str):
            told = f"Cannot be read yet; kept as you typed it. {found}"
            lead = say("? ", "bold $text-warning")
            note.show(Passage(told, "$text-warning", lead=lead, ours=True))
        elif found is not None:
            note.show(Passage(f"read as {found:.10g}", _MUTED, indent=2, ours=True))
