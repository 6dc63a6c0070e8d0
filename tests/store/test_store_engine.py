from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store.engine import connect
from quizapp.store.errors import StoreLockedError
from quizapp.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Answers, TestClock

SCHEDULER = Scheduler()


def pragma(store: Store, name: str) -> object:
    with store._read() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_the_settings_of_a_connection(store: Store, name: str, value: object) -> None:
    assert pragma(store, name) == value


def test_all_tables_of_ours_are_strict(store: Store) -> None:
    with store._read() as connection:
        rows = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    strict = {row["name"]: row["strict"] for row in rows if row["schema"] == "main"}
    assert {name for name, is_strict in strict.items() if is_strict} == {
        "meta",
        "events",
        "undone",
        "card_state",
    }


def test_a_writer_holds_the_lock_from_the_start(store: Store) -> None:
    """Also before its first statement, so that what it reads stays true until it commits."""
    with closing(sqlite3.connect(store.path, timeout=0, isolation_level=None)) as other:
        with (
            store._write(),
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")


def test_a_reader_neither_waits_nor_sees_what_is_not_committed(
    store: Store, answer: Answers
) -> None:
    answer("x")
    with store._write() as connection:
        connection.exec_driver_sql("DELETE FROM card_state")
        assert store.memories().keys() == {"x"}
        connection.rollback()
    assert store.memories().keys() == {"x"}


def test_two_writers_lose_nothing(folder: Path, clock: TestClock) -> None:
    """Two windows answer the same card; deferred transactions would fail here."""
    each = 40
    failures: list[BaseException] = []
    start = threading.Barrier(2)

    def work() -> None:
        try:
            with Store.open(folder, clock=clock) as store:
                start.wait(10)
                for _ in range(each):
                    store.review("x", Rating.GOOD, ms=1, how="self", scheduler=SCHEDULER)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Store.open(folder, clock=clock) as store:
        assert store.memories()["x"].reps == 2 * each
        events = store.events("review")
        assert len({event.clock for event in events}) == 2 * each
        before = store.states()
        store.rebuild()
        assert store.states() == before


def test_two_first_starts_at_once_are_one_device(folder: Path, clock: TestClock) -> None:
    devices: list[str] = []
    start = threading.Barrier(3)

    def work() -> None:
        start.wait(10)
        with Store.open(folder, clock=clock) as store:
            devices.append(store.device)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(devices) == 3
    assert len(set(devices)) == 1


def test_a_database_that_stays_locked_is_said(store: Store, answer: Answers) -> None:
    answer("x")
    with store._read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    with closing(connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLockedError, match="Close other windows") as caught:
            answer("x")
        other.execute("ROLLBACK")
    assert caught.value.code == "store-locked"
    assert caught.value.where == str(store.path)
    assert answer("x").reps == 2


def test_a_connection_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "absent.db")
    assert list(tmp_path.iterdir()) == []


def test_an_answer_searches_by_index_and_never_scans(store: Store, answer: Answers) -> None:
    """The log grows for years; what an answer costs does not."""
    answer("x")
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        seen.append((statement, parameters))

    event.listen(store._engine, "before_cursor_execute", note)
    answer("x")
    store.undo()
    store.redo()
    store.memory("x")
    store.done_today(date(2025, 3, 1))
    event.remove(store._engine, "before_cursor_execute", note)
    plans: list[tuple[Any, ...]] = []
    with closing(connect(store.path)) as connection:
        for statement, parameters in seen:
            if statement.startswith(("SELECT", "INSERT", "DELETE")):
                plans += connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [row[3] for row in plans]
    assert any(step.startswith("SEARCH events USING INDEX events_by_device") for step in steps)
    scans = [step for step in steps if "SCAN" in step]
    assert set(scans) <= {"SCAN CONSTANT ROW"}
