"""A statement that is true or false."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cards.asks import ChooseOne, Option
from quizapp.cards.card import CardFields
from quizapp.cards.shape import exact
from quizapp.cards.sides import AnswerBy, TruthSides, pick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards.registry import Flaw

TYPE = "true-false"

EXAMPLE = """\
statement: 'Something that is either true or false.'
answer: true
"""
"""Its own fields, as an author starts with them."""

OPTIONS = (Option("True"), Option("False"))


@exact
class Fields(CardFields):
    """What a true-false card writes."""

    statement: str
    answer: bool | TruthSides


def flaws(_fields: Fields) -> Iterator[Flaw]:
    """Yield nothing: a statement is true or false."""
    yield from ()


def ask(fields: Fields, answer_by: AnswerBy) -> ChooseOne:
    """Return a choice between True and False, always in this order."""
    truth, other = pick(fields["answer"], answer_by)
    return ChooseOne(
        front=fields["statement"],
        options=OPTIONS,
        right=_index(truth),
        other=None if other is None else _index(other),
        fixed=True,
    )


def _index(truth: bool) -> int:  # noqa: FBT001 - a truth value is what this is about
    return 0 if truth else 1
