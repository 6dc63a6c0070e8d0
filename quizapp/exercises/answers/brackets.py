"""Which bracket closes which, and which line ends count, before anything recurses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.exercises.answers.outcome import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.exercises.answers.tokens import Token

MAX_DEPTH = 32
"""More brackets inside each other than this are refused, so that recursion is bounded."""

_CLOSES = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Bracketed:
    """Tokens whose brackets match."""

    tokens: list[Token]
    closing: dict[int, int] = field(default_factory=dict)
    """The place of the closing bracket of each opening one, as places in ``tokens``."""
    listing: set[int] = field(default_factory=set)
    """The opening brackets that hold a separator directly, not in an inner bracket."""


def match(tokens: Iterable[Token], *, rows: bool) -> Bracketed:
    """Return the tokens with their brackets matched, line ends that only wrap left out.

    A line end wraps inside two square brackets, as NumPy breaks long rows, and inside
    one where no rows are asked for (``rows`` is false). Raises UnreadableError for a bracket
    that does not match and for more than MAX_DEPTH of them inside each other.
    """
    result = Bracketed([])
    opened: list[int] = []
    square = 0
    wrapped = False
    for token in tokens:
        if token.text == "\n" and (square >= 2 or (opened and not rows)):
            wrapped = True
            continue
        place = len(result.tokens)
        result.tokens.append(token._replace(spaced=True) if wrapped else token)
        wrapped = False
        if token.text in {"(", "["}:
            opened.append(place)
            square += token.text == "["
            if len(opened) > MAX_DEPTH:
                raise UnreadableError(
                    f"Brackets nest too deeply at character {token.at}; at most {MAX_DEPTH} may"
                    " stand inside each other.",
                    token.at,
                )
        elif token.text in _CLOSES:
            result.closing[_opening(result.tokens, opened, token)] = place
            square -= token.text == "]"
        elif token.text in {",", ";", "\n"} and opened:
            result.listing.add(opened[-1])
    if opened:
        first = result.tokens[opened[-1]]
        raise UnreadableError(
            f"The bracket at character {first.at} is not closed; close it with"
            f" {')' if first.text == '(' else ']'}.",
            first.at,
        )
    return result


def _opening(tokens: list[Token], opened: list[int], token: Token) -> int:
    if not opened:
        raise UnreadableError(
            f"The bracket at character {token.at} closes nothing; remove it or open one before.",
            token.at,
        )
    place = opened.pop()
    if tokens[place].text != _CLOSES[token.text]:
        raise UnreadableError(
            f"The bracket at character {token.at} closes another kind of bracket, opened at"
            f" character {tokens[place].at}; use the same kind.",
            token.at,
        )
    return place
