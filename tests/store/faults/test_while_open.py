"""What is done to the file while it is open: said at the next write, nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import errors
from quizapp.store.engine import connect
from quizapp.store.replacing import restore
from quizapp.store.salvage import salvage
from quizapp.store.store import Store
from tests.store.conftest import Answers, TestClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COUNT = 40


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def store(tmp_path: Path, clock: TestClock) -> Iterator[Store]:
    with Store.open(tmp_path, clock=clock) as opened:
        answer = Answers(opened)
        for n in range(COUNT):
            answer(f"c{n}")
        yield opened


@pytest.fixture
def answer(store: Store) -> Answers:
    return Answers(store)


def taken_away(path: Path) -> None:
    path.unlink()


def all_taken_away(path: Path) -> None:
    for file in path.parent.glob("quizapp.db*"):
        file.unlink()


def log_taken_away(path: Path) -> None:
    path.with_name(path.name + "-wal").unlink()


def replaced(path: Path) -> None:
    shutil.copy(path, path.with_name("other"))
    path.with_name("other").replace(path)


@pytest.mark.parametrize("done", [taken_away, all_taken_away, log_taken_away, replaced])
def test_files_that_are_taken_away_are_said_and_what_they_held_is_saved(
    store: Store, answer: Answers, clock: TestClock, done: Callable[[Path], None]
) -> None:
    done(store.path)
    with pytest.raises(errors.StoreMissingError, match="while it was open") as caught:
        answer("lost")
    (rescued,) = (store.path.parent / "backups").iterdir()
    assert f"`quizapp db restore {rescued}` brings all of it back" in caught.value.message
    # Once more says the same, and makes no further copy.
    with pytest.raises(errors.StoreMissingError, match=rescued.name):
        answer("lost")
    assert len(store.memories()) == COUNT
    store.close()
    # What the sentence says works.
    restore(store.path, rescued, clock())
    with Store.open(store.path.parent, clock=clock) as again:
        assert again.memories().keys() == {f"c{n}" for n in range(COUNT)}
        Answers(again)("after")


def test_the_next_start_without_the_file_names_what_was_saved(
    store: Store, answer: Answers, clock: TestClock
) -> None:
    all_taken_away(store.path)
    with pytest.raises(errors.StoreMissingError):
        answer("lost")
    store.close()
    with pytest.raises(errors.StoreMissingError, match=r"quizapp-rescued-.* brings the newest"):
        Store.open(store.path.parent, clock=clock)


def test_a_folder_that_is_gone_is_said(store: Store, answer: Answers) -> None:
    shutil.rmtree(store.path.parent)
    with pytest.raises(errors.StoreMissingError, match="lists the backups"):
        answer("lost")
    with pytest.raises(errors.StoreMissingError, match="while it was open"):
        store.backup(store.path.with_name("copy.db"))


def test_a_backup_of_a_file_that_is_gone_says_so(store: Store) -> None:
    store.path.unlink()
    with pytest.raises(errors.StoreMissingError) as caught:
        store.backup(store.path.with_name("copy.db"))
    assert caught.value.where == str(store.path)


def garbage(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xa5" * path.stat().st_size)


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("done", [garbage, truncated, emptied])
def test_damage_under_an_open_store_is_said_and_the_backup_brings_all_back(
    store: Store, clock: TestClock, done: Callable[[Path], None]
) -> None:
    (store.path.parent / "backups").mkdir()
    backup = store.backup(store.path.parent / "backups" / "saved.db")
    store.close()  # all of it is in the file itself now
    with Store.open(store.path.parent, clock=clock) as opened:
        done(store.path)
        for use in (
            lambda: opened.review("x", Rating.GOOD, ms=1, how="self", scheduler=Scheduler()),
            opened.events,
            lambda: opened.backup(store.path.with_name("copy.db")),
        ):
            with pytest.raises(errors.StoreDamagedError, match="untouched") as caught:
                use()
            assert caught.value.where == str(store.path)
            assert str(backup) in caught.value.message
    with pytest.raises(errors.StoreDamagedError):
        Store.open(store.path.parent, clock=clock)
    assert salvage(store.path.parent, clock).events >= COUNT
    with Store.open(store.path.parent, clock=clock) as again:
        assert len(again.memories()) == COUNT


def test_a_newer_quizapp_that_migrates_meanwhile_is_said(store: Store, answer: Answers) -> None:
    with closing(sqlite3.connect(store.path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(errors.StoreNewerError, match=r"format 99; .* upgrade quizapp"):
        answer("lost")
    assert len(store.memories()) == COUNT


def test_what_was_restored_or_saved_keeps_a_write_ahead_log_again(
    store: Store, clock: TestClock
) -> None:
    """A backup is one file; left so, one window would keep the other waiting."""
    saved = store.backup(store.path.with_name("saved.db"))
    store.close()
    for put_back in (
        lambda: restore(store.path, saved, clock()),
        lambda: salvage(store.path.parent, clock),
    ):
        put_back()
        with Store.open(store.path.parent, clock=clock) as again, again.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_another_program_that_keeps_the_lock_is_said_and_reading_goes_on(
    store: Store, answer: Answers, clock: TestClock, monkeypatch: pytest.MonkeyPatch, lock: str
) -> None:
    store.close()
    monkeypatch.setattr("quizapp.store.engine.BUSY_MS", 50)
    with (
        Store.open(store.path.parent, clock=clock) as opened,
        closing(connect(store.path)) as other,
    ):
        other.execute(f"BEGIN {lock}")
        with pytest.raises(errors.StoreLockedError, match="wait until a backup or sync program"):
            Answers(opened)("lost")
        assert len(opened.memories()) == COUNT
        other.execute("ROLLBACK")
        assert Answers(opened)("after").reps == 1


def test_a_start_while_another_program_has_the_file_for_itself_is_said(
    store: Store, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr("quizapp.store.engine.BUSY_MS", 50)
    with closing(connect(store.path)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.StoreLockedError, match="Another program keeps the data locked"):
            Store.open(store.path.parent, clock=clock)
        other.execute("ROLLBACK")
    with Store.open(store.path.parent, clock=clock) as again:
        assert len(again.memories()) == COUNT
