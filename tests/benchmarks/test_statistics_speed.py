"""How long all statistics take on logs of 10 answers a card, and of a million answers.

Prints and never asserts: ``pytest tests/benchmarks/test_statistics_speed.py -n 0 -s``. Where
the ``anki`` package is installed (``ANKI_PYTHON`` may name a Python that has it), Anki's graphs
over the same history on the same machine are printed beside. Times are those of the processor,
all threads together, so that what else the machine does changes them little.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from quizapp.packs.load import load_pack
from quizapp.scheduling.hindsight import look_back
from quizapp.store import tables
from quizapp.store.store import Store
from quizapp.study.figures.reading import figures
from quizapp.study.folders import folders
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from quizapp.packs.model import Pack

SIZES = [(1_000, 10_000), (10_000, 100_000), (100_000, 1_000_000)]
DAYS = 1_000
FIRST = datetime(2023, 1, 1, 10, tzinfo=UTC)
NOW = FIRST + timedelta(days=DAYS)
RATINGS = (1, 2, 3, 4)
WEIGHTS = (12, 6, 72, 10)
ROUNDS = 5
_AT_ONCE = 10_000

Answer = tuple[int, int, int, int]
"""Card, milliseconds since 1970, rating, how many milliseconds it took."""

ANKI = """
import json, sqlite3, sys, tempfile, time, random
from anki.collection import Collection
path = tempfile.mkdtemp() + "/c.anki2"
cards, rounds, shift = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
col = Collection(path)
note = col.new_note(col.models.by_name("Basic")); note["Front"] = "x"; col.add_note(note, 1)
card, note = list(col.db.first("select * from cards")), list(col.db.first("select * from notes"))
today = col.sched.today
col.set_config("fsrs", True); col.close()
db = sqlite3.connect(path, isolation_level=None); db.execute("begin")
rng = random.Random(1)
def notes():
    for n in range(cards):
        yield [10**9 + n, str(n), *note[2:]]
def rows():
    for n in range(cards):
        memory = json.dumps({"s": rng.uniform(1, 200), "d": rng.uniform(1, 10), "dr": 0.9})
        row = [*card]; row[0] = row[1] = 10**9 + n
        row[6] = row[7] = 2; row[8] = today + rng.randrange(-5, 60)
        row[9], row[10], row[11], row[17] = rng.randrange(1, 200), 2500, 10, memory
        yield row
def revlog():
    seen = 0
    for line in sys.stdin:
        n, at, rating, ms = map(int, line.split())
        seen = max(seen + 1, at + shift)
        yield seen, 10**9 + n, -1, rating, 30, 20, 2500, ms, 1
marks = lambda row: ",".join("?" * len(row))
db.executemany(f"insert into notes values ({marks(note)})", notes())
db.executemany(f"insert into cards values ({marks(card)})", rows())
db.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", revlog())
db.execute("commit"); db.close()
col, times = Collection(path), []
for _ in range(rounds):
    start = time.process_time()
    col._backend.graphs(search="deck:*", days=0)
    times.append(time.process_time() - start)
print(json.dumps(times))
"""


def history(cards: int, count: int) -> Iterator[Answer]:
    """Answers spread over the days at random cards."""
    rng = random.Random(1)
    start = int(FIRST.timestamp() * 1000)
    for n in range(count):
        at = start + n * DAYS * 86_400_000 // count
        rating = rng.choices(RATINGS, WEIGHTS)[0]
        yield rng.randrange(cards), at, rating, rng.randrange(2_000, 20_000)


def event(n: int, answer: Answer) -> dict[str, Any]:
    card, at, rating, ms = answer
    name = f"topic-{card % 28}-card-{card}"
    day = (FIRST + timedelta(milliseconds=at - int(FIRST.timestamp() * 1000))).date()
    payload = f'{{"card":"{name}","rating":{rating},"ms":{ms},"how":"reveal"}}'
    return {
        "id": f"0190-{n:012d}-7abc-8def-0123456789ab", "device": "bench", "clock": at * 1000 + n,
        "at": at * 1000, "utc_offset": 0, "study_day": day.isoformat(), "kind": "review",
        "subject": name, "payload": payload,
    }  # fmt: skip


def state(card: int, rng: random.Random) -> dict[str, Any]:
    return {
        "card": f"topic-{card % 28}-card-{card}", "phase": "review",
        "stability": rng.uniform(1, 300), "difficulty": rng.uniform(1, 10),
        "due_day": (NOW + timedelta(days=rng.randrange(-5, 90))).date().isoformat(),
        "last_day": NOW.date().isoformat(), "reps": 10, "lapses": 1,
        "first_day": FIRST.date().isoformat(), "suspended": 0, "flag": 0, "clock": 1,
    }  # fmt: skip


def fill(folder: Path, cards: int, count: int) -> None:
    """A store of so many cards and answers, written through its tables."""
    rng = random.Random(2)
    with Store.open(folder, clock=lambda: NOW) as store, store._write() as connection:
        rows: list[dict[str, Any]] = []
        for n, answer in enumerate(history(cards, count)):
            rows.append(event(n, answer))
            if len(rows) == _AT_ONCE or n == count - 1:
                connection.execute(insert(tables.events), rows)
                rows = []
        connection.execute(insert(tables.card_state), [state(n, rng) for n in range(cards)])


def median_ms(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1e3


def anki_ms(cards: int, count: int) -> float | None:
    """Anki's graphs over the whole of the same history, None without Anki."""
    python = os.environ.get("ANKI_PYTHON", sys.executable)
    # Its last day is made today: Anki reads the clock of the machine.
    shift = int((time.time() - NOW.timestamp()) * 1000)
    lines = "\n".join(" ".join(map(str, answer)) for answer in history(cards, count))
    command = [python, "-c", ANKI, str(cards), str(ROUNDS), str(shift)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    times: list[float] = json.loads(done.stdout.splitlines()[-1])
    return statistics.median(times) * 1e3


@pytest.fixture(scope="module")
def shipped() -> Pack:
    from quizapp.packs.shipped import shipped_pack

    return load_pack(shipped_pack())


@pytest.mark.parametrize(("cards", "count"), SIZES)
def test_all_statistics(
    tmp_path: Path, shipped: Pack, cards: int, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path, cards, count)
    workspace = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}), lambda: NOW)
    workspace.take(shipped)
    past = workspace.store.past()
    reading = median_ms(workspace.store.past)
    replaying = median_ms(lambda: look_back(past.answers))
    whole = median_ms(lambda: figures(workspace))
    anki = anki_ms(cards, count)
    workspace.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with capsys.disabled():
        print(f"\nstatistics of {cards} cards, {count} answers, median of {ROUNDS}:")
        print(f"  Store.past          {reading:8.1f} ms")
        print(f"  replay over arrays  {replaying:8.1f} ms")
        print(f"  all figures         {whole:8.1f} ms, {whole * 1e3 / count:.2f} µs an answer")
        if anki is not None:
            print(f"  Anki's graphs       {anki:8.1f} ms, ratio {whole / anki:.2f}")
        print(f"  peak memory of the tests so far {peak:.0f} MB")
