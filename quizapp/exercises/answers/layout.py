"""Cells, rows and nested lists as they stand in a text, whatever shape is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from quizapp.exercises.answers.brackets import Bracketed, match
from quizapp.exercises.answers.expressions import Cursor, bare_name, is_blank, read_sum
from quizapp.exercises.answers.outcome import Unreadable
from quizapp.exercises.answers.tokens import Kind, Token, quoted

_ARRAYS = frozenset({"array", "asarray", "matrix", "tensor"})
_ENDS = frozenset({";", "\n"})


@dataclass(frozen=True, slots=True)
class Row:
    """Cells beside each other, and the character (from 1) where they start."""

    cells: list[float | None]
    at: int


Node: TypeAlias = "Row | list[Node | None]"
"""A row, or rows or blocks below each other; None is a blank row."""


def read_layout(tokens: list[Token], dimensions: int) -> Node:
    """Return the rows of the text, read for a value of so many dimensions.

    Raises Unreadable.
    """
    bracketed = match(_without_name(tokens), rows=dimensions > 1)
    return _Layout(bracketed, dimensions).read()


def _without_name(tokens: list[Token]) -> list[Token]:
    """Return the tokens behind an ``ans =`` or ``=`` in front."""
    start = 0
    while tokens[start].text == "\n":
        start += 1
    if tokens[start].kind is Kind.NAME and tokens[start + 1].text == "=":
        start += 2
    elif tokens[start].text == "=":
        start += 1
    for token in tokens[start:]:
        if token.text == "=" and tokens[start].kind is not Kind.NAME:
            raise Unreadable(
                f"An equals sign stands at character {token.at}; write only the value.", token.at
            )
    return tokens[start:]


class _Layout:
    def __init__(self, bracketed: Bracketed, dimensions: int) -> None:
        self.cursor = Cursor(bracketed.tokens)
        self.closing = bracketed.closing
        self.listing = bracketed.listing
        self.dimensions = dimensions

    def read(self) -> Node:
        node = self._content(len(self.cursor.tokens) - 1, cells=self.dimensions > 0)
        # Brackets around everything add nothing: [1, 2] is the row 1, 2.
        if isinstance(node, list) and len(node) == 1 and node[0] is not None:
            return node[0]
        return node

    def _content(self, end: int, *, cells: bool) -> Node:
        """Return what stands between the cursor and the token at ``end``, END or a bracket."""
        cursor = self.cursor
        rows: list[Row] = []
        children: list[Node | None] = []
        nested = False
        row = Row([], cursor.token.at)
        wanted = True  # a cell may start here: at the start and after a separator
        trailing = False  # the last separator is a comma
        while True:
            token = cursor.token
            if cursor.place >= end or token.text in _ENDS:
                skipped = wanted and not row.cells and not trailing
                if not skipped or token.text == ";":
                    rows.append(row)
                if cursor.place >= end:
                    break
                cursor.take()
                if token.text == ";" and cursor.token.text == "\n":
                    cursor.take()
                row = Row([], cursor.token.at)
                wanted, trailing = True, False
            elif token.text == ",":
                if wanted:
                    row.cells.append(None)
                    children.append(None)
                cursor.take()
                wanted = trailing = True
            else:
                if not wanted:
                    self._check_beside(token, cells=cells)
                item = self._item(cells=cells)
                if isinstance(item, Row | list):
                    nested = True
                    children.append(item)
                wanted = False
        return self._node(rows, children, nested=nested)
