"""A problem, its marks and its solution as lines of text, for any terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from quizapp.core.verdicts import Verdict
from quizapp.exercises.values import is_fixed, lengths
from quizapp.exercises.wording import message
from quizapp.exercises.worked import worked
from quizapp.mathtext import Block, beside, inline, matrix_block, prose, stacked, width
from quizapp.study.asked import asked
from quizapp.study.otherwise import HEADING, otherwise
from quizapp.study.shown import (
    conventions_in_words,
    entry_text,
    given_tables,
    given_text,
    value_tables,
)
from quizapp.study.substitutions import place, telling
from quizapp.study.usage import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizapp.exercises.family import Given, Step
    from quizapp.exercises.marks import Marking
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.values import Floats
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.asked import Asked
    from quizapp.study.otherwise import Otherwise
    from quizapp.study.shown import Rows
    from quizapp.study.usage import Usage

MARKS = {
    Verdict.BLANK: "·",
    Verdict.INVALID: "?",
    Verdict.CORRECT: "✓",
    Verdict.CARRIED: "✓",
    Verdict.CONVENTION: "≈",
    Verdict.SLIP: "✗",
    Verdict.WRONG: "✗",
}
_GAP = 3
_INDENT = 3
_WORK_LINES = 3
_KINDS = {
    "integer": "whole numbers",
    "sign": "each −1 or 1",
    "bit": "each 0 or 1",
    "boolean": "each yes or no",
}


# The problem -----------------------------------------------------------------------------


def statement(problem: Problem, columns: int, usage: Usage = NOBODY) -> list[str]:
    """The task, the givens side by side as far as they fit, the conventions that matter.

    Of ``usage`` come the courses that use a convention.
    """
    family = problem.family
    lines = [*wrap(family.task, columns), f"Keep {problem.decimals} decimals on every line.", ""]
    blocks = [block for given in family.givens for block in _given(problem, given, columns)]
    lines += _flowing(blocks, columns)
    told = conventions_in_words(problem, usage)
    if told:
        lines += ["", "Convention:" if len(told) == 1 else "Conventions:"]
        lines += _listed(told, columns)
    return lines


def _given(problem: Problem, given: Given, columns: int) -> list[Block]:
    """One given as ``symbol = value``; several blocks where it is deep or wide."""
    symbol = inline(given.symbol)
    text = given_text(problem, given)
    if text is not None:
        lines = wrap(f"{symbol} = {text}", columns, subsequent_indent=" " * _INDENT)
        return [_left(lines)]
    tables = given_tables(problem, given)
    if len(tables) == 1:
        return _matrix(symbol, tables[0], columns)
    return [
        block
        for number, rows in enumerate(tables, start=1)
        for block in _matrix(f"{symbol}[{number}]", rows, columns)
    ]


def _matrix(symbol: str, rows: Rows, columns: int) -> list[Block]:
    """``symbol = [...]``, cut into groups of columns where it is too wide."""
    whole = _named(symbol, rows)
    if whole.width <= columns:
        return [whole]
    widest = max(width(cell) for row in rows for cell in row) + 2
    count = max((columns - width(symbol) - len(" (columns 100 to 100) = [  ]")) // widest, 1)
    total = max(len(row) for row in rows)
    return [
        _named(
            f"{symbol} (columns {first + 1} to {min(first + count, total)})".strip(),
            [row[first : first + count] for row in rows],
        )
        for first in range(0, total, count)
    ]


def _named(symbol: str, rows: Rows) -> Block:
    return beside(Block((f"{symbol} =".strip(),)), matrix_block(rows))


def _left(lines: Sequence[str]) -> Block:
    widest = max(map(width, lines), default=0)
    return Block(tuple(line + " " * (widest - width(line)) for line in lines))


def _flowing(blocks: Iterable[Block], columns: int) -> list[str]:
    """Blocks side by side, on a new row when the width is used up."""
    rows: list[list[Block]] = []
    used = 0
    for block in blocks:
        if not rows or used + _GAP + block.width > columns:
            rows.append([])
            used = -_GAP
        rows[-1].append(block)
        used += _GAP + block.width
    return [line.rstrip() for row in rows for line in beside(*row, gap=_GAP).lines]


def _listed(texts: Sequence[str], columns: int) -> list[str]:
    return [line for text in texts for line in wrap(f"- {text}", columns, subsequent_indent="  ")]


def size(problem: Problem, step: Step) -> str:
    """What a line asks for in words: ``a number``, ``4 entries, each 0 or 1``, ``2 rows of 3``."""
    value = problem.truth.value(step.name)
    shape = () if value is None else value.shape
    if value is not None and not step.plain:
        return _loose_size(step, value)
    if not shape:
        return {"sign": "−1 or 1", "bit": "0 or 1", "boolean": "yes or no"}.get(
            step.kind, "a number"
        )
    *blocks, rows, columns = (0, *shape) if len(shape) > 1 else (0, 0, *shape)
    told = f"{columns} {'entry' if columns == 1 else 'entries'}"
    if rows:
        told = f"{rows} {'row' if rows == 1 else 'rows'} of {columns}"
    for count in reversed(blocks[1:]):
        told = f"{count} blocks of {told}"
    return f"{told}, {_KINDS[step.kind]}" if step.kind in _KINDS else told


def _loose_size(step: Step, value: Floats) -> str:
    """What a line asks for that is words, or rows of lengths of their own."""
    if is_fixed(step):
        return f"rows of {', '.join(map(str, lengths(value)))} entries"
    one = "words" if step.kind == "text" else "numbers"
    if step.loop and value.ndim > 2:
        told = f"{len(value)} {'row' if len(value) == 1 else 'rows'} of {value.shape[1]} lists"
        return f"{told}, such as (1, 2) (1, 1, 2)"
    if step.ragged:
        return f"lists of {one}, one a line or with ; between"
    return one if value.ndim else "a word"


def titled(step: Step) -> str:
    """The title of a line, ready for what follows it."""
    return step.title if step.title.endswith("?") else f"{step.title}:"


# The marks -------------------------------------------------------------------------------


def marked(marking: Marking) -> list[str]:
    """Every line that was given, with its verdict and what is to be said."""
    out = []
    for number, line in enumerate(marking.lines, start=1):
        if line.verdict is Verdict.BLANK and line.typed is None:
            continue
        said = message(marking, line)
        out.append(f"{number:>3}  {MARKS[line.verdict]} {titled(line.step)} {said}")
    out.append(f"     {marking.score:.0%} of the points.")
    return out


# The solution ----------------------------------------------------------------------------


def solution(
    problem: Problem, columns: int, usage: Usage = NOBODY, *, everything: bool = False
) -> list[str]:
    """The worked solution: formula, substitution with the numbers, value of every line.

    Where another convention gives another number, both are there.
    """
    out: list[str] = []
    lines, of_lines = worked(problem), asked(problem)
    others = otherwise(problem, lines, of_lines, usage)
    for line, of in zip(lines, of_lines, strict=True):
        room = columns - _INDENT
        body = _formula(line.formula, room)
        body += _substitutions(problem, line, of, room, everything=everything)
        body += _value(problem, line, of, room)
        body += under_others(others.get(line.step.name, ()), room, everything=everything)
        out += ["", f"{line.number}. {line.step.title}"]
        out += [f"{' ' * _INDENT}{text}".rstrip() for text in body]
    return out[1:]


def _formula(latex: str, columns: int) -> list[str]:
    block = stacked(latex)
    return list(block.lines) if block.width <= columns else prose(f"${latex}$", columns)


def _substitutions(
    problem: Problem, line: WorkedLine, of: Asked, columns: int, *, everything: bool
) -> list[str]:
    """The numbers put into the formula, for the first entries or all of them."""
    told = telling(problem, line)
    shown = told if everything else told[:_WORK_LINES]
    out = []
    for work in shown:
        where = place(work.index, of)
        head = f"{where}  " if where else ""
        result = entry_text(problem, line, work.index)
        first, *others = prose(f"${work.latex}$ = {result}", columns - len(head))
        out += [head + first, *(" " * len(head) + text for text in others)]
    left = len(told) - len(shown)
    if left:
        out.append(f"… and {left} more {'entry' if left == 1 else 'entries'} in the same way")
    return out


def _value(problem: Problem, line: WorkedLine, of: Asked, columns: int) -> list[str]:
    tables = value_tables(problem, line, of)
    if not of.shape and len(tables) == 1 and len(tables[0]) == len(tables[0][0]) == 1:
        return [f"= {tables[0][0][0]}"]
    if of.labels and len(tables) == 1 and len(of.labels) == len(tables[0]):
        matrix = matrix_block(tables[0])
        labels = _left([f"{label} " for label in of.labels])
        whole = beside(Block(labels.lines, matrix.baseline), matrix)
        if whole.width <= columns:
            return list(whole.lines)
    blocks = [block for table in tables for block in _matrix("", table, columns)]
    return [text.rstrip() for block in blocks for text in block.lines]


def under_others(others: Sequence[Otherwise], columns: int, *, everything: bool) -> list[str]:
    """What a line is under other conventions, under a heading; nothing where it is the same.

    The value is there in full where the numbers part and on final lines, or with ``everything``.
    """
    if not others:
        return []
    out = [HEADING]
    for other in others:
        remark = f"; {other.remark}" if other.remark else ""
        line = f"- {other.words}: {other.short}{remark}"
        if width(line) <= columns:
            out.append(line)
            continue
        out += _listed([f"{other.words}:"], columns)
        body = _other_value(other, columns - 2, everything=everything)
        out += [f"  {text}" for text in [*body, *filter(None, [other.remark])]]
    return out


def _other_value(other: Otherwise, columns: int, *, everything: bool) -> list[str]:
    if width(other.short) <= columns:
        return [other.short]
    if other.whole or everything:
        blocks = [block for table in other.tables for block in _matrix("", table, columns)]
        return [text.rstrip() for block in blocks for text in block.lines]
    fitting = other.short[: columns - 2].rpartition(" ")[0]
    return [f"{fitting} …"]
