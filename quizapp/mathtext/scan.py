"""Tokens of a formula, one at a time."""

from __future__ import annotations

import re

from quizapp.mathtext.errors import MathError

_TOKEN = re.compile(r"\s*(\\[A-Za-z]+|\\.|.)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NAME = re.compile(r"\{([A-Za-z]*\*?)\}")
_BLANKS = " \t\n\r"
MAX_LENGTH = 4000
"""No formula of a card comes near; it bounds the time that hostile text can take."""


class Scanner:
    """The current token of a formula and a way to the next.

    ``current`` is "" at the end, ``start`` the 0-based offset of the token, and ``joined`` says
    that no blank stands before it.
    """

    def __init__(self, latex: str) -> None:
        _refuse_unprintable(latex)
        self.latex = latex
        self.current = ""
        self.start = self.end = 0
        self.joined = False
        self.advance()

    def advance(self) -> None:
        """Move to the next token."""
        before = self.end
        match = _TOKEN.match(self.latex, before)
        if match is None:
            self.current, self.start, self.end = "", len(self.latex), len(self.latex)
            return
        self.current, self.start, self.end = match[1], match.start(1), match.end()
        self.joined = self.start == before

    @property
    def column(self) -> int:
        """The 1-based offset of the current token."""
        return self.start + 1

    def number(self) -> str:
        """The digits at the current token with their decimals, which are passed over."""
        match = _NUMBER.match(self.latex, self.start)
        digits = match[0] if match else ""
        self.end = self.start + len(digits)
        self.advance()
        return digits

    def braced_name(self) -> str | None:
        """The name in braces at the current token, which is passed over, or None."""
        match = _NAME.match(self.latex, self.start)
        if match is None:
            return None
        self.end = match.end()
        self.advance()
        return match[1]

    def braced_words(self) -> str | None:
        """The raw text in braces at the current token, which is passed over, or None.

        Braces nest, a backslash protects one character; None if the braces do not balance.
        """
        depth, position = 0, self.start
        while position < len(self.latex):
            character = self.latex[position]
            if character == "\\":
                position += 1
            elif character == "{":
                depth += 1
            elif character == "}":
                depth -= 1
                if depth == 0:
                    words = self.latex[self.start + 1 : position]
                    self.end = position + 1
                    self.advance()
                    return words
            position += 1
        return None


def _refuse_unprintable(latex: str) -> None:
    if len(latex) > MAX_LENGTH:
        message = f"The formula is longer than {MAX_LENGTH} characters; split it."
        raise MathError(message, MAX_LENGTH + 1)
    if latex.isprintable():
        return
    for offset, character in enumerate(latex):
        if not character.isprintable() and character not in _BLANKS:
            message = f"The character U+{ord(character):04X} cannot be shown; remove it."
            raise MathError(message, offset + 1)
