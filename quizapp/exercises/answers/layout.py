"""Cells, rows and nested lists as they stand in a text, whatever lengths are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from quizapp.exercises.answers.brackets import Bracketed, match
from quizapp.exercises.answers.characters import quoted
from quizapp.exercises.answers.cursor import Cursor, bare_name, is_blank
from quizapp.exercises.answers.expressions import read_sum
from quizapp.exercises.answers.outcome import UnreadableError
from quizapp.exercises.answers.tokens import Kind, Token

_ARRAYS = frozenset({"array", "asarray", "matrix", "tensor"})
_LINE_ENDS = frozenset({";", "\n"})
_ITEM_ENDS = frozenset({"", ",", ";", "\n", ")", "]"})


@dataclass(frozen=True, slots=True)
class Row:
    """Cells beside each other, and the character (from 1) where they start."""

    cells: list[float | None]
    at: int


Node: TypeAlias = "Row | list[Node | None]"
"""A row, or rows or blocks below each other; None is a blank one."""

_Item: TypeAlias = "float | Node | None"


@dataclass(frozen=True, slots=True)
class _Line:
    items: list[_Item]
    at: int


def read_layout(tokens: list[Token], dimensions: int, *, uneven: bool = False) -> Node:
    """Return the rows of the text, read for a value of so many dimensions.

    Where rows may be ``uneven``, a number beside bracketed rows is a row by itself. Raises
    UnreadableError.
    """
    bracketed = match(_without_name(tokens), rows=dimensions > 1)
    return _Layout(bracketed, dimensions, uneven=uneven).read()


def _without_name(tokens: list[Token]) -> list[Token]:
    """Return the tokens behind an ``ans =`` or ``=`` in front."""
    start = 0
    while tokens[start].text == "\n":
        start += 1
    if tokens[start].kind is Kind.NAME and tokens[start + 1].text == "=":
        start += 1
    if tokens[start].text == "=":
        start += 1
    while tokens[start].text == "\n":
        start += 1
    return tokens[start:]


class _Layout:
    def __init__(self, bracketed: Bracketed, dimensions: int, *, uneven: bool) -> None:
        self.cursor = Cursor(bracketed.tokens)
        self.closing = bracketed.closing
        self.listing = bracketed.listing
        self.dimensions = dimensions
        self.uneven = uneven

    def read(self) -> Node:
        node = self._content(len(self.cursor.tokens) - 1, cells=self.dimensions > 0)
        # Brackets around everything add nothing: [1, 2] is the row 1, 2.
        if isinstance(node, list) and len(node) == 1 and node[0] is not None:
            return node[0]
        return node

    def _content(self, end: int, *, cells: bool) -> Node:
        """Return what stands between the cursor and the token at ``end``."""
        lines: list[_Line] = []
        while True:
            line = self._line(end, cells=cells)
            ended = self.cursor.place >= end
            # An empty line is only air; nothing before a semicolon is a blank row.
            if line.items or (not ended and self.cursor.token.text == ";"):
                lines.append(line)
            if ended:
                return _node(lines, line.at, uneven=self.uneven)
            self.cursor.take()

    def _line(self, end: int, *, cells: bool) -> _Line:
        cursor = self.cursor
        line = _Line([], cursor.token.at)
        wanted = True  # nothing stands yet behind the last comma
        while cursor.place < end and cursor.token.text not in _LINE_ENDS:
            if cursor.token.text == ",":
                cursor.take()
                if wanted:
                    line.items.append(None)
                wanted = True
            else:
                if not wanted:
                    _check_beside(cursor, cells=cells)
                line.items.append(self._item(cells=cells))
                wanted = False
        return line

    def _item(self, *, cells: bool) -> _Item:
        cursor = self.cursor
        token = cursor.token
        if token.kind is Kind.NAME and bare_name(token) in _ARRAYS and cursor.next.text == "(":
            cursor.take()
            return self._block()
        if token.text == "[" or (token.text == "(" and self._is_list(cells=cells)):
            return self._block()
        if is_blank(token):
            cursor.take()
            return None
        return read_sum(cursor, cells=cells)

    def _is_list(self, *, cells: bool) -> bool:
        """Return whether the parenthesis at the cursor holds cells, not part of a number."""
        place = self.cursor.place
        closed = self.closing[place]
        following = self.cursor.tokens[closed + 1]
        if place == 0 and following.kind is Kind.END and self.dimensions > 0:
            return True
        alone = following.text in _ITEM_ENDS or (cells and following.spaced)
        return place in self.listing and alone

    def _block(self) -> Node:
        cursor = self.cursor
        opening = cursor.place
        closed = self.closing[opening]
        end = self._before_dtype(opening, closed)
        cursor.take()
        node = self._content(end, cells=True)
        cursor.place = closed + 1
        # Parentheses around one bracket, as in array([…]), are no level of their own.
        only = node[0] if isinstance(node, list) and len(node) == 1 else None
        return node if only is None or cursor.tokens[opening].text == "[" else only

    def _before_dtype(self, opening: int, closed: int) -> int:
        """Return where the cells of ``array([…], dtype=…)`` end; ``closed`` without a dtype."""
        tokens = self.cursor.tokens
        start = closed - 4
        if start <= opening:
            return closed
        comma, name, equals, kind = tokens[start:closed]
        if (comma.text, name.text, equals.text) == (",", "dtype", "=") and kind.kind is Kind.NAME:
            return start
        return closed


def _node(lines: list[_Line], at: int, *, uneven: bool) -> Node:
    if any(isinstance(item, Row | list) for line in lines for item in line.items):
        return _blocks(lines, uneven=uneven)
    rows: list[Node | None] = [
        Row([item for item in line.items if not isinstance(item, Row | list)], line.at)
        for line in lines
    ]
    if not rows:
        return Row([], at)
    return rows[0] if len(rows) == 1 and rows[0] is not None else rows


def _blocks(lines: list[_Line], *, uneven: bool) -> Node:
    """Return the bracketed rows of all lines: a line end between them separates, no more."""
    children: list[Node | None] = []
    for line in lines:
        for item in line.items or [None]:
            if isinstance(item, float) and uneven:
                children.append(Row([item], line.at))
                continue
            if isinstance(item, float):
                raise UnreadableError(
                    f"A number stands beside a bracketed row in what starts at character {line.at};"
                    " put every row in brackets, such as [[1, 2], [3, 4]].",
                    line.at,
                )
            children.append(item)
    return children


def _check_beside(cursor: Cursor, *, cells: bool) -> None:
    """Refuse an item that follows another without a separator."""
    token, before = cursor.token, cursor.tokens[cursor.place - 1]
    at = token.at
    if token.text == "=":
        raise UnreadableError(f"An equals sign stands at character {at}; write only the value.", at)
    if token.text in {"*", "/", "^", "%"} or token.kind is Kind.RAISED:
        raise UnreadableError(
            f"{quoted(token.text)} at character {at} has no number before it; write one number a"
            " cell.",
            at,
        )
    if cells:
        if token.spaced or token.text == "[" or before.text == "]":
            return
        raise UnreadableError(
            f"Two numbers touch at character {at}; write a blank, a comma or * between them.", at
        )
    if token.spaced and token.kind is Kind.NUMBER and before.kind is Kind.NUMBER:
        raise UnreadableError(
            f"One number is asked for, and a second one starts at character {at}; write it in one"
            " piece, without blanks.",
            at,
        )
    raise UnreadableError(
        f"One number is asked for, and {quoted(token.text)} at character {at} does not continue"
        " it; write an operator such as * between, or one number alone.",
        at,
    )
