"""Anki packages made by hand, right ones and hostile ones."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
"""Packages that Anki itself has written: ``legacy.apkg``, ``latest.apkg`` and ``notes.txt``."""

BASIC = {
    "name": "Basic",
    "type": 0,
    "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
    "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
}
CLOZE = {
    "name": "Cloze",
    "type": 1,
    "flds": [{"name": "Text", "ord": 0}, {"name": "Back Extra", "ord": 1}],
    "tmpls": [
        {
            "name": "Cloze",
            "ord": 0,
            "qfmt": "{{cloze:Text}}",
            "afmt": "{{cloze:Text}}{{Back Extra}}",
        }
    ],
}
TABLES = """
    CREATE TABLE col (id integer PRIMARY KEY, models text, decks text);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, tags text, flds text);
    CREATE TABLE cards (
        id integer PRIMARY KEY, nid integer, did integer, ord integer, odid integer
    );
"""


def database(script: str = TABLES, rows: tuple[tuple[str, tuple[Any, ...]], ...] = ()) -> bytes:
    """The bytes of an SQLite database."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        for statement, values in rows:
            connection.execute(statement, values)
        connection.commit()
        return connection.serialize()


def collection(
    *notes: tuple[str, ...], model: dict[str, Any] | None = None, deck: str = "Nets::Hopfield"
) -> bytes:
    """A database of the old form; each note is its guid and its fields."""
    models, decks = json.dumps({"1": model or BASIC}), json.dumps({"7": {"name": deck}})
    rows: list[tuple[str, tuple[Any, ...]]] = [
        ("INSERT INTO col VALUES (1, ?, ?)", (models, decks))
    ]
    for number, (guid, *fields) in enumerate(notes, start=1):
        values = (number, guid, 1, " energy ", "\x1f".join(fields))
        rows.append(("INSERT INTO notes VALUES (?, ?, ?, ?, ?)", values))
        rows.append(("INSERT INTO cards VALUES (?, ?, 7, 0, 0)", (number, number)))
    return database(rows=tuple(rows))


def package(files: dict[str, bytes]) -> bytes:
    """The bytes of an archive with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def old_package(*notes: tuple[str, ...], model: dict[str, Any] | None = None) -> bytes:
    """An .apkg of the oldest form."""
    return package({"collection.anki2": collection(*notes, model=model), "media": b"{}"})
