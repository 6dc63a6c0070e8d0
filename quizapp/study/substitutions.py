"""The substitutions of a solution that tell something, and where their entries stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.study.shown import entry_text

if TYPE_CHECKING:
    from quizapp.exercises.family import Work
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.asked import Asked

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def telling(problem: Problem, line: WorkedLine) -> tuple[Work, ...]:
    """The entries worked out, without those whose substitution is only the value: ``2 = 2``."""
    return tuple(
        work
        for work in line.work
        if not _PLAIN.fullmatch(work.latex)
        or work.latex.replace("-", "\u2212") != entry_text(problem, line, work.index)
    )


def place(index: tuple[int, ...], of: Asked) -> str:
    """Where an entry stands: the name of its row, or counted from 1; "" for a single number."""
    if of.upright and len(index) == 1 and len(of.labels) > index[0]:
        return of.labels[index[0]]
    return f"({', '.join(str(n + 1) for n in index)})" if index else ""
