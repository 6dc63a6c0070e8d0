"""A comparison on a page: the table where it fits, row by row where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.mathtext import plain, prose, width
from quizapp.tui.say import join, say
from quizapp.tui.widgets.prose import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.content import Content

    from quizapp.cards import Match

_GAP = 2
_NARROWEST = 14
"""Cells; in less a column is hard to read."""
_HEAD, _QUIET = "bold $text-accent", "$text-muted"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole table: a line for each aspect, a column for each thing compared."""

    ask: Match
    gap: bool = True

    def rows(self, width: int, *, raw: bool) -> list[Content]:
        """The table in a width."""
        texts = [
            ["", *self.ask.columns],
            *([row.aspect, *row.cells] for row in self.ask.rows),
        ]
        widths = _fitting(texts, width, raw=raw)
        return list(_table(texts, widths, raw=raw) if widths else self._by_row(width, raw=raw))

    def _by_row(self, width: int, *, raw: bool) -> Iterator[Content]:
        for row in self.ask.rows:
            yield from Passage(row.aspect, "bold").rows(width, raw=raw)
            for name, cell in zip(self.ask.columns, row.cells, strict=True):
                lead = say(f"{one_line(name, raw=raw)}: ", _HEAD)
                yield from Passage(cell, lead=lead, indent=2).rows(width, raw=raw)


@dataclass(frozen=True, slots=True)
class Columns:
    """The things compared with their numbers, on one line where they fit."""

    names: Sequence[str]
    gap: bool = True

    def rows(self, width: int, *, raw: bool) -> list[Content]:
        """The names in a width."""
        leads = [say(f"{number}  ", _HEAD) for number in range(1, len(self.names) + 1)]
        shown = [one_line(name, raw=raw) for name in self.names]
        flat = say("    ").join(
            [join(lead, say(name, "bold")) for lead, name in zip(leads, shown, strict=True)]
        )
        if flat.cell_length <= width:
            return [flat]
        return [
            line
            for lead, name in zip(leads, self.names, strict=True)
            for line in Passage(name, "bold", lead=lead).rows(width, raw=raw)
        ]


def one_line(text: str, *, raw: bool) -> str:
    """A text of the pack on one line, its formulas as they are read or (raw) as LaTeX."""
    return " ".join(text.split()) if raw else plain(text)


def _fitting(texts: Sequence[Sequence[str]], room: int, *, raw: bool) -> list[int]:
    """The widths of the columns, the wide ones cut back to what is left; [] if that is too little.

    The widest width that all columns may have is looked for.
    """
    natural = [
        max(width(one_line(text, raw=raw)) for text in column)
        for column in zip(*texts, strict=True)
    ]
    room -= _GAP * (len(natural) - 1)
    for most in range(max(natural), _NARROWEST - 1, -1):
        widths = [min(column, most) for column in natural]
        if sum(widths) <= room:
            return widths
    return []


def _table(
    texts: Sequence[Sequence[str]], widths: Sequence[int], *, raw: bool
) -> Iterator[Content]:
    for number, row in enumerate(texts):
        blocks = [prose(text, cells, raw=raw) for text, cells in zip(row, widths, strict=True)]
        for line in range(max(map(len, blocks))):
            parts: list[Content | str] = []
            for place, (block, cells) in enumerate(zip(blocks, widths, strict=True)):
                shown = block[line] if line < len(block) else ""
                style = _HEAD if number == 0 else "bold" if place == 0 else ""
                parts += [say(shown, style), " " * (cells - width(shown) + _GAP)]
            yield join(*parts[:-1])
        if number == 0:
            yield say("─" * (sum(widths) + _GAP * (len(widths) - 1)), _QUIET)
