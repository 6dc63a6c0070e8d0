"""What is known of a card: where it stands, what it covers, how it was answered so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from quizapp.cards import Card
from quizapp.core.errors import QuizError
from quizapp.study.card_history import card_history
from quizapp.tui.flags import flag_name
from quizapp.tui.names import topic_name
from quizapp.tui.say import Said, heading, say
from quizapp.tui.widgets.prose import Passage, Prose, ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from quizapp.study.card_history import CardHistory
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace
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
    CardInfoScreen #facts { height: auto; max-height: 1fr; margin-bottom: 1;
        scrollbar-size-vertical: 1; }
    CardInfoScreen #out { height: 1; dock: bottom; }
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

    def __init__(self, card: Card | Skill, *, answered: bool = True) -> None:
        super().__init__()
        self._known = card
        self._answered = answered
        self._name_in_log = card.id if isinstance(card, Card) else card.card

    def compose(self) -> ComposeResult:
        """The facts."""
        with Vertical(id="box"):
            yield Said(heading("This card"))
            with VerticalScroll(id="facts"):
                yield Prose(*self._parts())
            yield Said(say("Esc closes", "$text-muted"), id="out")

    def on_mount(self) -> None:
        """Arrow keys scroll."""
        self.query_one("#facts").focus()

    def _parts(self) -> Iterator[Passage]:
        workspace = self.app.workspace
        told: CardHistory | None = None
        try:
            told = card_history(workspace, self._name_in_log)
        except QuizError as error:
            yield _fact("history", f"cannot be read: {error}")
        if told is not None:
            yield from _standing(workspace, told)
        known = self._known
        yield from self._facts(known) if isinstance(known, Card) else self._skill(known)
        if told is not None:
            yield from _history(told)

    def _facts(self, card: Card) -> Iterator[Passage]:
        yield _fact("id", card.id, gap=True)
        yield _fact("type", f"{card.type}, {topic_name(card.topic)}")
        yield from self._items(card.items)
        if card.families:
            yield _fact("practise", ", ".join(card.families))
        if card.discrepancies and self._answered:
            yield _fact("differences", ", ".join(card.discrepancies))
        if card.tags:
            yield _fact("tags", ", ".join(card.tags))
        if card.at:
            yield _fact("file", str(card.at))

    def _skill(self, skill: Skill) -> Iterator[Passage]:
        yield _fact("id", skill.card, gap=True)
        yield _fact("type", f"exercise, {topic_name(skill.topic)}")
        yield _fact("practise", skill.title)
        yield from self._items(skill.items)

    def _items(self, names: Sequence[str]) -> Iterator[Passage]:
        for name in names:
            item = self.app.workspace.pack.items.get(name)
            yield _fact("item", f"{name} ({item.place})" if item else name)
            if item and self._answered:
                yield Passage(item.statement, "$text-muted", indent=_LEAD, gap=False)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()


def _standing(workspace: Workspace, told: CardHistory) -> Iterator[Passage]:
    """Where the card stands now."""
    state, today = told.state, workspace.today()
    memory = state.memory
    if memory is None:
        yield _fact("answers", "new, never answered")
        if state.wanted is not None:
            yield _fact("due", f"first among the new cards from {state.wanted} on")
    else:
        lapses = f", forgotten {memory.lapses}×" if memory.lapses else ""
        yield _fact("answers", f"answered {memory.reps}×{lapses}, last on {memory.last_day}")
        recall = workspace.scheduler.retrievability(memory, today)
        if memory.due_day is not None:
            due = f"{memory.due_day}; today you would know it with {recall:.0%}"
        else:
            due = "still being learned, today"
        yield _fact("due", due)
        strength = f"stability {memory.stability:.1f} days, difficulty {memory.difficulty:.1f}"
        yield _fact("memory", f"{strength} of 10")
    if state.suspended:
        yield _fact("suspended", "kept out until you take it back in")
    if state.buried_until is not None and state.buried_until > today:
        yield _fact("buried", f"until {state.buried_until}")
    if state.flag:
        yield _fact("flag", flag_name(state.flag))
    if state.tags:
        yield _fact("your tags", ", ".join(sorted(state.tags)))


def _history(told: CardHistory) -> Iterator[Passage]:
    """All that happened, the last thing first."""
    if not told.happened:
        yield ours("Nothing has happened to it yet.", "$text-muted")
        return
    heads = f"{'day':<10}  {'answer':<6} {'time':>6}  next  stability then"
    yield Passage("", lead=say(heads, "bold"), ours=True)
    for one in reversed(told.happened):
        style = "$text-muted" if one.undone else ""
        what = f"{one.what}, taken back" if one.undone else one.what
        row = f"{one.day}  {what}"
        if one.interval:
            took = "" if one.seconds is None else f"{one.seconds:.0f} s"
            row = f"{one.day}  {what:<6} {took:>6}  {one.interval:<6}{one.stability:.1f} d"
        yield Passage("", style, lead=say(row, style), gap=False, ours=True)


def _fact(name: str, told: str, *, gap: bool = False) -> Passage:
    passage = ours(told, gap=gap)
    return Passage(passage.text, lead=say(f"{name:<{_LEAD}}", "$text-muted"), gap=gap, ours=True)


SCREEN = CardInfoScreen
