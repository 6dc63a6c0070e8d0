"""Machines that share a folder come to the same log and the same state, whatever interrupts."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.clock import system_clock
from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating
from quizapp.store import doctor, exchange, log, segments
from quizapp.store.log_text import LogWriter
from quizapp.store.segments import SharedFolderError
from quizapp.store.store import Store
from quizapp.store.sync import Synced, sync
from tests.store.acting import SCHEDULERS, act, undone
from tests.store.conftest import TestClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizapp.store.events import Event


ROOT = Path(__file__).resolve().parents[2]


def no_fault(_: Event) -> str | None:
    return None


class Machine:
    """A device with its own clock and its own copy of the shared folder."""

    def __init__(self, root: Path, *, ahead: float = 0.0) -> None:
        self.clock = TestClock()
        self.clock.pass_days(ahead)
        self.shared = root / "shared"
        self.shared.mkdir(parents=True)
        self.data = root / "data"
        self.store = Store.open(self.data, clock=self.clock)

    def sync(self, *, anew: bool = False) -> Synced:
        return sync(self.store, self.shared, no_fault, anew=anew)

    def answer(self, card: str, rating: Rating = Rating.GOOD) -> None:
        self.store.review(card, rating, ms=1, how="self", scheduler=SCHEDULERS[0])

    def carry(self, other: Machine, whole: Callable[[], bool] = lambda: True) -> None:
        """Make another one's copy of this machine's files the same, or the beginnings of some.

        Carried to the machine itself, that is damage to its own files.
        """
        own = self.shared / segments.FOLDER / self.store.device
        there = other.shared / segments.FOLDER / self.store.device
        there.mkdir(parents=True, exist_ok=True)
        for file in there.glob("*.jsonl"):
            if not (own / file.name).exists():
                file.unlink()
        for file in sorted(own.glob("*.jsonl")):
            content = file.read_bytes()
            cut = len(content) if whole() else random.Random(file.name).randrange(len(content) or 1)
            (there / file.name).write_bytes(content[:cut])

    def seen(self) -> tuple[Any, ...]:
        return self.store.events(undone=True), self.store.states(), undone(self.store)

    def demand_rebuild_agrees(self) -> None:
        before = self.seen()
        self.store.rebuild()
        assert self.seen() == before


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Durable these files need not be, and the disk is slow."""
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
    monkeypatch.setattr("quizapp.store.segments.os.fsync", lambda _: None)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[list[Machine]]:
    made = [Machine(tmp_path / f"m{n}", ahead=days) for n, days in enumerate((0, 0.2, 30))]
    yield made
    for machine in made:
        machine.store.close()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[list[Machine]]:
    """Two machines that mount the same folder."""
    made = [Machine(tmp_path / f"m{n}") for n in range(2)]
    made[1].shared = made[0].shared
    yield made
    for machine in made:
        machine.store.close()


class PowerCut(BaseException):
    """The moment at which the program is no more."""


