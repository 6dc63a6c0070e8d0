"""Characters become tokens: numbers, names, raised exponents and marks, with their places."""

from __future__ import annotations

import math
import re
import unicodedata
from enum import Enum
from typing import NamedTuple

from quizapp.exercises.answers.characters import quoted
from quizapp.exercises.answers.outcome import UnreadableError


class Comma(Enum):
    """What a comma between two digits means."""

    SEPARATOR = "separator"
    DECIMAL = "decimal"
    GROUPING = "grouping"


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    NAME = "name"
    RAISED = "raised"
    MARK = "mark"
    END = "end"


class Token(NamedTuple):
    """A piece of the text; ``start`` and ``end`` count characters from 0."""

    kind: Kind
    text: str
    start: int
    end: int
    spaced: bool
    """Whether a blank stands before it."""
    value: float = 0.0
    """The value of a number or of a raised exponent."""

    @property
    def at(self) -> int:
        """The place of its first character as people count, from 1."""
        return self.start + 1


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
_PLAIN = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_NUMBER = {
    Comma.SEPARATOR: re.compile(_PLAIN + _EXPONENT),
    Comma.DECIMAL: re.compile(rf"(?:[0-9]+,[0-9]+|{_PLAIN}){_EXPONENT}"),
    Comma.GROUPING: re.compile(
        rf"(?:[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]*)?|{_PLAIN}){_EXPONENT}"
    ),
}
_POWER = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_VULGAR = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_MARKS = frozenset("+-*/^%√()[],;=?")
_DIGITS = frozenset("0123456789")

_REFUSED = {
    "'": "quotes and transposes are not read; write the rows themselves",
    "ᵀ": "a transpose is not read; write the rows themselves",
    "{": "write rows in square brackets, such as [[1, 2], [3, 4]]",
    "|": "write abs(…) for an absolute value",
    ":": "a range is not read; write every entry",
    "…": "entries are left out; write every entry",
    "±": "two values stand here; write one of them",
    "‰": "write the number itself, such as 0.005",
}


def tokenize(text: str, comma: Comma) -> list[Token]:
    """Return the tokens of a normalized text, an END token last.

    Raises UnreadableError where a character or a number cannot be read with this meaning of
    the comma. Each character is looked at a bounded number of times.
    """
    tokens: list[Token] = []
    here = 0
    spaced = False
    while here < len(text):
        if text[here] != "\n" and text[here].isspace():
            here += 1
            spaced = True
            continue
        token = _token(text, here, comma, spaced=spaced)
        tokens.append(token)
        here = token.end
        spaced = False
    tokens.append(Token(Kind.END, "", here, here, spaced))
    return tokens


def _token(text: str, here: int, comma: Comma, *, spaced: bool) -> Token:
    character = text[here]
    following = text[here + 1 : here + 2]
    if character in _DIGITS or (character == "." and following in _DIGITS and following):
        return _number(text, here, comma, spaced=spaced)
    if character in _VULGAR:
        value = unicodedata.numeric(character)
        return Token(Kind.NUMBER, character, here, here + 1, spaced, value)
    if character == "\n":
        return Token(Kind.MARK, character, here, here + 1, spaced)
    if character == "*" and following == "*":
        return Token(Kind.MARK, "^", here, here + 2, spaced)
    if character == ",":
        _check_separator(text, here, comma)
    if character in _MARKS:
        return Token(Kind.MARK, character, here, here + 1, spaced)
    if raised := _POWER.match(text, here):
        value = float(raised[0].translate(_RAISED))
        return Token(Kind.RAISED, raised[0], here, raised.end(), spaced, value)
    if character not in _REFUSED and (character.isalpha() or character in "_∞"):
        return _name(text, here, spaced=spaced)
    raise _unknown(character, here)


