"""What can go wrong with the user's database, each with a sentence and a way out."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from pathlib import Path

BACKUPS = "backups"
"""The folder of backups, beside the database."""


class StoreError(QuizError):
    """Something is wrong with the user's database; nothing of it has been overwritten."""

    code = "store"


class StoreReadOnlyError(StoreError):
    """The folder or the file cannot be written."""

    code = "store-read-only"


class StoreFullError(StoreError):
    """No room is left on the disk."""

    code = "store-full"


class StoreLockedError(StoreError):
    """Another program kept the database locked for longer than we wait."""

    code = "store-locked"


class StoreNewerError(StoreError):
    """The database was written by a newer version of quizapp."""

    code = "store-newer"


class StoreForeignError(StoreError):
    """The file is a database of another program."""

    code = "store-foreign"


class StoreDamagedError(StoreError):
    """The file is no database, or parts of it cannot be read."""

    code = "store-damaged"


class StoreMissingError(StoreError):
    """The database is not where it was."""

    code = "store-missing"


class StoreMigrationError(StoreError):
    """The database could not be made, or brought to the format of this version."""

    code = "store-migration"


class StoreExistsError(StoreError):
    """A backup would overwrite a file."""

    code = "store-exists"


def read_only(path: Path) -> StoreReadOnlyError:
    """Return the error for a folder or file that cannot be written."""
    return StoreReadOnlyError(
        "The data cannot be written here. Make the folder and the file writable, or choose "
        "another data folder.",
        where=str(path),
    )


def full(path: Path) -> StoreFullError:
    """Return the error for a full disk."""
    return StoreFullError(
        "The disk is full, so this was not saved; everything before it is. Free some space "
        "and try again.",
        where=str(path),
    )


def locked(path: Path) -> StoreLockedError:
    """Return the error for a database that another program holds."""
    return StoreLockedError(
        "Another program keeps the data locked, so this was not saved. Close other windows of "
        "quizapp, or wait until a backup or sync program has finished, and try again.",
        where=str(path),
    )


def newer(path: Path, found: int, known: int) -> StoreNewerError:
    """Return the error for a database whose schema version is above the one we know."""
    return StoreNewerError(
        f"The data was written by a newer quizapp (format {found}; this one knows up to "
        f"{known}). Nothing was changed; upgrade quizapp to open it.",
        where=str(path),
    )


def foreign(path: Path) -> StoreForeignError:
    """Return the error for a database of another program."""
    return StoreForeignError(
        "This is a database of another program. Nothing was changed; move it away or choose "
        "another data folder.",
        where=str(path),
    )


def damaged(path: Path) -> StoreDamagedError:
    """Return the error for a file that cannot be read as a database, naming the way back."""
    name = path.name
    away = f"move {name} away, together with {name}-wal and {name}-shm where they exist"
    backup = newest_backup(path.parent)
    way = (
        f"{away}, and copy the newest backup, {backup}, to {name}"
        if backup
        else f"there is no backup in {path.parent / BACKUPS}; to start anew, {away}"
    )
    return StoreDamagedError(
        "The data file is damaged and was left untouched. To go on: `quizapp db doctor --repair` "
        f"saves what can be read of it and keeps the file. Or by hand: {way}.",
        where=str(path),
    )


def missing(path: Path) -> StoreMissingError:
    """Return the error for a database that is not there although backups of it are."""
    backups = path.parent / BACKUPS
    return StoreMissingError(
        f"The data file is gone, but {backups} holds backups of it. To go on: `quizapp db restore "
        f"{newest_backup(path.parent)}` brings the newest back; to start anew, move {backups} "
        "away.",
        where=str(path),
    )


def gone(path: Path, rescued: Path | None = None) -> StoreMissingError:
    """Return the error for a database that was taken away while it was open.

    ``rescued`` is a copy of what it held.
    """
    way = (
        "What it held until then has been copied. Close quizapp and start it again; if the file "
        f"is lost, `quizapp db restore {rescued}` brings all of it back."
        if rescued
        else "Close quizapp and start it again; if the file is lost, `quizapp db restore` lists "
        "the backups."
    )
    return StoreMissingError(
        "The data file was moved, replaced or deleted while it was open, so this was not saved. "
        + way,
        where=str(path),
    )


def not_migrated(path: Path, error: Exception, backup: Path | None) -> StoreMigrationError:
    """Return the error for a migration that failed, by a fault of ours."""
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    copy = f"; a copy of them is {backup}" if backup else ""
    return StoreMigrationError(
        f"The data could not be brought to the format of this quizapp ({reason}). They are as "
        f"they were{copy}. Try once more; if it fails again, go on with the version that you had "
        "before, and report this sentence.",
        where=str(path),
    )


def newest_backup(folder: Path) -> Path | None:
    """Return the newest backup of the database in ``folder``, or None."""
    found = [file for file in (folder / BACKUPS).glob("*.db") if file.is_file()]
    return max(found, key=lambda file: file.stat().st_mtime_ns, default=None)


def spoken(error: BaseException, path: Path) -> StoreError | None:
    """Return the error in words, or None when it is a fault of ours and no circumstance."""
    if isinstance(error, OSError):
        return _of_system(error, path)
    if not isinstance(error, sqlite3.Error):
        return None
    # Extended codes (SQLITE_READONLY_DIRECTORY, ...) carry the primary one in the low byte.
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CANTOPEN if _is_gone(path):
            return gone(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return read_only(path)
        case sqlite3.SQLITE_FULL:
            return full(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return locked(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(path)
        case sqlite3.SQLITE_IOERR if error.sqlite_errorcode == sqlite3.SQLITE_IOERR_SHMSIZE:
            return full(path)  # a start on a full disk: the index of the log finds no room
        case sqlite3.SQLITE_IOERR:
            return StoreError(
                "The disk reported an error, so this was not saved. Check that the disk is in "
                "order and has room for you, then try again.",
                where=str(path),
            )
    return None


def _is_gone(path: Path) -> bool:
    """Return whether there is no such file; one that may not be looked at is there."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _of_system(error: OSError, path: Path) -> StoreError:
    place = path if error.filename is None else type(path)(error.filename)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return read_only(place)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return full(place)
    reason = error.strerror or type(error).__name__
    return StoreError(
        f"The system says: {reason}. Mend that or choose another data folder.", where=str(place)
    )
