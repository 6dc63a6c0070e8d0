"""A card on the screen: its question, the way to answer it, and after the answer what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from quizapp.cards import ChooseMany, ChooseOne, Number, Reveal
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.tui.say import Said, say
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.options import Options
from quizapp.tui.widgets.prose import Passage, Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult

    from quizapp.cards import Ask, Response

_LINES_BELOW = 4
"""So many lines of the explanation come into sight with the verdict, to show that it is there."""


class CardView(VerticalScroll):
    """One card at a time; scrolls where it is long.

    ``answered`` is called with the response and with how it was typed or chosen ("" for none).
    Whatever cannot be read or is missing is asked again here and never reaches it.
    """

    DEFAULT_CSS = """
    CardView { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    CardView > Prose, CardView > Options { max-width: 98; }
    CardView #typing { height: 1; margin: 1 0 0 0; }
    CardView #number { width: 32; }
    CardView #unit { width: auto; margin-left: 1; }
    CardView #note { margin: 1 0 0 0; color: $text-warning; }
    CardView #answer { margin: 1 0 0 0; border-top: solid $foreground 20%; }
    CardView #lesson { margin: 1 0 1 0; }
    .-short CardView { padding: 0 1 0 1; }
    """

    def __init__(
        self,
        answered: Callable[[Response, str], None],
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._answered = answered
        self._ask: Ask | None = None
        """None where nothing is to be answered (any more)."""
        self._chosen: set[int] = set()
        self._warned = False
        """Whether the student was told that nothing is chosen or typed yet."""
        self._raw = False

    def compose(self) -> ComposeResult:
        """All parts; each card shows those it needs."""
        yield Prose(id="question")
        yield Options()
        with Horizontal(id="typing"):
            yield Entry(id="number", placeholder="a number, e.g. 0.5 or 1/2")
            yield Said(id="unit")
        yield Prose(id="note")
        yield Prose(id="answer")
        yield Prose(id="lesson")

    @property
    def more_below(self) -> bool:
        """Whether the card goes on below what is in sight."""
        return self.scroll_y < self.max_scroll_y

    # Showing ----------------------------------------------------------------------------

    def put(self, ask: Ask) -> None:
        """Show a card that has not been answered yet."""
        self._ask = ask
        self._fresh(Passage(ask.front, "bold", stack=True))
        entry = self.query_one("#number", Entry)
        entry.value = ""
        if isinstance(ask, Number):
            self.query_one("#typing").display = True
            self.query_one("#unit", Said).show(say(ask.unit))
            entry.focus()

    def put_text(self, *passages: Passage) -> None:
        """Show something that is no card."""
        self._ask = None
        self._fresh(*passages)

    def _fresh(self, *passages: Passage) -> None:
        self._chosen = set()
        self._warned = False
        for name in ("#typing", "#note", "#answer", "#lesson"):
            self.query_one(name).display = False
        self.query_one("#question", Prose).show(*passages)
        self._show_options()
        self.show_raw(raw=self._raw)
        self.focus()
        self.scroll_home(animate=False)

    def _show_options(self) -> None:
        ask = self._ask
        options = ask.options if isinstance(ask, ChooseOne | ChooseMany) else ()
        self.query_one(Options).put(options, self._chosen, many=isinstance(ask, ChooseMany))
        self.query_one(Options).show_raw(raw=self._raw)

    def judge(self, ask: Ask, told: Iterable[Passage], lesson: Iterable[Passage]) -> None:
        """Show what is right, and below it what there is to learn from it."""
        self._ask = None
        if isinstance(ask, ChooseOne | ChooseMany):
            right = {ask.right} if isinstance(ask, ChooseOne) else ask.right
            self.query_one(Options).judge(ask.options, self._chosen, right)
        self.query_one("#typing").display = False
        self.query_one("#note").display = False
        self.focus()
        for name, passages in (("#answer", told), ("#lesson", lesson)):
            block = self.query_one(name, Prose)
            block.display = True
            block.show(*passages)
        self.show_raw(raw=self._raw)
        self.call_after_refresh(self._to_answer)

    def _to_answer(self) -> None:
        """Scroll no further than shows the verdict and the first lines below it."""
        options, answer = self.query_one(Options), self.query_one("#answer")
        lesson = self.query_one("#lesson").virtual_region
        bottom = answer.virtual_region.bottom + min(lesson.height + 1, _LINES_BELOW)
        top = options if options.display else answer
        needed = bottom - self.scrollable_content_region.height
        self.scroll_to(y=max(0, min(needed, top.virtual_region.y)), animate=False)

    def show_raw(self, *, raw: bool) -> None:
        """Show the LaTeX of the formulas, or what it means."""
        self._raw = raw
        for block in self.query(Prose):
            block.show_raw(raw=raw)

    # Answering --------------------------------------------------------------------------

    def submit(self) -> None:
        """Answer with what is chosen or typed; what is missing is asked for once."""
        ask = self._ask
        if isinstance(ask, Number):
            self._take_number(self.query_one("#number", Entry).value)
        elif isinstance(ask, Reveal):
            self._answered(None, "")
        elif isinstance(ask, ChooseOne | ChooseMany):
            self._take_choice(ask)

    def choose(self, index: int) -> None:
        """Choose an option: the answer itself, or one of several, which goes on and off."""
        ask = self._ask
        if isinstance(ask, ChooseMany) and index < len(ask.options):
            self._chosen ^= {index}
            self.query_one("#note").display = False
            self._show_options()
        elif isinstance(ask, ChooseOne) and index < len(ask.options):
            self._chosen = {index}
            self._answered(index, str(index + 1))

    def _take_choice(self, ask: ChooseOne | ChooseMany) -> None:
        if self._chosen:
            numbers = ", ".join(str(index + 1) for index in sorted(self._chosen))
            self._answered(frozenset(self._chosen), numbers)
        elif self._warned:
            self._answered(None, "")
        else:
            some = "every one that applies" if isinstance(ask, ChooseMany) else "one"
            last = len(ask.options)
            self._warn(f"Choose {some} with 1 to {last}, or press Enter again to see the answer.")

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
            case _ if self._warned:
                self._answered(None, "")
            case _:
                self._warn("Type a number, or press Enter again to see the answer.")

    def _warn(self, sentence: str) -> None:
        note = self.query_one("#note", Prose)
        note.display = True
        note.show(Passage(sentence, lead=say("⚠ ", "bold"), ours=True))
        self._warned = True
        self.call_after_refresh(note.scroll_visible, animate=False)

    @on(Options.Chosen)
    def _clicked(self, event: Options.Chosen) -> None:
        self.choose(event.index)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.submit()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#note").display = False
        self._warned = False
