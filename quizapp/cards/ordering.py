"""Steps to be put in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cards.asks import Order
from quizapp.cards.card import CardFields
from quizapp.cards.registry import Flaw
from quizapp.cards.shape import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards.sides import AnswerBy

TYPE = "ordering"

EXAMPLE = """\
question: 'Put the steps of ... in order.'
steps:
  - 'What is done first'
  - 'What needs the first'
  - 'What needs the second'
"""
"""Its own fields, as an author starts with them."""

FEWEST_STEPS, MOST_STEPS = 3, 8


@exact
class Fields(CardFields):
    """What an ordering card writes: the steps in the right order."""

    question: str
    steps: list[str]


def flaws(fields: Fields) -> Iterator[Flaw]:
    """Yield too few or too many steps, and steps that cannot be told apart."""
    steps = fields["steps"]
    if not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
        message = f"an ordering has {FEWEST_STEPS} to {MOST_STEPS} steps, this one has {len(steps)}"
        yield Flaw(("steps",), message)
    seen: dict[str, int] = {}
    for index, step in enumerate(steps):
        first = seen.setdefault(" ".join(step.split()).casefold(), index)
        if first != index:
            yield Flaw(("steps", index), f"the same as step {first + 1}: say what differs")


def ask(fields: Fields, answer_by: AnswerBy) -> Order:  # noqa: ARG001 - both sides agree
    """Return the steps in the right order; ``shuffled`` mixes them."""
    steps = tuple(fields["steps"])
    return Order(fields["question"], steps, right=tuple(range(len(steps))))
