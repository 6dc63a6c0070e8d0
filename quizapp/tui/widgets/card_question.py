"""A card as a question of an exam: something to choose, type or arrange, and no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message

from quizapp.cards import ChooseMany, ChooseOne, Match, Number, Order, Words
from quizapp.exams.responses import columns_of, order_of, read_number
from quizapp.tui.say import Said, say
from quizapp.tui.widgets.answering import A_NUMBER, A_WORD
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.matching import Matching
from quizapp.tui.widgets.options import Options
from quizapp.tui.widgets.ordering import Ordering
from quizapp.tui.widgets.prose import Passage, Prose
from quizapp.tui.widgets.row_list import RowList

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
    CardQuestion .typing Entry.-words { width: 1fr; max-width: 64; }
    CardQuestion .unit { width: auto; margin-left: 1; }
    CardQuestion .note { height: auto; margin: 1 0 0 0; }
    """

    @dataclass
    class Changed(Message):
        """Something else stands in the question."""

        at_once: bool
        """Something was chosen or moved; else it was typed, and more may follow."""

    class Done(Message):
        """Enter was pressed where one types."""

    def __init__(self, ask: Ask, answer: Mapping[str, Any]) -> None:
        super().__init__()
        self._ask = ask
        self._chosen: set[int] = set(answer.get("chosen") or ())
        self._answer = answer
        words = isinstance(ask, Words)
        self._entry = Entry(str(answer.get("text", "")), A_WORD if words else A_NUMBER)
        self._entry.set_class(words, "-words")
        self._said = self._entry.value
        self._ordering, self._matching = Ordering(), Matching()

    def compose(self) -> ComposeResult:
        """The question, what there is to choose, type or arrange, a word on what was typed."""
        yield Prose(Passage(self._ask.front, "bold", stack=True))
        match self._ask:
            case Number() | Words():
                with Horizontal(classes="typing"):
                    yield self._entry
                    yield Said(say(getattr(self._ask, "unit", "")), classes="unit")
                yield Prose(classes="note")
            case Order():
                yield self._ordering
            case Match():
                yield self._matching
            case _:
                yield Options()

    def on_mount(self) -> None:
        """Show what was answered before."""
        match self._ask:
            case Number() | Words():
                self._say_reading()
            case Order() as ask:
                self._ordering.put(ask, order_of(ask, self._answer))
            case Match() as ask:
                self._matching.put(ask, columns_of(ask, self._answer))
            case _:
                self._show_options()

    @property
    def start(self) -> Widget:
        """What takes the focus: where one types or arranges at once, or the page to scroll."""
        match self._ask:
            case Number() | Words():
                return self._entry
            case Order():
                return self._ordering
            case Match():
                return self._matching
            case _:
                return self

    @property
    def answer(self) -> dict[str, Any]:
        """What stands in the question now."""
        match self._ask:
            case Number() | Words():
                return {"text": self._entry.value}
            case Order():
                order = self._ordering.order
                return {"order": None if order is None else list(order)}
            case Match():
                return {"match": list(self._matching.columns)}
            case _:
                return {"chosen": sorted(self._chosen)}

    @property
    def how(self) -> str:
        """How the question is answered, in a few words."""
        match self._ask:
            case ChooseOne(options=options):
                return f"1-{len(options)} chooses, again takes it back"
            case ChooseMany(options=options):
                return f"1-{len(options)} mark all that apply"
            case Order(steps=steps):
                return f"1-{len(steps)} puts the marked step there; n goes on"
            case Match(columns=columns):
                return f"1-{len(columns)} chooses for the marked row; n goes on"
            case Words():
                return "type a word or a short phrase; Enter goes on"
            case _:
                return "type a number; Enter goes on"

    def choose(self, index: int) -> None:
        """Choose an option, or take the choice back; the same keys arrange steps and rows."""
        ask = self._ask
        if isinstance(ask, Order):
            self._ordering.action_place(index + 1)
        elif isinstance(ask, Match):
            self._matching.action_choose(index + 1)
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

    @on(RowList.Changed)
    def _arranged(self, event: RowList.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(at_once=True))

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
        found = read_number(self._entry.value) if isinstance(self._ask, Number) else None
        note.display = found is not None
        if isinstance(found, str):
            told = f"Cannot be read yet; kept as you typed it. {found}"
            lead = say("? ", "bold $text-warning")
            note.show(Passage(told, "$text-warning", lead=lead, ours=True))
        elif found is not None:
            note.show(Passage(f"read as {found:.10g}", _MUTED, indent=2, ours=True))
