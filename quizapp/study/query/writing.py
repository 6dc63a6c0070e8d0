"""A query as one would type it; read again, it is the same query."""

from __future__ import annotations

from quizapp.study.query.tokens import tokens
from quizapp.study.query.tree import (
    And,
    Everything,
    Flagged,
    Introduced,
    Is,
    Measured,
    Named,
    Not,
    Or,
    Query,
    Rated,
    Text,
)


def write(query: Query) -> str:
    """The query as text; "" for everything."""
    match query:
        case And(parts):
            return " ".join(_within(part) for part in parts)
        case Or(choices):
            return " or ".join(write(choice) for choice in choices)
        case _:
            return _within(query)


def _within(query: Query) -> str:
    """A query as a part of another."""
    match query:
        case Everything():
            return ""
        case Text(text):
            return _text(text)
        case Named(field, name):
            return _named(field, name)
        case Is(standing):
            return f"is:{standing}"
        case Flagged(flag):
            return f"flag:{'any' if flag is None else flag}"
        case Rated(days, None):
            return f"rated:{days}"
        case Rated(days, rating):
            return f"rated:{days}:{rating}"
        case Introduced(days):
            return f"introduced:{days}"
        case Measured(quantity, sign, value):
            return f"prop:{quantity}{sign}{_number(value)}"
        case Not(inner):
            return f"-{_within(inner)}"
        case And() | Or():
            return f"({write(query)})"


def _text(text: str) -> str:
    found = list(tokens(text))
    plain = len(found) == 1 and found[0].kind == "word" and found[0].text == text
    return text if plain else _quoted(text)


def _named(field: str, name: str) -> str:
    plain = f"{field}:{name}"
    found = list(tokens(plain))
    alone = len(found) == 1 and found[0].end == len(plain) and found[0].text == name
    return plain if alone else f"{field}:{_quoted(name)}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
