"""The database of a data folder: opened, let go of, and its transactions."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, cast

from quizapp.scheduling.days import ROLLOVER_HOUR
from quizapp.scheduling.memory import microseconds
from quizapp.store import backup, errors, identity, opening
from quizapp.store.engine import door, writer
from quizapp.store.rebuilding import rebuild_if_outdated
from quizapp.store.tables import SCHEMA_VERSION
from quizapp.store.waiting import Known

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from quizapp.core.clock import Clock

DATABASE = "quizapp.db"


class Database:
    """The file, and who writes into it. Any method may raise a ``StoreError``."""

    def __init__(
        self, path: Path, engine: Engine, device: str, clock: Clock, rollover_hour: int
    ) -> None:
        self.path = path
        """The database file."""
        self.device = device
        """The id under which this copy of the database writes."""
        self.rollover_hour = rollover_hour
        """The local hour at which the next study day begins."""
        self._engine = engine
        self._writer = writer(engine)
        self._clock = clock
        self._file = path.stat().st_ino
        log = path.with_name(path.name + "-wal")
        self._log = log if log.exists() else None
        self._rescued: Path | None = None
        self._known = Known()

    @classmethod
    def open(cls, folder: Path, *, clock: Clock, rollover_hour: int = ROLLOVER_HOUR) -> Self:
        """Return the store of a data folder, made (0700) or migrated where needed.

        Raises ``StoreError`` when the folder cannot be written, or the file is damaged, of a
        newer version or another program's; the file is then left as it is.
        """
        path = folder / DATABASE
        with door(path):
            engine = opening.open_database(path, clock())
            try:
                device = identity.device(engine, path, microseconds(clock()) // 1000)
                rebuild_if_outdated(engine)
            except BaseException:
                engine.dispose()
                raise
        return cls(path, engine, device, clock, rollover_hour)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def backup(self, path: Path) -> Path:
        """Copy the database to a new file and return its path; it never overwrites one.

        Other connections may write meanwhile. The copy becomes another device when opened.
        """
        with door(path):
            return backup.copy(self.path, path)

    def reading(self) -> AbstractContextManager[Connection]:
        """Return a transaction that reads, for the other modules of the store."""
        return self._read()

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a transaction that writes, all or nothing, for the other modules of the store."""
        return self._write()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with door(self.path), self._writer.begin() as connection:
            self._demand_place(connection)
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with door(self.path), self._engine.connect() as connection:
            yield connection

    def _demand_place(self, connection: Connection) -> None:
        """Raise unless the files are those that were opened, in a format that we know.

        Others would not be read, and a newer quizapp may have migrated them meanwhile.
        """
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        try:
            there = self.path.stat().st_ino == self._file
            if self._log is not None:
                self._log.stat()
        except FileNotFoundError:
            there = False
        if not there:
            if self._rescued is None:
                driver.rollback()  # nothing was written, and no copy is made from within a write
                self._rescued = backup.rescue(driver, self.path, self._clock())
            raise errors.gone(self.path, self._rescued)
        version = driver.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise errors.newer(self.path, version, SCHEMA_VERSION)
