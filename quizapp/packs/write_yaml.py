"""Values as YAML that people like to read and the strict reader reads back as they are."""

from __future__ import annotations

import re
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from quizapp.core.text import clean
from quizapp.packs.scalars import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.packs.document import Path

WIDTH = 88
"""Columns; only a single word or number may be longer."""
_INDENT = 2
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
_BREAKS = re.compile("[\u2028\u2029]")
"""Line breaks that no editor shows as such; the reader refuses them."""
_LONGEST_ENTRY = 12
"""Characters; rows with longer entries are not lined up."""


def yaml_text(value: Mapping[str, Any], comments: Mapping[Path, str] | None = None) -> str:
    """A mapping of text, numbers, truth values, None, lists and mappings as YAML.

    ``strict_yaml.parse`` gives exactly this value back, text cleaned as it cleans all text.
    ``comments`` stand behind the keys with these paths. Raises ValueError for nan.
    """
    return "\n".join(_mapping(value, 0, comments or {}, ())) + "\n"


def _mapping(
    value: Mapping[str, Any], indent: int, comments: Mapping[Path, str], path: Path
) -> Iterator[str]:
    margin = " " * indent
    for key, entry in value.items():
        here = (*path, key)
        comment = f"  # {comments[here]}" if here in comments else ""
        first, *others = _entry(entry, indent, comments, here, _text(key))
        commented = f"{margin}{first}{comment}"
        yield commented if len(commented) <= WIDTH else f"{margin}{first}"
        yield from others


def _entry(
    value: Any, indent: int, comments: Mapping[Path, str], path: Path, key: str
) -> Iterator[str]:
    """``key: value``: the first line without its margin, the others as they are."""
    below = indent + _INDENT
    if isinstance(value, dict) and value:
        yield f"{key}:"
        yield from _mapping(value, below, comments, path)
    elif isinstance(value, list) and _is_tall(value):
        yield f"{key}:"
        yield from _items(value, below)
    elif isinstance(value, str) and len(value) + len(key) + below > WIDTH:
        yield from _long_text(value, below, key)
    else:
        first, *others = _flow_lines(value, below, len(key) + 2)
        yield f"{key}: {first}"
        yield from others


def _is_tall(value: list[Any]) -> bool:
    """Whether a list has an entry a line: more than one list, or mappings."""
    return any(isinstance(entry, dict) for entry in value) or (
        len(value) > 1 and all(isinstance(entry, list) for entry in value)
    )


def _is_small(value: dict[str, Any]) -> bool:
    """Whether a mapping within a list stands on one line."""
    return not any(_nests(entry) for entry in value.values()) and len(_flow(value)) < WIDTH // 2


def _nests(value: Any) -> bool:
    return isinstance(value, (list, dict)) and any(
        isinstance(entry, (list, dict))
        for entry in (value.values() if isinstance(value, dict) else value)
    )


def _items(value: list[Any], indent: int) -> Iterator[str]:
    """A list with a dash for each entry; rows of numbers are lined up."""
    margin = " " * indent
    rows = _lined_up(value)
    if rows is not None:
        for row in rows:
            yield from _hung(f"{margin}- ", _cut(row, indent + 3, len(margin) + 2))
        return
    for entry in value:
        if isinstance(entry, list) and _is_tall(entry):
            yield from _under_dash(_items(entry, indent + 2), indent)
        elif isinstance(entry, dict) and entry and not _is_small(entry):
            yield from _under_dash(_mapping(entry, indent + 2, {}, ()), indent)
        else:
            yield from _hung(f"{margin}- ", _flow_lines(entry, indent + 2, len(margin) + 2))


def _under_dash(lines: Iterator[str], indent: int) -> Iterator[str]:
    """Lines of a block, the first with a dash in its margin."""
    for number, line in enumerate(lines):
        yield " " * indent + "- " + line[indent + 2 :] if number == 0 else line


def _hung(first: str, lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield first + line if number == 0 else line


def _lined_up(value: list[Any]) -> list[list[str]] | None:
    """The entries of rows of numbers, padded to columns; None for anything else."""
    numbers = (int, float)
    if not all(
        isinstance(row, list) and row and all(type(entry) in numbers for entry in row)
        for row in value
    ):
        return None
    rows = [[_scalar(entry) for entry in row] for row in value]
    columns = zip_longest(*rows, fillvalue="")
    widths = [max(map(len, column)) for column in columns]
    if max(widths) > _LONGEST_ENTRY:
        return rows
    return [[entry.rjust(width) for entry, width in zip(row, widths, strict=False)] for row in rows]


def yaml_line(value: Any) -> str:
    """A value on one line, as it may stand behind a key."""
    return _flow(value)


# On one line -------------------------------------------------------------------------------


def _flow_lines(value: Any, indent: int, used: int) -> Iterator[str]:
    """A value in brackets or alone, in more lines where one is too narrow."""
    if isinstance(value, list) and value and not any(isinstance(v, (list, dict)) for v in value):
        yield from _cut([_scalar(entry) for entry in value], indent, used)
    else:
        yield _flow(value)


def _cut(entries: list[str], indent: int, used: int) -> Iterator[str]:
    """``[a, b, c]`` after ``used`` columns, cut into lines where it is too long."""
    line = "["
    for number, entry in enumerate(entries):
        last = number == len(entries) - 1
        piece = entry + ("]" if last else ",")
        if line != "[" and used + len(line) + 1 + len(piece) > WIDTH:
            yield line
            line, used = " " * indent + piece, 0
        else:
            line += piece if line == "[" else f" {piece}"
    yield line


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_flow(entry) for entry in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{_text(key)}: {_flow(entry)}" for key, entry in value.items())
        return "{" + inner + "}"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    number = float(value)
    if number != number:  # noqa: PLR0124 - nan is not itself
        raise ValueError("nan is no number to write down")
    if number in {float("inf"), float("-inf")}:
        return ".inf" if number > 0 else "-.inf"
    return repr(number)


# Text --------------------------------------------------------------------------------------


def _text(text: str) -> str:
    """Text on one line: bare where nothing else can be meant, else in quotes."""
    text = readable(text)
    if _NAME.fullmatch(text) and plain(text) == text:
        return text
    if "\n" in text or "\t" in text:
        return '"' + _escaped(text) + '"'
    return "'" + text.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    out = text.replace("\\", "\\\\").replace('"', '\\"')
    return out.replace("\n", "\\n").replace("\t", "\\t")


def readable(text: str) -> str:
    """Text as the reader gives it back: cleaned, without line breaks that nobody sees."""
    return _BREAKS.sub(" ", clean(text))


def _long_text(text: str, indent: int, key: str) -> Iterator[str]:
    """A paragraph folded, lines as they are, or quoted where blanks would be lost."""
    text = readable(text)
    margin = " " * indent
    lines = text.split("\n")
    if len(lines) == 1 and " ".join(text.split()) == text:
        yield f"{key}: >-"
        folded = wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        yield from (margin + line for line in folded)
    elif all(line and line == line.strip() for line in lines):
        yield f"{key}: |-"
        yield from (margin + line for line in lines)
    else:
        yield f"{key}: {_text(text)}"
