"""A card on the screen: its question, the way to answer it, and after the answer what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from quizapp.tui.widgets.answering import Answering
from quizapp.tui.widgets.prose import Passage, Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult

    from quizapp.cards import Ask, Response
    from quizapp.tui.widgets.prose import Part

_LINES_BELOW = 4
"""So many lines of the explanation come into sight with the verdict, to show that it is there."""


class CardView(VerticalScroll):
    """One card at a time; scrolls where it is long.

    ``answered`` is called with the response and with how it was typed or chosen ("" for none).
    Whatever cannot be read or is missing is asked again here and never reaches it.
    """

    DEFAULT_CSS = """
    CardView { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    CardView > Prose, CardView > Answering { max-width: 98; }
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
        self._raw = False

    def compose(self) -> ComposeResult:
        """All parts; each card shows those it needs."""
        yield Prose(id="question")
        yield Answering(self._answered)
        yield Prose(id="answer")
        yield Prose(id="lesson")

    @property
    def more_below(self) -> bool:
        """Whether the card goes on below what is in sight."""
        return self.scroll_y < self.max_scroll_y

    @property
    def _answering(self) -> Answering:
        return self.query_one(Answering)

    # Showing ----------------------------------------------------------------------------

    def put(self, ask: Ask) -> None:
        """Show a card that has not been answered yet."""
        self._fresh(ask, Passage(ask.front, "bold", stack=True))

    def put_text(self, *passages: Passage) -> None:
        """Show something that is no card."""
        self._fresh(None, *passages)

    def _fresh(self, ask: Ask | None, *passages: Passage) -> None:
        for name in ("#answer", "#lesson"):
            self.query_one(name).display = False
        self.query_one("#question", Prose).show(*passages)
        start = self._answering.put(ask)
        self.show_raw(raw=self._raw)
        (start or self).focus(scroll_visible=False)
        self.scroll_home(animate=False)

    def judge(self, ask: Ask, told: Iterable[Part], lesson: Iterable[Part]) -> None:
        """Show what is right, and below it what there is to learn from it."""
        self._answering.judge(ask)
        self.focus()
        for name, parts in (("#answer", told), ("#lesson", lesson)):
            block = self.query_one(name, Prose)
            block.display = True
            block.show(*parts)
        self.show_raw(raw=self._raw)
        self.call_after_refresh(self._to_answer)

    def _to_answer(self) -> None:
        """Scroll no further than shows the verdict and the first lines below it."""
        given, answer = self._answering.virtual_region, self.query_one("#answer").virtual_region
        lesson = self.query_one("#lesson").virtual_region
        bottom = answer.bottom + min(lesson.height + 1, _LINES_BELOW)
        top = given if given.height else answer
        needed = bottom - self.scrollable_content_region.height
        self.scroll_to(y=max(0, min(needed, top.y)), animate=False)

    def show_raw(self, *, raw: bool) -> None:
        """Show the LaTeX of the formulas, or what it means."""
        self._raw = raw
        self._answering.show_raw(raw=raw)
        for block in self.query(Prose):
            block.show_raw(raw=raw)

    # Answering --------------------------------------------------------------------------

    def submit(self) -> None:
        """Answer with what is chosen, typed or arranged; what is missing is asked for once."""
        self._answering.submit()

    def choose(self, index: int) -> None:
        """Choose an option: the answer itself, or one of several, which goes on and off."""
        self._answering.choose(index)
