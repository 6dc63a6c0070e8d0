"""What stands before and after a colon: ``is:due``, ``prop:lapses>3``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast, get_args

from quizapp.study.query.faults import QueryError, nearest, short
from quizapp.study.query.tree import (
    Field,
    Flagged,
    Introduced,
    Is,
    Measured,
    Named,
    Not,
    Quantity,
    Query,
    Rated,
    Sign,
    Standing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizapp.study.query.tokens import Token

FIELDS: tuple[Field, ...] = get_args(Field)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)
SIGNS: tuple[Sign, ...] = get_args(Sign)
"""The longer ones first."""
FLAGS = ("none", "red", "orange", "green", "blue", "pink", "turquoise", "purple")
"""The names of the flags by their number."""
MOST_DAYS = 36_500
_DIGITS = 9
_DECIMALS = 6
_ANKI = {"s": "stability", "d": "difficulty", "r": "recall", "ivl": "interval"}
"""How Anki calls them."""


def read_term(token: Token) -> Query:
    """The query that a term stands for. Raises QueryError."""
    reader = _READERS.get(token.key)
    if reader is None:
        _blame_key(token)
    if not token.text.strip():
        told = f"after {token.key}: something is missing; {hint(token.key)}."
        raise QueryError(told, token.start, token.end)
    return reader(token)


def hint(key: str) -> str:
    """What fits behind a key, in a few words."""
    return _HINTS.get(key) or f"give a {key} or its beginning, as in {key}:{_EXAMPLES[key]}"


def _name(token: Token) -> Query:
    name = " ".join(token.text.split()).casefold()
    field = cast("Field", token.key)
    if (field, name) in {("disc", "yes"), ("disc", "no"), ("tag", "none")}:
        some = Named(field, "*")
        return some if name == "yes" else Not(some)
    return Named(field, name)


def _is(token: Token) -> Query:
    return Is(cast("Standing", _one_of(token, token.text, STANDINGS)))


def _flag(token: Token) -> Query:
    value = token.text.casefold()
    if value == "any":
        return Flagged(None)
    if value in FLAGS:
        return Flagged(FLAGS.index(value))
    if len(value) == 1 and value in "01234567":
        return Flagged(int(value))
    raise QueryError(f"there is no flag {short(value)}; {hint('flag')}.", token.start, token.end)


def _rated(token: Token) -> Query:
    days, colon, rating = token.text.partition(":")
    if not colon:
        return Rated(_days(token, days))
    if len(rating) == 1 and rating in "1234":
        return Rated(_days(token, days), int(rating))
    raise QueryError(
        f"there is no rating {short(rating)}; write 1 for Again, 2 Hard, 3 Good, 4 Easy, "
        "as in rated:7:1.",
        token.start,
        token.end,
    )


def _failed(token: Token) -> Query:
    return Rated(_days(token, token.text), 1)


def _introduced(token: Token) -> Query:
    return Introduced(_days(token, token.text))


def _prop(token: Token) -> Query:
    text = "".join(token.text.split()).lower()
    end = min((text.find(sign) for sign in "<>=!" if sign in text), default=len(text))
    quantity = _ANKI.get(text[:end], text[:end])
    quantity = _one_of(token, quantity, QUANTITIES)
    sign = next((sign for sign in SIGNS if text.startswith(sign, end)), None)
    if sign is None:
        raise QueryError(
            f"prop:{quantity} needs a sign and a number, as in prop:{quantity}"
            f"{_PROPERTIES[quantity]}.",
            token.start,
            token.end,
        )
    value = _number(token, cast("Quantity", quantity), text[end + len(sign) :])
    if quantity == "recall" and not 0 <= value <= 1:
        raise QueryError(
            "a recall lies between 0 and 1; write prop:recall<0.8, or prop:recall<80%.",
            token.start,
            token.end,
        )
    return Measured(cast("Quantity", quantity), sign, value)


def _one_of(token: Token, value: str, known: Iterable[str]) -> str:
    value = value.lower()
    if value in known:
        return value
    meant = nearest(value, known)
    way = f"did you mean {token.key}:{meant}?" if meant else f"there are {', '.join(known)}."
    raise QueryError(f"there is no {token.key}:{short(value)}; {way}", token.start, token.end)


def _days(token: Token, text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= _DIGITS and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise QueryError(
        f"'{short(text)}' is no number of days; write 1 for today, 7 for a week, "
        f"as in {token.key}:7.",
        token.start,
        token.end,
    )


def _number(token: Token, quantity: Quantity, text: str) -> float:
    """A number with at most six decimals, so that it is written as it was read."""
    digits = text.removesuffix("%") if quantity == "recall" else text
    whole, _, rest = digits.removeprefix("-").replace(",", ".").partition(".")
    plain = (whole + rest).isascii() and (whole + rest).isdecimal()
    if not plain or len(whole) > _DIGITS or len(rest) > _DECIMALS:
        told = f"'{short(text)}' is no number" if text else "a number is missing"
        example = f"prop:{quantity}{_PROPERTIES[quantity]}"
        raise QueryError(f"{told}; write one as in {example}.", token.start, token.end)
    value = float(f"{whole or '0'}.{rest or '0'}")
    value = round(value / 100, _DECIMALS) if digits != text else value
    return -value if digits.startswith("-") and value else value


def _blame_key(token: Token) -> NoReturn:
    meant = nearest(token.key, KEYS)
    way = f"did you mean {meant}:?" if meant else f"there are {', '.join(KEYS)}."
    quotes = " (put it in quotes to look for it as text)" if token.text else ""
    raise QueryError(f"there is no {short(token.key)}:{quotes}; {way}", token.start, token.end)


_EXAMPLES = {
    "topic": "hopfield",
    "course": "hub",
    "type": "choice",
    "item": "hub-12",
    "id": "hopfield-energy",
    "family": "attention",
}
_PROPERTIES = {
    "stability": ">20",
    "difficulty": ">=7",
    "recall": "<0.8",
    "due": "<=3",
    "interval": ">30",
    "lapses": ">3",
    "reps": "=1",
}
_READERS: dict[str, Callable[[Any], Query]] = {
    **dict.fromkeys(FIELDS, _name),
    "is": _is,
    "flag": _flag,
    "rated": _rated,
    "introduced": _introduced,
    "failed": _failed,
    "prop": _prop,
}
KEYS = tuple(_READERS)
_DAYS = "give a number of days, 1 for today, as in {}:7"
_HINTS = {
    "is": f"there are {', '.join(STANDINGS)}",
    "flag": "give a number from 0 to 7, a colour, or any",
    "rated": "give a number of days and perhaps a rating, as in rated:7 or rated:7:1",
    "introduced": _DAYS.format("introduced"),
    "failed": _DAYS.format("failed"),
    "prop": f"there are {', '.join(QUANTITIES)}, as in prop:lapses>3",
    "tag": "give a tag, its beginning and *, or none",
    "source": "give some words of the source, as in source:L38",
    "disc": "give yes, no or the id of a discrepancy",
}