def _unknown(character: str, here: int) -> UnreadableError:
    if character == ".":
        return UnreadableError(
            f"The point at character {here + 1} has no digit beside it; write every entry in full,"
            " such as 0.5.",
            here + 1,
        )
    why = _REFUSED.get(character, "write numbers such as 0.5, 1/3, 2e-3 or sqrt(2)")
    return UnreadableError(
        f"{quoted(character)} at character {here + 1} cannot be read: {why}.", here + 1
    )


def _check_separator(text: str, here: int, comma: Comma) -> None:
    """Refuse a comma that separates as tightly as a decimal comma would.

    Who writes ``1,-2,3`` means three entries: a comma is a decimal mark only in texts
    whose separating commas can be told from it.
    """
    if comma is Comma.SEPARATOR:
        return
    before, after = _before(text, here), text[here + 1 : here + 2]
    if after and not after.isspace() and after not in "[(" and before not in "])":
        raise UnreadableError(
            f"The comma at character {here + 1} may separate or be a decimal mark; write a blank"
            " after a comma that separates.",
            here + 1,
        )


def _before(text: str, here: int) -> str:
    return text[here - 1] if here > 0 else ""


def _name(text: str, here: int, *, spaced: bool) -> Token:
    end = here + 1
    while end < len(text) and _continues_name(text, end):
        end += 1
    if text[here] == "∞":
        end = here + 1
    name = text[here:end].translate(_LOWERED)
    if name.isascii() and len(name) > 1:
        name = name.lower()
    return Token(Kind.NAME, name, here, end, spaced)


def _continues_name(text: str, here: int) -> bool:
    character = text[here]
    if character == ".":
        return text[here + 1 : here + 2].isalpha()
    if character in _DIGITS or character in "_₀₁₂₃₄₅₆₇₈₉":
        return True
    return character.isalpha() and character not in _REFUSED


def _number(text: str, here: int, comma: Comma, *, spaced: bool) -> Token:
    found = _NUMBER[comma].match(text, here)
    if found is None:  # a digit, or a point before a digit, always starts a number
        raise _unknown(text[here], here)
    number = found[0]
    _check_number(text, found.end(), number, here, comma)
    marks = number.replace(",", "." if comma is Comma.DECIMAL else "")
    value = float(marks)
    if math.isinf(value):
        raise UnreadableError(
            f"The number {quoted(number)} at character {here + 1} is too large; write one below"
            " 1e308, or inf.",
            here + 1,
        )
    return Token(Kind.NUMBER, number, here, found.end(), spaced, value)


def _check_number(text: str, end: int, number: str, here: int, comma: Comma) -> None:
    """Raise UnreadableError for a number that is none: 1_000, 007, 1.2.3, 1.234,5."""
    at = here + 1
    after, beyond = text[end : end + 1], text[end + 1 : end + 2]
    if after == "_":
        raise UnreadableError(
            f"The underscore at character {end + 1} does not belong into a number; write the digits"
            " in one piece, such as 1000.",
            end + 1,
        )
    if after == ".":
        raise UnreadableError(
            f"The number at character {at} has a second point; write one decimal point, such as"
            " 0.5, and no points between groups of digits.",
            at,
        )
    if comma is not Comma.SEPARATOR and after == "," and beyond in _DIGITS and beyond:
        marks = "both a point and a comma" if "." in number else "more than one comma"
        raise UnreadableError(
            f"The number at character {at} has {marks}; write it with one decimal point, such as"
            " 1234.5.",
            at,
        )
    if number[0] == "0" and number[1:2] in _DIGITS and number[1:]:
        raise UnreadableError(_leading_zeros(text, here, number), at)


def _leading_zeros(text: str, here: int, number: str) -> str:
    if len(number) == 3 and _before(text, here).isspace() and _before(text, here - 1) in _DIGITS:
        return (
            f"The blank before character {here + 1} looks like a group of digits; write the number"
            " in one piece, such as 1000."
        )
    plain = number.lstrip("0")
    plain = plain if plain[:1] in _DIGITS and plain else "0" + plain
    return (
        f"The number {quoted(number)} at character {here + 1} starts with a needless zero; write"
        f" {plain[:20]}."
    )
