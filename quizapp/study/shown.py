"""Values of a problem as texts: numbers as one copies them, rows for matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.exercises.problem import plain
from quizapp.exercises.worked import matters, rounded
from quizapp.study.usage import NOBODY

if TYPE_CHECKING:
    from quizapp.exercises.family import Given
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.asked import Asked
    from quizapp.study.usage import Usage

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
    if isinstance(value, bool):
        return "yes" if value else "no"
    if given.kind == "ragged" or (given.kind == "raw" and not _is_table(value)):
        return ", ".join(_listed(part, _exact) for part in value)
    return None if isinstance(value, list) else _exact(value)


def _is_table(value: Any) -> bool:
    """Whether raw data are numbers in rows of equal length, or matrices of them."""
    if not isinstance(value, list):
        return True
    rows = [part for part in value if isinstance(part, list)]
    if len(rows) not in {0, len(value)} or any(isinstance(part, str) for part in value):
        return False
    deeper = any(isinstance(part, list) for row in rows for part in row)
    return all(map(_is_table, rows)) and (deeper or len({len(row) for row in rows}) < 2)


def given_shape(problem: Problem, given: Given) -> tuple[int, ...]:
    """The lengths of a given that is an array, level by level."""
    value = plain(problem.givens[given.name])
    lengths = []
    while isinstance(value, list):
        lengths.append(len(value))
        value = value[0] if value else None
    return tuple(lengths)


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

    if value == []:
        return [[["none"]]]
    if line.step.ragged:
        return _tables(_with_rows(value, written), str)
    if asked.upright and isinstance(value, list):
        value = [[entry] for entry in value]
    return _tables(value, written)


def _with_rows(value: Any, written: Any) -> Any:
    """A value of which every innermost list is one text, below each other if there are no more."""
    if any(isinstance(part, list) for row in value for part in row):
        return [[_listed(part, written) for part in row] for row in value]
    return [[_listed(row, written)] for row in value]


def _listed(value: Any, written: Any) -> str:
    """A list as text: ``(1, 2)``; anything else as it is written."""
    if isinstance(value, list):
        return f"({', '.join(_listed(part, written) for part in value)})"
    return str(written(value))


def entry_text(problem: Problem, line: WorkedLine, index: tuple[int, ...]) -> str:
    """One entry of a line, rounded to the decimals of the problem."""
    value = plain(line.value, line.step.kind)
    for place in index:
        value = value[place]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _minus(rounded(value, problem.decimals))
    return "yes" if value is True else "no" if value is False else str(value)


def conventions_in_words(problem: Problem, usage: Usage = NOBODY) -> list[str]:
    """What the numbers of a problem depend on, or what it states as binding, in words.

    Each with the courses that use it.
    """
    base = problem.conventions
    asked = matters(problem)
    names = [name for name in base if name in asked or name in problem.printed]
    return [usage.in_words(problem.family, name, base[name]) for name in names]


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
