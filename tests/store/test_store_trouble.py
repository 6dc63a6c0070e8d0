"""Each thing that can go wrong with the file is a sentence and a way out; nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import errors
from quizapp.store.engine import door
from quizapp.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.store.conftest import Answers, TestClock

ROOT = Path(__file__).resolve().parents[2]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def used(folder: Path, clock: TestClock) -> None:
    """Open a store and read all of it."""
    with Store.open(folder, clock=clock) as store:
        store.memories()
        store.events()


@pytest.fixture
def filled(folder: Path, clock: TestClock) -> Path:
    """The database of a store with 200 cards, closed."""
    with Store.open(folder, clock=clock) as store:
        for n in range(200):
            store.review(f"c{n}", Rating.GOOD, ms=1, how="self", scheduler=Scheduler())
    return folder / "quizapp.db"


def test_the_folder_and_the_file_are_the_user_s_alone(store: Store, folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_all_errors_are_sentences_with_a_code() -> None:
    kinds = errors.StoreError.__subclasses__()
    codes = {kind.code for kind in kinds} | {errors.StoreError.code}
    assert len(codes) == len(kinds) + 1
    assert all(issubclass(kind, QuizError) for kind in kinds)


def test_a_newer_database_is_left_as_it_is(filled: Path, clock: TestClock) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("PRAGMA user_version = 7")
    before = contents(filled.parent)
    with pytest.raises(errors.StoreNewerError, match=r"format 7; .* upgrade quizapp") as caught:
        Store.open(filled.parent, clock=clock)
    assert caught.value.code == "store-newer"
    assert contents(filled.parent) == before


def test_a_newer_version_that_stands_in_the_log_only_is_seen(
    filled: Path, clock: TestClock
) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("PRAGMA user_version = 7")
        assert filled.read_bytes()[63] != 7
        with pytest.raises(errors.StoreNewerError, match="format 7"):
            Store.open(filled.parent, clock=clock)


def test_another_program_s_database_is_left_as_it_is(folder: Path, clock: TestClock) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "quizapp.db")) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = contents(folder)
    with pytest.raises(errors.StoreForeignError, match="another program"):
        Store.open(folder, clock=clock)
    assert contents(folder) == before
    with closing(sqlite3.connect(folder / "quizapp.db")) as connection:
        connection.execute("PRAGMA application_id = 99")
    with pytest.raises(errors.StoreForeignError, match="another program"):
        Store.open(folder, clock=clock)


def test_a_folder_in_the_place_of_the_file_is_said(folder: Path, clock: TestClock) -> None:
    (folder / "quizapp.db").mkdir(parents=True)
    with pytest.raises(errors.StoreForeignError):
        Store.open(folder, clock=clock)


def test_a_file_in_the_place_of_the_folder_is_said(folder: Path, clock: TestClock) -> None:
    folder.write_text("mine")
    with pytest.raises(errors.StoreError, match="choose another data folder"):
        Store.open(folder, clock=clock)
    assert folder.read_text() == "mine"


@pytest.mark.parametrize("text", [b"not a database at all" * 40, b"SQLite format 3\x00", b"x"])
def test_a_file_that_is_no_database_is_left_as_it_is(
    folder: Path, clock: TestClock, text: bytes
) -> None:
    folder.mkdir()
    (folder / "quizapp.db").write_bytes(text)
    with pytest.raises(errors.StoreDamagedError, match="there is no backup") as caught:
        Store.open(folder, clock=clock)
    assert caught.value.code == "store-damaged"
    assert contents(folder) == {"quizapp.db": text}


def test_a_damaged_file_names_the_newest_backup(filled: Path, clock: TestClock) -> None:
    backups = filled.parent / "backups"
    backups.mkdir()
    with Store.open(filled.parent, clock=clock) as store:
        for name in ("old.db", "new.db"):
            store.backup(backups / name)
    os.utime(backups / "old.db", (1, 1))
    filled.write_bytes(b"\x00" * 5000)
    with pytest.raises(errors.StoreDamagedError) as caught:
        Store.open(filled.parent, clock=clock)
    assert str(backups / "new.db") in caught.value.message
    assert "quizapp.db-wal" in caught.value.message
    # What the sentence says works.
    for file in filled.parent.glob("quizapp.db*"):
        file.rename(file.with_name(file.name + ".away"))
    shutil.copy(backups / "new.db", filled)
    with Store.open(filled.parent, clock=clock) as store:
        assert len(store.memories()) == 200


def test_a_truncated_file_is_said_and_left(filled: Path, clock: TestClock) -> None:
    with filled.open("r+b") as file:
        file.truncate(filled.stat().st_size // 2)
    before = contents(filled.parent)
    with pytest.raises(errors.StoreDamagedError, match="untouched"):
        used(filled.parent, clock)
    assert contents(filled.parent)["quizapp.db"] == before["quizapp.db"]


def test_overwritten_pages_are_said_when_they_are_met(filled: Path, clock: TestClock) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        roots = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name IN ('events', 'card_state')"
        ).fetchall()
    with filled.open("r+b") as file:
        for (page,) in roots:
            file.seek((page - 1) * 4096)
            file.write(b"\xa5" * 4096)
    before = filled.read_bytes()
    with Store.open(filled.parent, clock=clock) as store:
        for use in (
            store.memories,
            store.events,
            store.rebuild,
            lambda: store.backup(filled.with_name("copy.db")),
        ):
            with pytest.raises(errors.StoreDamagedError, match="untouched"):
                use()
    assert filled.read_bytes() == before
    assert not filled.with_name("copy.db").exists()


def test_an_emptied_file_is_not_taken_for_a_new_one(filled: Path, clock: TestClock) -> None:
    (filled.parent / "backups").mkdir()
    with Store.open(filled.parent, clock=clock) as store:
        store.backup(filled.parent / "backups" / "x.db")
    filled.write_bytes(b"")
    with pytest.raises(errors.StoreDamagedError, match=r"x\.db"):
        Store.open(filled.parent, clock=clock)
    assert filled.read_bytes() == b""


def test_a_log_without_its_database_is_not_thrown_away(folder: Path, clock: TestClock) -> None:
    folder.mkdir()
    (folder / "quizapp.db-wal").write_bytes(b"frames")
    with pytest.raises(errors.StoreDamagedError):
        Store.open(folder, clock=clock)
    assert contents(folder) == {"quizapp.db-wal": b"frames"}


def test_a_start_that_was_killed_at_once_is_no_damage(folder: Path, clock: TestClock) -> None:
    folder.mkdir()
    (folder / "quizapp.db").touch()
    with Store.open(folder, clock=clock) as store:
        assert store.memories() == {}


def test_a_full_disk_is_said_and_loses_nothing(store: Store, answer: Answers) -> None:
    answer("x")
    with store._read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    done = store.events(undone=True)

    def until_full() -> None:
        nonlocal done
        for n in range(5000):
            done = store.events(undone=True)
            answer(f"card-{n}")

    with pytest.raises(errors.StoreFullError, match="Free some space") as caught:
        until_full()
    assert caught.value.code == "store-full"
    assert store.events(undone=True) == done
    live = store.states()
    with store._read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    store.rebuild()
    assert store.states() == live
    assert answer("after").reps == 1


def test_a_file_that_became_read_only_is_said(store: Store, answer: Answers) -> None:
    answer("x")
    with store._read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(errors.StoreReadOnlyError, match="writable") as caught:
        answer("x")
    assert caught.value.code == "store-read-only"
    assert store.memories()["x"].reps == 1


def test_a_fault_of_ours_is_not_dressed_up(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="syntax"), door(store.path):
        sqlite3.connect(":memory:").execute("SELEKT")


OPEN = """
import os, pathlib, sys
import alembic.command  # while it can still be read
from quizapp.core.clock import system_clock
from quizapp.store import migrate
from quizapp.store.errors import StoreError
from quizapp.store.store import Store
if os.getuid() == 0:
    os.setuid(65534)
