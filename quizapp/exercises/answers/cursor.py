"""A place among tokens, and what a name at it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.answers.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

BLANKS = frozenset({"?", "null", "none"})
"""What stands for a blank cell, beside underscores."""

_PACKAGES = ("np.", "numpy.", "math.", "torch.")


class Cursor:
    """A place in a list of tokens whose last one is END."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.place = 0

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.place]

    @property
    def next(self) -> Token:
        """The token after it."""
        return self.tokens[min(self.place + 1, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Return the token and move on."""
        token = self.token
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token


def bare_name(token: Token) -> str:
    """Return a name without the package in front of it: ``sqrt`` for ``np.sqrt``."""
    for package in _PACKAGES:
        if token.text.startswith(package):
            return token.text[len(package) :]
    return token.text


def is_blank(token: Token) -> bool:
    """Return whether the token stands for a blank cell."""
    if token.kind is Kind.NAME:
        return token.text in BLANKS or not token.text.strip("_")
    return token.text in BLANKS
