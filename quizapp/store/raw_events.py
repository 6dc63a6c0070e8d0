"""Events as they stand in a database file that may be damaged: each is read or left out."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

from quizapp.store.engine import connect
from quizapp.store.event_lines import FIELDS, EventLineError, read_event, read_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from quizapp.store.events import Event

_NO_TEXT = "\x00"
"""Stands for bytes that are no UTF-8; no field may hold it, so that the event is left out."""


def in_order(path: Path, *, backwards: bool = False) -> Iterator[Event | None]:
    """Return the events of a file in the order they came, None for each that cannot be read.

    ``backwards`` begins at the end, for a file whose middle is damaged. Raises
    ``sqlite3.DatabaseError`` where it cannot be read on.
    """
    columns, order = ", ".join(FIELDS), "DESC" if backwards else "ASC"
    with contextlib.closing(connect(path)) as connection:
        connection.text_factory = _text
        rows = connection.execute(
            f"SELECT {columns} FROM events NOT INDEXED ORDER BY seq {order}"  # noqa: S608 - our own names
        )
        for row in rows:
            yield event_of(row)


def event_of(row: Sequence[Any]) -> Event | None:
    """Return the event in the fields of a row, None where they are none."""
    fields = dict(zip(FIELDS, row, strict=True))
    try:
        if not isinstance(fields["payload"], str):
            return None
        return read_event({**fields, "payload": read_mapping(fields["payload"])})
    except EventLineError:
        return None


def all_readable(path: Path) -> list[Event]:
    """Return what SQLite can still read of a file, from both ends."""
    found: dict[str, Event] = {}
    for backwards in (False, True):
        with contextlib.suppress(sqlite3.Error):
            for event in in_order(path, backwards=backwards):
                if event is not None:
                    found.setdefault(event.id, event)
    return list(found.values())


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return _NO_TEXT
