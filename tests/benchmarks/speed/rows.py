"""What is measured, in the order of the table."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from quizapp.scheduling.memory import Rating
from quizapp.store import engine
from quizapp.store.doctor import examine
from quizapp.store.store import Store
from quizapp.store.sync import sync
from quizapp.study.figures.kept import FILE
from quizapp.study.figures.reading import figures
from quizapp.study.overview import overview
from quizapp.study.review import ReviewSession
from tests.benchmarks.speed.bare import bare_commits
from tests.benchmarks.speed.beside_anki import anki_medians
from tests.benchmarks.speed.history import NOW, name
from tests.benchmarks.speed.home import Clock, workspace
from tests.benchmarks.speed.measuring import timed
from tests.benchmarks.speed.plan import plan_ms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.study.workspace import Workspace

ROUNDS, ANSWERS = 5, 300
SYNCED_CARDS = 10_000
"""Sync is measured up to so many cards: another computer receives all of a log once."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure."""

    what: str
    ours: float
    unit: str = "ms"
    goal: str = ""
    anki: float | None = None


def measured(home: Path, cards: int) -> list[Row]:
    """All figures of one size."""
    home.mkdir(parents=True)
    opened = workspace(home, cards)
    faults = examine(opened.store)
    if faults:
        raise AssertionError(f"the history is not sound: {faults}")
    anki = anki_medians(opened.store, cards, home)
    rows = [
        *_counts(opened, anki),
        *_session(opened),
        *_statistics(opened, anki),
        *_answers(opened, cards, anki),
    ]
    opened.close()
    rows += _rebuild(home, cards)
    rows += _memory(home, cards)
    if cards <= SYNCED_CARDS:
        rows += _sync(home, cards)
    return rows


def planned() -> Row:
    """What does not depend on the log's size: a plan, for the column of 1 000 cards."""
    return Row("a plan for 1 000 cards and 60 days", plan_ms(), goal="under 1 000")


def _counts(opened: Workspace, anki: dict[str, float]) -> Iterator[Row]:
    first = timed(lambda _: ReviewSession(opened).current(), 1)
    yield Row("queue and first card, the first time", first.median)
    queue = timed(lambda _: ReviewSession(opened).current(), 11)
    yield Row("queue and first card", queue.median, goal="under 20", anki=anki.get("queue"))
    facts = timed(lambda _: overview(opened), ROUNDS)
    yield Row("due counts, home's facts", facts.median, goal="under 5", anki=anki.get("counts"))


def _statistics(opened: Workspace, anki: dict[str, float]) -> Iterator[Row]:
    def cold(_: int) -> None:
        (opened.folders.cache / FILE).unlink(missing_ok=True)
        figures(opened)

    yield Row("all statistics, the very first time", timed(cold, 1).median, anki=anki.get("graphs"))
    scheduler = opened.scheduler
    with opened.store.step() as step:
        for n in range(200):
            step.review(name(n), Rating.GOOD, ms=900, how="reveal", scheduler=scheduler)
    after = timed(lambda _: figures(opened), 1)
    again = timed(lambda _: figures(opened), ROUNDS)
    graphs = anki.get("graphs")
    yield Row("all statistics after 200 new answers", after.median, goal="Anki's", anki=graphs)
    yield Row("all statistics once more", again.median, goal="Anki's", anki=graphs)


def _answers(opened: Workspace, cards: int, anki: dict[str, float]) -> Iterator[Row]:
    scheduler = opened.scheduler

    def answer(store: Store, n: int) -> None:
        card = name(n * 7919 % (cards * 85 // 100))
        store.review(card, Rating.GOOD, ms=900, how="reveal", scheduler=scheduler)

    with without_waiting(opened) as fast:
        timed(lambda n: answer(fast, n), 20)
        times = timed(lambda n: answer(fast, n), ANSWERS)
        undone = timed(lambda _: fast.undo(), ANSWERS // 2)
    durable = timed(lambda n: answer(opened.store, n), ANSWERS)
    bare = bare_commits(opened.store, ANSWERS)
    theirs, back = anki.get("answer"), anki.get("undo")
    yield Row("an answer, our own time", times.median, goal="under 1", anki=theirs)
    yield Row("an answer, our own time, 95 in a hundred", times.p95, goal="under 2")
    yield Row("an answer with FULL, disk", median(durable.whole))
    yield Row("a bare commit with FULL, disk", median(bare.whole))
    yield Row("undo, our own time", undone.median, goal="under 1", anki=back)


@contextmanager
def without_waiting(opened: Workspace) -> Iterator[Store]:
    """The same database with ``synchronous=OFF``: nothing waits for the disk or calls it."""
    before, engine.SYNCHRONOUS = engine.SYNCHRONOUS, "OFF"
    try:
        with Store.open(opened.folders.data, clock=opened.clock) as store:
            yield store
    finally:
        engine.SYNCHRONOUS = before


def _session(opened: Workspace) -> Iterator[Row]:
    session = ReviewSession(opened)
    session.current()

    def answer(_: int) -> None:
        session.rate(Rating.GOOD)
        session.current()

    answer(0)
    yield Row("an answer and the next card on the screen", timed(answer, 50).median)


def _rebuild(home: Path, cards: int) -> Iterator[Row]:
    opened = workspace(home, cards)
    times = timed(lambda _: opened.store.rebuild(), 1)
    opened.close()
    yield Row("rebuild from the log", times.median, goal="under 20 000")


def _memory(home: Path, cards: int) -> Iterator[Row]:
    command = [sys.executable, "-m", "tests.benchmarks.speed.memory", str(home), str(cards)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    yield Row("memory of the content alone", found["content"], "MB")
    yield Row("memory of home, review and statistics", found["statistics"], "MB", "under 200")


def _sync(home: Path, cards: int) -> Iterator[Row]:
    folder, other = home / "shared", home / "other"
    folder.mkdir()
    opened = workspace(home, cards)
    store = opened.store
    sent = timed(lambda _: sync(store, folder, lambda _: None), 1)
    yield Row("sync: the whole log goes out", sent.median)
    later = Clock()
    later.now = NOW + timedelta(days=1)
    with Store.open(other, clock=later) as second:
        came = timed(lambda _: sync(second, folder, lambda _: None), 1)
        yield Row("sync: the whole log comes in", came.median)
        nothing = timed(lambda _: sync(store, folder, lambda _: None), ROUNDS)
        yield Row("sync without news", nothing.median)
        scheduler = opened.scheduler
        with store.step() as step:
            for n in range(200):
                step.review(name(n), Rating.GOOD, ms=900, how="reveal", scheduler=scheduler)
        out = timed(lambda _: sync(store, folder, lambda _: None), 1)
        into = timed(lambda _: sync(second, folder, lambda _: None), 1)
    opened.close()
    yield Row("sync of a day of 200 answers, out and in", out.median + into.median)
