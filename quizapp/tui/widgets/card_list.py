"""A list of cards in columns, as many as the width has room for; some of them marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.message import Message

from quizapp.mathtext import plain
from quizapp.tui.bindings import bound
from quizapp.tui.flags import flag_sign
from quizapp.tui.names import topic_name
from quizapp.tui.say import join, say
from quizapp.tui.widgets.choices import Choices, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.content import Content

    from quizapp.study.browsing import Listed, Order

QUIET = "$text-muted"
_LEAD = 5
"""A mark, a flag, and the blanks behind them."""
_FRAME = 3
"""The padding of a row and the scrollbar."""
_LEAST_QUESTION = 26
_ENOUGH_QUESTION = 38
"""So much is left for the question where further columns are shown."""


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    width: int
    told: Callable[[Listed], str]
    left: bool = False


def _days(days: float | None) -> str:
    return "" if days is None else f"{days:.1f} d" if days < 100 else f"{days:.0f} d"


_DUE = _Column("due", 9, lambda one: one.due)
_RECALL = _Column("recall", 6, lambda one: "" if one.recall is None else f"{one.recall:.0%}")
_TOPIC = _Column("topic", 18, lambda one: topic_name(one.topic), left=True)
_TAGS = _Column("tags", 18, lambda one: " ".join(one.tags), left=True)
_STABILITY = _Column("stability", 9, lambda one: _days(one.stability))
_DIFFICULTY = _Column(
    "difficulty", 10, lambda one: "" if one.difficulty is None else f"{one.difficulty:.1f}"
)
_LAPSES = _Column("lapses", 6, lambda one: str(one.lapses) if one.reps else "")
_RANKED = (_DUE, _RECALL, _TOPIC, _STABILITY, _TAGS)
"""The first ones are shown where there is little room."""
_SHOWN = (_TOPIC, _DUE, _RECALL, _STABILITY, _DIFFICULTY, _LAPSES, _TAGS)
"""In this order, from left to right."""
_SORTED: dict[Order, _Column] = {
    "due": _DUE,
    "recall": _RECALL,
    "difficulty": _DIFFICULTY,
    "lapses": _LAPSES,
}


class CardList(Choices):
    """Cards in columns; ``marked`` are those that actions are meant for."""

    BINDINGS: ClassVar[list[Any]] = bound(
        "cards",
        ("space,x", "mark", "Mark", "Mark the card, or take the mark away; go to the next"),
        ("a", "mark_all", "", "Mark all cards that are shown, or none"),
    )

    @dataclass
    class Marked(Message):
        """Other cards are marked now."""

    @dataclass
    class Resized(Message):
        """There is room for other columns."""

    def __init__(self) -> None:
        super().__init__(id="cards")
        self.marked: set[str] = set()
        self._cards: tuple[Listed, ...] = ()
        self._order: Order = "pack"
        self._columns: Sequence[_Column] = ()

    def show(self, cards: Iterable[Listed], order: Order) -> None:
        """Show other cards; those that are gone lose their marks."""
        self._cards, self._order = tuple(cards), order
        self.marked.intersection_update(card.id for card in self._cards)
        self._columns = _fitting(self.size.width - _FRAME, order)
        self.fill(Row(card.id, self._row(card)) for card in self._cards)

    def on_resize(self) -> None:
        """Another width, other columns."""
        self.show(self._cards, self._order)
        self.post_message(self.Resized())

    @property
    def meant(self) -> list[str]:
        """The cards that an action is for: the marked ones, else the one with the highlight."""
        if self.marked:
            return [card.id for card in self._cards if card.id in self.marked]
        return [self.current] if self.current is not None else []

    @property
    def heads(self) -> Content:
        """The names of the columns, the one that sorts marked."""
        room = self._room()
        parts = [say(" " * (_LEAD + 1) + _set("question", room, left=True), QUIET)]
        for column in self._columns:
            sorts = column is _SORTED.get(self._order)
            name = f"{column.name}▾"[-column.width :] if sorts else column.name
            told = "  " + _set(name, column.width, left=column.left)
            parts.append(say(told, "bold $text-accent" if sorts else QUIET))
        return join(*parts)

    def action_mark(self) -> None:
        """Mark the card or take the mark away, and go on."""
        current = self.current
        if current is None:
            return
        self.marked ^= {current}
        self._renew([current])
        self.action_cursor_down()

    def action_mark_all(self) -> None:
        """Mark all, or none where all are marked."""
        every = {card.id for card in self._cards}
        self.marked = set() if self.marked >= every else every
        self._renew(every)

    def unmark(self) -> None:
        """Take all marks away."""
        gone, self.marked = self.marked, set()
        self._renew(gone)

    def _renew(self, names: Iterable[str]) -> None:
        by_id = {card.id: card for card in self._cards}
        for name in names:
            if name in by_id:
                self.replace_option_prompt(name, self._row(by_id[name]))
        self.post_message(self.Marked())

    def _room(self) -> int:
        taken = sum(column.width + 2 for column in self._columns)
        return max(self.size.width - _FRAME - _LEAD - taken, 8)

    def _row(self, card: Listed) -> Content:
        mark = say("•", "bold $text-accent") if card.id in self.marked else " "
        question = _set(plain(card.question), self._room(), left=True)
        style = QUIET if card.suspended else ""
        parts = [mark, " ", flag_sign(card.flag), " ", say(question, style)]
        for column in self._columns:
            told = column.told(card)
            parts.append(say("  " + _set(told, column.width, left=column.left), QUIET))
        return join(*parts)


def _fitting(width: int, order: Order) -> tuple[_Column, ...]:
    """The columns for which there is room beside the question, that of the order first."""
    ranked = dict.fromkeys([*filter(None, [_SORTED.get(order)]), *_RANKED])
    room = width - _LEAD
    chosen: list[_Column] = []
    for column in ranked:
        room -= column.width + 2
        if room < (_ENOUGH_QUESTION if chosen else _LEAST_QUESTION):
            break
        chosen.append(column)
    return tuple(column for column in _SHOWN if column in chosen)


def _set(text: str, width: int, *, left: bool) -> str:
    """A text on exactly so many cells; one that is too long is cut."""
    content = say(" ".join(text.split())).truncate(width, ellipsis=True)
    blanks = " " * (width - content.cell_length)
    return content.plain + blanks if left else blanks + content.plain
