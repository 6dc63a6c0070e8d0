"""Anki's times on the same history, where the ``anki`` package is installed."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.speed.history import NOW, answers, name

if TYPE_CHECKING:
    from quizapp.store.store import Store

SCRIPT = Path(__file__).with_name("anki_side.py")


def anki_medians(store: Store, cards: int, folder: Path, rounds: int = 5) -> dict[str, float]:
    """The medians in milliseconds by what was measured; empty without Anki.

    ``ANKI_PYTHON`` may name a Python that has the package.
    """
    told = folder / "history.json"
    told.write_text(json.dumps(_history(store, cards)), encoding="ascii")
    python = os.environ.get("ANKI_PYTHON", sys.executable)
    command = [python, str(SCRIPT), str(told), str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {}
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return {what: statistics.median(times) for what, times in found.items()}


def _history(store: Store, cards: int) -> dict[str, object]:
    memories, today = store.memories(), NOW.date()
    known = (memories.get(name(n)) for n in range(cards))
    told, now = answers(cards), int(NOW.timestamp() * 1000)
    return {
        "cards": [
            memory
            and [
                ((memory.due_day or today) - today).days,
                memory.stability,
                memory.difficulty,
                memory.reps,
            ]
            for memory in known
        ],
        "answers": [
            [card, now - at // 1000, rating, ms]
            for card, at, rating, ms in zip(
                told.cards.tolist(),
                told.at.tolist(),
                told.ratings.tolist(),
                told.ms.tolist(),
                strict=True,
            )
        ],
    }
