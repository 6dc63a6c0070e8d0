"""Cards from CSV and TSV: named columns, two bare ones, or Anki's text export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import get_type_hints

from quizapp.cards import types
from quizapp.cards.cloze import read_blanks
from quizapp.core.text import clean
from quizapp.study.card_import.blanks import without_signs
from quizapp.study.card_import.csv_columns import (
    POSITIONS,
    Headers,
    column,
    is_header,
    separator,
    take_headers,
)
from quizapp.study.card_import.csv_values import WORDS, RefusedRow, type_of, value_of
from quizapp.study.card_import.formulas import in_dollars, sound
from quizapp.study.card_import.found import (
    LONGEST_FIELD,
    MOST_CARDS,
    Found,
    FoundCard,
    ImportFileError,
    question_id,
)
from quizapp.study.card_import.notes import KEPT_PLAIN, Note, NoteReader
from quizapp.study.csv_rows import CsvError, CsvRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizapp.study.csv_rows import Row

_MOST_LINES = 20 * MOST_CARDS
_LARGEST = 200_000_000
"""Characters of the whole file."""
_CLOZE_SIGNS = "{{c"
_ASKING = ("question", "statement", "text")
_NAMES = ("id", "type", "topic", *WORDS)


def read_csv(lines: Iterable[tuple[int, str | None]], name: str, *, tabs: bool = False) -> Found:
    """The cards of a file. Raises ImportFileError where it is no text or has too many.

    ``tabs`` says that only tabs separate cells, whatever else might.
    """
    kept = _bounded(lines, name)
    headers = take_headers(kept, name)
    rows = CsvRows(kept, name)
    rows.separator = headers.separator or ("\t" if tabs else separator(kept, headers, name))
    found = Found(name)
    reader = _AnkiRows(found, headers) if headers.of_anki else _NamedRows(found, headers)
    for row in rows.rows():
        if isinstance(row, CsvError):
            place = row.where or name
            found.leave_out(place, row.message.rstrip("."))
        elif any(len(cell.text) > LONGEST_FIELD for cell in row):
            why = f"a cell of more than {LONGEST_FIELD} characters"
            found.leave_out(str(row[0].at), why)
        elif any(cell.text.strip() for cell in row):
            _take(reader, row, found)
    if not found.cards and not found.left_out:
        raise ImportFileError(
            "there is no card here; write a question and an answer in each row.", where=name
        )
    return found


def _bounded(lines: Iterable[tuple[int, str | None]], name: str) -> list[tuple[int, str | None]]:
    kept: list[tuple[int, str | None]] = []
    size = 0
    for number, line in lines:
        size += len(line or "")
        if number > _MOST_LINES or size > _LARGEST:
            raise ImportFileError(
                f"there are more than {MOST_CARDS} cards here; split the file.", where=name
            )
        kept.append((number, line))
    return kept


def _take(reader: _AnkiRows | _NamedRows, row: Row, found: Found) -> None:
    try:
        reader.take([without_signs(clean(cell.text)) for cell in row], str(row[0].at))
    except RefusedRow as refused:
        found.leave_out(str(row[0].at), str(refused))


# Anki's own --------------------------------------------------------------------------------


class _AnkiRows:
    """Rows of Anki's text export: fields of a note, with type, deck, tags and guid beside."""

    def __init__(self, found: Found, headers: Headers) -> None:
        self._headers = headers
        self._reader = NoteReader(found, html=bool(headers.html))
        self._beside = set(headers.places.values())
        self._names = [
            name for place, name in enumerate(headers.columns) if place not in self._beside
        ]

    def take(self, cells: Sequence[str], place: str) -> None:
        """Add the cards of a row."""
        beside = {
            name: cells[at] if at < len(cells) else "" for name, at in self._headers.places.items()
        }
        fields = [cell for at, cell in enumerate(cells) if at not in self._beside]
        while len(fields) > 2 and not fields[-1].strip():
            fields.pop()
        if not fields or not fields[0].strip():
            raise RefusedRow("the first field is empty, so nothing is asked")
        kind = (beside.get("notetype") or self._headers.notetype).casefold()
        cloze = _CLOZE_SIGNS in fields[0]
        turned = (0, 1, 1, 0) if len(fields) > 1 and _both_ways(kind, fields) else None
        guid = beside.get("guid", "").strip()
        note = Note(
            guid,
            fields[:2] if turned and "optional" in kind else fields,
            names=self._names,
            tags=[*self._headers.tags, *beside.get("tags", "").split()],
            deck=(beside.get("deck") or self._headers.deck).split("::"),
            cloze=cloze,
            turned=turned,
            place=place,
        )
        if not guid:
            note.id = question_id(fields[0])
        self._reader.read(note)


