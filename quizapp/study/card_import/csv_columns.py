"""What separates the cells of a CSV file of cards, and what its columns are."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from quizapp.cards import types
from quizapp.study.card_import.found import ImportFileError
from quizapp.study.csv_rows import CsvError, CsvRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Line = tuple[int, str | None]
SEPARATORS = ("\t", ";", ",", "|")
_NAMED = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_SAMPLE_LINES, _SAMPLE_CHARACTERS = 100, 200_000
_HEADER = re.compile(r"#([a-z ]{3,20}):(.*)", re.DOTALL)
_OF_EXCEL = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_HEADERS = {"separator", "html", "tags", "columns", "notetype", "deck", "if matches"} | {
    f"{name} column" for name in ("notetype", "deck", "tags", "guid")
}
_ALIASES = {
    "front": "question",
    "prompt": "question",
    "q": "question",
    "term": "question",
    "back": "answer",
    "a": "answer",
    "definition": "answer",
    "response": "answer",
    "tag": "tags",
    "kind": "type",
    "notetype": "type",
    "deck": "topic",
    "chapter": "topic",
    "guid": "id",
    "extra": "explanation",
    "comment": "explanation",
    "note": "explanation",
    "notes": "explanation",
    "hint": "explanation",
}
POSITIONS = ("question", "answer", "tags")
"""Columns of a file that does not name them."""


@dataclass(slots=True)
class Headers:
    """What the lines that begin with # say, as Anki writes them."""

    separator: str = ""
    html: bool | None = None
    columns: list[str] = field(default_factory=list)
    notetype: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    """``notetype``, ``deck``, ``tags`` or ``guid`` to its column, from 0."""

    @property
    def of_anki(self) -> bool:
        """Whether the rows are notes of Anki."""
        return self.html is not None or bool(self.places or self.notetype or self.deck)


def take_headers(lines: list[Line], name: str) -> Headers:
    """The headers at the beginning of some lines, which are taken off. Raises ImportFileError."""
    found = Headers()
    excel = _OF_EXCEL.fullmatch((lines[0][1] or "") if lines else "")
    if excel:
        found.separator = excel[1]
        lines.pop(0)
    while lines and (match := _HEADER.fullmatch((lines[0][1] or "").rstrip("\r\n"))):
        key, value = match[1], match[2].strip("\r\n")
        if key not in _HEADERS:
            break
        _take(found, key, value, f"{name}:{lines[0][0]}:1")
        lines.pop(0)
    return found


def _take(found: Headers, key: str, value: str, where: str) -> None:
    word = value.strip()
    if key == "separator":
        found.separator = _NAMED.get(word.lower(), value if len(value) == 1 else "")
        if not found.separator:
            raise ImportFileError(
                f"a separator is one character or one of {', '.join(_NAMED)}.", where=where
            )
    elif key == "html":
        found.html = word.lower() == "true"
    elif key == "notetype":
        found.notetype = word
    elif key == "deck":
        found.deck = word
    elif key == "tags":
        found.tags = tuple(word.split())
    elif key == "columns":
        found.columns = re.split(re.escape(found.separator or ","), value)
    elif key.endswith(" column"):
        if not (word.isdecimal() and 1 <= len(word) <= 4 and int(word) >= 1):
            raise ImportFileError("a column is a number from 1.", where=where)
        found.places[key.removesuffix(" column")] = int(word) - 1


def separator(lines: Sequence[Line], headers: Headers, name: str) -> str:
    """What separates the cells: what a header says, or what cuts the rows most evenly."""
    if headers.separator:
        return headers.separator
    sample = list(_sample(lines))
    scores = {sign: _evenness(sample, sign, name) for sign in SEPARATORS}
    best = max(SEPARATORS, key=lambda sign: scores[sign])
    return best if scores[best] > 0 else ","


def _sample(lines: Sequence[Line]) -> Iterator[Line]:
    left = _SAMPLE_CHARACTERS
    for line in islice(lines, _SAMPLE_LINES):
        left -= len(line[1] or "")
        if left < 0:
            return
        yield line


def _evenness(sample: list[Line], sign: str, name: str) -> float:
    """The share of rows that are cut into the commonest number of cells, if more than one."""
    rows = CsvRows(sample, name)
    rows.separator = sign
    widths = Counter(1 if isinstance(row, CsvError) else len(row) for row in rows.rows())
    wide = [(count, width) for width, count in widths.items() if width > 1]
    return max(wide)[0] / widths.total() if wide else 0.0


# Columns -----------------------------------------------------------------------------------


def known_columns() -> frozenset[str]:
    """Every name that a column may have: the fields of all card types."""
    from typing_extensions import get_type_hints

    names = {name for kind in types().values() for name in get_type_hints(kind.Fields)}
    return frozenset(names | {"topic"})


def column(text: str) -> str:
    """The field that a column's name means, empty where it means none."""
    bare = "_".join(text.strip().casefold().replace("-", " ").replace("_", " ").split())
    bare = _ALIASES.get(bare, bare)
    return bare if bare in known_columns() else ""


def is_header(cells: Sequence[str]) -> bool:
    """Whether a first row names its columns rather than being a card."""
    named = [column(cell) for cell in cells]
    known = [name for name in named if name]
    asks = {"question", "statement", "text"} & set(known)
    return bool(asks) and len(known) > 1 and len(set(known)) == len(known)


def as_lines(text: str, first: int = 1) -> list[Line]:
    """A text as numbered lines."""
    return list(enumerate(io.StringIO(text, newline=""), start=first))
