"""Copies of the database, made while others may write."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from quizapp.store import errors
from quizapp.store.engine import connect, door

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


def before_migration(database: Path, version: int, now: datetime) -> Path:
    """Copy a database of an older schema into the folder of backups; return the copy."""
    folder = database.parent / errors.BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = now.strftime("%Y%m%dT%H%M%S%f")
    return copy(database, folder / f"{database.stem}-format-{version}-{stamp}.db")


def copy(database: Path, target: Path) -> Path:
    """Copy a database to a file that does not exist yet; return the file.

    The copy is checked and appears under its name only when it is whole. Raises
    ``StoreExistsError`` when there is a file already, ``StoreDamagedError`` when the
    database turns out to be damaged.
    """
    with door(database):
        source = connect(database)
    with contextlib.closing(source):
        return _copied(source, database, target)


def rescue(source: sqlite3.Connection, database: Path, now: datetime) -> Path | None:
    """Copy what a connection still reads of a database that was taken away; return the copy.

    None where that cannot be done either.
    """
    folder = database.parent / errors.BACKUPS
    stamp = now.strftime("%Y%m%dT%H%M%S%f")
    target = folder / f"{database.stem}-rescued-{stamp}.db"
    try:
        with door(target):
            folder.mkdir(mode=0o700, exist_ok=True)
            return _copied(source, database, target)
    except errors.StoreError:
        return None


def _copied(source: sqlite3.Connection, database: Path, target: Path) -> Path:
    if target.exists():
        raise _exists(target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _fill(part, source, database)
        _sync(part)
        _place(part, target)
    finally:
        part.unlink(missing_ok=True)
    _sync(target.parent)
    return target


def _fill(part: Path, source: sqlite3.Connection, database: Path) -> None:
    with contextlib.closing(connect(part)) as out, _damage_of(database):
        source.backup(out)
        out.execute("PRAGMA journal_mode = DELETE")  # One file, not three.
        if [row[0] for row in out.execute("PRAGMA quick_check")] != ["ok"]:
            raise errors.damaged(database)
        if not out.execute("PRAGMA user_version").fetchone()[0]:
            raise errors.damaged(database)  # Emptied under us.
        # Opened somewhere, it is to take a new device id (see ``identity``).
        out.execute("DELETE FROM meta WHERE key = 'fingerprint'")


@contextlib.contextmanager
def _damage_of(database: Path) -> Iterator[None]:
    """Say of damage that it is the database's: the copy is damaged only where that is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        words = errors.spoken(error, database)
        if isinstance(words, errors.StoreDamagedError):
            raise words from error
        raise


def _place(part: Path, target: Path) -> None:
    """Give the copy its name, unless a file of that name has come up meanwhile."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise _exists(target) from None
    except OSError:
        # A file system without hard links (FAT, some network drives).
        if target.exists():
            raise _exists(target) from None
        part.rename(target)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exists(target: Path) -> errors.StoreExistsError:
    return errors.StoreExistsError(
        "There is a file of this name already, and it was not overwritten. Choose another name.",
        where=str(target),
    )
