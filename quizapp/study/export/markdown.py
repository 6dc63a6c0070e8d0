"""A solution as Markdown whose formulas GitHub, Obsidian and Pandoc all show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.mathtext import latex
from quizapp.mathtext.ast import Node, Text
from quizapp.study.export.content import equation, named, number
from quizapp.study.otherwise import HEADING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.study.export.content import Entry, Piece, Sheet, SheetLine, StatedGiven
    from quizapp.study.otherwise import Otherwise

_SYNTAX = re.compile(r"([\\`*_{}\[\]<>#|$~&])")
_LIST = re.compile(r"^(\s*)([-+=]|[0-9]+[.)])")


def escaped(text: str) -> str:
    """Return the text so that Markdown shows it as it is, on one line."""
    line = _SYNTAX.sub(r"\\\1", " ".join(text.split()))
    return _LIST.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", line)


def markdown(sheet: Sheet) -> str:
    """Return the problem and its solution; lines end in newlines, the last one too."""
    blocks = [f"# {escaped(sheet.title)}", *map(escaped, sheet.note)]
    blocks.append(" ".join(filter(None, (escaped(sheet.task), escaped(sheet.keep)))))
    if sheet.origin:
        blocks.append(f"Numbers: {escaped(sheet.origin)}")
    blocks.append("## Given")
    blocks += [block for given in sheet.givens for block in _given(given)]
    if sheet.conventions:
        blocks.append("## Convention" if len(sheet.conventions) == 1 else "## Conventions")
        blocks.append("\n".join(f"- {escaped(told)}" for told in sheet.conventions))
    blocks.append("## Solution")
    blocks += [block for line in sheet.lines for block in _line(line)]
    return "\n\n".join(blocks) + "\n"


def _given(given: StatedGiven) -> Iterator[str]:
    about = escaped(given.about)
    if given.text is not None:
        value = number(given.text)
        if isinstance(value, Text):
            yield f"{about}: {_inline(given.symbol)} = {escaped(given.text)}"
        else:
            yield f"{about}: {_inline(equation(given.symbol, value))}"
        return
    if len(given.pieces) == 1 and len(given.pieces[0].rows) == 1:
        yield f"{about}: {_inline(equation(given.symbol, given.pieces[0].node))}"
        return
    for place, piece in enumerate(given.pieces):
        told = ", ".join(filter(None, ("" if place else about, piece.part)))
        if told:
            yield f"{told}:"
        yield _display(equation(named(given.symbol, piece.name), piece.node))


def _line(line: SheetLine) -> Iterator[str]:
    final = " (answer)" if line.final else ""
    yield f"### {line.number}. {escaped(line.title)}{final}"
    yield _display(line.formula)
    if line.entries:
        yield "\n".join(map(_entry, line.entries))
    if line.more:
        entries = "entry" if line.more == 1 else "entries"
        yield f"… and {line.more} more {entries} in the same way."
    yield from _value(line)
    if line.others:
        yield HEADING
        yield "\n".join(map(_other, line.others))


def _entry(entry: Entry) -> str:
    place = f"{escaped(entry.place)}: " if entry.place else ""
    work = entry.work
    if isinstance(entry.result, Text):
        return f"- {place}{_inline(work)} = {escaped(entry.result.text)}"
    return f"- {place}{_inline(equation(work, entry.result))}"


def _value(line: SheetLine) -> Iterator[str]:
    if line.scalar is not None:
        if not line.entries:
            yield _shown(line.scalar)
        return
    for piece in line.pieces:
        if piece.name or piece.part:
            yield f"{', '.join(filter(None, (escaped(piece.name), piece.part)))}:"
        yield _table(piece) if piece.labels else _display(equation(None, piece.node))


def _shown(value: Node) -> str:
    """A single value on a line of its own."""
    if isinstance(value, Text):
        return f"= {escaped(value.text)}"
    return _display(equation(None, value))


def _table(piece: Piece) -> str:
    """The rows with their names, as a table of pipes."""
    columns = len(piece.rows[0])
    head = [" "] + [str(n) for n in range(1, columns + 1)] if columns > 1 else [" ", "value"]
    rows = [
        [escaped(name), *map(_cell, row)]
        for name, row in zip(piece.labels, piece.rows, strict=True)
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def _cell(text: str) -> str:
    value = number(text)
    return escaped(text) if isinstance(value, Text) or not text else _inline(value)


def _other(other: Otherwise) -> str:
    remark = f"; {other.remark}" if other.remark else ""
    rows = other.tables[0]
    if len(other.tables) == 1 and len(rows) == 1:
        cells = r" \quad ".join(latex(number(cell)) for cell in rows[0])
        return f"- {escaped(other.words)}: ${cells}${remark}"
    return f"- {escaped(other.words)}: {escaped(other.short)}{remark}"


def _inline(node: Node) -> str:
    """A formula within a line; one that has rows gets lines of its own."""
    source = latex(node)
    return f"\n\n{_display(node)}\n\n" if "\n" in source else f"${source}$"


def _display(node: Node) -> str:
    return f"$$\n{latex(node)}\n$$"
