"""Words and names inside formulas."""

from __future__ import annotations

from quizapp.mathtext.ast import Kind, Letter, Node, Number, Space, Symbol, items_of
from quizapp.mathtext.errors import MathError

_ESCAPED = frozenset(" %#&$_{}")


def unescaped(words: str, column: int) -> str:
    r"""The words of \text with their escapes resolved and runs of blanks made one."""
    result: list[str] = []
    position = 0
    while position < len(words):
        character = words[position]
        if character == "\\":
            position += 1
            character = words[position : position + 1]
            if character not in _ESCAPED or not character:
                message = "\\text holds words only; end it before a macro and begin it again after."
                raise MathError(message, column)
        elif character in "{}$%#&":
            message = f"\\text holds words only; write \\{character} for the sign {character}."
            raise MathError(message, column)
        result.append(" " if character.isspace() else character)
        position += 1
    text = "".join(result)
    inner = " ".join(text.split())
    return f"{' ' * text.startswith(' ')}{inner}{' ' * (text.endswith(' ') and bool(inner))}"


def upright(body: Node) -> str | None:
    """The name that a row of letters, digits, hyphens and spaces spells, or None."""
    name = ""
    for item in items_of(body):
        match item:
            case Letter(text) | Number(text):
                name += text
            case Symbol("−", Kind.BINARY):
                name += "-"
            case Space(cells):
                name += " " * min(cells, 1)
            case _:
                return None
    return name.strip() or None
