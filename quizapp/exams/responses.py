"""What an answer of an exam says to a card's ask, and what part of its points it earns."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quizapp.cards.asks import ChooseMany, ChooseOne, Match, Number, Order, Words
from quizapp.exercises.answers import Ambiguous, Invalid, read

if TYPE_CHECKING:
    from quizapp.cards.asks import Ask, Response

Answer = Mapping[str, Any]
"""What was given to a question; empty when nothing was. A choice is ``{"chosen": [indices]}``, a
number or a word ``{"text": "0.5"}``, an order ``{"order": [indices]}``, a comparison
``{"match": [column of each row, null for none]}``, a computation ``{"lines": {step: text}}``, a
text or nested lists of texts."""

_KEYS = ("chosen", "text", "order", "match", "lines")


def has_answer(answer: Answer) -> bool:
    """Whether an answer says anything."""
    return any(_says_something(answer.get(key)) for key in _KEYS)


def _says_something(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_says_something, value.values()))
    if isinstance(value, list):
        return any(map(_says_something, value))
    return bool(value.strip()) if isinstance(value, str) else value is not None


def read_number(text: str) -> float | str | None:
    """The number in a text, the sentence why there is none, or None for a blank."""
    out = read(text, ())
    if isinstance(out, Invalid):
        return out.reason
    if isinstance(out, Ambiguous):
        return f"This can be read as {' or as '.join(out.texts)}; write it so that only one fits."
    return out.value if isinstance(out.value, float) else None


def response_to(ask: Ask, answer: Answer) -> tuple[Response, str]:
    """The answer as a response to the ask, and why it cannot be read; None where none is given."""
    match ask:
        case ChooseOne():
            chosen = answer.get("chosen") or [None]
            return chosen[0], ""
        case ChooseMany():
            return frozenset(answer.get("chosen") or ()), ""
        case Number():
            number = read_number(str(answer.get("text", "")))
            return (None, number) if isinstance(number, str) else (number, "")
        case Words():
            return str(answer.get("text", "")).strip() or None, ""
        case Order():
            return order_of(ask, answer), ""
        case Match():
            columns = columns_of(ask, answer)
            return (None if set(columns) == {None} else columns), ""
        case _:
            return None, ""


def order_of(ask: Order, answer: Answer) -> tuple[int, ...] | None:
    """The steps in the order given; None where there is none, or one of other steps."""
    given = answer.get("order")
    if not isinstance(given, list) or not all(isinstance(step, int) for step in given):
        return None
    return tuple(given) if sorted(given) == list(range(len(ask.steps))) else None


def columns_of(ask: Match, answer: Answer) -> tuple[int | None, ...]:
    """The column given for each row, None where there is none."""
    given = answer.get("match")
    if not isinstance(given, list) or len(given) != len(ask.rows):
        return (None,) * len(ask.rows)
    columns = range(len(ask.columns))
    return tuple(column if column in columns else None for column in given)


def share(ask: Ask, response: Response) -> float:
    """The part of its points, from 0 to 1, that a response earns though it is not right.

    What guessing would give is taken off, as far as there is nothing below 0; a choice of one, a
    number and a word earn all or nothing.
    """
    match ask, response:
        case ChooseMany(), frozenset():
            gained = len(response & ask.right) - len(response - ask.right)
            return max(0, gained) / len(ask.right)
        case Order(), tuple():
            follows = set(pairwise(ask.right))
            return sum(pair in follows for pair in pairwise(response)) / (len(ask.steps) - 1)
        case Match(), tuple():
            given = [pair for pair in zip(response, ask.right, strict=True) if pair[0] is not None]
            right = sum(column == wanted for column, wanted in given)
            guessed = (len(given) - right) / (len(ask.columns) - 1)
            return max(0.0, right - guessed) / len(ask.rows)
        case _:
            return 0.0
