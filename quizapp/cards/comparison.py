"""A table that compares two to four things; asked is which of them an entry belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import TypedDict

from quizapp.cards.asks import Match, Row
from quizapp.cards.card import CardFields
from quizapp.cards.registry import Flaw
from quizapp.cards.shape import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards.sides import AnswerBy

TYPE = "comparison"

EXAMPLE = """\
question: 'Which of the two does each entry describe?'
columns: ['This', 'That']
rows:
  - {aspect: 'Weights', cells: ['symmetric', 'any']}
  - {aspect: 'Updates', cells: ['one unit at a time', 'a layer at a time']}
"""
"""Its own fields, as an author starts with them."""

FEWEST_COLUMNS, MOST_COLUMNS = 2, 4
FEWEST_ROWS, MOST_ROWS = 2, 6


@exact
class RowFields(TypedDict):
    """One aspect, with an entry for each of the things compared."""

    aspect: str
    cells: list[str]


@exact
class Fields(CardFields):
    """What a comparison card writes: the things compared, and the table row by row."""

    question: str
    columns: list[str]
    rows: list[RowFields]


def flaws(fields: Fields) -> Iterator[Flaw]:
    """Yield tables of a wrong size, and entries that would fit several columns."""
    columns, rows = fields["columns"], fields["rows"]
    if not FEWEST_COLUMNS <= len(columns) <= MOST_COLUMNS:
        message = f"a comparison has {FEWEST_COLUMNS} to {MOST_COLUMNS} columns"
        yield Flaw(("columns",), f"{message}, this one has {len(columns)}")
    if not FEWEST_ROWS <= len(rows) <= MOST_ROWS:
        message = f"a comparison has {FEWEST_ROWS} to {MOST_ROWS} rows, this one has {len(rows)}"
        yield Flaw(("rows",), message)
    for index, row in enumerate(rows):
        if len(row["cells"]) != len(columns):
            message = f"{len(row['cells'])} cells under {len(columns)} columns: write one for each"
            yield Flaw(("rows", index, "cells"), message)
        seen: dict[str, int] = {}
        for column, cell in enumerate(row["cells"]):
            first = seen.setdefault(" ".join(cell.split()).casefold(), column)
            if first != column:
                message = f"the same as in column {first + 1}, so it fits both: make them differ"
                yield Flaw(("rows", index, "cells", column), message)


def ask(fields: Fields, answer_by: AnswerBy) -> Match:  # noqa: ARG001 - both sides agree
    """Return the table with the entry of the first column asked in each row.

    ``shuffled`` draws the entries and the order of the rows.
    """
    rows = tuple(Row(row["aspect"], tuple(row["cells"])) for row in fields["rows"])
    return Match(fields["question"], tuple(fields["columns"]), rows, right=(0,) * len(rows))
