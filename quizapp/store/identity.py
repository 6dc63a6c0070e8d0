"""Which device writes: a copied or restored database is another one."""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from quizapp.core.ids import uuid7
from quizapp.store import tables
from quizapp.store.engine import writer

_new = insert(tables.meta)
_PUT = _new.on_conflict_do_update(
    index_elements=[tables.meta.c.key], set_={"value": _new.excluded.value}
)
_GET = select(tables.meta.c.value).where(tables.meta.c.key == bindparam("name"))


def device(engine: Engine, path: Path, now_ms: int) -> str:
    """Return the device id under which the database at ``path`` writes here.

    It stays as long as the file does. A copy has another inode, a restored or moved disk
    another machine, and our own backups carry no fingerprint: then it is a new id, so that
    "undo what this device did last" never reaches what happened elsewhere.
    """
    here = fingerprint(path)
    with engine.connect() as connection:
        known = _known(connection, here)
    if known is not None:
        return known
    with writer(engine).begin() as connection:
        # Again, under the lock: two windows opened at once are one device.
        known = _known(connection, here)
        if known is None:
            known = uuid7(now_ms)
            connection.execute(_PUT, {"key": "device", "value": known})
            connection.execute(_PUT, {"key": "fingerprint", "value": here})
    return known


def fingerprint(path: Path) -> str:
    """Return a hash of the machine and of the file's inode; it says nothing about either."""
    return hashlib.sha256(f"{_machine()}\x1f{path.stat().st_ino}".encode()).hexdigest()


def _known(connection: Connection, here: str) -> str | None:
    """Return the stored device id if it was given to this very file on this machine."""
    if connection.execute(_GET, {"name": "fingerprint"}).scalar() != here:
        return None
    id_: str | None = connection.execute(_GET, {"name": "device"}).scalar()
    return id_


def _machine() -> str:
    for place in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        if place.is_file():
            return place.read_text(encoding="ascii", errors="replace").strip()
    return platform.node()
