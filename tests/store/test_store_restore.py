"""A backup comes back in place of the data, which are kept; nothing else is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizapp.store import replacing
from quizapp.store.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreLockedError,
    StoreMissingError,
    StoreNewerError,
)
from quizapp.store.replacing import restore
from quizapp.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.conftest import Answers, TestClock


@pytest.fixture
def saved(store: Store, answer: Answers) -> Path:
    """A backup with x; the database went on with y and was closed."""
    answer("x")
    (store.path.parent / "backups").mkdir()
    path = store.backup(store.path.parent / "backups" / "saved.db")
    answer("y")
    store.close()
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_what_was_saved_comes_back_as_another_device(
    store: Store, saved: Path, clock: TestClock
) -> None:
    kept = restore(store.path, saved, clock())
    with Store.open(store.path.parent, clock=clock) as restored:
        assert restored.memories().keys() == {"x"}
        assert restored.device != store.device
        assert restored.undo() is None
    assert kept is not None
    restore(store.path, kept, clock())
    with Store.open(store.path.parent, clock=clock) as again:
        assert again.memories().keys() == {"x", "y"}


@pytest.mark.parametrize("content", [b"\x00" * 9_000, b"", b"x"])
def test_a_damaged_database_is_replaced_and_kept(
    store: Store, saved: Path, clock: TestClock, content: bytes
) -> None:
    store.path.write_bytes(content)
    with pytest.raises(StoreDamagedError):
        Store.open(store.path.parent, clock=clock)
    kept = restore(store.path, saved, clock())
    assert kept is not None
    assert kept.read_bytes() == content
    with Store.open(store.path.parent, clock=clock) as restored:
        assert restored.memories().keys() == {"x"}


def test_a_write_ahead_log_does_not_get_into_the_new_file(
    store: Store, saved: Path, clock: TestClock
) -> None:
    store.path.write_bytes(b"\x00" * 9_000)
    log = store.path.with_name("quizapp.db-wal")
    log.write_bytes(b"frames of another file")
    kept = restore(store.path, saved, clock())
    assert kept is not None
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"frames of another file"
    with Store.open(store.path.parent, clock=clock) as restored:
        assert restored.memories().keys() == {"x"}


def test_a_database_that_is_gone_is_not_begun_anew_where_there_are_backups(
    store: Store, saved: Path, clock: TestClock
) -> None:
    store.path.unlink()
    with pytest.raises(StoreMissingError, match=r"saved\.db` brings the newest back"):
        Store.open(store.path.parent, clock=clock)
    assert not store.path.exists()
    assert restore(store.path, saved, clock()) is None
    with Store.open(store.path.parent, clock=clock) as restored:
        assert restored.memories().keys() == {"x"}


def test_while_another_window_is_open_nothing_is_replaced(
    store: Store, saved: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.store.engine.BUSY_MS", 50)
    with Store.open(store.path.parent, clock=clock) as window:
        assert window.memories().keys() == {"x", "y"}
        with pytest.raises(StoreLockedError, match="other windows"):
            restore(store.path, saved, clock())
        assert window.memories().keys() == {"x", "y"}
    assert list(store.path.parent.glob("*replaced*")) == []


def test_a_window_that_was_open_all_the_same_writes_no_more(
    store: Store, saved: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing, "_demand_alone", lambda _: None)
    with Store.open(store.path.parent, clock=clock) as window:
        window.flag("z", 1)
        restore(store.path, saved, clock())
        with pytest.raises(StoreMissingError, match="was not saved"):
            window.flag("z", 2)
    with Store.open(store.path.parent, clock=clock) as restored:
        assert restored.states().keys() == {"x"}


def test_a_database_deleted_while_it_is_open_is_said_at_the_next_answer(
    store: Store, answer: Answers
) -> None:
    answer("x")
    store.path.unlink()
    with pytest.raises(StoreMissingError, match="start it again"):
        answer("x")


@pytest.mark.parametrize(
    ("spoil", "error", "told"),
    [
        (lambda path: path.unlink(), StoreError, "no such file"),
        (lambda path: path.write_bytes(b"PNG" * 99), StoreDamagedError, "not restored"),
        (lambda path: path.write_bytes(b""), StoreDamagedError, "not restored"),
        (lambda path: cut(path, path.stat().st_size // 2), StoreDamagedError, "not restored"),
        (lambda path: execute(path, "PRAGMA user_version = 7"), StoreNewerError, "newer quizapp"),
        (lambda path: execute(path, "PRAGMA application_id = 7"), StoreForeignError, "another"),
    ],
)  # fmt: skip
def test_what_is_no_backup_changes_nothing(
    store: Store,
    saved: Path,
    clock: TestClock,
    spoil: Callable[[Path], None],
    error: type[StoreError],
    told: str,
) -> None:
    spoil(saved)
    before = contents(store.path.parent)
    with pytest.raises(error, match=told):
        restore(store.path, saved, clock())
    assert contents(store.path.parent) == before


def test_the_database_itself_is_no_backup(store: Store, saved: Path, clock: TestClock) -> None:
    with pytest.raises(StoreError, match="itself"):
        restore(store.path, store.path, clock())


def test_an_interruption_leaves_the_data_or_the_backup(
    store: Store, saved: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the power goes, there is a whole database of that name."""

    class PowerCut(BaseException):
        pass

    steps = [(Path, "hardlink_to"), (Path, "replace"), (replacing, "_move")]
    for owner, name in steps:
        for before in (True, False):
            with monkeypatch.context() as patch:
                real = getattr(owner, name)

                def cut_off(*arguments: Path, real: object = real, before: bool = before) -> None:
                    if not before:
                        real(*arguments)  # type: ignore[operator]
                    raise PowerCut

                patch.setattr(owner, name, cut_off)
                with pytest.raises(PowerCut):
                    restore(store.path, saved, clock())
            with Store.open(store.path.parent, clock=clock) as opened:
                assert opened.memories().keys() in ({"x", "y"}, {"x"})


def test_a_full_disk_leaves_the_data_as_they_are(
    store: Store, saved: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(store.path.parent)

    def refuse(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("quizapp.store.backup._sync", refuse)
        with pytest.raises(StoreError, match="disk is full"):
            restore(store.path, saved, clock())
    assert contents(store.path.parent) == before


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)


def cut(path: Path, size: int) -> None:
    with path.open("r+b") as file:
        file.truncate(size)
