"""Rows of a CSV file as spreadsheets write it, every cell with its place.

The reader of the standard library knows no columns, keeps half of a row whose quote is never
closed, and lets one such row swallow all that follow.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.core.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEPARATORS = (";", "\t", ",")
MOST_LINES = 50
"""A cell in quotes may go over so many lines."""
_BLANKS = re.compile(" *")
_NAMED_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)


class CsvError(QuizError):
    """A row that cannot be taken apart. ``first`` is its first cell, "" where that fails, too."""

    code = "csv"

    def __init__(self, message: str, *, where: str, first: str = "") -> None:
        super().__init__(message, where=where)
        self.first = first


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, quotes taken off, and where it stands."""

    text: str
    at: Place


Row = list[Cell]


class CsvRows:
    """The rows of a file, one after the other; ``separator`` is known after the first.

    ``name`` is what places call the file.
    """

    def __init__(self, lines: Iterable[tuple[int, str | None]], name: str) -> None:
        self.name = name
        self.separator = ","
        self._lines = iter(lines)
        self._again: deque[tuple[int, str | None]] = deque()
        """Lines that were looked at for the end of a quote that has none."""

    def header(self) -> Row:
        """The first row that is not blank; it decides what separates cells. Raises CsvError."""
        while (line := self._next()) is not None:
            number, text = line
            named = _NAMED_SEPARATOR.fullmatch(text or "")
            if named and number == 1:  # a line that Excel writes for itself
                continue
            if text is None or text.strip(" ;,\t\r\n"):
                self.separator = _separator(text or "")
                return self._row(number, text)
        raise CsvError("the file is empty; its first row names the columns.", where=self.name)

    def rows(self) -> Iterator[Row | CsvError]:
        """The rows that follow, blank ones left out; an error for each that cannot be read."""
        while (line := self._next()) is not None:
            number, text = line
            if text is not None and not text.strip(" \t\r\n" + self.separator):
                continue
            try:
                yield self._row(number, text)
            except CsvError as error:
                yield error

    def _next(self) -> tuple[int, str | None] | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _row(self, number: int, text: str | None) -> Row:
        return _Taking(self, number, text).row()

    def more(self) -> tuple[int, str | None] | None:
        """The next line, for a quote that is still open."""
        return self._next()

    def give_back(self, lines: list[tuple[int, str | None]]) -> None:
        """Lines that belong to no open quote after all."""
        self._again.extendleft(reversed(lines))


class _Taking:
    """Takes one row apart, looking at each character once."""

    def __init__(self, source: CsvRows, number: int, text: str | None) -> None:
        self.source = source
        self.line = number
        self.start = 0
        """Where in the line the present cell begins."""
        self.taken: list[tuple[int, str | None]] = []
        self.cells: Row = []
        self.text = self._sound(number, text)

    def row(self) -> Row:
        """The cells. Raises CsvError, after which reading goes on with the line below."""
        self.cells.append(self._cell())
        while self.text[self.start : self.start + 1] == self.source.separator:
            self.start += 1
            self.cells.append(self._cell())
        return self.cells

    def _cell(self) -> Cell:
        at = _BLANKS.match(self.text, self.start).end()  # type: ignore[union-attr]
        place = Place(self.source.name, self.line, at + 1)
        if self.text[at : at + 1] == '"':
            return Cell(self._quoted(at + 1), place)
        end = self.text.find(self.source.separator, self.start)
        end = len(self.text) if end < 0 else end
        text, self.start = self.text[self.start : end], end
        return Cell(text.strip(), place)

    def _quoted(self, at: int) -> str:
        """The text up to the closing quote, over several lines if need be."""
        opened = Place(self.source.name, self.line, at)
        parts: list[str] = []
        while True:
            end = self.text.find('"', at)
            if end < 0:
                parts.append(self.text[at:] + "\n")
                self._go_on(opened)
                at = 0
            elif self.text[end + 1 : end + 2] == '"':
                parts.append(self.text[at : end + 1])
                at = end + 2
            else:
                parts.append(self.text[at:end])
                self.start = _BLANKS.match(self.text, end + 1).end()  # type: ignore[union-attr]
                if self.text[self.start : self.start + 1] not in {"", self.source.separator}:
                    raise self._amid(opened)
                return "".join(parts)

    def _amid(self, opened: Place) -> CsvError:
        """A quote that closes in the middle of a cell."""
        if self.line != opened.line:
            return self._stop(
                f"a quote is opened here and closes only amid line {self.line}; close it where "
                "its cell ends.",
                opened,
            )
        return self._stop(
            "text stands behind a closing quote; write a quote within quotes twice.",
            Place(self.source.name, self.line, self.start + 1),
        )

    def _go_on(self, opened: Place) -> None:
        line = self.source.more() if len(self.taken) < MOST_LINES else None
        if line is None:
            raise self._stop("a quote is opened here and never closed; close it.", opened)
        self.taken.append(line)
        self.line = line[0]
        self.text = self._sound(*line)

    def _sound(self, number: int, text: str | None) -> str:
        if text is None:
            raise self._stop(
                "this line is no UTF-8 text or far too long; in a spreadsheet, save the file as "
                "“CSV UTF-8”.",
                Place(self.source.name, number, 1),
            )
        if "\0" in text:
            raise self._stop(
                "a null character stands in this line; save the file as CSV in UTF-8.",
                Place(self.source.name, number, text.index("\0") + 1),
            )
        return text.rstrip("\r\n")

    def _stop(self, message: str, at: Place) -> CsvError:
        self.source.give_back(self.taken)
        first = self.cells[0].text if self.cells else ""
        return CsvError(message, where=str(at), first=first)


def _separator(header: str) -> str:
    """What stands between the names of the columns: the one that occurs most."""
    outside = re.sub(r'"[^"]*"', "", header)
    return max(SEPARATORS, key=outside.count) if any(s in outside for s in SEPARATORS) else ","
