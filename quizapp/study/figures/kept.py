"""The look back over the log, kept in the cache folder and carried on by what is new.

A file holds one line with the hash of the rest, one with what the tallies depend on, then the
tallies. It is a convenience only: whatever does not fit the log, this program or its own hash is
as good as nothing, and all answers are read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp import __version__
from quizapp.scheduling.hindsight import LookBack
from quizapp.scheduling.past import Mark

if TYPE_CHECKING:
    from quizapp.scheduling.hindsight import Hindsight
    from quizapp.study.workspace import Workspace

FILE = "hindsight"
FORMAT = 1
"""Changes with what is tallied, and with how."""
ENOUGH = 200
"""From so many new answers on the file is written again: fewer are read in a moment."""

LONG = 20_000
"""Entries of a log from which on a look from nothing takes long enough to be noticed."""


def hindsight(workspace: Workspace) -> Hindsight:
    """The tallies of all answers of now. Raises StoreError."""
    path = workspace.folders.cache / FILE
    found, mark = _fetched(path)
    read = workspace.store.past(mark)
    if not read.goes_on:
        found = LookBack()
    found.take(read.answers)
    if len(read.answers.cards) >= ENOUGH:
        _keep(path, found, read.mark)
    return found.hindsight()


def keep_up(workspace: Workspace) -> None:
    """Carry the file on where a look from nothing would take long, so that statistics open at once.

    May be called in a thread. Raises StoreError.
    """
    from quizapp.store.as_of import mark

    if mark(workspace.store, workspace.today()).last >= LONG:
        hindsight(workspace)


def _fetched(path: Path) -> tuple[LookBack, Mark | None]:
    """What is kept and up to where; nothing where there is nothing that fits."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        head, _, rest = path.read_bytes().partition(b"\n")
        if head == _digest(rest):
            depends, _, content = rest.partition(b"\n")
            told = json.loads(depends)
            if (told["format"], told["version"]) == (FORMAT, __version__):
                return LookBack.from_bytes(content), Mark(**told["mark"])
    return LookBack(), None


def _keep(path: Path, found: LookBack, mark: Mark) -> None:
    told = {"format": FORMAT, "version": __version__, "mark": asdict(mark)}
    rest = json.dumps(told).encode() + b"\n" + found.to_bytes()
    # A full disk or a folder of somebody else is no error here.
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines((_digest(rest), b"\n", rest))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
