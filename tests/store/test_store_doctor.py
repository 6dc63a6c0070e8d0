"""The doctor sees each fault, says a way out, and mends what can be mended."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import carving, doctor
from quizapp.store.errors import StoreDamagedError
from quizapp.store.salvage import salvage
from quizapp.store.store import Store
from tests.store.acting import act, undone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.store.events import Event
    from tests.store.conftest import TestClock


IN_FORCE = (
    "SELECT id FROM events WHERE kind = 'review' AND id NOT IN (SELECT event FROM undone) LIMIT 3"
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")


@pytest.fixture
def lived(folder: Path, clock: TestClock, quick: None) -> Iterator[Store]:
    """A store in which much has happened."""
    rng = random.Random(8)
    with Store.open(folder, clock=clock) as store:
        for _ in range(300):
            act(store, clock, rng)
        clock.pass_days(400)  # beyond whatever the clock was set back by
        store.append("exam-start", "sitting", {"paper": "long text " * 3_000})
        yield store


def codes(store: Store) -> list[str]:
    return [finding.code for finding in doctor.examine(store)]


def execute(store: Store, *statements: str) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_log_in_order_gives_nothing(lived: Store) -> None:
    before = lived.events(undone=True), lived.states(), undone(lived)
    assert doctor.examine(lived, lambda _: True) == []
    assert (lived.events(undone=True), lived.states(), undone(lived)) == before


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE card_state SET stability = stability * 1.5 WHERE card = 'c3'", "states"),
        ("UPDATE card_state SET suspended = 1 - suspended", "states"),
        ("DELETE FROM card_state WHERE card = 'c3'", "states"),
        ("UPDATE card_state SET due_day = 'some day'", "states-unreadable"),
        (
            "INSERT INTO card_state (card, suspended, flag, clock) VALUES ('lost', 0, 1, 9)",
            "states-without-entries",
        ),
        ("INSERT INTO undone VALUES ('no such event')", "dangling"),
        ("DELETE FROM undone", "undone"),
        (f"INSERT INTO undone {IN_FORCE}", "undone"),
    ],
)  # fmt: skip
def test_state_that_does_not_follow_from_the_log_is_found_and_derived_anew(
    lived: Store, statement: str, code: str
) -> None:
    before = lived.states(), undone(lived)
    execute(lived, statement)
    found = doctor.examine(lived)
    assert code in [finding.code for finding in found]
    assert {finding.repair for finding in found} == {"rebuild"}
    assert all("`quizapp db doctor --repair`" in finding.message for finding in found)
    lived.rebuild()
    assert doctor.examine(lived) == []
    assert (lived.states(), undone(lived)) == before


def test_entries_about_cards_that_no_pack_has_are_said_and_left(lived: Store) -> None:
    (finding,) = doctor.examine(lived, lambda card: card != "c3")
    assert finding.code == "unknown-cards"
    assert "1 card (c3)" in finding.message
    assert "content add" in finding.message
    assert finding.repair is None


def test_a_clock_that_ran_ahead_is_said(lived: Store, clock: TestClock) -> None:
    clock.pass_days(-900)
    (finding,) = doctor.examine(lived)
    assert (finding.code, finding.repair) == ("clock", None)


# A damaged file ----------------------------------------------------------------------------


def damage_pages(path: Path, rng: random.Random, count: int) -> None:
    size = path.stat().st_size // 4096
    with path.open("r+b") as file:
        for _ in range(count):
            file.seek(4096 * rng.randrange(1, size))
            file.write(rng.randbytes(4096))


def closed(store: Store) -> list[Event]:
    """All events of a store, which is closed."""
    events = store.events(undone=True)
    store.close()
    return events


def test_an_entry_that_cannot_be_read_is_left_behind(lived: Store, clock: TestClock) -> None:
    before = lived.events(undone=True)
    execute(
        lived,
        "UPDATE events SET payload = '{\"card\": ' WHERE seq = 20",
        "UPDATE events SET study_day = 'Monday' WHERE seq = 30",
        "UPDATE events SET subject = CAST(x'ff41' AS TEXT) WHERE seq = 40",
    )
    (finding,) = doctor.examine(lived)
    assert (finding.code, finding.repair) == ("unreadable-entries", "salvage")
    assert "3 entries" in finding.message
    lived.close()
    done = salvage(lived.path.parent, clock)
    assert done.events == len(before) - 3
    with Store.open(lived.path.parent, clock=clock) as mended:
        assert codes(mended) == []
        assert {event.id for event in mended.events(undone=True)} < {event.id for event in before}


def test_a_damaged_index_costs_nothing(lived: Store, clock: TestClock) -> None:
    execute(
        lived,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master "
        "WHERE name = 'card_state_by_due') WHERE name = 'events_by_clock'",
    )
    before = sorted_ids(closed(lived))
    with Store.open(lived.path.parent, clock=clock) as opened:
        assert "damaged" in codes(opened)
    salvage(lived.path.parent, clock)
    with Store.open(lived.path.parent, clock=clock) as mended:
        assert sorted_ids(mended.events(undone=True)) == before
        assert codes(mended) == []


def sorted_ids(events: list[Event]) -> list[str]:
    return sorted(event.id for event in events)


@pytest.mark.parametrize("seed", range(8))
def test_what_stands_on_whole_pages_is_saved(lived: Store, clock: TestClock, seed: int) -> None:
    rng = random.Random(seed)
    before = {event.id: event for event in closed(lived)}
    damage_pages(lived.path, rng, count=4)
    damaged = lived.path.read_bytes()
    done = salvage(lived.path.parent, clock)
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged
    with Store.open(lived.path.parent, clock=clock) as mended:
        saved = {event.id: event for event in mended.events(undone=True)}
        assert len(saved) >= 0.6 * len(before)
        assert all(before[id_] == event for id_, event in saved.items())
        assert codes(mended) == []
        assert mended.device != lived.device


def test_without_header_and_contents_every_entry_is_found_page_by_page(
    lived: Store, clock: TestClock
) -> None:
    before = closed(lived)
    with closing(sqlite3.connect(lived.path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'events'"
        ).fetchone()
    with lived.path.open("r+b") as file:
        for page in (1, root):
            file.seek((page - 1) * 4096)
            file.write(b"\xa5" * 4096)
    with pytest.raises(StoreDamagedError, match="doctor --repair"):
        Store.open(lived.path.parent, clock=clock)
    assert salvage(lived.path.parent, clock).events == len(before)
    with Store.open(lived.path.parent, clock=clock) as mended:
        assert mended.events(undone=True) == before


def test_a_truncated_file_gives_its_beginning(lived: Store, clock: TestClock) -> None:
    before = {event.id for event in closed(lived)}
    with lived.path.open("r+b") as file:
        file.truncate(lived.path.stat().st_size * 2 // 3 // 512 * 512 + 100)
    done = salvage(lived.path.parent, clock)
    assert 0.3 * len(before) < done.events < len(before)
    with Store.open(lived.path.parent, clock=clock) as mended:
        assert {event.id for event in mended.events(undone=True)} < before
        assert codes(mended) == []


def test_the_newest_backup_fills_the_gaps(lived: Store, clock: TestClock) -> None:
    (lived.path.parent / "backups").mkdir()
    lived.backup(lived.path.parent / "backups" / "b.db")
    lived.review("after", Rating.GOOD, ms=1, how="self", scheduler=Scheduler())
    before = closed(lived)
    damage_pages(lived.path, random.Random(1), count=6)
    done = salvage(lived.path.parent, clock)
    assert done.from_backup > 0
    with Store.open(lived.path.parent, clock=clock) as mended:
        found = mended.events(undone=True)
        assert len(before) - 2 <= len(found) <= len(before)


@pytest.mark.parametrize("content", [b"", b"x" * 10_000, bytes(range(256)) * 64])
def test_where_nothing_is_left_the_log_begins_anew_and_the_file_is_kept(
    folder: Path, clock: TestClock, content: bytes
) -> None:
    folder.mkdir()
    (folder / "quizapp.db").write_bytes(content)
    done = salvage(folder, clock)
    assert done.events == 0
    assert done.kept is not None
    assert done.kept.read_bytes() == content
    with Store.open(folder, clock=clock) as store:
        assert codes(store) == []


def test_entries_that_stand_in_the_write_ahead_log_only_are_saved(
    folder: Path, clock: TestClock, tmp_path: Path
) -> None:
    with Store.open(folder, clock=clock) as store:
        for n in range(30):
            store.flag(f"c{n}", 1)
        before = store.events(undone=True)
        there = tmp_path / "there"
        there.mkdir()
        for side in ("", "-wal"):
            content = (folder / f"quizapp.db{side}").read_bytes()
            (there / f"quizapp.db{side}").write_bytes(content)
    (there / "quizapp.db").write_bytes(b"\xa5" * (there / "quizapp.db").stat().st_size)
    assert {event.id for event in carving.carved(there / "quizapp.db")} == {
        event.id for event in before
    }
    assert salvage(there, clock).events == 30
    with Store.open(there, clock=clock) as mended:
        assert mended.events() == before


@pytest.mark.parametrize("seed", range(20))
def test_carving_never_fails_on_any_bytes(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = tmp_path / "x.db"
    leaves = b"".join(b"\x0d" + rng.randbytes(4095) for _ in range(6))
    path.write_bytes(rng.choice([b"", b"SQLite format 3\x00\x10\x00"]) + leaves)
    path.with_name("x.db-wal").write_bytes(b"\x37\x7f\x06\x82" + rng.randbytes(9_000))
    assert list(carving.carved(path)) == []


def test_a_full_disk_while_saving_leaves_the_damaged_file_where_it_is(
    lived: Store, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived.close()
    damage_pages(lived.path, random.Random(2), count=3)
    before = lived.path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("quizapp.store.backup._sync", refuse)
        with pytest.raises(Exception, match="disk is full"):
            salvage(lived.path.parent, clock)
    assert lived.path.read_bytes() == before
    assert [file.name for file in lived.path.parent.glob(".salvage*")] == []
