"""Both numbers: what a line of a solution would be under another convention, with its courses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizapp.exercises.differing import differences
from quizapp.study.shown import value_tables
from quizapp.study.usage import NOBODY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.differing import Difference
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.asked import Asked
    from quizapp.study.shown import Rows
    from quizapp.study.usage import Usage

HEADING = "Under another convention:"


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A line under another convention."""

    words: str
    """The convention, with the courses that use it."""
    tables: list[Rows]
    """The value as matrices of texts."""
    whole: bool
    """Whether it is to be shown in full: where the numbers part, and on the final lines."""
    remark: str = ""

    @property
    def short(self) -> str:
        """The value on one line, as one would type it: ``0.5 1; 2 3``."""
        return "  |  ".join(map(_on_one_line, self.tables))


def _on_one_line(rows: Rows) -> str:
    between = " " if all(len(row) == 1 for row in rows) else "; "
    return between.join(" ".join(row) for row in rows)


def otherwise(
    problem: Problem,
    lines: Sequence[WorkedLine],
    asked: Sequence[Asked],
    usage: Usage = NOBODY,
) -> dict[str, list[Otherwise]]:
    """For each line that differs as it is written, its values under other conventions.

    Differences that vanish in rounding are left out.
    """
    found: dict[str, list[Otherwise]] = {}
    for difference in differences(problem):
        told = list(_told(problem, difference, lines, asked))
        names = [name for name, _ in told]
        finals = [name for name in names if problem.family.by_name[name].final]
        for number, (name, tables) in enumerate(told):
            first = number == 0
            words = usage.in_words(
                problem.family, difference.convention, difference.value, places=first
            )
            remark = "" if finals or not first else "the final lines stay the same"
            whole = first or name in finals
            _add(found.setdefault(name, []), Otherwise(words, tables, whole, remark))
    return found


def _add(others: list[Otherwise], other: Otherwise) -> None:
    """Add a value, or to the one before it that is the same the words of this one."""
    last = others[-1] if others else None
    if last is not None and last.tables == other.tables and last.remark == other.remark:
        others[-1] = replace(last, words=f"{last.words}, or {other.words}")
    else:
        others.append(other)


def _told(
    problem: Problem,
    difference: Difference,
    lines: Sequence[WorkedLine],
    asked: Sequence[Asked],
) -> list[tuple[str, list[Rows]]]:
    out = []
    for line, of in zip(lines, asked, strict=True):
        name = line.step.name
        if name not in difference.lines:
            continue
        other = replace(line, value=difference.lines[name])
        tables = value_tables(problem, other, of)
        if tables != value_tables(problem, line, of):
            out.append((name, tables))
    return out
