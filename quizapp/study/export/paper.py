"""A solution on paper: Typst source that stands alone, and the PDF of it.

Typst sees the fixed page description and the solution as JSON. What a pack or a student wrote
reaches it as strings of that JSON and is shown as such; formulas are what ``mathtext.typst``
writes. No file, package or network is within its reach.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from quizapp.core.errors import QuizError
from quizapp.mathtext import typst
from quizapp.mathtext.ast import Kind as AtomKind
from quizapp.mathtext.ast import Row, Symbol, Text
from quizapp.mathtext.typst import aligned_cells
from quizapp.study.export.content import equation, matrix, named, number
from quizapp.study.otherwise import HEADING

if TYPE_CHECKING:
    from quizapp.mathtext import Node
    from quizapp.study.export.content import Entry, Piece, Sheet, SheetLine, StatedGiven
    from quizapp.study.otherwise import Otherwise

_INPUT = "json(bytes(sys.inputs.sheet))"
_TALL = 6
"""Rows; a taller matrix of another convention is written on the line."""
_LONG = 24
"""Rows; a longer value may go on on the next page."""
_COVERED = (range(0x530), range(0x1E00, 0x2E80), range(0x1D400, 0x1D800))
"""Latin, Greek, Cyrillic, signs and mathematical letters: the fonts that Typst brings along."""


class PaperError(QuizError):
    """A document that cannot be set."""

    code = "paper"


def typst_source(sheet: Sheet) -> str:
    """Return a document that `typst compile` sets as it stands."""
    # A raw block takes everything as it is but backticks, and makes one sign of all that ends a
    # line; JSON can write these signs in another way.
    plain = json.dumps(_data(sheet), ensure_ascii=False, indent=1)
    for sign in "`\x85\u2028\u2029":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return _page().replace(_INPUT, f"json(bytes(```json\n{plain}\n```.text))", 1)


def pdf(sheet: Sheet) -> bytes:
    """Return the PDF: the same bytes for the same sheet. Raises PaperError."""
    return _compiled(sheet, "pdf")[0]


def pictures(sheet: Sheet, ppi: float = 110) -> list[bytes]:
    """Return the pages as PNG. Raises PaperError."""
    return _compiled(sheet, "png", ppi)


def _compiled(sheet: Sheet, form: Literal["pdf", "png"], ppi: float = 110) -> list[bytes]:
    try:
        import typst as engine
    except ImportError:
        raise PaperError(
            "there is no Typst on this machine; install it with `pip install typst`, or write "
            "Markdown instead."
        ) from None
    data = json.dumps(_data(sheet), ensure_ascii=False)
    try:
        out = engine.compile(
            _page().encode(),
            format=form,
            ppi=ppi,
            sys_inputs={"sheet": data},
            ignore_system_fonts=not _needs_more_fonts(data),
        )
    except engine.TypstError as error:
        raise PaperError(f"Typst cannot set this sheet ({error}).") from error
    return out if isinstance(out, list) else [out]


def _page() -> str:
    return files(__package__).joinpath("solution.typ").read_text(encoding="utf-8")


def _needs_more_fonts(data: str) -> bool:
    """Whether some text is in a script that the fonts of this machine have to help out with.

    Without need they stay out, so that the same sheet looks the same everywhere.
    """
    if data.isascii():
        return False
    return not all(any(ord(character) in known for known in _COVERED) for character in set(data))


# The sheet as data -----------------------------------------------------------------------


def _data(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "note": list(sheet.note),
        "task": sheet.task,
        "keep": sheet.keep,
        "origin": sheet.origin,
        "otherwise": HEADING,
        "givens": [one for given in sheet.givens for one in _given(given)],
        "conventions": list(sheet.conventions),
        "lines": [_line(line) for line in sheet.lines],
    }


def _given(given: StatedGiven) -> list[dict[str, Any]]:
    if given.text is not None:
        formula = equation(given.symbol, number(given.text))
        return [{"about": given.about, "maths": typst(formula), "rigid": False}]
    return [
        {
            "about": ", ".join(filter(None, ("" if place else given.about, piece.part))),
            "maths": typst(equation(named(given.symbol, piece.name), piece.node)),
            "rigid": True,
        }
        for place, piece in enumerate(given.pieces)
    ]


def _line(line: SheetLine) -> dict[str, Any]:
    entries = "entry" if line.more == 1 else "entries"
    told = line.scalar is not None and bool(line.entries)  # the substitution ends in the value
    return {
        "number": line.number,
        "title": line.title,
        "final": line.final,
        "formula": typst(line.formula),
        "entries": [_entry(entry) for entry in line.entries],
        "more": f"… and {line.more} more {entries} in the same way" if line.more else "",
        "pieces": [] if told else [_piece(line, piece) for piece in line.pieces],
        "long": sum(len(piece.rows) for piece in line.pieces) > _LONG,
        "others": [_other(other) for other in line.others],
    }


def _entry(entry: Entry) -> dict[str, str]:
    return {"place": entry.place, "maths": typst(equation(entry.work, entry.result))}


def _piece(line: SheetLine, piece: Piece) -> dict[str, Any]:
    value = line.scalar or piece.node
    return {
        "part": ", ".join(filter(None, (piece.name, piece.part))),
        "labels": list(piece.labels),
        "rows": _table(piece) if piece.labels else [],
        "maths": "" if piece.labels else typst(equation(None, value)),
    }


def _table(piece: Piece) -> list[list[str]]:
    """The cells, in every column on their decimal points."""
    columns = [
        aligned_cells([number(cell) for cell in column]) for column in zip(*piece.rows, strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _other(other: Otherwise) -> dict[str, Any]:
    shown = _shown(other)
    return {
        "words": other.words,
        "maths": typst(shown),
        "wide": not isinstance(shown, Text) and any(len(rows) > 1 for rows in other.tables),
        "remark": other.remark,
    }


def _shown(other: Otherwise) -> Node:
    """The value in brackets if it is small, else on the line; a single one as itself."""
    if any(len(rows) > _TALL for rows in other.tables):
        return Text(other.short)
    rows = other.tables[0]
    if len(other.tables) == len(rows) == len(rows[0]) == 1:
        return number(rows[0][0])
    comma = Symbol(",", AtomKind.PUNCTUATION)
    parts = [part for table in other.tables for part in (comma, matrix(table))]
    return Row(tuple(parts[1:]))
