"""All cards of the packs in use, narrowed by course, topic, type and a query, in an order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from quizapp.cards import ask
from quizapp.study.finder import Finder
from quizapp.study.query.entries import EXERCISE
from quizapp.study.query.facts import measure
from quizapp.study.query.tree import Everything

if TYPE_CHECKING:
    from datetime import date

    from quizapp.cards import Card
    from quizapp.store.replay import CardState
    from quizapp.study.query import Query
    from quizapp.study.query.tree import Field, Quantity
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace

Order = Literal["pack", "due", "recall", "difficulty", "lapses"]
ORDERS: tuple[Order, ...] = ("pack", "due", "recall", "difficulty", "lapses")
_FALLING = {"difficulty", "lapses"}
_LAST = 1e9


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which cards to show; "" narrows nothing."""

    course: str = ""
    topic: str = ""
    kind: str = ""
    """A card type, or ``exercise``."""
    query: Query = Everything()  # noqa: RUF009 - it never changes

    def narrowed(self, by: str, value: str) -> Chosen:
        """The same with another course, topic or type (``kind``)."""
        return replace(self, **{by: value})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Listed:
    """A card, or an exercise on the schedule, as a list shows it."""

    id: str
    kind: str
    topic: str
    question: str
    """With formulas between dollars."""
    due: str
    """When it comes, in a word or two of at most nine characters."""
    stability: float | None
    """None for what was never answered."""
    recall: float | None
    """Predicted for today, 0 to 1."""
    difficulty: float | None
    lapses: int
    reps: int
    flag: int
    suspended: bool
    tags: tuple[str, ...]
    """Those of the content, then those that the student gave."""


class Browser:
    """The cards as they are now, in the notation of the chosen course. It may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.finder = Finder(workspace)
        self._fronts: dict[str, str] = {}

    def find(self, chosen: Chosen, order: Order = "pack") -> list[str]:
        """Return the ids of the cards that fit; those without a value of the order come last."""
        found = self.finder.find(chosen.query)
        for field, name in (("course", chosen.course), ("topic", chosen.topic)):
            found = self._only(found, cast("Field", field), name)
        found = self._only(found, "type", chosen.kind)
        if order == "pack":
            return found
        sign = -1 if order in _FALLING else 1
        worth = {name: self._measure(order, name) for name in found}
        return sorted(found, key=lambda name: _LAST if (w := worth[name]) is None else sign * w)

    def counts(self, chosen: Chosen, by: str) -> dict[str, int]:
        """Return how many cards each course, topic or type (``kind``) would show."""
        field = cast("Field", "type" if by == "kind" else by)
        found = self.find(chosen.narrowed(by, ""))
        counted = Counter(name for one in found for name in self.finder.index.names_of(one, field))
        if by == "course":
            keys = {key: key.casefold() for key in self._workspace.pack.courses}
            return {key: counted[small] for key, small in keys.items() if counted[small]}
        return dict(sorted(counted.items()))

    def card(self, name: str) -> Card | None:
        """The card of an id; None for an exercise."""
        return self.finder.cards.get(name)

    def skill(self, name: str) -> Skill | None:
        """The exercise of an id; None for a card."""
        return self.finder.skills.get(name)

    def listed(self, name: str) -> Listed:
        """What a list shows of a card. Raises KeyError for an id that there is not."""
        facts = self.finder.facts
        state = facts.state(name)
        memory = state.memory
        card = self.card(name)
        own = sorted(state.tags.difference(card.tags if card else ()))
        return Listed(
            id=name,
            kind=card.type if card else EXERCISE,
            topic=card.topic if card else self.finder.skills[name].topic,
            question=self._front(name),
            due=due_told(state, facts.today),
            stability=memory.stability if memory else None,
            recall=facts.recall(memory) if memory else None,
            difficulty=memory.difficulty if memory else None,
            lapses=memory.lapses if memory else 0,
            reps=memory.reps if memory else 0,
            flag=state.flag,
            suspended=state.suspended,
            tags=(*(card.tags if card else ()), *own),
        )

    def _only(self, found: list[str], field: Field, name: str) -> list[str]:
        if not name:
            return found
        index, name = self.finder.index, name.casefold()
        return [one for one in found if name in index.names_of(one, field)]

    def _measure(self, quantity: Quantity, name: str) -> float | None:
        facts = self.finder.facts
        return measure(quantity, facts.state(name), facts)

    def _front(self, name: str) -> str:
        if name not in self._fronts:
            card = self.card(name)
            answer_by = self._workspace.settings.answer_by
            front = ask(card, answer_by).front if card else self.finder.skills[name].title
            self._fronts[name] = front
        return self._fronts[name]


def due_told(state: CardState, today: date) -> str:
    """When a card comes, in at most nine characters."""
    memory = state.memory
    if state.suspended:
        return "suspended"
    if state.buried_until is not None and state.buried_until > today:
        return "buried"
    day = state.wanted if memory is None else memory.due_day
    if day is None:
        return "new" if memory is None else "learning"
    days = (day - today).days
    if memory is None:
        return "new today" if days <= 0 else f"new {days}d"
    if days < 0:
        return f"{-days} d late"
    return {0: "today", 1: "tomorrow"}.get(days) or f"in {days} d"
