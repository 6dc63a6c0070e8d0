"""The bar below a card: what to press now, then how well it was known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message

from quizapp.scheduling.memory import Rating
from quizapp.tui.say import Said, join, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.content import Content


class _Button(Said):
    """One rating; a click gives it."""

    def __init__(self, rating: Rating) -> None:
        super().__init__(classes="rating")
        self._rating = rating

    def on_click(self) -> None:
        """Rate."""
        self.post_message(Ratings.Chosen(self._rating))


class _Prompt(Said):
    """What to do before the answer; a click does it."""

    def on_click(self) -> None:
        """As if the key had been pressed."""
        self.post_message(Ratings.Asked())


class Ratings(Horizontal):
    """Always in sight: first how to answer, after the answer the four ratings."""

    DEFAULT_CSS = """
    Ratings { height: 1; padding: 0 1; background: $panel; }
    Ratings .rating { width: auto; margin-right: 2; padding: 0 1 0 0; }
    Ratings .rating:hover { background: $primary 25%; }
    Ratings .rating.-suggested { background: $primary 45%; text-style: bold; }
    Ratings .rating.-suggested:light { background: $primary 20%; }
    Ratings _Prompt { width: 1fr; }
    """

    @dataclass
    class Chosen(Message):
        """A rating was clicked."""

        rating: Rating

    class Asked(Message):
        """The prompt was clicked."""

    def compose(self) -> ComposeResult:
        """The prompt and the ratings; one of the two shows."""
        yield _Prompt(id="prompt")
        for rating in Rating:
            yield _Button(rating)

    def ask(self, content: Content) -> None:
        """Say what to press before the answer."""
        prompt = self.query_one("#prompt", Said)
        prompt.display = True
        prompt.show(content)
        for button in self.query(_Button):
            button.display = False

    def offer(self, intervals: Mapping[Rating, str], suggested: Rating) -> None:
        """Show the ratings with their intervals, one of them preselected."""
        self.query_one("#prompt").display = False
        for button, rating in zip(self.query(_Button), Rating, strict=True):
            button.display = True
            button.set_class(rating is suggested, "-suggested")
            button.show(
                join(
                    "▸" if rating is suggested else " ",
                    say(str(int(rating)), "bold $text-accent"),
                    f" {rating.name.capitalize()} ",
                    say(intervals[rating], "$text-muted"),
                )
            )
