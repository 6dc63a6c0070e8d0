"""Entries of a list in a YAML file, changed and added where they stand.

All other lines stay as they are, comments too. What comes out is read back; where it would not
hold exactly what it should, the whole file is written anew.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quizapp.packs.errors import PackError
from quizapp.packs.strict_yaml import parse
from quizapp.packs.write_yaml import yaml_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.packs.document import Document

Entry = dict[str, Any]
_LINE_BREAK = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
_DASH = re.compile(r" *- +")


def with_entries(
    document: Document, key: str, changed: Mapping[int, Entry], added: Sequence[Entry]
) -> str:
    """The text of the file with some entries of its list changed and others added at its end."""
    tree: Any = document.tree
    entries = [changed.get(index, entry) for index, entry in enumerate(tree[key])]
    wanted = {**tree, key: [*entries, *added]}
    spliced = _spliced(document, key, changed, added)
    if spliced is not None and _reads_as(spliced, wanted):
        return spliced
    return yaml_text(wanted)


def _reads_as(text: str, wanted: object) -> bool:
    try:
        return parse(text.encode(), "new").tree == wanted
    except PackError:
        return False


def _spliced(
    document: Document, key: str, changed: Mapping[int, Entry], added: Sequence[Entry]
) -> str | None:
    """The file with the lines of some entries replaced; None where entries share lines."""
    lines = _LINE_BREAK.split(document.text)
    if lines[-1]:
        lines[-1] += "\n"
    starts, margin = _laid_out(document, key, lines)
    if not starts:
        return None
    out = lines[: starts[0]]
    for index, (start, end) in enumerate(pairwise(starts)):
        own = start + _own_lines(lines[start:end], len(margin))
        out += [_written(changed[index], margin)] if index in changed else lines[start:own]
        if index == len(starts) - 2:
            out += [f"\n{_written(entry, margin)}" for entry in added]
        out += lines[own:end]
    return "".join([*out, *lines[starts[-1] :]])


def _laid_out(document: Document, key: str, lines: list[str]) -> tuple[list[int], str]:
    """The first line of each entry and the line behind the last, and what stands before a dash.

    No line where the list is not written as an entry on lines of its own behind each dash.
    """
    keys = document.places.root.entries or {}
    spots = keys[key].value.elements or []
    dashes = [_DASH.fullmatch(lines[spot.line - 1][: spot.column - 1]) for spot in spots]
    starts = [spot.line - 1 for spot in spots]
    if not spots or not all(dashes) or len(set(starts)) != len(starts):
        return [], ""
    behind = [one.line - 1 for one in keys.values() if one.line - 1 > starts[-1]]
    starts.append(min(behind, default=len(lines)))
    return starts, lines[starts[0]].partition("-")[0]


def _own_lines(span: Sequence[str], margin: int) -> int:
    """How many lines of a span belong to its entry, not to what is said of the next one."""
    own = len(span)
    while own > 1:
        line = span[own - 1]
        bare = line.strip()
        comment = bare.startswith("#") and len(line) - len(line.lstrip(" ")) <= margin + 2
        if bare and not comment:
            break
        own -= 1
    return own


def _written(entry: Entry, margin: str) -> str:
    """An entry with a dash before its first line."""
    _, _, body = yaml_text({"entries": [entry]}).partition("\n")
    return "".join(f"{margin}{line[2:]}\n" if line else "\n" for line in body.splitlines())
