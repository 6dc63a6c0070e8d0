"""Rounds in which two writers are killed at random moments; run by ``test_kill``.

Arguments: a folder, a seed, how many rounds.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from quizapp.core.clock import system_clock
from quizapp.store.store import Store
from tests.store.faults.forked import Child, faults, hear, writer

ROUNDS_A_FOLDER = 10
"""The log lives through so many kills, then another one begins: starts are killed, too."""
MOST_LINES = 40


def _killed(writers: list[Child], rng: random.Random) -> list[str]:
    """Kill both, at once or one while the other goes on; what they have acknowledged."""
    said = hear(writers, rng.choice([0, rng.randrange(MOST_LINES)]))
    time.sleep(rng.uniform(0, 0.008))  # anywhere between two lines
    first, other = rng.sample(writers, 2)
    said += first.kill()
    if rng.random() < 0.5:
        said += hear([other], rng.randrange(MOST_LINES))
    return said + other.kill()


def main(root: Path, seed: int, rounds: int) -> None:
    rng = random.Random(seed)
    told: list[str] = []
    count = 0
    acknowledged: set[str] = set()
    for place in range(rounds):
        folder = root / f"{place // ROUNDS_A_FOLDER}"
        if place % ROUNDS_A_FOLDER == 0:
            acknowledged = set()
        said = _killed([writer(folder, rng.randrange(1 << 30)) for _ in range(2)], rng)
        acknowledged.update(said)
        count += len(said)
        told += [f"round {place}: {fault}" for fault in faults(folder, acknowledged)]
        with Store.open(folder, clock=system_clock) as store:
            devices = {event.device for event in store.events(undone=True)}
        if len(devices) > 1:
            told.append(f"round {place}: {len(devices)} devices wrote")
    print(json.dumps({"rounds": rounds, "acknowledged": count, "faults": told}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