try:
    Store.open(pathlib.Path(sys.argv[1]), clock=system_clock).close()
except StoreError as error:
    print(error.code, error, sep="|")
else:
    print("opened")
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that another user can reach, as those of pytest cannot be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for place in [folder, *folder.rglob("*")]:
            place.chmod(0o755)


def opened_by_another(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_a_folder_that_cannot_be_made_is_said(public: Path) -> None:
    public.chmod(0o555)
    said = opened_by_another(public / "data")
    assert said.startswith(f"store-read-only|{public / 'data'}: The data cannot be written here.")


def test_a_read_only_folder_is_said(public: Path) -> None:
    folder = public / "data"
    folder.mkdir(mode=0o555)
    assert opened_by_another(folder).startswith(f"store-read-only|{folder}: ")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o777, 0o444)])
def test_a_read_only_file_is_said(
    public: Path, clock: TestClock, folder_mode: int, file_mode: int
) -> None:
    folder = public / "data"
    with Store.open(folder, clock=clock) as store:
        store.flag("x", 1)
    (folder / "quizapp.db").chmod(file_mode)
    before = contents(folder)
    folder.chmod(folder_mode)
    assert opened_by_another(folder).startswith("store-read-only|")
    assert contents(folder) == before


def test_a_folder_that_cannot_be_entered_is_said(public: Path, clock: TestClock) -> None:
    folder = public / "data"
    with Store.open(folder, clock=clock) as store:
        store.flag("x", 1)
    folder.chmod(0o000)
    assert opened_by_another(folder).startswith("store-read-only|")
