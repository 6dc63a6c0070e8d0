"""A question and its answer, to be recalled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cards.asks import Reveal
from quizapp.cards.card import CardFields
from quizapp.cards.shape import exact
from quizapp.cards.sides import AnswerBy, TextSides, pick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards.registry import Flaw

TYPE = "basic"

EXAMPLE = """\
question: 'What does ... ?'
answer: 'In a few words.'
"""
"""Its own fields, as an author starts with them."""


@exact
class Fields(CardFields):
    """What a basic card writes."""

    question: str
    answer: str | TextSides


def flaws(_fields: Fields) -> Iterator[Flaw]:
    """Yield nothing: any question goes with any answer."""
    yield from ()


def ask(fields: Fields, answer_by: AnswerBy) -> Reveal:
    """Return the question in front and the answer of the chosen side behind."""
    back, other = pick(fields["answer"], answer_by)
    return Reveal(front=fields["question"], back=back, other=other or "")
