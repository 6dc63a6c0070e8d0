"""A database of the first version, as it was written then, brought to the present one."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizapp.store import tables
from quizapp.store.store import Store
from tests.store.test_store_migrations import ROOT, schema

if TYPE_CHECKING:
    from tests.store.conftest import TestClock

OLD = Path(__file__).parent / "data" / "version-1.db"
"""Made by the version that knew no tags: 90 random acts, trained and undone among them."""
FORMER = "SELECT card, phase, step, stability, difficulty, due_at, due_day, last_day, reps, "
FORMER += "lapses, first_day, suspended, buried_until, flag, clock FROM card_state ORDER BY card"


def place(folder: Path, *newer: tuple[str, str, str]) -> Path:
    """Put the database of the first version into a data folder, with what a newer one sent it.

    That is kind, card and payload of each entry.
    """
    folder.mkdir(mode=0o700)
    path = Path(shutil.copy(OLD, folder / "quizapp.db"))
    with closing(sqlite3.connect(path)) as connection:
        for kind, card, payload in newer:
            connection.execute(
                "INSERT INTO events "
                "(id, device, clock, at, utc_offset, study_day, kind, subject, payload) "
                "VALUES ('new', 'newer', 1900000000000000, 1900000000000000, 0, '2030-03-17', "
                "?, ?, ?)",
                (kind, card, payload),
            )
        connection.commit()
    return path


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_a_database_of_the_first_version_keeps_its_log_and_its_states(
    folder: Path, clock: TestClock
) -> None:
    path = place(folder)
    log, states = rows(path, "SELECT * FROM events"), rows(path, FORMER)
    assert len(states) > 10
    with Store.open(folder, clock=clock) as store:
        assert rows(path, "SELECT * FROM events") == log
        assert rows(path, FORMER) == states
        migrated = store.states()
        store.rebuild()
        assert store.states() == migrated
    (kept,) = (folder / "backups").iterdir()
    assert rows(kept, "PRAGMA user_version") == [(1,)]
    assert rows(kept, "SELECT * FROM events") == log


def test_the_schema_of_a_migrated_database_is_that_of_a_new_one(
    folder: Path, clock: TestClock, tmp_path: Path
) -> None:
    path = place(folder)
    Store.open(folder, clock=clock).close()
    Store.open(tmp_path / "new", clock=clock).close()
    assert schema(path) == schema(tmp_path / "new" / "quizapp.db")


TAGGED = ("tag", "c1", '{"card":"c1","tag":"hard","on":true}')


@pytest.mark.parametrize(
    "newer",
    [
        TAGGED,
        ("reschedule", "c1", '{"card":"c1","day":"2031-09-01","why":"set"}'),
        ("forget", "c1", '{"card":"c1"}'),
        ("review", "c99", '{"card":"c99","rating":4,"ms":1,"how":"","due":"2030-03-26"}'),
    ],
)
def test_what_the_first_version_passed_over_counts_after_the_migration(
    folder: Path, clock: TestClock, newer: tuple[str, str, str]
) -> None:
    path = place(folder, newer)
    with Store.open(folder, clock=clock) as store:
        states = store.states()
        store.rebuild()
        assert store.states() == states
    assert states[newer[1]].clock == 1900000000000000
    assert rows(path, "SELECT * FROM meta WHERE key = 'outdated'") == []


def test_a_rebuild_that_was_killed_after_the_migration_is_made_up_for(
    folder: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(folder, TAGGED)
    with monkeypatch.context() as patch:
        patch.setattr("quizapp.store.rebuilding.states.put", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Store.open(folder, clock=clock)
    with Store.open(folder, clock=clock) as store:
        assert store.state("c1").tags == {"hard"}


def test_the_first_migration_of_a_used_database_killed_at_any_statement_leaves_it_as_it_was(
    folder: Path,
) -> None:
    path = place(folder)
    before, log = schema(path), rows(path, "SELECT * FROM events")
    program = (
        "import os, pathlib, sys, sqlalchemy as sa; from quizapp.store import engine, migrate;"
        "found = engine.open_engine(pathlib.Path(sys.argv[1])); left = [int(sys.argv[2])];\n"
        "@sa.event.listens_for(found, 'after_cursor_execute')\n"
        "def count(*_):\n"
        "    left[0] -= 1\n"
        "    if not left[0]: os.kill(os.getpid(), 9)\n"
        "migrate.migrate(engine.writer(found))"
    )
    killed = 0
    for statements in range(2, 40, 4):
        done = subprocess.run(
            [sys.executable, "-c", program, str(path), str(statements)], cwd=ROOT, check=False
        )
        if done.returncode != -signal.SIGKILL:
            break
        killed += 1
        assert schema(path) == before
        assert rows(path, "SELECT * FROM events") == log
        assert rows(path, "PRAGMA user_version") == [(1,)]
    assert killed > 2
    assert rows(path, "PRAGMA user_version") == [(tables.SCHEMA_VERSION,)]
