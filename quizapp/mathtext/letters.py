r"""Accents and alphabets: what \\hat and \\mathbb do to what they are given."""

from __future__ import annotations

from quizapp.mathtext import symbols
from quizapp.mathtext.ast import Accent, Letter, Line, Node, Number, Row, Scripts, Styled, items_of
from quizapp.mathtext.errors import MathError


def accented(name: str, body: Node, column: int) -> Node:
    r"""The body with an accent over its letter; \\bar over several letters is a line.

    The accent of a letter with scripts goes to the letter: \\hat{y_i} reads as \\hat{y}_i does.
    """
    mark = symbols.ACCENTS[name]
    match body:
        case Letter() | Accent() | Styled(body=Letter() | Accent() | Number()):
            return Accent(mark, body)
        case Number(text) if len(text) == 1:
            return Accent(mark, body)
        case Scripts(base, sub, sup, primes):
            return Scripts(accented(name, base, column), sub, sup, primes)
        case Row(items) if name == "bar" and items:
            return Line(body, over=True)
        case _:
            message = f"\\{name} goes over one letter; write \\{name}{{x}}."
            raise MathError(message, column)


def styled(name: str, body: Node, column: int) -> Node:
    """The body in another alphabet, item by item; raises MathError for a letter it lacks."""
    style = symbols.STYLES.get(name, "roman")
    alphabet = symbols.ALPHABETS.get(style)
    items = tuple(Styled(style, item) for item in items_of(body))
    for item in items:
        if alphabet is None:
            continue
        if not isinstance(item.body, Letter | Number) or item.body.text not in alphabet:
            message = f"\\{name} knows capital letters only; write \\{name}{{R}}."
            raise MathError(message, column)
    if not items:
        raise MathError(f"\\{name} is empty; write \\{name}{{x}}.", column)
    return items[0] if len(items) == 1 else Row(items)
