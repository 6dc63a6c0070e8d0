"""From marks to points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.verdicts import Verdict
from quizapp.exercises.lineage import lineage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.exercises.marks import LineMark
    from quizapp.exercises.problem import Problem


def score(problem: Problem, marks: Sequence[LineMark], scheme: Mapping[str, float]) -> float:
    """The share of the scheme's points that the lines earn, 0 to 1; sets each line's share."""
    above = _above_a_right_final(problem, marks)
    total = earned = 0.0
    for mark in marks:
        mark.share = _share(problem, mark, above)
        points = scheme.get(mark.step.name, 1.0)
        total += points
        earned += points * mark.share
    return earned / total if total else 0.0


def _share(problem: Problem, mark: LineMark, above: set[str]) -> float:
    if mark.verdict.right:
        return 1.0
    if mark.verdict is Verdict.CONVENTION:
        return 0.0 if problem.printed & mark.convention.keys() else 1.0
    if mark.verdict is Verdict.BLANK and mark.step.name in above:
        return 1.0
    if mark.loop_rows and not mark.trivial:
        return sum(row.right for row in mark.loop_rows) / len(mark.loop_rows)
    return 0.0


def _above_a_right_final(problem: Problem, marks: Sequence[LineMark]) -> set[str]:
    """The lines whose work a right final line shows: what it depends on, and side results."""
    family = problem.family
    relation = lineage(family)
    finals = set(family.finals)
    needed = set().union(*(relation.ancestors[name] for name in finals)) if finals else set()
    out: set[str] = set()
    earlier: set[str] = set()
    for mark in marks:
        name = mark.step.name
        good = mark.verdict.right or (
            mark.verdict is Verdict.CONVENTION and not problem.printed & mark.convention.keys()
        )
        if name in finals and good:
            out |= relation.ancestors[name] - finals
            out |= earlier - needed - finals
        earlier.add(name)
    return out
