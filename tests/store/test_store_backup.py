from __future__ import annotations

import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quizapp.store import backup as backups
from quizapp.store.errors import StoreExistsError, StoreReadOnlyError
from quizapp.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Answers, TestClock


def test_a_backup_is_one_whole_file(store: Store, answer: Answers, tmp_path: Path) -> None:
    answer("x")
    path = store.backup(tmp_path / "copy.db")
    assert sorted(file.name for file in tmp_path.glob("*copy*")) == ["copy.db"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (2,)


def test_a_backup_opens_as_another_device(
    store: Store, answer: Answers, tmp_path: Path, clock: TestClock
) -> None:
    answer("x")
    (tmp_path / "elsewhere").mkdir()
    store.backup(tmp_path / "elsewhere" / "quizapp.db")
    with Store.open(tmp_path / "elsewhere", clock=clock) as copy:
        assert copy.device != store.device
        assert copy.states() == store.states()
        assert copy.events() == store.events()
        assert copy.undo() is None
        device = copy.device
    with Store.open(tmp_path / "elsewhere", clock=clock) as copy:
        assert copy.device == device


def test_a_copied_file_opens_as_another_device(
    store: Store, answer: Answers, tmp_path: Path, clock: TestClock
) -> None:
    answer("x")
    store.close()
    shutil.copytree(store.path.parent, tmp_path / "elsewhere")
    with Store.open(tmp_path / "elsewhere", clock=clock) as copy:
        assert copy.device != store.device
        assert copy.states().keys() == {"x"}


def test_a_moved_folder_stays_the_same_device(
    store: Store, answer: Answers, tmp_path: Path, clock: TestClock
) -> None:
    answer("x")
    store.close()
    store.path.parent.rename(tmp_path / "moved")
    with Store.open(tmp_path / "moved", clock=clock) as moved:
        assert moved.device == store.device


def test_a_backup_restored_into_the_same_file_is_another_device(
    store: Store, answer: Answers, tmp_path: Path, clock: TestClock
) -> None:
    """The file keeps its inode then; that the copy carries no fingerprint tells."""
    answer("x")
    copy = store.backup(tmp_path / "copy.db")
    answer("y")
    store.close()
    with store.path.open("r+b") as file:
        file.truncate()
        file.write(copy.read_bytes())
    with Store.open(store.path.parent, clock=clock) as restored:
        assert restored.device != store.device
        assert restored.memories().keys() == {"x"}


def test_a_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(StoreExistsError, match="another name"):
        store.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_a_file_that_comes_up_meanwhile_is_not_overwritten(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    monkeypatch.setattr(backups, "_sync", lambda _: target.write_text("precious"))
    with pytest.raises(StoreExistsError):
        store.backup(target)
    assert target.read_text() == "precious"
    assert list(tmp_path.glob(".copy*")) == []


def test_without_hard_links_the_backup_gets_its_name_too(
    store: Store, answer: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    answer("x")
    path = store.backup(tmp_path / "copy.db")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (2,)
    assert list(tmp_path.glob(".copy*")) == []


def test_a_backup_that_cannot_be_written_is_said(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr("quizapp.store.backup.os.open", refuse)
    with pytest.raises(StoreReadOnlyError):
        store.backup(tmp_path / "copy.db")


def test_a_backup_may_be_taken_while_others_write(
    store: Store, answer: Answers, tmp_path: Path, clock: TestClock
) -> None:
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            answer(f"c{n % 30}")
            n += 1

    thread = threading.Thread(target=write)
    thread.start()
    (tmp_path / "copy").mkdir()
    store.backup(tmp_path / "copy" / "quizapp.db")
    stop.set()
    thread.join()
    with Store.open(tmp_path / "copy", clock=clock) as copy:
        live = copy.states()
        copy.rebuild()
        assert copy.states() == live
