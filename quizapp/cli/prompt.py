"""Asking on plain lines."""

from __future__ import annotations

import sys

from quizapp.core.text import clean

LONGEST = 20_000


def ask(question: str) -> str | None:
    """What was typed, without surrounding blanks; None at the end of input.

    Where nobody types, as in a pipe, what was read is printed behind the question, so that the
    output reads like a session.
    """
    if sys.stdin is None:
        return None
    try:
        text = clean(input(question)[:LONGEST]).strip()
    except EOFError:
        print()
        return None
    if not sys.stdin.isatty():
        print(text)
    return text
