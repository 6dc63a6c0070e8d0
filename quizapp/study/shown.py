"""Values of a problem as texts: numbers as one copies them, rows for matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.exercises.conventions import CONVENTIONS, describe
from quizapp.exercises.problem import plain
from quizapp.exercises.worked import matters, rounded

if TYPE_CHECKING:
    from quizapp.exercises.family import Given
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.asked import Asked

Rows = list[list[str]]


def given_tables(problem: Problem, given: Given) -> list[Rows]:
    """A given as matrices of texts: one, or one for each slice of a deeper value."""
    value = plain(problem.givens[given.name])
    return _tables(value, _exact)


def given_text(problem: Problem, given: Given) -> str | None:
    """A given that is no array, on one line; None for vectors and matrices."""
    value = plain(problem.givens[given.name])
    if given.kind == "text" or isinstance(value, str):
        return str(value)
    if given.kind == "ragged":
        return ", ".join(f"({', '.join(_exact(entry) for entry in row)})" for row in value)
    return None if isinstance(value, list) else _exact(value)


def value_tables(problem: Problem, line: WorkedLine, asked: Asked) -> list[Rows]:
    """The value of a line as matrices of texts, rounded to the decimals of the problem."""
    kind = line.step.kind
    value = plain(line.value, kind)

    def written(entry: Any) -> str:
        if kind == "boolean":
            return "yes" if entry else "no"
        if isinstance(entry, str) or entry is None:
            return str(entry or "?")
        return _minus(rounded(entry, problem.decimals))

    if asked.upright and isinstance(value, list):
        value = [[entry] for entry in value]
    return _tables(value, written)


def entry_text(problem: Problem, line: WorkedLine, index: tuple[int, ...]) -> str:
    """One entry of a line, rounded to the decimals of the problem."""
    value = plain(line.value, line.step.kind)
    for place in index:
        value = value[place]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _minus(rounded(value, problem.decimals))
    return "yes" if value is True else "no" if value is False else str(value)


def conventions_in_words(problem: Problem) -> list[str]:
    """What the numbers of a problem depend on, or what it states as binding, in words."""
    base = problem.conventions
    asked = matters(problem)
    names = [name for name in base if name in asked or name in problem.printed]
    return [_in_words(name, base[name]) for name in names]


def _in_words(name: str, value: str) -> str:
    wording = CONVENTIONS.get(name, {}).get(value)
    return wording.text if wording else describe(name, value)


def _tables(value: Any, written: Any) -> list[Rows]:
    if not isinstance(value, list):
        return [[[written(value)]]]
    if not value or not isinstance(value[0], list):
        return [[[written(entry) for entry in value]]]
    if not value[0] or not isinstance(value[0][0], list):
        return [[[written(entry) for entry in row] for row in value]]
    return [table for part in value for table in _tables(part, written)]


def _exact(value: Any) -> str:
    if isinstance(value, str) or value is None:
        return str(value)
    return _minus(f"{float(value):.10g}")


def _minus(text: str) -> str:
    return text.replace("-", "\u2212")
