"""Writers to kill: forked from a warm parent, so that a start costs milliseconds.

The parent must have one thread only; it is therefore a program of its own (``kill_rounds``,
``power_cuts``, ``migration_kills``), which the tests run.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import traceback
from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.core.clock import system_clock
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import migrate  # noqa: F401 - Alembic is loaded before the first fork
from quizapp.store.doctor import examine
from quizapp.store.store import Store
from tests.store.acting import undone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

PATIENCE_SECONDS = 120.0
SCHEDULERS = [Scheduler(), Scheduler(retention=0.95)]


class Child:
    """A process that says on a pipe what it has done."""

    def __init__(self, work: Callable[[int], None]) -> None:
        self._pipe, said = os.pipe()
        self._rest = b""
        self._open = True
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                os.close(self._pipe)
                work(said)
                status = 0
            except BaseException:  # noqa: BLE001 - it must not return into the parent's code
                traceback.print_exc()
                sys.stderr.flush()
            finally:
                os._exit(status)
        os.close(said)

    def fileno(self) -> int:
        return self._pipe

    def heard(self) -> list[str]:
        """The whole lines that stand in the pipe now; waits for the first unless it has ended."""
        read = os.read(self._pipe, 1 << 16)
        self._open = bool(read)
        *lines, self._rest = (self._rest + read).split(b"\n")
        return [line.decode() for line in lines]

    def heard_all(self) -> list[str]:
        """All that stands in the pipe; it waits for nothing while the child is stopped."""
        lines: list[str] = []
        while self._open and select.select([self], [], [], 0)[0]:
            lines += self.heard()
        return lines

    @property
    def open(self) -> bool:
        """Whether it may say more."""
        return self._open

    def stop(self) -> None:
        """Halt it wherever it is."""
        os.kill(self.pid, signal.SIGSTOP)
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            raise RuntimeError(f"a writer ended by itself: {status}")

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> list[str]:
        """kill -9; what it had said and nobody has heard."""
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        lines = []
        while self._open:
            lines += self.heard()
        os.close(self._pipe)
        if not os.WIFSIGNALED(status) and status:
            raise RuntimeError(f"a writer failed by itself: {status}")
        return lines


def hear(children: Sequence[Child], count: int) -> list[str]:
    """Lines of the children, at least so many."""
    lines: list[str] = []
    while len(lines) < count:
        speaking = [child for child in children if child.open]
        ready = speaking and select.select(speaking, [], [], PATIENCE_SECONDS)[0]
        if not ready:
            raise TimeoutError(f"{len(lines)} of {count} lines came")
        for child in ready:
            lines += child.heard()
    return lines


def writer(folder: Path, seed: int) -> Child:
    """A process that does what a student does, and names each event once it is on the disk."""

    def work(said: int) -> None:
        rng = random.Random(seed)
        with Store.open(folder, clock=system_clock) as store:
            while True:
                _act(store, rng)
                if store.last_event is not None:
                    os.write(said, f"{store.last_event.id}\n".encode())

    return Child(work)


def _act(store: Store, rng: random.Random) -> None:
    card = f"c{rng.randrange(40)}"
    kinds = ["review", "undo", "redo", "suspend", "bury", "flag", "attempt"]
    match rng.choices(kinds, [20, 3, 2, 1, 1, 1, 1])[0]:
        case "review":
            rating, scheduler = Rating(rng.randint(1, 4)), rng.choices(SCHEDULERS, [40, 1])[0]
            store.review(card, rating, ms=rng.randrange(9999), how="self", scheduler=scheduler)
        case "undo":
            store.undo()
        case "redo":
            store.redo()
        case "suspend":
            store.suspend(card, on=rng.random() < 0.5)
        case "bury":
            store.bury(card, system_clock().date() + timedelta(days=1))
        case "flag":
            store.flag(card, rng.randrange(8))
        case _:
            store.append("attempt", "attention", {"score": rng.random()})


def faults(folder: Path, acknowledged: Iterable[str]) -> list[str]:
    """What is wrong with the database of a folder in which these events are to be."""
    found = []
    with Store.open(folder, clock=system_clock) as store:
        with store.reading() as connection:
            told = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if told != ["ok"]:
            found.append(f"integrity_check: {told[:3]}")
        lost = set(acknowledged) - {event.id for event in store.events(undone=True)}
        if lost:
            found.append(f"{len(lost)} acknowledged events are lost")
        found += [finding.message for finding in examine(store)]
        live = store.states(), undone(store)
        store.rebuild()
        if (store.states(), undone(store)) != live:
            found.append("a rebuild gives another state")
    return found
