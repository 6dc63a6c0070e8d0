"""Backups that are taken without being asked for, and the list of all."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from quizapp.store import errors, tables
from quizapp.store.engine import connect, door
from quizapp.store.thinning import superfluous

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.store.store import Store

EVERY = timedelta(minutes=30)
_PREFIX, _STAMP = "quizapp-auto-", "%Y%m%dT%H%M%SZ"
_ABANDONED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """One file in the folder of backups."""

    path: Path
    taken: datetime
    """When it was written, aware, in UTC."""
    size: int
    """Bytes."""


def back_up(store: Store, now: datetime) -> Path | None:
    """Take a backup, unless there is one of the last half hour or nothing is new since; its path.

    Backups taken in this way are thinned; those that somebody asked for stay. Raises
    ``StoreError``.
    """
    folder = store.path.parent / errors.BACKUPS
    taken = _automatic(folder)
    newest = max(taken, key=lambda path: taken[path], default=None)
    if newest is not None and timedelta(0) <= now - taken[newest] < EVERY:
        return None
    with store.reading() as connection:
        last = connection.execute(select(func.max(tables.events.c.seq))).scalar()
    if last is None or (newest is not None and _last(newest) == last):
        return None
    with door(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        _clear(folder, now)
    path = folder / f"{_PREFIX}{now.astimezone(UTC).strftime(_STAMP)}.db"
    try:
        store.backup(path)
    except errors.StoreExistsError:
        return None  # another window of this second
    _thin(folder, now)
    return path


def new_name(folder: Path, now: datetime) -> Path:
    """Return the name of a backup that somebody asks for, in a folder."""
    return folder / f"quizapp-{now.strftime('%Y%m%dT%H%M%S%f')}.db"


def backups(folder: Path) -> list[Backup]:
    """Return the backups of a data folder, the newest first."""
    found = []
    for path in (folder / errors.BACKUPS).glob("*.db"):
        with contextlib.suppress(FileNotFoundError):
            facts = path.stat()
            taken = datetime.fromtimestamp(facts.st_mtime, UTC)
            found.append(Backup(path, taken, facts.st_size))
    return sorted(found, key=lambda one: (one.taken, one.path.name), reverse=True)


def _automatic(folder: Path) -> dict[Path, datetime]:
    """Return the backups taken without being asked for, with their moments."""
    found = {}
    for path in folder.glob(f"{_PREFIX}*.db"):
        with contextlib.suppress(ValueError):
            stamp = path.stem.removeprefix(_PREFIX)
            found[path] = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    return found


def _thin(folder: Path, now: datetime) -> None:
    taken = _automatic(folder)
    useless = superfluous(taken.values(), now)
    with door(folder):
        for place, path in enumerate(taken):
            if place in useless:
                path.unlink(missing_ok=True)


def _clear(folder: Path, now: datetime) -> None:
    """Delete copies that a killed program left unfinished."""
    for part in folder.glob(".*.part"):
        with contextlib.suppress(FileNotFoundError):
            if now.timestamp() - part.stat().st_mtime > _ABANDONED.total_seconds():
                part.unlink()


def _last(backup: Path) -> int | None:
    """Return the place of the last event in a backup, None where it cannot be read."""
    try:
        with contextlib.closing(connect(backup)) as connection:
            last: int | None = connection.execute("SELECT max(seq) FROM events").fetchone()[0]
            return last
    except sqlite3.Error:
        return None
