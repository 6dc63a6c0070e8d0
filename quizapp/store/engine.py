"""The way to SQLite: how a connection is made, begun, and how its errors become words."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from quizapp.store.errors import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_MS = 5000
"""How long to wait for another writer before saying so, milliseconds."""

SYNCHRONOUS = "FULL"
"""An answer is on the disk before the next card shows."""

_RETRY_S = 0.02


@contextmanager
def door(path: Path) -> Iterator[None]:
    """Turn circumstances (disk full, locked, damaged, ...) into ``StoreError`` sentences.

    Whatever is no circumstance but a fault of ours passes through as it is.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        words = spoken(cause, path) if cause is not None else None
        if words is None:
            raise
        raise words from error


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to an existing file; it never makes one.

    ``isolation_level=None`` switches the transaction control of ``sqlite3`` off, which would
    begin late and deferred; ``begin`` below says how each transaction begins.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(path: Path) -> Engine:
    """Return an engine whose transactions read (BEGIN DEFERRED), see ``writer``."""
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def writer(engine: Engine) -> Engine:
    """Return the same engine for transactions that write.

    They take the write lock at once: begun deferred, two writers that have both read cannot
    both go on, and SQLite fails one of them without waiting.
    """
    return engine.execution_options(quizapp_begin="IMMEDIATE")


def switch_to_wal(path: Path) -> None:
    """Make the file keep a write-ahead log, which readers do not block."""
    deadline = time.monotonic() + BUSY_MS / 1000
    connection = connect(path)
    try:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # The switch needs the file alone and does not wait for it by itself.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(_RETRY_S)
            else:
                return
    finally:
        connection.close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("quizapp_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
