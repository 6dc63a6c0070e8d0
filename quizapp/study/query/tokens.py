"""A query as words, phrases, terms and signs, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 1000
"""Characters of a query."""

Kind = Literal["word", "phrase", "term", "minus", "open", "close", "or", "and"]
_SIGNS: dict[str, Kind] = {"(": "open", ")": "close"}
_JOINING: dict[str, Kind] = {"or": "or", "and": "and"}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a query; ``start`` and ``end`` are its characters, from 0."""

    kind: Kind
    text: str
    """The word, what stands between the quotes, or the value of a term."""
    start: int
    end: int
    key: str = ""
    """What stands before the colon of a term, in small letters."""
    whole: bool = True
    """False for a quote that is never closed."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the pieces of a query, in time linear in its length.

    Parentheses within a word belong to it where they close before it ends, as in ``E(y)``. Two
    double quotes within a phrase are one of the text.
    """
    closing = _closing(text)
    at = 0
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
            continue
        if sign in _SIGNS:
            token = Token(_SIGNS[sign], sign, at, at + 1)
        elif sign == "-":
            token = Token("minus", sign, at, at + 1)
        elif sign == '"':
            token = _phrase(text, at)
        else:
            token = _word(text, at, closing)
        yield token
        at = token.end


def _closing(text: str) -> dict[int, int]:
    """Where the parentheses close that do so with neither blank nor quote between."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for at, sign in enumerate(text):
        if sign.isspace() or sign == '"':
            waiting.clear()
        elif sign == "(":
            waiting.append(at)
        elif sign == ")" and waiting:
            found[waiting.pop()] = at
    return found


def _word(text: str, start: int, closing: dict[int, int]) -> Token:
    at = start
    while at < len(text):
        sign = text[at]
        if sign == "(" and at in closing:
            at = closing[at]
        elif sign.isspace() or sign in '"()':
            break
        at += 1
    word = text[start:at]
    key, colon, value = word.partition(":")
    if not (colon and key.isascii() and key.isalpha()):
        return Token(_JOINING.get(word.lower(), "word"), word, start, at)
    if not value and text[at : at + 1] == '"':
        phrase = _phrase(text, at)
        return Token("term", phrase.text, start, phrase.end, key.lower(), whole=phrase.whole)
    return Token("term", value, start, at, key.lower())


def _phrase(text: str, start: int) -> Token:
    parts: list[str] = []
    at = start + 1
    while True:
        quote = text.find('"', at)
        if quote < 0:
            parts.append(text[at:])
            return Token("phrase", "".join(parts), start, len(text), whole=False)
        parts.append(text[at:quote])
        if text[quote + 1 : quote + 2] != '"':
            return Token("phrase", "".join(parts), start, quote + 1)
        parts.append('"')
        at = quote + 2
