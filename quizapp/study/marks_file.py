"""The marks of a class as a CSV file that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.core.text import clean
from quizapp.study.class_answers import Refused
from quizapp.study.points import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.exercises.family import Family
    from quizapp.study.class_marks import Marked

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula in a spreadsheet, in its wide forms, too."""
_BYTE_ORDER_MARK = "\ufeff"
"""By it a spreadsheet knows that umlauts are UTF-8."""


class MarksFile:
    """Rows of marks, written all at once in the end, so that there is never half a file.

    ``separator`` is that of the answers; with a semicolon numbers have a decimal comma. ``family``
    is None where the problems are of several families: then no step has a column.
    """

    def __init__(self, name: str, family: Family | None, separator: str = ",") -> None:
        self._path = Path(name)
        self._separator = separator
        self._steps = [] if family is None else list(family.by_name)
        self._rows: list[list[str]] = [
            ["student", "points", "of", "percent", *self._steps, "remark"]
        ]

    def demand_free(self, *, replace: bool, but_not: Iterable[str] = ()) -> None:
        """Raise a QuizError where there is such a file and it is not to be replaced.

        The files that are read, ``but_not``, are not replaced in any case.
        """
        try:
            there = self._path.exists()
        except (OSError, ValueError):
            there = False  # writing will say what is wrong with the name
        if there and any(self._is(name) for name in but_not):
            raise QuizError(
                "the marks would take the place of a file that they are made from; name another "
                "file.",
                where=str(self._path),
                code="file",
            )
        if there and not (replace and self._path.is_file()):
            raise QuizError(
                "this is there already; name another file, or add --replace.",
                where=str(self._path),
                code="file",
            )

    def _is(self, name: str) -> bool:
        try:
            return self._path.samefile(name)
        except OSError:
            return False

    def add(self, one: Marked | Refused) -> None:
        """A row for one student."""
        if isinstance(one, Refused):
            where = f"{one.error.where}: " if one.error.where else ""
            blank = [""] * (len(self._steps) + 3)
            self._rows.append(
                [inert(one.student), *blank, inert(f"not marked: {where}{one.error.message}")]
            )
            return
        own = one.marking.problem.family.by_name
        steps = [self._number(one.points.by_step[n]) if n in own else "" for n in self._steps]
        self._rows.append(
            [
                inert(one.student),
                self._number(one.points.earned),
                self._number(one.points.of),
                self._number(100 * one.marking.score),
                *steps,
                "",
            ]
        )

    def write(self, *, replace: bool) -> None:
        """Write the file. Raises a QuizError where it cannot be, or is there by now."""
        self.demand_free(replace=replace)
        text = io.StringIO()
        # All in quotes: a spreadsheet of another country may take another separator for its own,
        # and begin a formula in the middle of a name.
        writer = csv.writer(
            text, delimiter=self._separator, lineterminator="\r\n", quoting=csv.QUOTE_ALL
        )
        writer.writerows(self._rows)
        mark = _BYTE_ORDER_MARK if self._separator == ";" else ""
        try:
            with self._path.open("w" if replace else "x", encoding="utf-8", newline="") as stream:
                stream.write(mark + text.getvalue())
        except (OSError, ValueError) as error:
            reason = (getattr(error, "strerror", None) or "this is no name of a file").lower()
            raise QuizError(
                f"the marks cannot be written ({reason}); name another file.",
                where=str(self._path),
                code="file",
            ) from None

    def _number(self, number: float) -> str:
        text = shown(number)
        return text.replace(".", ",") if self._separator == ";" else text


def inert(text: str) -> str:
    """Text that a spreadsheet takes as text: an apostrophe before what would be a formula."""
    told = " ".join(clean(text).split())
    return f"'{told}" if told.startswith(_FORMULA) else told
