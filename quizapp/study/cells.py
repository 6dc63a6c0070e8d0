"""Cells of a line as a student types them: read one by one, or all at once from a paste."""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.text import clean
from quizapp.exercises.answers import Ambiguous, Invalid, Value, read, read_words
from quizapp.exercises.answers.words import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Kind

Cells = list[list[str]]
"""Rows of texts; a row for each row of the last two dimensions."""
MOST_CHARACTERS = 20_000
_SIGNS = {"+": "1", "-": "-1", "\u2212": "-1"}
_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0"})
_ROW_ENDS = re.compile(r"[;\n]|\]\s*,?\s*\[|\)\s*,?\s*\(")
_BRACKETS = re.compile(r"[\[\](){}]")
_LISTED, _BLANKS = re.compile(r"[,;\n]"), re.compile(r"\s+")
_SEPARATORS = (re.compile(r"[,\s]+"), re.compile(r",?\s+"))
"""Commas or blanks; blanks alone, where commas are decimal."""


class PasteError(QuizError):
    """A pasted text that does not fit where it was pasted."""

    code = "paste"


def canonical(text: str, kind: Kind) -> str:
    """A cell as marking reads it: ``+`` is 1 where signs are asked for, ``yes`` is true."""
    bare = text.strip()
    if kind == "sign":
        return _SIGNS.get(bare, bare)
    if kind == "boolean":
        word = bare.lower()
        return "true" if word in _YES else "false" if word in _NO else bare
    return bare


@lru_cache(maxsize=4096)
def fault(text: str, kind: Kind = "real") -> str:
    """Why a cell cannot be read; "" where it can, or is blank."""
    bare = canonical(text, kind)
    if kind == "boolean":
        return "" if bare in {"", "_", "?", "true", "false"} else "Write yes or no."
    out = read(bare, ())
    if isinstance(out, Invalid):
        return out.reason
    if isinstance(out, Ambiguous):
        return f"This can be read as {' or as '.join(out.texts)}; write it so that only one fits."
    return ""


def blank(shape: tuple[int, ...]) -> Cells:
    """Empty cells for a shape: vectors are one row, deeper values one row below the other."""
    rows, columns = folded(shape)
    return [[""] * columns for _ in range(rows)]


def folded(shape: tuple[int, ...]) -> tuple[int, int]:
    """How many rows and columns a shape has when it is written out on paper."""
    if len(shape) < 2:
        return 1, prod(shape)
    return prod(shape[:-1]), shape[-1]


def answer(cells: Cells, shape: tuple[int, ...], kind: Kind) -> Any:
    """The cells as marking takes them: "" if all are blank, a text, or nested lists of texts."""
    texts = [canonical(cell, kind) for row in cells for cell in row]
    if not any(texts):
        return ""
    if not shape:
        return texts[0]
    return _nested(texts, shape)


def _nested(texts: list[str], shape: tuple[int, ...]) -> Any:
    nested: list[Any] = list(texts)
    for length in reversed(shape[1:]):
        nested = _in_rows(nested, length)
    return nested


def _in_rows(entries: Sequence[Any], length: int) -> list[list[Any]]:
    return [list(entries[start : start + length]) for start in range(0, len(entries), length)]


def pasted(text: str, shape: tuple[int, ...], kind: Kind, *, loop: bool = False) -> Cells:
    """The cells of a pasted text: ``1 2; 3 4``, rows, brackets, ``array([...])``.

    Each cell keeps the text it was pasted with where that can be told. The rows of a loop may be
    fewer than asked; the others are blank. Raises PasteError that says what fits.
    """
    text = clean(text)
    rows, columns = folded(shape)
    asked: tuple[int | None, ...] = (None, *shape[1:]) if loop and shape else shape
    out = read(text, asked)
    if isinstance(out, Ambiguous):
        raise PasteError(
            f"this can be read as {' or as '.join(out.texts)}; paste it so that only one fits."
        )
    cuts = [_pieces(text, rows, columns, separator, loop=loop) for separator in _SEPARATORS]
    if isinstance(out, Invalid):
        for pieces in cuts:
            if pieces and not any(fault(cell, kind) for row in pieces for cell in row):
                return pieces  # signs as + and -, yes and no
        raise PasteError(out.reason)
    values = _flat(out.value)
    if len(values) > rows * columns:
        raise PasteError(f"this has {len(values) // columns} rows, but only {rows} are asked for.")
    values += [None] * (rows * columns - len(values))
    for pieces in cuts:
        if pieces and [_number(cell) for row in pieces for cell in row] == values:
            return pieces
    return _in_rows([_written(value) for value in values], columns)


