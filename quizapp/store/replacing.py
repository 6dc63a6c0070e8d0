"""Putting another file in the place of the database, which is kept beside it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

from quizapp.store import backup, errors
from quizapp.store.engine import connect, door
from quizapp.store.opening import inspect
from quizapp.store.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_SIDES = ("-wal", "-shm")


def restore(database: Path, source: Path, now: datetime) -> Path | None:
    """Put a copy of a backup in the place of the database; return where that is kept.

    None when there was none. The copy takes a new device id when it is opened. Raises
    ``StoreError`` for a file that is no database of quizapp or damaged, and while another
    program has the database open; then nothing has changed.
    """
    with door(source):
        if not source.is_file():
            raise errors.StoreError(
                "There is no such file. `quizapp db restore` without a file lists the backups.",
                where=str(source),
            )
        if database.exists() and source.samefile(database):
            raise errors.StoreError(
                "This is the present data file itself. Name a backup of it.", where=str(source)
            )
        try:
            inspect(source)
        except errors.StoreDamagedError:
            raise _useless(source) from None
    part = database.with_name(f".{database.name}.{os.getpid()}.restored")
    with door(database):
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            _copy(source, part)
            _demand_alone(database)
            return put(database, part, f"{database.stem}-replaced-{_stamp(now)}.db")
        finally:
            part.unlink(missing_ok=True)


def _copy(source: Path, part: Path) -> None:
    try:
        with door(source):
            _demand_log(source)
            backup.copy(source, part)
    except errors.StoreDamagedError:
        raise _useless(source) from None


def _useless(source: Path) -> errors.StoreDamagedError:
    return errors.StoreDamagedError(
        "This file is damaged and was not restored; the present data are as they were. Name "
        "another one: `quizapp db restore` without a file lists the backups.",
        where=str(source),
    )


def put(database: Path, new: Path, kept: str) -> Path | None:
    """Give a whole new file the name of the database, which goes by ``kept`` from now on.

    Wherever it is interrupted, one of the two has the name of the database: without any, the
    next start would begin anew.
    """
    if not database.exists():
        for side in _SIDES:
            _move(database.with_name(database.name + side), database.with_name(kept + side))
        new.replace(database)
        return None
    aside = database.with_name(kept)
    # First: a write-ahead log that stays would be taken for that of the new file.
    for side in _SIDES:
        _move(database.with_name(database.name + side), aside.with_name(kept + side))
    try:
        aside.hardlink_to(database)
    except FileExistsError:
        raise
    except OSError:  # no hard links on this file system
        shutil.copy2(database, aside)
    new.replace(database)
    return aside


def damaged_name(database: Path, now: datetime) -> str:
    """Return the name under which a damaged database is kept."""
    return f"{database.stem}-damaged-{_stamp(now)}.db"


def _stamp(now: datetime) -> str:
    return now.strftime("%Y%m%dT%H%M%S%f")


def _demand_log(source: Path) -> None:
    """Raise unless there are events in a file: it might be anything of ours, or emptied."""
    with contextlib.closing(connect(source)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not 0 < version <= SCHEMA_VERSION:
            raise errors.foreign(source)
        connection.execute("SELECT count(*) FROM events").fetchone()


def _demand_alone(database: Path) -> None:
    """Raise ``StoreLockedError`` while another program has the database open.

    Leaving the write-ahead log takes the file alone; a file too damaged for that passes.
    """
    try:
        inspect(database)
        with contextlib.closing(connect(database)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except (FileNotFoundError, errors.StoreDamagedError):
        return
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise


def _move(side: Path, aside: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        side.replace(aside)