def _both_ways(kind: str, fields: Sequence[str]) -> bool:
    """Whether a note type asks in both directions; the optional one only if told to."""
    if "optional" in kind:
        return len(fields) > 2 and bool(fields[2].strip())
    return "reversed" in kind


# Named columns -----------------------------------------------------------------------------


class _NamedRows:
    """Rows whose first may name the columns."""

    def __init__(self, found: Found, headers: Headers) -> None:
        self._found = found
        self._tags = headers.tags
        self._columns: list[str] | None = None
        if headers.columns:
            self._columns = [column(name) for name in headers.columns]

    def take(self, cells: Sequence[str], place: str) -> None:
        """Add the card of a row; the first row may be the header."""
        if self._columns is None:
            if is_header(cells):
                self._columns = self._named(cells, place)
                return
            self._columns = self._bare(cells, place)
        stray = [cell for cell in cells[len(self._columns) :] if cell.strip()]
        if stray:
            raise RefusedRow(
                f"{len(cells)} cells under {len(self._columns)} columns; quote a cell that "
                "holds the separator"
            )
        named = zip(self._columns, cells, strict=False)
        row = {name: cell for name, cell in named if name and cell.strip()}
        # A row with an id and a type is a card of ours, whose texts are taken as they are.
        whole = "id" in row and "type" in row
        row = {
            name: cell if whole and name not in _NAMES else cell.strip()
            for name, cell in row.items()
        }
        self._found.add(self._card(row, place, whole=whole))

    def _named(self, cells: Sequence[str], place: str) -> list[str]:
        names = [column(cell) for cell in cells]
        unknown = [cell.strip() for cell, name in zip(cells, names, strict=True) if not name]
        for cell in unknown:
            if cell and not cell.startswith("#"):
                self._found.leave_out(place, f"the column {cell[:40]!r} means nothing here")
        return names

    def _bare(self, cells: Sequence[str], place: str) -> list[str]:
        if len(cells) > len(POSITIONS):
            raise ImportFileError(
                f"{len(cells)} columns without names; write a first row with question, answer "
                "and what the others are.",
                where=place,
            )
        if len(cells) < 2:
            raise ImportFileError(
                "one column only; each row needs a question and an answer, with a comma, a "
                "semicolon or a tab between them.",
                where=place,
            )
        return list(POSITIONS)

    def _card(self, row: dict[str, str], place: str, *, whole: bool) -> FoundCard:
        kind = type_of(row)
        asked = next((row[name] for name in _ASKING if name in row), "")
        if not asked:
            raise RefusedRow("no question stands in this row")
        given: dict[str, Any] = {}
        hints = get_type_hints(types()[kind].Fields)
        if "question" in row and "question" not in hints:
            own = next(name for name in _ASKING if name in hints)
            row.setdefault(own, row.pop("question"))
        for name, text in row.items():
            if name in {"id", "type", "topic"}:
                continue
            if name not in hints:
                raise RefusedRow(f"a {kind} card has no `{name}`")
            given[name] = value_of(name, text, hints[name], partial(self._text, whole=whole))
        if self._tags:
            given["tags"] = [*given.get("tags", ()), *self._tags]
        if kind == "cloze" and not whole:
            self._check_blanks(given["text"])
        topic = (row["topic"],) if "topic" in row else ()
        return FoundCard(row.get("id") or question_id(asked), kind, given, topic, place)

    def _text(self, text: str, *, whole: bool) -> str:
        readable = text if whole else in_dollars(text, dollars=True)
        sane, kept = sound(readable)
        self._found.remarks[KEPT_PLAIN] += kept
        return sane

    def _check_blanks(self, text: str) -> None:
        if not read_blanks(text)[0]:
            raise RefusedRow("a cloze needs a blank: put what is to be recalled in {{ and }}")
