"""Asking on plain lines."""

from __future__ import annotations

LONGEST = 20_000


def ask(question: str) -> str | None:
    """What was typed, without surrounding blanks; None at the end of input."""
    try:
        return input(question)[:LONGEST].strip()
    except EOFError:
        print()
        return None
