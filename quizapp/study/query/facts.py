"""What the log knows of the cards, as far as a query may ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.scheduling.leeches import is_leech
from quizapp.store.replay import CardState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from quizapp.scheduling.memory import CardMemory
    from quizapp.study.query.tree import Quantity, Standing

EMPTY = CardState()
"""The state of a card of which the log says nothing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds at one moment; the callables are asked only by queries that need them."""

    today: date
    states: Mapping[str, CardState]
    recall: Callable[[CardMemory], float]
    """The recall predicted for today, from 0 to 1."""
    answers: Callable[[date], Iterable[tuple[str, int]]]
    """Card and rating of the answers on a study day and since."""
    queue: Callable[[], Collection[str]]
    """The cards that are left for today."""
    dropped: Callable[[], Collection[str]] = tuple
    """The cards that the plan for the exam leaves out while they are new."""

    def state(self, card: str) -> CardState:
        """The state of a card."""
        return self.states.get(card, EMPTY)

    def first_of(self, days: int) -> date:
        """The first of the last days, today being one of them."""
        return self.today - timedelta(days=days - 1)


def standing_test(standing: Standing, today: date) -> Callable[[CardState], bool]:
    """What says of a state whether a card stands so.

    What is left for today or out of the plan, and what is a skill, is not in a card's state.
    """
    tests: dict[Standing, Callable[[CardState], bool]] = {
        "due": lambda state: _is_due(state, today),
        "new": lambda state: state.memory is None,
        "learning": lambda state: state.memory is not None and state.memory.phase != "review",
        "review": lambda state: state.memory is not None and state.memory.phase == "review",
        "suspended": lambda state: state.suspended,
        "buried": lambda state: _is_buried(state, today),
        "leech": lambda state: is_leech(state.memory),
    }
    return tests[standing]


def measure(quantity: Quantity, state: CardState, facts: Facts) -> float | None:
    """What is known of a card as a number; None where nothing is.

    A card that was never answered has neither memory nor interval; it falls due only where a
    day was set.
    """
    memory = state.memory
    if memory is None:
        wanted = state.wanted
        match quantity:
            case "due" if wanted is not None:
                return float((wanted - facts.today).days)
            case "lapses" | "reps":
                return 0.0
            case _:
                return None
    match quantity:
        case "stability":
            return memory.stability
        case "difficulty":
            return memory.difficulty
        case "recall":
            return facts.recall(memory)
        case "due":
            return float((memory.due_day - facts.today).days) if memory.due_day else 0.0
        case "interval":
            return float((memory.due_day - memory.last_day).days) if memory.due_day else 0.0
        case "lapses":
            return float(memory.lapses)
        case "reps":
            return float(memory.reps)


def _is_due(state: CardState, today: date) -> bool:
    memory = state.memory
    if memory is None or state.suspended or _is_buried(state, today):
        return False
    # In learning a card is due on the day, at whatever minute.
    return memory.due_day is None or memory.due_day <= today


def _is_buried(state: CardState, today: date) -> bool:
    return state.buried_until is not None and state.buried_until > today
