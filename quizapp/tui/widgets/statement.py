"""What a problem states: its givens in brackets, the task, the conventions that matter."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from textual.content import Content

from quizapp.mathtext import Block, MathError, beside, inline, matrix_block, prose, width
from quizapp.study.shown import conventions_in_words, given_shape, given_tables, given_text
from quizapp.study.usage import NOBODY
from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Given
    from quizapp.exercises.problem import Problem
    from quizapp.study.shown import Rows
    from quizapp.study.usage import Usage
    from quizapp.tui.widgets.fitted import Setting

_GAP = 3
_MUTED = "$text-muted"


def statement(problem: Problem, usage: Usage = NOBODY) -> Setting:
    """The statement of a problem, for any width; of ``usage`` come the courses it names."""
    conventions = conventions_in_words(problem, usage)
    legend = "; ".join(f"{shown_symbol(g.symbol)} {g.about}" for g in problem.family.givens)
    precise = precision(problem)
    task = f"{problem.family.task} {precise[:1].upper()}{precise[1:]} on every line."
    task = task if precise else problem.family.task

    def setting(columns: int) -> list[Content]:
        blocks = [
            block for given in problem.family.givens for block in _blocks(problem, given, columns)
        ]
        out = [Content(line) for line in flowing(blocks, columns)]
        out += wrapped(task, columns, "bold")
        if conventions:
            told = "; ".join(conventions)
            out += wrapped(
                f"Convention: {told}." if len(conventions) == 1 else f"Conventions: {told}.",
                columns,
            )
        return out + wrapped(f"{legend}.", columns, _MUTED)

    return setting


def precision(problem: Problem) -> str:
    """``keep 3 decimals``; "" where every line is exact."""
    if all(step.kind != "real" for step in problem.family.steps):
        return ""
    return f"keep {problem.decimals} decimal{'' if problem.decimals == 1 else 's'}"


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


def _blocks(problem: Problem, given: Given, columns: int) -> list[Block]:
    symbol = shown_symbol(given.symbol)
    text = given_text(problem, given)
    if text is not None:
        told = f"{symbol} = {text}".replace("$", "\\$")
        return [Block(tuple(prose(told, columns)))]
    tables = given_tables(problem, given)
    if len(tables) == 1:
        return pieces(symbol, tables[0], columns)
    return [
        block
        for place, rows in zip(_places(problem, given), tables, strict=True)
        for block in pieces(f"{symbol}[{place}]", rows, columns)
    ]


def _places(problem: Problem, given: Given) -> list[str]:
    """What the matrices of a deeper value are called: ``1``, ``2``, or ``1,1``, ``1,2``."""
    shape = given_shape(problem, given)[:-2]
    return [",".join(str(n + 1) for n in place) for place in product(*map(range, shape))]


def pieces(symbol: str, rows: Rows, columns: int) -> list[Block]:
    """A matrix with its name, cut into groups of columns where it is wider than there is room."""
    whole = named(symbol, rows)
    if whole.width <= columns or not rows[0]:
        return [whole]
    each = max(max(width(cell) for cell in row) for row in rows) + 2
    count = max((columns - width(symbol) - _CUT_TOLD) // each, 1)
    out = []
    for first in range(0, len(rows[0]), count):
        last = min(first + count, len(rows[0]))
        told = f"{symbol} (columns {first + 1} to {last})".strip()
        if first + 1 == last:
            told = f"{symbol} (column {last})".strip()
        out.append(named(told, [row[first:last] for row in rows]))
    return out


_CUT_TOLD = len(" (columns 10 to 19) = [ ]")


def numbered(number: int, *, here: bool) -> Content:
    """The number of a line, with a pointer at the one that is being worked on."""
    return join(
        say("▸" if here else " ", "bold $text-accent"), say(f"{number:>2}  ", "bold $text-accent")
    )
