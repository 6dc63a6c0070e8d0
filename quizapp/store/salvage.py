"""Saving what can be read of a damaged database into a new one; the damaged file is kept."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.store import backup, errors
from quizapp.store.carving import carved
from quizapp.store.engine import door
from quizapp.store.exchange import Union
from quizapp.store.raw_events import all_readable
from quizapp.store.replacing import damaged_name, put
from quizapp.store.store import DATABASE, Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.core.clock import Clock
    from quizapp.store.events import Event

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What has become of a damaged database."""

    kept: Path | None
    """Where the damaged file is; None where there was none left."""
    events: int
    """Events in the new file."""
    from_backup: int
    """How many of them only the newest backup still had."""


def salvage(folder: Path, clock: Clock) -> Salvaged:
    """Replace the damaged database of a data folder by one with all events that can be found.

    They come from the file, by SQLite and page by page, and from the newest backup. The new file
    is complete before the damaged one gives up its name. Raises ``StoreError``.
    """
    database = folder / DATABASE
    now = clock()
    with door(database), tempfile.TemporaryDirectory(dir=folder, prefix=".salvage-") as name:
        work = Path(name)
        read = _from_copy(database, work / "copy.db")
        saved = _from_backup(folder, work / "backup.db")
        events = {**read, **saved}
        built = _built(work / "new", clock, sorted(events.values(), key=lambda e: e.order))
        part = backup.copy(built, work / "whole.db")
        kept = put(database, part, damaged_name(database, now))
    return Salvaged(kept, len(events), len(saved.keys() - read.keys()))


def _from_copy(database: Path, copy: Path) -> dict[str, Event]:
    """Return the events of the damaged file, read from a copy: SQLite may write as it reads."""
    for side in ("", "-wal"):
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(
                database.with_name(database.name + side), copy.with_name(copy.name + side)
            )
    found = {event.id: event for event in carved(copy)}
    return found | ({event.id: event for event in all_readable(copy)} if copy.exists() else {})


def _from_backup(folder: Path, copy: Path) -> dict[str, Event]:
    """Return the events of the newest backup; none where it is of no use either."""
    newest = errors.newest_backup(folder)
    if newest is None:
        return {}
    shutil.copyfile(newest, copy)
    return {event.id: event for event in all_readable(copy)}


def _built(folder: Path, clock: Clock, events: Iterable[Event]) -> Path:
    """Return a new database with the events and what follows from them."""
    with Store.open(folder, clock=clock) as store, store.writing() as connection:
        union = Union(connection)
        waiting = list(events)
        for start in range(0, len(waiting), _AT_ONCE):
            union.add(waiting[start : start + _AT_ONCE])
        union.finish()
        return store.path
