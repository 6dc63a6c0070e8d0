"""What a problem states: its givens in brackets, the task, the conventions that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.mathtext import Block, MathError, beside, inline, matrix_block, width
from quizapp.study.shown import conventions_in_words, given_tables, given_text
from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Given
    from quizapp.exercises.problem import Problem
    from quizapp.study.shown import Rows
    from quizapp.tui.widgets.fitted import Setting

_GAP = 3
_MUTED = "$text-muted"


def statement(problem: Problem) -> Setting:
    """The statement of a problem, for any width."""
    blocks = [block for given in problem.family.givens for block in _blocks(problem, given)]
    conventions = conventions_in_words(problem)
    legend = "; ".join(f"{shown_symbol(g.symbol)} {g.about}" for g in problem.family.givens)

    def setting(columns: int) -> list[Content]:
        out = [Content(line) for line in flowing(blocks, columns)]
        aside = (
            ""
            if keep(problem, columns + _PADDING)
            else f" Keep {_decimals(problem)} on every line."
        )
        out += wrapped(problem.family.task + aside, columns, "bold")
        if conventions:
            told = "; ".join(conventions)
            out += wrapped(
                f"Convention: {told}." if len(conventions) == 1 else f"Conventions: {told}.",
                columns,
            )
        return out + wrapped(f"{legend}.", columns, _MUTED)

    return setting


_PADDING = 2
_TITLE_EXTRAS = 22
"""Cells of the title line beside family, decimals: the level, the count of right lines."""


def keep(problem: Problem, columns: int) -> str:
    """How many decimals to keep, as long as the title line has room for; "" if it has none."""
    room = columns - width(problem.family.title) - _TITLE_EXTRAS
    long = f"keep {_decimals(problem)} on every line"
    short = f"keep {_decimals(problem)}"
    return long if len(long) <= room else short if len(short) <= room else ""


def _decimals(problem: Problem) -> str:
    return f"{problem.decimals} decimal{'' if problem.decimals == 1 else 's'}"


def shown_symbol(latex: str) -> str:
    """A symbol on one line; its source where it cannot be read."""
    try:
        return inline(latex)
    except MathError:
        return latex


def named(symbol: str, rows: Rows) -> Block:
    """``Q =`` in front of a matrix; only ``=`` without a name."""
    return beside(Block((f"{symbol} =".strip(),)), matrix_block(rows))


def flowing(blocks: Sequence[Block], columns: int) -> list[str]:
    """Blocks beside each other as long as they fit, then below; wide ones are cut in columns."""
    out: list[str] = []
    row: list[Block] = []
    used = 0
    for block in blocks:
        if row and used + _GAP + block.width > columns:
            out += _lines(row)
            row, used = [], 0
        row.append(block)
        used += block.width + (_GAP if used else 0)
    return out + _lines(row)


def _lines(row: list[Block]) -> list[str]:
    return [line.rstrip() for line in beside(*row, gap=_GAP).lines] if row else []


def _blocks(problem: Problem, given: Given) -> list[Block]:
    symbol = shown_symbol(given.symbol)
    text = given_text(problem, given)
    if text is not None:
        return [Block((f"{symbol} = {text}",))]
    tables = given_tables(problem, given)
    if len(tables) == 1:
        return pieces(symbol, tables[0])
    return [
        block
        for number, rows in enumerate(tables, start=1)
        for block in pieces(f"{symbol}[{number}]", rows)
    ]


_WIDEST = 72


def pieces(symbol: str, rows: Rows) -> list[Block]:
    """A matrix with its name, cut into groups of columns where it is wider than a screen."""
    whole = named(symbol, rows)
    if whole.width <= _WIDEST or not rows[0]:
        return [whole]
    each = max(max(width(cell) for cell in row) for row in rows) + 2
    count = max((_WIDEST - width(symbol) - 24) // each, 1)
    out = []
    for first in range(0, len(rows[0]), count):
        last = min(first + count, len(rows[0]))
        told = f"{symbol} (columns {first + 1} to {last})".strip()
        out.append(named(told, [row[first:last] for row in rows]))
    return out


def numbered(number: int, *, here: bool) -> Content:
    """The number of a line, with a pointer at the one that is being worked on."""
    return join(
        say("▸" if here else " ", "bold $text-accent"), say(f"{number:>2}  ", "bold $text-accent")
    )
