"""The card with the highlight, beside a list or below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from quizapp.cards import Card
from quizapp.tui.screens.card import page, skill_page
from quizapp.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.study.skills import Skill
    from quizapp.tui.app import QuizApp


class Preview(VerticalScroll, can_focus=False):
    """A card with its answer, or what an exercise is about."""

    DEFAULT_CSS = """
    Preview { scrollbar-size-vertical: 1; }
    """

    app: QuizApp

    def compose(self) -> ComposeResult:
        """A page."""
        yield Prose()

    def show(self, shown: Card | Skill | None) -> None:
        """Show another one, from its beginning; nothing for None."""
        prose = self.query_one(Prose)
        if shown is None:
            prose.show()
        elif isinstance(shown, Card):
            prose.show(*page(self.app.workspace, shown))
        else:
            prose.show(*skill_page(self.app.workspace, shown))
        self.scroll_home(animate=False)
