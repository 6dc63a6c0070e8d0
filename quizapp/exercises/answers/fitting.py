"""Rows and blocks as they were typed, fitted to the shape that is asked for."""

from __future__ import annotations

from itertools import accumulate

from quizapp.exercises.answers.layout import Node, Row
from quizapp.exercises.answers.outcome import Asked, Cells, Shape, Uneven, UnreadableError


class MisfitError(UnreadableError):
    """The text is well written but has another shape.

    ``found`` says which: ``2 rows of 3``; ``wanted`` is the rest of the sentence.
    """

    def __init__(self, found: str, wanted: str, at: int | None = None) -> None:
        super().__init__(f"{found}, but {wanted}.", at)
        self.found = found
        self.wanted = wanted


def fit(node: Node, asked: Asked | Uneven) -> Cells:
    """Return the cells in the asked shape, nested one list a dimension.

    A vector may stand in a row or a column, a blank row of a matrix may be a single
    blank cell or nothing, and blocks of a deeper value may be given as their rows one
    below the other; rows of lengths of their own may stand behind one another. Raises
    MisfitError, which names both shapes.
    """
    unwrapped = _unwrapped(node, max(len(asked), 2))
    if isinstance(asked, Uneven):
        return _uneven(unwrapped, asked)
    if len(asked) == 0:
        return _only_cell(unwrapped)
    if len(asked) == 1:
        return _vector(unwrapped, asked)
    grouped = _grouped(unwrapped, asked)
    return _nested(grouped, _lengths(grouped, asked), asked, grouped)


def natural(node: Node, dimensions: int) -> Cells:
    """Return the cells in the shape they were typed in; raises MisfitError for uneven rows."""
    flat = isinstance(node, Row) and dimensions < 2
    return fit(node, (None,) if flat else (None,) * max(_depth(node), 2))


def _depth(node: Node | None) -> int:
    if not isinstance(node, list):
        return 1
    return 1 + max((_depth(child) for child in node), default=0)


def _unwrapped(node: Node, depth: int) -> Node:
    """Return the node without needless brackets around a single block."""
    while isinstance(node, list) and len(node) == 1 and _depth(node) > depth:
        if node[0] is None:
            break
        node = node[0]
    return node


def _only_cell(node: Node) -> float | None:
    while isinstance(node, list) and len(node) == 1 and node[0] is not None:
        node = node[0]
    if isinstance(node, Row) and len(node.cells) == 1:
        return node.cells[0]
    raise _misfit(node, ())


def _vector(node: Node, asked: Asked) -> Cells:
    if isinstance(node, list) and len(node) == 1 and node[0] is not None:
        node = node[0]
    cells: list[float | None]
    if isinstance(node, Row):
        cells = node.cells
    else:
        cells = []
        for child in node:
            if isinstance(child, list) or (child is not None and len(child.cells) > 1):
                raise _misfit(node, asked)
            cells.append(child.cells[0] if child is not None and child.cells else None)
    if asked[0] not in {None, len(cells)}:
        raise _misfit(node, asked)
    return list(cells)


def _uneven(node: Node, asked: Uneven) -> Cells:
    """Return rows of lengths of their own."""
    lengths = asked.lengths
    rows = [node] if isinstance(node, Row) else node
    if any(isinstance(row, list) for row in rows) or len(rows) > len(lengths):
        raise _misfit(node, asked)
    cells = [row.cells if isinstance(row, Row) else [] for row in rows]
    if len(cells) == 1 < len(lengths) and len(cells[0]) == sum(lengths):
        ends = list(accumulate(lengths))
        cells = [cells[0][end - n : end] for n, end in zip(lengths, ends, strict=True)]
    if asked.whole and len(cells) < len(lengths):
        raise _misfit(node, asked)
    cells += [[] for _ in lengths[len(cells) :]]
    out: list[Cells] = []
    for row, length in zip(cells, lengths, strict=True):
        if len(row) != length and row not in ([], [None]):
            raise _misfit(node, asked)
        out.append(list(row) if len(row) == length else _blank((length,)))
    return out


