"""How long an answer takes at 10 000 cards, against a bare FULL commit of the same rows.

Prints and never asserts: ``pytest tests/benchmarks/test_store_speed.py -n 0 -s``.
"""

from __future__ import annotations

import statistics
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from quizapp.core.clock import system_clock
from quizapp.scheduling.choosing import Entry
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler
from quizapp.scheduling.queue import Limits, Queue
from quizapp.store.engine import connect
from quizapp.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

CARDS = 10_000
ANSWERS = 300
SCHEDULER = Scheduler()


def filled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a store in which each card was answered twice."""
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
    with Store.open(folder, clock=system_clock) as store:
        for n in range(2 * CARDS):
            card = f"card-{n % CARDS}"
            store.review(card, Rating.GOOD, ms=4000, how="self", scheduler=SCHEDULER)
    monkeypatch.undo()


def milliseconds(act: Callable[[int], object]) -> list[float]:
    times = []
    for n in range(ANSWERS):
        start = time.perf_counter()
        act(n * 31 % CARDS)
        times.append((time.perf_counter() - start) * 1e3)
    return times


def bare_commits(store: Store) -> list[float]:
    """The same two rows as an answer writes, by sqlite3 alone, with the same durability."""
    event = store.events("review")[-1]
    with closing(connect(store.path)) as connection:
        state = connection.execute("SELECT * FROM card_state LIMIT 1").fetchone()
        marks = ", ".join("?" * len(state))
        put = f"INSERT OR REPLACE INTO card_state VALUES ({marks})"  # noqa: S608
        clock = event.clock

        def commit(n: int) -> None:
            nonlocal clock
            clock += 1
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO events (id, device, clock, at, utc_offset, study_day, kind, subject,"
                " payload) VALUES (?, 'bare', ?, ?, 0, ?, 'bare', ?, ?)",
                (f"bare-{clock}", clock, event.at, event.study_day, f"card-{n}", "{}" * 30),
            )
            row = (state[0], f"card-{n}", *state[2:])
            connection.execute(put, row)
            connection.execute("COMMIT")

        return milliseconds(commit)


def test_answering_a_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(tmp_path, monkeypatch)
    with Store.open(tmp_path, clock=system_clock) as store:

        def answer(n: int) -> None:
            store.review(f"card-{n}", Rating.GOOD, ms=4000, how="self", scheduler=SCHEDULER)

        milliseconds(answer)
        ours = milliseconds(answer)
        undone = milliseconds(lambda _: store.undo())
        monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
        with Store.open(tmp_path, clock=system_clock) as fast:
            own = milliseconds(
                lambda n: fast.review(
                    f"card-{n}", Rating.GOOD, ms=4000, how="self", scheduler=SCHEDULER
                )
            )
        monkeypatch.undo()
        start = time.perf_counter()
        memories = store.memories()
        loading = (time.perf_counter() - start) * 1e3
        bare = bare_commits(store)
    with capsys.disabled():
        print(f"\nanswering a card, {len(memories)} cards, median of {ANSWERS}:")
        print(f"  Store.review         {statistics.median(ours):7.3f} ms")
        print(f"  bare FULL commit     {statistics.median(bare):7.3f} ms")
        print(f"  ratio                {statistics.median(ours) / statistics.median(bare):7.2f}")
        print(f"  own time (no fsync)  {statistics.median(own):7.3f} ms")
        print(f"  Store.undo           {statistics.median(undone):7.3f} ms")
        print(f"  memories()           {loading:7.1f} ms")


def test_the_next_card(capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime(2025, 3, 1, 12, tzinfo=UTC)
    day = now.date()
    entries = [Entry(f"card-{n}", f"topic-{n % 12}") for n in range(CARDS)]
    memories = {
        entry.card: CardMemory("review", None, 5.0, 5.0, None, day, day - timedelta(5), 3, 0)
        for entry in entries[::2]
    }
    start = time.perf_counter()
    queue = Queue(entries, memories, day=day, limits=Limits(None, None))
    building = (time.perf_counter() - start) * 1e3

    def answer(_: int) -> None:
        card = queue.next(now)
        if card is not None:
            memory = SCHEDULER.answer(memories.get(card), Rating.GOOD, now, day, card)
            queue.answered(card, memory)
            queue.counts()
            queue.next(now)

    times = milliseconds(answer)
    with capsys.disabled():
        print(f"\nqueue of {CARDS} cards: built in {building:.1f} ms,")
        print(f"  answer, counts, next card: {statistics.median(times):.4f} ms")
