"""A question with options, of which one or several are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired

from typing_extensions import TypedDict

from quizapp.cards.asks import ChooseMany, ChooseOne, Option
from quizapp.cards.card import CardFields
from quizapp.cards.registry import Flaw
from quizapp.cards.shape import exact
from quizapp.cards.sides import SIDES, AnswerBy, TruthSides, pick

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPE = "choice"

EXAMPLE = """\
question: 'Which of these ... ?'
options:
  - text: 'The right one'
    right: true
  - text: 'A usual misconception'
    right: false
    why: 'What is wrong with it.'
  - text: 'Another misconception'
    right: false
    why: 'What is wrong with it.'
"""
"""Its own fields, as an author starts with them."""

FEWEST_OPTIONS, MOST_OPTIONS = 3, 6


@exact
class OptionFields(TypedDict):
    """An option as a card file writes it."""

    text: str
    right: bool | TruthSides
    why: NotRequired[str]


@exact
class Fields(CardFields):
    """What a choice card writes; ``select`` is ``one`` where it is left out."""

    question: str
    options: list[OptionFields]
    select: NotRequired[Literal["one", "many"]]


def flaws(fields: Fields) -> Iterator[Flaw]:
    """Yield a wrong number of options, and of right ones by either side."""
    count = len(fields["options"])
    if not FEWEST_OPTIONS <= count <= MOST_OPTIONS:
        yield Flaw(
            ("options",),
            f"a choice has {FEWEST_OPTIONS} to {MOST_OPTIONS} options, this one has {count}",
        )
    many = _many(fields)
    counts = {side: len(_right(fields, side)) for side in SIDES}
    for side, right in counts.items():
        by = "" if len(set(counts.values())) == 1 else f" by the {side}"
        if not many and right != 1:
            yield Flaw(
                ("options",),
                f"exactly one option must be right, but{by} {right or 'none'} of them "
                f"{'is' if right <= 1 else 'are'}; for several write `select: many`",
            )
        elif right == 0:
            yield Flaw(("options",), f"at least one option must be right, but{by} none of them is")
        if not by:
            return


def ask(fields: Fields, answer_by: AnswerBy) -> ChooseOne | ChooseMany:
    """Return the choice, with the options in the order of the file."""
    options = tuple(Option(option["text"], option.get("why", "")) for option in fields["options"])
    other_side: AnswerBy = "textbook" if answer_by == "slides" else "slides"
    right, other = _right(fields, answer_by), _right(fields, other_side)
    if _many(fields):
        front = f"{fields['question']}\n\nChoose all that apply."
        others = None if other == right else frozenset(other)
        return ChooseMany(front, options, right=frozenset(right), other=others)
    return ChooseOne(
        fields["question"], options, right=right[0], other=None if other == right else other[0]
    )


def _many(fields: Fields) -> bool:
    return fields.get("select", "one") == "many"


def _right(fields: Fields, side: AnswerBy) -> list[int]:
    """Return the indices of the options that are right by one side."""
    return [i for i, option in enumerate(fields["options"]) if pick(option["right"], side)[0]]
