"""From marks to points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.text import quoted
from quizapp.core.verdicts import Verdict
from quizapp.exercises.lineage import lineage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Family
    from quizapp.exercises.marks import LineMark
    from quizapp.exercises.problem import Problem


_MOST_POINTS = 1000


class SchemeError(QuizError):
    """Points for a step that does not exist, or that are no number from 0 upwards."""

    code = "scheme"


def read_scheme(family: Family, raw: Any) -> dict[str, float]:
    """The points of every step, 1 where nothing is said. Raises SchemeError."""
    if not isinstance(raw, Mapping):
        raise SchemeError("the scheme is a mapping from step to points.", where="scheme")
    for name, points in raw.items():
        if name not in family.by_name:
            raise SchemeError(
                f"{family.id} has no step {quoted(name)}; its steps are "
                f"{', '.join(family.by_name)}.",
                where="scheme",
            )
        plain = isinstance(points, (int, float)) and not isinstance(points, bool)
        if not (plain and 0 <= points <= _MOST_POINTS):
            raise SchemeError(
                f"the points of '{name}' are {quoted(points)}; write a number from 0 to "
                f"{_MOST_POINTS}.",
                where=f"scheme.{name}",
            )
    return {name: float(raw.get(name, 1.0)) for name in family.by_name}


def score(problem: Problem, marks: Sequence[LineMark], points: Mapping[str, float]) -> float:
    """The share of the points that the lines earn, 0 to 1; sets each line's share."""
    above = _above_a_right_final(problem, marks)
    for mark in marks:
        mark.share = _share(problem, mark, above)
    total = math.fsum(points[mark.step.name] for mark in marks)
    earned = math.fsum(points[mark.step.name] * mark.share for mark in marks)
    return earned / total if total else 0.0


def _share(problem: Problem, mark: LineMark, above: set[str]) -> float:
    if mark.verdict in {Verdict.BLANK, Verdict.INVALID} and mark.step.name in above:
        return 1.0
    if mark.loop_rows:
        right = sum(row.right for row in mark.loop_rows)
        return 0.0 if mark.trivial else right / len(mark.loop_rows)
    return 1.0 if _earns(problem, mark) else 0.0


def _earns(problem: Problem, mark: LineMark) -> bool:
    """Whether a line is complete and right, or right under a convention left open."""
    if mark.verdict is Verdict.CONVENTION:
        return not mark.incomplete and not problem.printed & mark.convention.keys()
    return mark.verdict.right


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
        if name in finals and _earns(problem, mark):
            out |= relation.ancestors[name] - finals
            out |= earlier - needed - finals
        earlier.add(name)
    return out
