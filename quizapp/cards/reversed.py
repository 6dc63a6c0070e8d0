"""Two things that belong together, asked in both directions, each with its own schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cards.asks import Reveal
from quizapp.cards.card import CardFields
from quizapp.cards.registry import Flaw
from quizapp.cards.shape import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.cards.sides import AnswerBy

TYPE = "reversed"

EXAMPLE = """\
question: 'Which formula gives ... ?'
answer: '$a = b$'
reverse_question: 'What does $a = b$ give?'
reverse_answer: 'The name of the thing.'
"""
"""Its own fields, as an author starts with them."""

BACK = "~back"
"""What the id of the other direction ends in; no id in a pack can hold this character."""
_TURNED = "turned"


@exact
class Fields(CardFields):
    """What a reversed card writes: both questions in full, so that each stands on its own."""

    question: str
    answer: str
    reverse_question: str
    reverse_answer: str


def flaws(fields: Fields) -> Iterator[Flaw]:
    """Yield a second direction that only asks the first again."""
    if fields["question"].strip() == fields["reverse_question"].strip():
        yield Flaw(("reverse_question",), "the same as the question: ask from the answer's side")


def directions(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the end of the id and the fields of each of the two cards that this one makes."""
    yield "", dict(data)
    yield BACK, {**data, _TURNED: True}


def ask(fields: Fields, answer_by: AnswerBy) -> Reveal:  # noqa: ARG001 - both sides agree
    """Return the question of the card's direction in front and its answer behind."""
    if fields.get(_TURNED):
        return Reveal(front=fields["reverse_question"], back=fields["reverse_answer"])
    return Reveal(front=fields["question"], back=fields["answer"])