def _grouped(node: Node, asked: Asked) -> list[Node | None]:
    """Return the node as a list with as many levels as asked where its rows can be grouped."""
    if isinstance(node, Row):
        node = [node] if node.cells else []
    if len(asked) > 2 and _depth(node) == 2:
        for length in reversed(asked[1:-1]):
            if not length or len(node) % length:
                raise _misfit(node, asked)
            node = [node[start : start + length] for start in range(0, len(node), length)]
    return node


def _lengths(node: list[Node | None], asked: Asked) -> Shape:
    """Return the asked lengths; an open one is the largest that occurs at its level."""
    lengths: list[int] = []
    level: list[Node | None] = [node]
    for asked_length in asked:
        found = max((_length(child) for child in level), default=0)
        lengths.append(found if asked_length is None else asked_length)
        level = [child for parent in level if isinstance(parent, list) for child in parent]
    return tuple(lengths)


def _length(node: Node | None) -> int:
    if node is None:
        return 0
    return len(node) if isinstance(node, list) else len(node.cells)


def _nested(node: Node | None, shape: Shape, asked: Asked, whole: Node) -> Cells:
    if node is None or (isinstance(node, Row) and node.cells in ([], [None])):
        return _blank(shape)
    if len(shape) == 1:
        if isinstance(node, Row) and len(node.cells) == shape[0]:
            return list(node.cells)
        raise _misfit(whole, asked, node)
    if isinstance(node, Row) or len(node) != shape[0]:
        raise _misfit(whole, asked)
    return [_nested(child, shape[1:], asked, whole) for child in node]


def _blank(shape: Shape) -> Cells:
    if not shape:
        return None
    return [_blank(shape[1:]) for _ in range(shape[0])]


def _misfit(node: Node, asked: Asked | Uneven, row: Node | None = None) -> MisfitError:
    """Return the refusal that names the shape found and the shape asked for."""
    if isinstance(row, Row) and isinstance(node, list) and not _is_even(node):
        return MisfitError(
            f"The row at character {row.at} has {_count(len(row.cells), 'entry')}",
            f"{_wanted(asked)}; write _ for a blank cell",
            row.at,
        )
    way_out = {
        0: "write one number",
        1: "write every entry, with _ for a blank one",
        2: "write one row a line, with _ for a blank cell",
    }.get(len(asked), "write nested rows such as [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]")
    return MisfitError(f"This has {_found(node)}", f"{_wanted(asked)}; {way_out}")


def _is_even(rows: list[Node | None]) -> bool:
    return len({_length(row) for row in rows}) < 2


def _found(node: Node) -> str:
    if isinstance(node, Row):
        return _count(len(node.cells), "entry")
    if _depth(node) > 2:
        return f"{_count(len(node), 'block')} of rows"
    rows = _count(len(node), "row")
    if not node:
        return rows
    return f"{rows} of {_length(node[0])}" if _is_even(node) else f"{rows} of uneven length"


def _wanted(asked: Asked | Uneven) -> str:
    if isinstance(asked, Uneven):
        told = ", ".join(str(length) for length in asked.lengths)
        return f"rows of {told} entries are asked for"
    if len(asked) == 0:
        return "a single number is asked for"
    first = asked[0]
    if len(asked) == 1:
        return "a vector is asked for" if first is None else f"{_asked_for(first, 'entry')}"
    if len(asked) == 2:
        return f"{_asked_rows(first, asked[1])}"
    lengths = " × ".join("any" if length is None else str(length) for length in asked)
    return f"entries in the shape {lengths} are asked for"


def _asked_rows(rows: int | None, columns: int | None) -> str:
    width = "of equal length" if columns is None else f"of {columns}"
    if rows is None:
        return f"rows {width} are asked for"
    return f"{_count(rows, 'row')} {width} {'is' if rows == 1 else 'are'} asked for"


def _asked_for(number: int, noun: str) -> str:
    return f"{_count(number, noun)} {'is' if number == 1 else 'are'} asked for"


def _count(number: int, noun: str) -> str:
    plural = {"entry": "entries"}.get(noun, noun + "s")
    return f"{number} {noun if number == 1 else plural}"
