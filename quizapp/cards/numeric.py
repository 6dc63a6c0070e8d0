"""A question whose answer is a number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NotRequired, cast

from quizapp.cards.asks import Number
from quizapp.cards.card import CardFields
from quizapp.cards.registry import Flaw
from quizapp.cards.shape import exact
from quizapp.cards.sides import AnswerBy, NumberSides, Path, pick

TYPE = "numeric"

EXAMPLE = """\
question: 'What is 2 times 3?'
value: 6
tolerance: 0
"""
"""Its own fields, as an author starts with them."""

MOST_DECIMALS = 12


@exact
class Fields(CardFields):
    """What a numeric card writes: either decimals or a tolerance."""

    question: str
    value: float | NumberSides
    decimals: NotRequired[int]
    tolerance: NotRequired[float]
    unit: NotRequired[str]


def flaws(fields: Fields) -> Iterator[Flaw]:
    """Yield values that are not finite, and a tolerance that is missing, double or senseless."""
    for path, number in _values(fields):
        if not math.isfinite(number):
            yield Flaw(path, "the value must be a finite number")
    if ("decimals" in fields) == ("tolerance" in fields):
        yield Flaw(
            (),
            "say how exact the answer has to be: either `decimals: k` (right within 10^-k) "
            "or `tolerance: t` (right within t), and not both",
        )
    if not 0 <= fields.get("decimals", 0) <= MOST_DECIMALS:
        yield Flaw(("decimals",), f"decimals must be between 0 and {MOST_DECIMALS}")
    tolerance = fields.get("tolerance", 0.0)
    if not (math.isfinite(tolerance) and tolerance >= 0):
        yield Flaw(("tolerance",), "a tolerance is a finite number that is not negative")


def ask(fields: Fields, answer_by: AnswerBy) -> Number:
    """Return the question with the value of the chosen side; k decimals mean within 10^-k."""
    value, other = pick(fields["value"], answer_by)
    tolerance = fields["tolerance"] if "tolerance" in fields else 10.0 ** -fields["decimals"]
    return Number(
        front=fields["question"],
        value=value,
        tolerance=tolerance,
        unit=fields.get("unit", ""),
        other=other,
    )


def _values(fields: Fields) -> Iterator[tuple[Path, float]]:
    value = fields["value"]
    if not isinstance(value, Mapping):
        yield ("value",), value
        return
    for side, number in value.items():
        yield ("value", side), cast("float", number)
