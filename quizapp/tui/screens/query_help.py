"""How to ask for cards: examples, each of which can be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.study.query.guide import GUIDE, Example
from quizapp.tui.say import Said, heading, join, say
from quizapp.tui.widgets.choices import Choices, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

_PREFIX = "example-"
_WIDE = 100


class QueryHelpScreen(ModalScreen["str | None"]):
    """Gives the example that is taken, None if one leaves."""

    DEFAULT_CSS = """
    QueryHelpScreen { align: center middle; background: $background 60%; }
    QueryHelpScreen #box {
        width: 104; max-width: 96%; height: auto; max-height: 96%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    QueryHelpScreen Choices { height: auto; max-height: 1fr; text-wrap: nowrap;
        text-overflow: ellipsis; }
    QueryHelpScreen #finds { height: 2; dock: bottom; }
    QueryHelpScreen.-wide #finds { display: none; }
    QueryHelpScreen Choices { margin-bottom: 2; }
    QueryHelpScreen.-wide Choices { margin-bottom: 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,q,f2", "leave", "Back", id="query-help.leave", tooltip="Back to the cards"),
    ]

    def compose(self) -> ComposeResult:
        """The examples by what they ask for."""
        with Vertical(id="box"):
            out = say("   Enter takes one, Esc closes", "$text-muted")
            yield Said(join(heading("How to ask for cards"), out))
            yield Choices()
            yield Said(id="finds")

    def on_mount(self) -> None:
        """Start at the first example."""
        choices = self.query_one(Choices)
        choices.fill(self._rows())
        choices.focus()

    def _rows(self) -> Iterator[Row]:
        wide = self.size.width >= _WIDE
        longest = max(len(example.query) for _, group in GUIDE[:-1] for example in group)
        for number, (title, group) in enumerate(GUIDE):
            yield Row(f"title-{number}", heading(title), disabled=True)
            for place, example in enumerate(group):
                query = f"{example.query:<{longest + (8 if wide else 0)}}"
                told = join(say(query, "bold"), say(f"  {example.finds}", "$text-muted"))
                yield Row(f"{_PREFIX}{number}-{place}", told)

    @on(Choices.Moved)
    def _moved(self, event: Choices.Moved) -> None:
        event.stop()
        example = _example(event.id)
        if example is not None:
            self.query_one("#finds", Said).show(say(example.finds, "$text-muted"))

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        example = _example(event.id)
        self.dismiss(None if example is None else example.query)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def _example(row: str | None) -> Example | None:
    if row is None or not row.startswith(_PREFIX):
        return None
    group, place = map(int, row.removeprefix(_PREFIX).split("-"))
    return GUIDE[group][1][place]


SCREEN = QueryHelpScreen
