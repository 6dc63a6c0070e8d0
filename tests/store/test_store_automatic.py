"""Backups that nobody asked for: when they are taken, and what becomes of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from quizapp.store import automatic
from quizapp.store.automatic import back_up, backups, new_name
from quizapp.store.errors import StoreFullError
from quizapp.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Answers, TestClock


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
    monkeypatch.setattr("quizapp.store.backup._sync", lambda _: None)


def test_an_empty_log_needs_no_backup(store: Store, clock: TestClock) -> None:
    assert back_up(store, clock()) is None
    assert backups(store.path.parent) == []


def test_a_backup_is_taken_at_most_every_half_hour(
    store: Store, answer: Answers, clock: TestClock
) -> None:
    answer("x")
    first = back_up(store, clock())
    assert first is not None
    answer("x")
    assert back_up(store, clock()) is None
    clock.pass_days(31 / 1440)
    second = back_up(store, clock())
    assert second is not None
    assert {one.path for one in backups(store.path.parent)} == {first, second}


def test_nothing_new_needs_no_backup(store: Store, answer: Answers, clock: TestClock) -> None:
    answer("x")
    assert back_up(store, clock()) is not None
    clock.pass_days(3)
    assert back_up(store, clock()) is None


def test_a_clock_set_back_does_not_stop_the_backups(
    store: Store, answer: Answers, clock: TestClock
) -> None:
    answer("x")
    assert back_up(store, clock()) is not None
    clock.pass_days(-300)
    answer("x")
    assert back_up(store, clock()) is not None


def test_a_backup_that_cannot_be_read_is_followed_by_one_that_can(
    store: Store, answer: Answers, clock: TestClock
) -> None:
    answer("x")
    first = back_up(store, clock())
    assert first is not None
    first.write_bytes(b"broken" * 100)
    clock.pass_days(1)
    assert back_up(store, clock()) is not None


@pytest.mark.usefixtures("quick")
def test_old_ones_are_thinned_and_those_asked_for_stay(
    store: Store, answer: Answers, clock: TestClock
) -> None:
    folder = store.path.parent / "backups"
    folder.mkdir()
    own = store.backup(new_name(folder, clock()))
    for n in range(60):
        answer(f"c{n % 7}")
        assert back_up(store, clock()) is not None
        clock.pass_days(1)
    left = sorted(file.name for file in folder.glob("quizapp-auto-*.db"))
    assert 15 < len(left) < 30
    assert own.exists()
    assert list(folder.glob("*.part")) == []


def test_a_copy_never_finished_is_cleared_away(
    store: Store, answer: Answers, clock: TestClock
) -> None:
    folder = store.path.parent / "backups"
    folder.mkdir()
    for name, age in ((".old.db.7.part", 7_200), (".new.db.8.part", 60)):
        (folder / name).touch()
        moment = clock().timestamp() - age
        os.utime(folder / name, (moment, moment))
    answer("x")
    back_up(store, clock())
    assert [file.name for file in folder.glob(".*")] == [".new.db.8.part"]


def test_two_windows_that_start_at_once_take_one(
    store: Store, answer: Answers, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer("x")
    now = clock()
    assert back_up(store, now) is not None
    monkeypatch.setattr(automatic, "_automatic", lambda _: {})
    assert back_up(store, now) is None


def test_a_full_disk_is_said_and_leaves_no_part(
    store: Store, answer: Answers, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer("x")

    def refuse(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("quizapp.store.backup._sync", refuse)
    with pytest.raises(StoreFullError, match="Free some space"):
        back_up(store, clock())
    assert list((store.path.parent / "backups").iterdir()) == []


def test_a_backup_of_a_start_opens_with_all_that_was_there(
    store: Store, answer: Answers, clock: TestClock, tmp_path: Path
) -> None:
    answer("x")
    path = back_up(store, clock())
    assert path is not None
    (tmp_path / "there").mkdir()
    path.rename(tmp_path / "there" / "quizapp.db")
    with Store.open(tmp_path / "there", clock=clock) as copy:
        assert copy.events() == store.events()
        assert copy.states() == store.states()
