"""A kill at any moment loses no answer that was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from quizapp.core.clock import system_clock
from quizapp.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import itertools, pathlib, sys
from quizapp.core.clock import system_clock
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store.store import Store

store = Store.open(pathlib.Path(sys.argv[1]), clock=system_clock)
scheduler = Scheduler()
for n in itertools.count():
    if n % 7 == 6:
        store.undo()
    else:
        store.review(f"c{n % 50}", Rating(1 + n % 4), ms=1, how="self", scheduler=scheduler)
    print(store.last_event.id, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_every_acknowledged_answer_is_there_after_a_kill(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    acknowledged: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as child:
        assert child.stdout is not None
        acknowledged.append(child.stdout.readline())
        timer = threading.Timer(rng.uniform(0.01, 0.4), child.send_signal, [signal.SIGKILL])
        timer.start()
        acknowledged += child.stdout.readlines()
        timer.join()
    assert child.returncode == -signal.SIGKILL
    ids = [line.strip() for line in acknowledged if line.endswith("\n")]
    with Store.open(tmp_path, clock=system_clock) as store:
        written = {event.id for event in store.events(undone=True)}
        assert ids
        assert set(ids) <= written
        live = store.states()
        store.rebuild()
        assert store.states() == live