def pasted_rows(text: str, lengths: Sequence[int], *, open_ended: bool = False) -> Cells:
    """The cells of a pasted text whose rows have lengths of their own, or hold words.

    Rows end at a semicolon or a line end, cells at a comma or a tab, or else at blanks; a single
    row is cut where the rows asked for end. Raises PasteError.
    """
    lines = [_BRACKETS.sub(" ", line).strip(", ") for line in _ROW_ENDS.split(clean(text))]
    rows = [_words(line) for line in lines if line.strip()]
    if len(rows) == 1 and len(lengths) > 1 and not open_ended and len(rows[0]) == sum(lengths):
        cells = iter(rows[0])
        rows = [[next(cells) for _ in range(length)] for length in lengths]
    if len(rows) != len(lengths):
        raise PasteError(f"this has {len(rows)} rows, but {len(lengths)} are asked for.")
    found = [len(row) for row in rows]
    if not open_ended and found != list(lengths):
        told = ", ".join(map(str, lengths))
        raise PasteError(f"this has {', '.join(map(str, found))} cells in its rows, not {told}.")
    return rows


def pasted_words(text: str) -> Cells:
    """A row of the words of a pasted text; blanks stand within them where commas are between."""
    bare = _BRACKETS.sub(" ", clean(text))
    separator = _LISTED if _LISTED.search(bare.strip()) else _BLANKS
    words = [word.strip().strip("\"'“”„") for word in separator.split(bare)]
    return [[word for word in words if word]]


def pasted_lists(text: str, shape: tuple[int, ...] = ()) -> Cells:
    """The cells of a pasted text, each a list such as a path: a row of them, or those of a shape.

    Raises PasteError.
    """
    asked = Asked(3, width=shape[1], numbers=True) if shape else Asked(2)
    out = read_words(text, asked)
    if isinstance(out, Invalid):
        raise PasteError(out.reason)
    rows = out if isinstance(out, list) and shape else [out]
    cells = [[_joined(one) for one in row] for row in rows if isinstance(row, list)]
    if shape:
        rows_asked, columns = shape
        if len(cells) > rows_asked or any(len(row) != columns for row in cells):
            raise PasteError(f"{rows_asked} rows of {columns} lists are asked for.")
        cells += [[""] * columns for _ in range(rows_asked - len(cells))]
    return cells or [[""]]


def _joined(words: Any) -> str:
    return " ".join(word or "_" for word in words) if isinstance(words, list) else ""


def _words(line: str) -> list[str]:
    for separator in ("\t", ","):
        if separator in line:
            return [cell.strip() for cell in line.split(separator)]
    return line.split()


def _pieces(
    text: str, rows: int, columns: int, separator: re.Pattern[str], *, loop: bool
) -> Cells | None:
    """The text cut at row ends and separators, if that gives as many cells as asked."""
    lines = [_BRACKETS.sub(" ", line).strip(", ") for line in _ROW_ENDS.split(text)]
    cut = [_cut(line, separator) for line in lines if line.strip()]
    if rows == 1 or columns == 1:
        cut = _in_rows([cell for row in cut for cell in row], columns)
    if loop and len(cut) < rows:
        cut += [[""] * columns for _ in range(rows - len(cut))]
    return cut if [len(row) for row in cut] == [columns] * rows else None


def _cut(line: str, separator: re.Pattern[str]) -> list[str]:
    """The cells of a row; tabs separate where there are any, as a spreadsheet copies."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return [cell for cell in separator.split(line.strip()) if cell]


def _flat(value: Any) -> list[float | None]:
    if isinstance(value, list):
        return [cell for part in value for cell in _flat(part)]
    return [value]


def _number(cell: str) -> float | None:
    out = read(cell, ())
    return out.value if isinstance(out, Value) and isinstance(out.value, float) else None


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
