"""What a class handed in as CSV, a student a row: the name, then a column a step."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.core.text import clean, quoted
from quizapp.exercises.answers import Ambiguous, Value, read
from quizapp.study.class_answers import (
    MOST_NAME,
    ClassError,
    HandedIn,
    Names,
    Refused,
    scheme_of,
)
from quizapp.study.csv_rows import CsvError, CsvRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quizapp.study.csv_rows import Cell, Row
    from quizapp.study.sharing import Shared

LEFT_OUT = "#"
"""Columns whose name begins so are nobody's answers."""
_DECIMAL = re.compile(r"(?<=[0-9]),(?=[0-9])")


class CsvAnswers:
    """Students from the rows of a CSV file: the name in the first column, then a column a step.

    The header is read at once. Raises ClassError or CsvError where it names no steps of the
    family.
    """

    def __init__(
        self,
        lines: Iterable[tuple[int, str | None]],
        name: str,
        shared: Shared,
        scheme: Mapping[str, float] | None = None,
    ) -> None:
        self._rows = CsvRows(lines, name)
        self._name = name
        self._shared = shared
        self._scheme = scheme_of(shared, None, scheme)
        self._names = Names()
        self._steps = self._header(self._rows.header())
        self.missing = tuple(n for n in shared.problem.family.by_name if n not in self._steps)
        """Steps without a column."""

    @property
    def separator(self) -> str:
        """What stands between the cells."""
        return self._rows.separator

    def __iter__(self) -> Iterator[HandedIn | Refused]:
        for row in self._rows.rows():
            if isinstance(row, CsvError):
                yield Refused(_shown(row.first), row)
                continue
            if not any(cell.text.strip() for cell in row):
                continue
            student = _shown(row[0].text)
            try:
                yield self._handed_in(row)
            except QuizError as error:
                yield Refused(student, error)

    def _header(self, row: Row) -> list[str]:
        """The step of every column after the first, "" for one that is left out."""
        family = self._shared.problem.family
        known = {_bare(step.title): step.name for step in family.steps}
        known |= {_bare(name): name for name in family.by_name}
        wanted = f"its first row names the columns: student, {', '.join(family.by_name)}"
        if _bare(row[0].text) in known:
            raise ClassError(
                f"the first column is {quoted(row[0].text)}, but it has to name the student; "
                f"{wanted}.",
                where=str(row[0].at),
            )
        steps: list[str] = []
        for cell in row[1:]:
            text = " ".join(clean(cell.text).split())
            step = known.get(_bare(text), "")
            if not step and text and not text.startswith(LEFT_OUT):
                near = difflib.get_close_matches(_bare(text)[:40], known, n=1)
                hint = f"did you mean '{known[near[0]]}'?" if near else f"{wanted}."
                raise ClassError(
                    f"{family.id} has no step {quoted(text)}; {hint} A column whose name begins "
                    f"with {LEFT_OUT} is left out.",
                    where=str(cell.at),
                )
            if step and step in steps:
                raise ClassError(
                    f"a second column '{step}'; delete one of them.", where=str(cell.at)
                )
            steps.append(step)
        if not any(steps):
            raise ClassError(f"no column is a step of {family.id}; {wanted}.", where=str(row[0].at))
        self._unnamed = {n for n, cell in enumerate(row[1:]) if not cell.text.strip()}
        return steps

    def _handed_in(self, row: Row) -> HandedIn:
        first, *cells = row
        place = f"{self._name}:{first.at.line}"
        student = self._names.take(first.text, str(first.at))
        answers: dict[str, str] = {}
        places: dict[str, str] = {}
        for number, cell in enumerate(cells):
            stray = number >= len(self._steps) or number in self._unnamed
            if stray and cell.text.strip():
                raise ClassError(
                    f"{quoted(clean(cell.text))} stands in a column without a name; quote a cell "
                    "that holds the separator, or delete it.",
                    where=str(cell.at),
                )
            step = "" if stray else self._steps[number]
            if step and cell.text.strip():
                answers[step] = self._answer(step, cell)
                places[step] = str(cell.at)
        return HandedIn(student, self._shared, self._scheme, answers, place, places)

    def _answer(self, step: str, cell: Cell) -> str:
        """The text of a cell; in a file with semicolons a comma that may be decimal is that.

        A spreadsheet separates by semicolons where it writes decimal commas, so that 1,234 is
        not in doubt there.
        """
        text = clean(cell.text).strip()
        if self.separator != ";" or "," not in text:
            return text
        shape = _shape(self._shared, step)
        if not isinstance(read(text, shape), Ambiguous):
            return text
        pointed = _DECIMAL.sub(".", text)
        return pointed if isinstance(read(pointed, shape), Value) else text


def _shape(shared: Shared, step: str) -> tuple[int, ...]:
    value = shared.problem.truth.value(step)
    return () if value is None else tuple(value.shape)


def _shown(name: str) -> str:
    """A name as a report shows it."""
    return " ".join(clean(name).split())[:MOST_NAME]


def _bare(name: str) -> str:
    """The name of a column as it is compared: small letters, no blanks."""
    return "_".join(clean(name).casefold().replace("-", " ").replace("_", " ").split())
