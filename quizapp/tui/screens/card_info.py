"""What is known of a card: where it stands, what it covers, how it was answered so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from quizapp.tui.names import topic_name
from quizapp.tui.say import Said, heading, say
from quizapp.tui.widgets.prose import Passage, Prose, ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from quizapp.cards import Card
    from quizapp.scheduling.memory import CardMemory
    from quizapp.tui.app import QuizApp

_LEAD = 12


class CardInfoScreen(ModalScreen[None]):
    """A card's ids, items and history; nothing that gives an unanswered card away."""

    DEFAULT_CSS = """
    CardInfoScreen { align: center middle; background: $background 60%; }
    CardInfoScreen #box {
        width: 74; max-width: 96%; height: auto; max-height: 96%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    CardInfoScreen #facts { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
    CardInfoScreen #out { height: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "escape,q,i,f2,enter,space",
            "leave",
            "Back",
            id="card-info.leave",
            tooltip="Back to the card",
        ),
    ]

    app: QuizApp

    def __init__(self, card: Card, memory: CardMemory | None, *, answered: bool = True) -> None:
        super().__init__()
        self._card = card
        self._memory = memory
        self._answered = answered

    def compose(self) -> ComposeResult:
        """The facts."""
        with Vertical(id="box"):
            yield Said(heading("This card"))
            with VerticalScroll(id="facts"):
                yield Prose(*self._history(), *self._facts())
            yield Said(say("Esc closes", "$text-muted"), id="out")

    def on_mount(self) -> None:
        """Arrow keys scroll."""
        self.query_one("#facts").focus()

    def _history(self) -> Iterator[Passage]:
        memory = self._memory
        if memory is None:
            yield _fact("history", "new, never answered")
            return
        lapses = f", forgotten {memory.lapses}×" if memory.lapses else ""
        yield _fact("history", f"answered {memory.reps}×{lapses}, last on {memory.last_day}")
        if memory.due_day is not None:
            workspace = self.app.workspace
            recall = workspace.scheduler.retrievability(memory, workspace.today())
            yield _fact("due", f"{memory.due_day}; today you would know it with {recall:.0%}")
        else:
            yield _fact("due", "still being learned, today")
        yield _fact(
            "memory",
            f"stability {memory.stability:.1f} days, difficulty {memory.difficulty:.1f} of 10",
        )

    def _facts(self) -> Iterator[Passage]:
        card, pack = self._card, self.app.workspace.pack
        yield _fact("id", card.id, gap=True)
        yield _fact("type", f"{card.type}, {topic_name(card.topic)}")
        for name in card.items:
            item = pack.items.get(name)
            yield _fact("item", f"{name} ({item.place})" if item else name)
            if item and self._answered:
                yield Passage(item.statement, "$text-muted", indent=_LEAD, gap=False)
        if card.families:
            yield _fact("practise", ", ".join(card.families))
        if card.discrepancies and self._answered:
            yield _fact("differences", ", ".join(card.discrepancies))
        if card.tags:
            yield _fact("tags", ", ".join(card.tags))
        if card.at:
            yield _fact("file", str(card.at))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()


def _fact(name: str, told: str, *, gap: bool = False) -> Passage:
    passage = ours(told, gap=gap)
    return Passage(passage.text, lead=say(f"{name:<{_LEAD}}", "$text-muted"), gap=gap, ours=True)


SCREEN = CardInfoScreen
