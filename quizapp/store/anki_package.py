"""Decks as an Anki package, made in memory: the same decks at the same time give the same bytes."""

from __future__ import annotations

import io
import itertools
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive; the earliest that there is."""


class Deck(Protocol):
    """What is used of a deck of genanki."""

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Write the deck with its notes into the tables of a collection."""


def packed(decks: Sequence[Deck], timestamp: float) -> bytes:
    """The bytes of an .apkg in the form that every Anki reads.

    genanki's own writer leaves its database behind in the folder for temporary files.
    """
    from genanki.apkg_col import APKG_COL  # type: ignore[import-untyped]
    from genanki.apkg_schema import APKG_SCHEMA  # type: ignore[import-untyped]

    with closing(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        cursor.executescript(APKG_SCHEMA)
        cursor.executescript(APKG_COL)
        numbers = itertools.count(int(timestamp * 1000))
        for deck in decks:
            deck.write_to_db(cursor, timestamp, numbers)
        connection.commit()
        database = connection.serialize()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("collection.anki2", database), ("media", b"{}")):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
