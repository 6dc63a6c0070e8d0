"""Opening the database: look before touching, make or migrate it, never overwrite it."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

from quizapp.store import backup, errors
from quizapp.store.engine import door, open_engine, switch_to_wal, writer
from quizapp.store.tables import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

MAGIC = b"SQLite format 3\x00"
_HEADER = struct.Struct(">60xI4xI")
"""The user version and the application id in the header of the file (SQLite file format, 1.3)."""


def open_database(path: Path, now: datetime) -> Engine:
    """Return an engine on the database at ``path``, with the schema of this version.

    The folder and the file are made where they are missing. Raises ``StoreError`` or what
    ``door`` makes one of.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _look(path)
    # Opened for appending: a file that another start has just made stays as it is.
    os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
    engine = open_engine(path)
    try:
        found = _version(engine, path)
        if found and not _keeps_log(engine):
            switch_to_wal(path)  # It was restored or saved: a copy is one file.
        if found != SCHEMA_VERSION:
            _bring_up(engine, path, found, now)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _look(path: Path) -> None:
    """Raise the error that can be told without SQLite, which may write even when it reads."""
    if not path.exists():
        if _size(path.with_name(path.name + "-wal")):
            raise errors.damaged(path)  # SQLite would throw the log away.
        if errors.newest_backup(path.parent):
            raise errors.missing(path)  # A new database here would hide the loss.
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise errors.read_only(path.parent)
        return
    for place in (path.parent, path):
        if not os.access(place, os.W_OK):
            raise errors.read_only(place)
    if not path.is_file():
        raise errors.foreign(path)
    if not path.stat().st_size:
        if errors.newest_backup(path.parent) or _size(path.with_name(path.name + "-wal")):
            raise errors.damaged(path)  # Emptied: a new database here would hide the loss.
        return
    inspect(path)


def inspect(path: Path) -> None:
    """Raise unless the header of a file is that of a database that we may open."""
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(MAGIC):
        raise errors.damaged(path)
    _judge(path, *_HEADER.unpack_from(header))


def _judge(path: Path, version: int, application: int) -> None:
    """Raise unless the version and the application id are ones that we may open."""
    if application not in {0, APPLICATION_ID}:
        raise errors.foreign(path)
    if version > SCHEMA_VERSION:
        raise errors.newer(path, version, SCHEMA_VERSION)


def _version(engine: Engine, path: Path) -> int:
    """Return the schema version, 0 for a database without tables."""
    with engine.connect() as connection:
        version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        application: int = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        tables: int = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    # Again: what the header said may be older than what the write-ahead log says.
    _judge(path, version, application)
    if tables and application != APPLICATION_ID:
        raise errors.foreign(path)
    return version


def _keeps_log(engine: Engine) -> bool:
    """Return whether the database keeps a write-ahead log."""
    with engine.connect() as connection:
        mode: str = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    return mode == "wal"


def _bring_up(engine: Engine, path: Path, found: int, now: datetime) -> None:
    """Make the tables, or migrate them after a backup."""
    copy = None
    if found:
        copy = backup.before_migration(path, found, now)
    else:
        switch_to_wal(path)
    # Alembic takes 100 ms to import, and most starts have nothing to migrate.
    from quizapp.store.migrate import migrate

    try:
        with door(path):
            migrate(writer(engine))
    except errors.StoreError:
        raise
    except Exception as error:
        raise errors.not_migrated(path, error, copy) from error


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