class Interruptions:
    """Cuts the power before or after one of the next steps of a sync."""

    def __init__(self, rng: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
        self._rng = rng
        self._left: int | None = None
        for owner, name in (
            (segments, "_written"), (segments, "_sync"), (Path, "replace"),
            (segments.Segments, "read"), (segments.Segments, "tidy"), (exchange.Union, "add"),
            (exchange.Union, "finish"), (exchange, "catch_up"), (log, "row"),
        ):  # fmt: skip
            monkeypatch.setattr(owner, name, self._risky(getattr(owner, name)))

    def arm(self) -> None:
        self._left = self._rng.choice([1, 2, 3, 5, 9, 20, 60])

    def disarm(self) -> None:
        self._left = None

    def _risky(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def risky(*arguments: Any) -> Any:
            self._tick()
            result = step(*arguments)
            self._tick()
            return result

        return risky

    def _tick(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left == 0:
                raise PowerCut


@pytest.mark.parametrize("seed", range(4))
def test_three_machines_converge_whatever_the_order_and_the_interruptions(
    machines: list[Machine], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    cuts, left = 0, 0
    with monkeypatch.context() as patch:
        interruptions = Interruptions(rng, patch)
        for _ in range(60):
            machine = rng.choice(machines)
            for _ in range(rng.randrange(40)):
                act(machine.store, machine.clock, rng)
            if rng.random() < 0.7:
                interruptions.arm()
            try:
                left += len(machine.sync(anew=rng.random() < 0.1).left)
            except PowerCut:
                cuts += 1
            interruptions.disarm()
            if rng.random() < 0.2:
                machine.store.close()
                machine.store = Store.open(machine.data, clock=machine.clock)
            for other in rng.sample(machines, 2):
                machine.carry(other, lambda: rng.random() < 0.7)
    assert cuts > 5
    assert left > 5
    for machine in machines:
        machine.sync()
        for other in machines:
            machine.carry(other)
    for machine in machines:
        assert machine.sync().left == ()
    first = machines[0].seen()
    assert len(first[0]) > 800
    assert first[2]
    for machine in machines:
        assert machine.seen() == first
        machine.demand_rebuild_agrees()
        again = machine.sync()
        assert (again.sent, again.received, again.devices) == (0, 0, 2)


def test_live_state_is_that_of_a_rebuild_after_every_sync(
    pair: list[Machine],
) -> None:
    rng = random.Random(11)
    for _ in range(25):
        machine = rng.choice(pair)
        for _ in range(60):
            act(machine.store, machine.clock, rng)
        machine.sync()
        machine.demand_rebuild_agrees()


def test_an_undo_that_arrives_before_what_it_names_holds_when_that_comes(
    machines: list[Machine],
) -> None:
    one, other, _ = machines
    one.answer("x")
    one.sync()
    one.store.undo()
    one.sync()
    own = one.shared / segments.FOLDER / one.store.device
    first, second = sorted(own.iterdir())
    there = other.shared / segments.FOLDER / one.store.device
    there.mkdir(parents=True)
    shutil.copy(second, there)
    other.sync()
    assert other.store.states() == {}
    shutil.copy(first, there)
    other.sync()
    assert other.store.states() == {}
    assert other.seen() == one.seen()


def test_undo_reaches_only_what_this_device_did(pair: list[Machine]) -> None:
    one, other = pair
    one.answer("x")
    one.sync()
    other.sync()
    assert other.store.memories().keys() == {"x"}
    assert other.store.undo() is None


def test_a_sync_without_news_writes_nothing(pair: list[Machine]) -> None:
    one, other = pair
    one.answer("x")
    assert one.sync() == Synced(2, 0, 0, ())
    assert other.sync() == Synced(0, 2, 1, ())
    files = sorted(file.name for file in one.shared.rglob("*.jsonl"))
    assert one.sync() == other.sync() == Synced(0, 0, 0, ()) or len(files) == 1
    assert sorted(file.name for file in one.shared.rglob("*.jsonl")) == files


def test_a_device_writes_only_in_its_own_folder(pair: list[Machine]) -> None:
    one, other = pair
    one.answer("x")
    one.sync()
    other.answer("y")
    before = {file: file.read_bytes() for file in one.shared.rglob("*.jsonl")}
    other.sync()
    after = {file: file.read_bytes() for file in one.shared.rglob("*.jsonl")}
    assert before.items() < after.items()
    assert {file.parent.name for file in after.keys() - before.keys()} == {other.store.device}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_a_truncated_file_is_left_with_a_sentence_until_it_is_whole(
    machines: list[Machine], share: float
) -> None:
    one, other, _ = machines
    for card in "abc":
        one.answer(card)
    one.sync()
    one.carry(other)
    (file,) = other.shared.rglob("*.jsonl")
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    got = other.sync()
    assert got.received == 0
    (told,) = got.left
    assert "left for the next time" in told.message
    assert str(file) in (told.where or "")
    assert other.store.events() == []
    file.write_bytes(content)
    assert other.sync() == Synced(0, 4, 1, ())


def test_a_file_cut_between_two_lines_is_not_taken_for_a_whole_one(
    machines: list[Machine],
) -> None:
    one, other, _ = machines
    one.answer("x")
    one.sync()
    one.carry(other)
    (file,) = other.shared.rglob("*.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    for count in range(1, len(lines)):
        file.write_bytes(b"".join(lines[:count]))
        assert len(other.sync().left) == 1
    assert other.store.events() == []


def test_changed_line_ends_do_no_harm(machines: list[Machine]) -> None:
    one, other, _ = machines
    one.answer("x")
    one.sync()
    one.carry(other)
    (file,) = other.shared.rglob("*.jsonl")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert other.sync() == Synced(0, 2, 1, ())


def test_a_file_that_somebody_changed_is_left(pair: list[Machine]) -> None:
    one, other = pair
    one.answer("x")
    one.sync()
    (file,) = one.shared.rglob("*.jsonl")
    file.write_bytes(file.read_bytes().replace(b'"rating":3', b'"rating":1'))
    got = other.sync()
    assert "not as it was written" in got.left[0].message
    assert other.store.events() == []


def test_an_event_that_the_log_has_otherwise_is_left(pair: list[Machine]) -> None:
    one, other = pair
    one.answer("x")
    one.sync()
    other.sync()
    (file,) = one.shared.rglob("*.jsonl")
    forged = file.parent.parent / "forger" / "1.jsonl"
    forged.parent.mkdir()
    with forged.open("wb") as stream:
        writer = LogWriter(stream)
        for event in one.store.events():
            changed = {**event.payload, "rating": 1}
            writer.add(type(event)(**{**as_fields(event), "payload": changed}))
        writer.close()
    got = other.sync()
    assert "says something else" in got.left[0].message
    assert other.seen() == one.seen()


def as_fields(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__slots__}


def test_an_event_that_cannot_be_used_leaves_its_file(pair: list[Machine]) -> None:
    one, other = pair
    one.answer("x")
    one.sync()
    got = sync(other.store, other.shared, lambda event: f"{event.kind}: not known.")
    assert "not known. The file was left out." in got.left[0].message
    assert got.received == 0


def test_links_pipes_and_other_files_in_the_folder_are_not_followed(
    pair: list[Machine], tmp_path: Path
) -> None:
    one, other = pair
    one.answer("x")
    one.sync()
    stranger = one.shared / segments.FOLDER / "stranger"
    stranger.mkdir()
    secret = tmp_path / "secret.jsonl"
    secret.write_text("mine")
    (stranger / "link.jsonl").symlink_to(secret)
    os.mkfifo(stranger / "pipe.jsonl")
    (stranger / "folder.jsonl").mkdir()
    (stranger / "holiday.jpg").write_bytes(b"\xff")
    (one.shared / segments.FOLDER / "linked").symlink_to(tmp_path)
    (one.shared / segments.FOLDER / "note.jsonl").write_text("hello")
    got = other.sync()
    assert got.received == 2
    assert len(got.left) == 3


def test_what_the_folder_has_lost_is_written_again(pair: list[Machine]) -> None:
    one, other = pair
    for machine, card in ((one, "x"), (other, "y")):
        machine.answer(card)
        machine.sync()
    one.sync()
    shutil.rmtree(one.shared / segments.FOLDER)
    assert one.sync().sent == 4
    assert other.sync() == Synced(0, 0, 1, ())
    assert other.seen() == one.seen()


def test_an_own_file_that_was_damaged_is_replaced(pair: list[Machine]) -> None:
    one, other = pair
    one.answer("x")
    one.sync()
    (file,) = one.shared.rglob("*.jsonl")
    file.write_bytes(file.read_bytes()[:100])
    one.answer("y")
    assert one.sync().sent == 3
    assert not file.exists()
    assert other.sync() == Synced(0, 3, 1, ())


def test_a_restored_device_sends_what_its_predecessor_wrote(
    pair: list[Machine], tmp_path: Path
) -> None:
    one, other = pair
    one.answer("x")
    copy = tmp_path / "copy"
    copy.mkdir()
    one.store.backup(copy / "quizapp.db")
    with Store.open(copy, clock=one.clock) as restored:
        assert sync(restored, one.shared, no_fault).sent == 2
    assert other.sync().received == 2
    assert one.sync().received == 0


def test_a_folder_that_is_not_there_is_said_and_not_made(pair: list[Machine]) -> None:
    one, _ = pair
    one.answer("x")
    missing = one.shared / "stick"
    with pytest.raises(SharedFolderError, match="plug in"):
        sync(one.store, missing, no_fault)
    assert not missing.exists()


def test_a_full_disk_of_the_folder_loses_nothing(
    pair: list[Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    other.answer("y")
    other.sync()
    one.answer("x")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("quizapp.store.segments.os.fsync", refuse)
        with pytest.raises(SharedFolderError, match="No space left on device"):
            one.sync()
    assert one.store.memories().keys() == {"x", "y"}
    assert list(one.shared.rglob(".part-*")) == []
    assert one.sync().sent == 2
    assert other.sync().received == 2


def test_many_events_go_in_several_files_and_transactions(
    pair: list[Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.store.sync.IN_A_FILE", 10)
    monkeypatch.setattr("quizapp.store.sync.AT_ONCE", 25)
    one, other = pair
    rng = random.Random(3)
    for _ in range(150):
        act(one.store, one.clock, rng)
    one.sync()
    assert len(list(one.shared.rglob("*.jsonl"))) > 8
    other.sync()
    assert other.seen() == one.seen()
    other.demand_rebuild_agrees()


def test_a_file_never_finished_is_cleared_away_when_it_is_old(pair: list[Machine]) -> None:
    one, _ = pair
    one.answer("x")
    one.sync()
    own = one.shared / segments.FOLDER / one.store.device
    for name, age in ((".part-old", 1), (".part-new", None)):
        (own / name).write_text("{")
        if age is not None:
            os.utime(own / name, (age, age))
    one.sync()
    assert [file.name for file in own.glob(".part-*")] == [".part-new"]


def test_two_windows_and_two_machines_syncing_at_once(pair: list[Machine]) -> None:
    one, other = pair
    rng = random.Random(5)
    for machine in pair:
        for _ in range(200):
            act(machine.store, machine.clock, rng)
    windows = [Store.open(machine.data, clock=machine.clock) for machine in (one, one, other)]
    failed: list[BaseException] = []

    def run(store: Store) -> None:
        try:
            for n in range(8):
                store.flag(f"c{n}", n % 4)
                sync(store, one.shared, no_fault)
        except QuizError as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=[store]) for store in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in windows:
        store.close()
    assert failed == []
    for machine in (one, other, one):
        assert machine.sync().left == ()
    assert one.seen() == other.seen()
    for machine in pair:
        machine.demand_rebuild_agrees()


PROGRAM = """
import itertools, pathlib, sys
from quizapp.core.clock import system_clock
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store.store import Store
from quizapp.store.sync import sync

store = Store.open(pathlib.Path(sys.argv[1]), clock=system_clock)
scheduler = Scheduler()
for n in itertools.count():
    store.review(f"c{n % 50}", Rating(1 + n % 4), ms=1, how="self", scheduler=scheduler)
    print(store.last_event.id, flush=True)
    if n % 3 == 2:
        store.undo()
        sync(store, pathlib.Path(sys.argv[2]), lambda event: None)
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_in_the_middle_of_syncing_loses_nothing(
    pair: list[Machine], tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    one, other = pair
    data, acknowledged = tmp_path / "killed", set[str]()
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(data), str(one.shared)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as child:
            assert child.stdout is not None
            lines = [child.stdout.readline()]
            timer = threading.Timer(rng.uniform(0.01, 0.3), child.kill)
            timer.start()
            lines += child.stdout.readlines()
            timer.join()
        acknowledged |= {line.strip() for line in lines if line.endswith("\n")}
        other.answer("y")
        assert other.sync().left == ()
    with Store.open(data, clock=system_clock) as store:
        assert sync(store, one.shared, no_fault).left == ()
        assert acknowledged <= {event.id for event in store.events(undone=True)}
        assert doctor.examine(store) == []
    one.sync()
    other.sync()
    assert acknowledged <= {event.id for event in one.store.events(undone=True)}
    assert one.seen() == other.seen()
    one.demand_rebuild_agrees()


def test_what_is_remembered_of_a_folder_may_be_lost(pair: list[Machine]) -> None:
    one, _ = pair
    one.answer("x")
    one.sync()
    with one.store.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '{' WHERE key LIKE 'sync:%'")
    assert one.sync() == Synced(0, 0, 0, ())
    assert json.loads(remembered(one.store))["files"]


def remembered(store: Store) -> str:
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT value FROM meta WHERE key LIKE 'sync:%'")
        return str(rows.scalar_one())
