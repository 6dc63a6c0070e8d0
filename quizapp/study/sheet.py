"""A problem, its marks and its solution as lines of text, for any terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.core.verdicts import Verdict
from quizapp.exercises.conventions import describe
from quizapp.exercises.problem import plain
from quizapp.exercises.wording import message
from quizapp.exercises.worked import matters, rounded, worked
from quizapp.mathtext import Block, beside, inline, matrix_block, stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Given
    from quizapp.exercises.marks import Marking
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine

MARKS = {
    Verdict.BLANK: "·",
    Verdict.INVALID: "?",
    Verdict.CORRECT: "✓",
    Verdict.CARRIED: "✓",
    Verdict.CONVENTION: "≈",
    Verdict.SLIP: "✗",
    Verdict.WRONG: "✗",
}
_GIVEN_DECIMALS = 6
_WORK_LINES = 3


def keep(problem: Problem) -> str:
    """How many decimals to keep, as a sentence."""
    return f"Keep {problem.decimals} decimals on every line."


def statement(problem: Problem, columns: int) -> list[str]:
    """The task, the givens side by side as far as they fit, the conventions that matter."""
    family = problem.family
    lines = [family.task, keep(problem), ""]
    lines += arranged([given_block(g, problem.givens[g.name]) for g in family.givens], columns)
    told = [describe(name, problem.conventions[name]) for name in stated(problem)]
    if told:
        lines += ["", "Conventions:", *(f"- {text}" for text in told)]
    return lines


def stated(problem: Problem) -> list[str]:
    """The conventions a problem states: those that change its numbers, and the binding ones."""
    changing = set(matters(problem)) | problem.printed
    return [name for name in problem.conventions if name in changing]


def given_block(given: Given, value: Any) -> Block:
    """One given as ``symbol = value``."""
    symbol = inline(given.symbol)
    if given.kind == "text":
        return Block((f"{given.name} = {value}",), 0)
    if given.kind == "ragged":
        shown = "; ".join(", ".join(str(entry) for entry in row) for row in value)
        return Block((f"{symbol} = {shown}",), 0)
    return beside(Block((f"{symbol} =",), 0), value_block(value, _GIVEN_DECIMALS))


def value_block(value: Any, decimals: int, kind: str = "real") -> Block:
    """A number, a list in one row, or a matrix, rounded."""
    return (
        matrix_block(rows)
        if (rows := cells(value, decimals, kind))
        else Block((_scalar(value, decimals, kind),), 0)
    )


def cells(value: Any, decimals: int, kind: str = "real") -> list[list[str]]:
    """The entries of a list or a matrix as text, row by row; [] for a single number."""
    data = plain(value, kind)
    if not isinstance(data, list):
        return []
    rows = data if data and isinstance(data[0], list) else [data]
    return [[_scalar(entry, decimals, kind) for entry in row] for row in rows]


def _scalar(value: Any, decimals: int, kind: str) -> str:
    if value is None:
        return "_"
    if kind == "boolean":
        return "yes" if value else "no"
    text = value if isinstance(value, str) else rounded(value, decimals)
    return text.replace("-", "−")  # as the formulas beside it write it


def arranged(blocks: Sequence[Block], columns: int) -> list[str]:
    """Blocks side by side, on a new row when the width is used up."""
    rows: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        if rows[-1] and used + 3 + block.width > columns:
            rows.append([])
            used = 0
        rows[-1].append(block)
        used += block.width + 3
    return [line.rstrip() for row in rows if row for line in beside(*row, gap=3).lines]


def marked(marking: Marking) -> list[str]:
    """Every line that was given, with its verdict and what is to be said."""
    out = []
    for number, line in enumerate(marking.lines, start=1):
        if line.verdict is Verdict.BLANK and line.typed is None:
            continue
        said = message(marking, line)
        out.append(f"{number:>3}  {MARKS[line.verdict]} {line.step.title}: {said}")
    out.append(f"     {marking.score:.0%} of the points.")
    return out


def solution(problem: Problem, columns: int, *, everything: bool = False) -> list[str]:
    """The worked solution: formula, substitution with the numbers, value of every line."""
    out: list[str] = []
    for line in worked(problem):
        out += [f"{line.number}. {line.step.title}", *_indented(stacked(line.step.formula).lines)]
        out += substitutions(problem, line, everything=everything)
        value = value_block(line.value, problem.decimals, line.step.kind)
        out += [*_indented(arranged([beside(Block(("=",), 0), value)], columns - 3)), ""]
    told = [describe(name, problem.conventions[name]) for name in stated(problem)]
    return out + [f"Convention: {text}" for text in told]


def substitutions(problem: Problem, line: WorkedLine, *, everything: bool) -> list[str]:
    """The numbers put into the formula, for the first entries or all of them."""
    shown = line.work if everything else line.work[:_WORK_LINES]
    data = plain(line.value)
    out = []
    for work in shown:
        entry = data
        for index in work.index:
            entry = entry[index]
        place = f"[{','.join(str(i + 1) for i in work.index)}] " if work.index else ""
        out.append(f"   {place}{inline(work.latex)} = {_scalar(entry, problem.decimals, 'real')}")
    if len(line.work) > len(shown):
        out.append(f"   … and {len(line.work) - len(shown)} more entries the same way")
    return out


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"   {line}".rstrip() for line in lines]
