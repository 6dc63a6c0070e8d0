"""Syncing through a shared folder: take in what others wrote, add what the folder lacks.

Nothing here needs another machine to be there, or to have finished: files are only ever added,
the union of logs does not depend on the order, and what was interrupted is done by the next run.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from quizapp.store import log, tables
from quizapp.store.exchange import StoreConflictError, Union
from quizapp.store.segments import SegmentError, Segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from quizapp.store.events import Event
    from quizapp.store.store import Store

IN_A_FILE = 10_000
"""Events in one file at most: what is carried about half is a small part."""
AT_ONCE = 20_000
"""Events taken in by one transaction at most, or one file; others may answer in between."""

_m = tables.meta.c
_GET = select(_m.value).where(_m.key == bindparam("name"))
_new = insert(tables.meta)
_PUT = _new.on_conflict_do_update(index_elements=[_m.key], set_={"value": _new.excluded.value})


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync has done."""

    sent: int
    """Events that the folder has now and did not have."""
    received: int
    """Events that this computer has now and did not have."""
    devices: int
    """How many other devices have files in the folder."""
    left: tuple[SegmentError, ...]
    """The files that could not be taken in, to be tried again the next time."""


@dataclass(slots=True)
class _Memory:
    """What is known of the folder: all events up to ``until`` are in these files."""

    until: int = 0
    """A place in this database (``seq``)."""
    files: dict[str, int] = field(default_factory=dict)
    """Files that were read or written whole, with their sizes."""


def sync(
    store: Store, folder: Path, fault: Callable[[Event], str | None], *, anew: bool = False
) -> Synced:
    """Exchange events with a shared folder, which must exist.

    ``fault`` says why an event cannot be used; a file with one is left. ``anew`` reads every file
    again, as a folder that has lost or changed a file makes it happen by itself. Raises
    SharedFolderError or StoreError; what was taken in by then stays, and the next run goes on.
    """
    segments = Segments(folder, store.device)
    segments.demand()
    key = "sync:" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    listed = segments.listed()
    memory = _Memory() if anew else _recalled(store, key)
    if any(listed.get(name) != size for name, size in memory.files.items()):
        memory = _Memory()
    receiving = _Receiving(store, segments, fault)
    receiving.take({name: size for name, size in listed.items() if name not in memory.files})
    known = memory.files | receiving.files
    sent, until = _send(store, segments, memory.until, receiving.present, known)
    segments.tidy([name for name in receiving.damaged if name not in known])
    with store.writing() as connection:
        value = json.dumps({"until": until, "files": known})
        connection.execute(_PUT, {"key": key, "value": value})
    others = {name.partition("/")[0] for name in listed if not segments.is_own(name)}
    return Synced(sent, receiving.new, len(others), tuple(receiving.left))


class _Receiving:
    """Takes in the files that are not known yet."""

    def __init__(
        self, store: Store, segments: Segments, fault: Callable[[Event], str | None]
    ) -> None:
        self.new = 0
        self.present: set[str] = set()
        """The ids of the events in the files that were read."""
        self.files: dict[str, int] = {}
        """The files whose events are in the log now."""
        self.left: list[SegmentError] = []
        self.damaged: list[str] = []
        """The names of the files that were left."""
        self._store = store
        self._segments = segments
        self._fault = fault

    def take(self, listed: dict[str, int]) -> None:
        """Take in files, some in each transaction."""
        batch: dict[str, list[Event]] = {}
        for name in listed:
            try:
                batch[name] = self._read(name)
            except SegmentError as error:
                self._leave(name, error)
            if sum(map(len, batch.values())) >= AT_ONCE:
                self._add(batch, listed)
                batch = {}
        self._add(batch, listed)

    def _read(self, name: str) -> list[Event]:
        events = self._segments.read(name)
        for event in () if self._segments.is_own(name) else events:
            told = self._fault(event)
            if told is not None:
                raise SegmentError(f"{told} The file was left out.", where=name)
        return events

    def _add(self, batch: dict[str, list[Event]], sizes: dict[str, int]) -> None:
        if not batch:
            return
        taken: dict[str, list[Event]] = {}
        with self._store.writing() as connection:
            union = Union(connection)
            for name, events in batch.items():
                try:
                    union.add(events)
                except StoreConflictError as error:
                    self._leave(name, SegmentError(error.message, where=name))
                else:
                    taken[name] = events
            union.finish()
        self.new += union.new
        for name, events in taken.items():
            self.present.update(event.id for event in events)
            self.files[name] = sizes[name]

    def _leave(self, name: str, error: SegmentError) -> None:
        self.left.append(error)
        self.damaged.append(name)


def _send(
    store: Store, segments: Segments, since: int, present: set[str], files: dict[str, int]
) -> tuple[int, int]:
    """Write what the folder lacks and note the files; how many events, and up to which place."""
    sent = 0
    with store.reading() as connection:
        until = connection.execute(select(func.max(tables.events.c.seq))).scalar() or 0
        lacking = (
            (seq, event)
            for seq, event in log.arrived_since(connection, since)
            if event.id not in present
        )
        for part in _parts(lacking):
            name, size = segments.write([event for _, event in part], part[0][0])
            files[name] = size
            sent += len(part)
    return sent, until


def _parts(placed: Iterable[tuple[int, Event]]) -> Iterator[list[tuple[int, Event]]]:
    part: list[tuple[int, Event]] = []
    for one in placed:
        part.append(one)
        if len(part) == IN_A_FILE:
            yield part
            part = []
    if part:
        yield part


def _recalled(store: Store, key: str) -> _Memory:
    with store.reading() as connection:
        value = connection.execute(_GET, {"name": key}).scalar()
    try:
        told = json.loads(value or "{}")
        return _Memory(int(told["until"]), dict(told["files"]))
    except (ValueError, TypeError, LookupError):
        return _Memory()
