"""Checked packs kept as JSON, so that an unchanged pack is not checked again.

A file holds one line with the key of the pack and the hash of the rest, then the data. Whatever
does not fit is as good as nothing: the pack is read from its own files, and the file rewritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp import __version__

if TYPE_CHECKING:
    from quizapp.packs.files import PackFiles
    from quizapp.packs.payload import Payload

FORMAT = 5
"""Changes with what a payload holds and with what is checked before it is kept."""


def key(files: PackFiles, families: frozenset[str] | None) -> str:
    """Return what a kept payload depends on: the files, this program, the known families."""
    known = None if families is None else sorted(families)
    parts = json.dumps([FORMAT, __version__, files.digest(), known])
    return hashlib.sha256(parts.encode()).hexdigest()


def fetch(folder: Path, root: Path, wanted: str) -> Payload | None:
    """Return what is kept for a pack, or None where nothing, something else or rubbish is."""
    try:
        content = _path(folder, root).read_bytes()
    except OSError:
        return None
    head, _, body = content.partition(b"\n")
    if head != _head(wanted, body):
        return None
    payload: Payload = json.loads(body)
    return payload


def keep(folder: Path, root: Path, wanted: str, payload: Payload) -> None:
    """Keep a payload for the next time; where the folder cannot be written, nothing happens."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    # The cache is a convenience: a full disk or a folder of somebody else is no error.
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _write(_path(folder, root), _head(wanted, body) + b"\n" + body)


def _write(path: Path, content: bytes) -> None:
    """Replace a file at once, so that another process reads the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _head(wanted: str, body: bytes) -> bytes:
    return f"{wanted} {hashlib.sha256(body).hexdigest()}".encode()


def _path(folder: Path, root: Path) -> Path:
    """Return the file for a pack: one for each folder with a pack, so old ones do not pile up."""
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return folder / f"pack-{name}.json"
