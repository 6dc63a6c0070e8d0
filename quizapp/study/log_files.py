"""The log as a file of JSON Lines: all of it out, and the union with another one in."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from quizapp.core.errors import QuizError
from quizapp.store.errors import StoreError
from quizapp.study.files import opened
from quizapp.study.log_shapes import fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizapp.store.events import Event
    from quizapp.store.exchange import Union
    from quizapp.store.log_text import LogReader
    from quizapp.study.workspace import Workspace

_AT_ONCE = 5_000
_IN_MEMORY = 16_000_000
"""Bytes of standard input that are kept in memory, and not in a file."""
_STEP = 1_000_000


class LogFileError(QuizError):
    """A file for the log that cannot be written, or would be lost."""

    code = "file"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file has brought."""

    new: int
    known: int
    """Entries that the log had already."""
    sealed: bool
    """Whether the file ended as it was written; else some may be missing from its end."""


def export_log(workspace: Workspace, stream: BinaryIO) -> int:
    """Write the whole log to a stream in the order of its replay; how many entries."""
    from quizapp.store import log
    from quizapp.store.log_text import LogWriter

    with workspace.store.reading() as connection:
        writer = LogWriter(stream)  # not before: what cannot be opened leaves no empty log
        for event in log.stream(connection):
            writer.add(event)
    writer.close()
    return writer.count


def export_to(workspace: Workspace, path: Path, *, replace: bool = False) -> int:
    """Write the whole log to a file, which appears when it is whole; how many entries.

    Raises LogFileError, also where there is one and ``replace`` is not set.
    """
    if not replace and os.path.lexists(path):
        raise LogFileError(
            "this is there already; name another file, or add --replace.", where=str(path)
        )
    part: Path | None = None
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        part = Path(name)
        with os.fdopen(number, "wb") as stream:
            count = export_log(workspace, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "this is no name of a file").lower()
        raise LogFileError(
            f"the file cannot be written ({reason}); name another one.", where=str(path)
        ) from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
    return count


def import_from(workspace: Workspace, name: str) -> Imported:
    """Add the entries of a file that the log does not have: all of them, or none.

    Raises a QuizError that names the file and the line, or StoreError.
    """
    with opened(name) as stream:
        return import_log(workspace, stream, name)


def import_log(workspace: Workspace, stream: BinaryIO, name: str) -> Imported:
    """Add the entries of a stream that the log does not have: all of them, or none."""
    from quizapp.store.exchange import Union
    from quizapp.store.log_text import LogReader

    # Not from a pipe: whoever writes to it would decide how long the log is locked.
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        while part := stream.read(_STEP):
            spool.write(part)
        spool.seek(0)
        reader = LogReader(spool, name)  # type: ignore[arg-type]
        with workspace.store.writing() as connection:
            union = Union(connection)
            for placed in _parts(_usable(reader)):
                _add(union, placed)
            union.finish()
    return Imported(union.new, union.known, reader.sealed)


def _add(union: Union, placed: dict[str, Event]) -> None:
    """Add events that have their places as keys. Raises StoreConflictError with the place."""
    try:
        union.add(list(placed.values()))
    except StoreError as error:
        event = getattr(error, "event", None)
        error.where = next((where for where, one in placed.items() if one is event), error.where)
        raise


def _usable(reader: LogReader) -> Iterator[tuple[str, Event]]:
    """Return the events with their places. Raises LogFileError at one that cannot be used."""
    for event in reader:
        told = fault(event)
        if told is not None:
            raise LogFileError(told, where=reader.where)
        yield reader.where, event


def _parts(placed: Iterable[tuple[str, Event]]) -> Iterator[dict[str, Event]]:
    part: dict[str, Event] = {}
    for where, event in placed:
        part[where] = event
        if len(part) == _AT_ONCE:
            yield part
            part = {}
    if part:
        yield part
