"""Event files in a folder that machines share: written once, whole, each device its own.

``FOLDER/quizapp-log/DEVICE/NAME.jsonl``, in the form of ``log_text``. A file appears under its
name only when it is whole, and its name follows from what is in it; so two programs that write
the same write the same file, and whoever carries the folder about never finds a conflict.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.store.event_lines import EventLineError
from quizapp.store.log_text import LogReader, LogWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizapp.store.events import Event

FOLDER = "quizapp-log"
LARGEST = 256_000_000
"""Bytes; a larger file is left alone."""
_PART, _ENDING = ".part-", ".jsonl"
_ABANDONED_S = 3_600
"""The age from which a file that was never finished is nobody's any more, seconds."""
# A link might point anywhere, and a pipe would make one wait for ever.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class SharedFolderError(QuizError):
    """The shared folder cannot be used; nothing of the log has been lost."""

    code = "sync"


class SegmentError(QuizError):
    """A file in the shared folder that cannot be taken in, for now or for good."""

    code = "sync-file"


@contextlib.contextmanager
def spoken(folder: Path) -> Iterator[None]:
    """Turn what the system says of the shared folder into a sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SharedFolderError(
            f"the shared folder cannot be used ({reason}). What this computer has is safe; mend "
            "that and sync again.",
            where=str(error.filename or folder),
        ) from None


class Segments:
    """The event files of a shared folder, as one device sees them."""

    def __init__(self, folder: Path, device: str) -> None:
        self._folder = folder
        self._root = folder / FOLDER
        self._device = device

    def demand(self) -> None:
        """Raise SharedFolderError unless the folder is there: a stick may not be plugged in."""
        if not self._folder.is_dir():
            raise SharedFolderError(
                "there is no such folder; plug in or mount what it is on, or make it.",
                where=str(self._folder),
            )

    def listed(self) -> dict[str, int]:
        """Return the names of all files, as ``device/name``, with their sizes in bytes."""
        found = {}
        with spoken(self._folder):
            devices = sorted(self._root.iterdir()) if self._root.is_dir() else []
            for device in devices:
                if device.is_symlink() or not device.is_dir():
                    continue
                for entry in os.scandir(device):
                    if entry.name.endswith(_ENDING) and not entry.name.startswith("."):
                        with contextlib.suppress(FileNotFoundError):
                            found[f"{device.name}/{entry.name}"] = entry.stat().st_size
        return dict(sorted(found.items()))

    def is_own(self, name: str) -> bool:
        """Return whether a file is of this device."""
        return name.startswith(f"{self._device}/")

    def read(self, name: str) -> list[Event]:
        """Return the events of a whole file. Raises SegmentError, saying what to do."""
        path = self._root / name
        try:
            with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
                facts = os.fstat(stream.fileno())
                if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST:
                    raise SegmentError(
                        "this is no file of events; it was left out. Delete it.", where=str(path)
                    )
                reader = LogReader(stream, str(path))
                events = list(reader)
        except (OSError, EventLineError) as error:
            raise _not_whole(path, error) from None
        if not reader.sealed:
            raise _not_whole(path, None)
        return events

    def write(self, events: Sequence[Event], first: int) -> tuple[str, int]:
        """Write events as one file of this device; return its name and its size.

        ``first`` is the place of the first one in this device's database, for the name. Raises
        SharedFolderError.
        """
        own = self._root / self._device
        with spoken(self._folder):
            own.mkdir(parents=True, exist_ok=True)
            part, digest = _written(own, events)
            try:
                target = own / f"{first:010d}-{digest[:16]}{_ENDING}"
                size = part.stat().st_size
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
            _sync(own)
        return f"{self._device}/{target.name}", size

    def tidy(self, damaged: Sequence[str]) -> None:
        """Delete own files that are damaged, and those that a killed program left unfinished."""
        own = self._root / self._device
        with spoken(self._folder):
            for name in damaged:
                if self.is_own(name):
                    (self._root / name).unlink(missing_ok=True)
            for part in own.glob(f"{_PART}*") if own.is_dir() else ():
                with contextlib.suppress(FileNotFoundError):
                    if time.time() - part.stat().st_mtime > _ABANDONED_S:
                        part.unlink()


def _written(own: Path, events: Sequence[Event]) -> tuple[Path, str]:
    """Return a new file with the events, not yet under its name, and their digest."""
    number, name = tempfile.mkstemp(dir=own, prefix=_PART)
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            writer = LogWriter(stream)
            for event in events:
                writer.add(event)
            digest = writer.close()
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part, digest


def _sync(folder: Path) -> None:
    """Make the name of a new file last, where the system lets one; a FAT stick may not."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _not_whole(path: Path, error: OSError | EventLineError | None) -> SegmentError:
    told = f" ({error.message.rstrip('.')})" if isinstance(error, EventLineError) else ""
    if isinstance(error, OSError):
        told = f" ({error.strerror or type(error).__name__})"
    return SegmentError(
        f"this file is not whole yet or cannot be read{told}; it was left for the next time. If "
        "that stays so, run `quizapp sync` on the computer that wrote it.",
        where=str(path),
    )
