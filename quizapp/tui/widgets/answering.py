"""How a card is answered: options, a field to type into, steps to order, rows to match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from quizapp.cards import ChooseMany, ChooseOne, Match, Number, Order, Reveal, Words
from quizapp.cards.spelling import essence
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.tui.say import Said, say
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.matching import Matching
from quizapp.tui.widgets.options import Options
from quizapp.tui.widgets.ordering import Ordering
from quizapp.tui.widgets.prose import Passage, Prose
from quizapp.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from quizapp.cards import Ask, Response

A_NUMBER = "a number, e.g. 0.5 or 1/2"
A_WORD = "a word or a short phrase"


class Answering(Vertical):
    """What a card needs to be answered, and after the answer what was right of it.

    ``answered`` is called with the response and with how it was typed or chosen ("" for none).
    Whatever cannot be read or is missing is asked again here and never reaches it.
    """

    DEFAULT_CSS = """
    Answering { height: auto; }
    Answering #typing { height: 1; margin: 1 0 0 0; }
    Answering #typed { width: 32; }
    Answering #typed.-words { width: 1fr; max-width: 64; }
    Answering #unit { width: auto; margin-left: 1; }
    Answering #note { margin: 1 0 0 0; color: $text-warning; }
    """

    def __init__(self, answered: Callable[[Response, str], None]) -> None:
        super().__init__()
        self._answered = answered
        self._ask: Ask | None = None
        """None where nothing is to be answered (any more)."""
        self._chosen: set[int] = set()
        self._warned = False
        """Whether the student was told that nothing is chosen or typed yet."""
        self._raw = False

    def compose(self) -> ComposeResult:
        """All parts; each card shows those it needs."""
        yield Options()
        with Horizontal(id="typing"):
            yield Entry(id="typed")
            yield Said(id="unit")
        yield Ordering()
        yield Matching()
        yield Prose(id="note")

    def put(self, ask: Ask | None) -> Widget | None:
        """Show what a card needs; what then takes the focus, None where the page does."""
        self._ask, self._chosen = ask, set()
        self._calm()
        self._show_options()
        ordering, matching = self.query_one(Ordering), self.query_one(Matching)
        ordering.put(ask if isinstance(ask, Order) else None)
        matching.put(ask if isinstance(ask, Match) else None)
        self.query_one("#typing").display = isinstance(ask, Number | Words)
        match ask:
            case Number() | Words():
                return self._to_type(ask)
            case Order():
                return ordering
            case Match():
                return matching
            case _:
                return None

    def _to_type(self, ask: Number | Words) -> Entry:
        entry = self.query_one("#typed", Entry)
        entry.value = ""
        entry.placeholder = A_NUMBER if isinstance(ask, Number) else A_WORD
        entry.set_class(isinstance(ask, Words), "-words")
        self.query_one("#unit", Said).show(say(ask.unit if isinstance(ask, Number) else ""))
        return entry

    def _show_options(self) -> None:
        ask = self._ask
        options = ask.options if isinstance(ask, ChooseOne | ChooseMany) else ()
        self.query_one(Options).put(options, self._chosen, many=isinstance(ask, ChooseMany))
        self.query_one(Options).show_raw(raw=self._raw)

    def judge(self, ask: Ask) -> None:
        """Show what of the answer was right; nothing can be changed any more."""
        self._ask = None
        if isinstance(ask, ChooseOne | ChooseMany):
            right = {ask.right} if isinstance(ask, ChooseOne) else ask.right
            self.query_one(Options).judge(ask.options, self._chosen, right)
        elif isinstance(ask, Order):
            ordering = self.query_one(Ordering)
            ordering.judge(ask, ordering.order)
        elif isinstance(ask, Match):
            matching = self.query_one(Matching)
            matching.judge(ask, matching.columns)
        self.query_one("#typing").display = False
        self.query_one("#note").display = False

    def show_raw(self, *, raw: bool) -> None:
        """Show the LaTeX of the formulas, or what it means."""
        self._raw = raw
        for block in self.query(Prose):
            block.show_raw(raw=raw)

    # Answering ------------------------------------------------------------------------------

    def submit(self) -> None:
        """Answer with what is there; what is missing is asked for once."""
        ask = self._ask
        match ask:
            case Reveal():
                self._answered(None, "")
            case Number():
                self._take_number(self.query_one("#typed", Entry).value)
            case Words():
                self._take_words(self.query_one("#typed", Entry).value)
            case ChooseOne() | ChooseMany():
                self._take_choice(ask)
            case Order():
                self._take_order(self.query_one(Ordering).order)
            case Match():
                self._take_columns(self.query_one(Matching).columns)

    def choose(self, index: int) -> None:
        """Choose an option: the answer itself, or one of several, which goes on and off."""
        match self._ask:
            case ChooseMany(options=options) if index < len(options):
                self._chosen ^= {index}
                self.query_one("#note").display = False
                self._show_options()
            case ChooseOne(options=options) if index < len(options):
                self._chosen = {index}
                self._answered(index, str(index + 1))
            case Order():
                self.query_one(Ordering).action_place(index + 1)
            case Match():
                self.query_one(Matching).action_choose(index + 1)

    def _take_choice(self, ask: ChooseOne | ChooseMany) -> None:
        if self._chosen:
            numbers = ", ".join(str(index + 1) for index in sorted(self._chosen))
            self._answered(frozenset(self._chosen), numbers)
            return
        some = "every one that applies" if isinstance(ask, ChooseMany) else "one"
        self._missing(f"Choose {some} with 1 to {len(ask.options)}")

    def _take_number(self, text: str) -> None:
        """Answer with a number; what cannot be read is asked again and counts for nothing."""
        found = read(text, ())
        match found:
            case Invalid(reason=reason):
                self._warn(reason)
            case Ambiguous(texts=texts):
                self._warn(f"That can be read as {' or as '.join(texts)}; write the one you mean.")
            case _ if isinstance(found.value, float):
                self._answered(found.value, text.strip())
            case _:
                self._missing("Type a number")

    def _take_words(self, text: str) -> None:
        if essence(text):
            self._answered(text, " ".join(text.split()))
        else:
            self._missing(f"Type {A_WORD}")

    def _take_order(self, order: tuple[int, ...] | None) -> None:
        if order is not None:
            self._answered(order, " ".join(str(step + 1) for step in order))
        else:
            self._missing("Move the steps into their order")

    def _take_columns(self, columns: tuple[int | None, ...]) -> None:
        """Answer with the columns; open rows are asked for once and then count as wrong."""
        left = columns.count(None)
        if not left or (self._warned and left < len(columns)):
            told = " ".join("-" if column is None else str(column + 1) for column in columns)
            self._answered(columns, told)
        else:
            rows = "each row" if left == len(columns) else f"the {left} open rows"
            self._missing(f"Choose a column for {'the open row' if left == 1 else rows}")

    def _missing(self, wish: str) -> None:
        """Ask for what is missing; the second time go on without it."""
        if self._warned:
            self._answered(None, "")
        else:
            self._warn(f"{wish}, or press Enter again to see the answer.")

    def _warn(self, sentence: str) -> None:
        note = self.query_one("#note", Prose)
        note.display = True
        note.show(Passage(sentence, lead=say("⚠ ", "bold"), ours=True))
        self._warned = True
        self.call_after_refresh(note.scroll_visible, animate=False)

    def _calm(self) -> None:
        self.query_one("#note").display = False
        self._warned = False

    @on(Options.Chosen)
    def _clicked(self, event: Options.Chosen) -> None:
        event.stop()
        self.choose(event.index)

    @on(RowList.Changed)
    def _arranged(self, event: RowList.Changed) -> None:
        event.stop()
        self._calm()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.submit()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._calm()
