"""The same history in Anki: how long its figures, counts, queue, answers and undo take.

Run by a Python that has the ``anki`` package: ``anki_side.py HISTORY ROUNDS``, where HISTORY is
a JSON file of ``cards`` ([due in days, stability, difficulty, reps], null for a new one) and of
``answers`` ([card, milliseconds before now, rating, ms]). Prints the times as JSON, milliseconds
of the processor; nothing here is read by the app.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST_ID = 10**9
_REVIEW, _NEW = 2, 0
_ANSWERS = 100


def times(act: Callable[[], object], rounds: int) -> list[float]:
    """How long each of some rounds took, milliseconds of the processor."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        found.append((time.process_time() - start) * 1e3)
    return found


def fill(path: str, today: int, rows: dict[str, list[Any]], history: dict[str, Any]) -> None:
    """Write notes, cards and answers straight into the closed collection."""
    base = int(time.time() * 1000) - 3_600_000

    def notes() -> Iterator[list[Any]]:
        for n in range(len(history["cards"])):
            yield [_FIRST_ID + n, str(n), *rows["note"][2:]]

    def cards() -> Iterator[list[Any]]:
        for n, known in enumerate(history["cards"]):
            row = [*rows["card"]]
            row[0] = row[1] = _FIRST_ID + n
            row[6], row[7], row[8] = _NEW, _NEW, n
            if known is not None:
                due, stability, difficulty, reps = known
                row[6] = row[7] = _REVIEW
                row[8], row[9] = today + due, max(1, round(stability))
                row[10], row[11] = 2500, reps
                row[17] = json.dumps({"s": stability, "d": difficulty, "dr": 0.9})
            yield row

    def revlog() -> Iterator[tuple[int, ...]]:
        seen = 0
        for card, before, rating, ms in history["answers"]:
            seen = max(seen + 1, base - before)
            yield seen, _FIRST_ID + card, -1, rating, 30, 20, 2500, ms, 1

    with sqlite3.connect(path) as db:
        for table, made in (("notes", notes()), ("cards", cards()), ("revlog", revlog())):
            columns = db.execute(f"pragma table_info({table})").fetchall()
            marks = ",".join("?" * len(columns))
            db.executemany(f"insert into {table} values ({marks})", made)  # noqa: S608
    db.close()


def main() -> None:
    """Fill a collection, measure it and print what was measured."""
    collection = import_module("anki.collection").Collection
    history = json.loads(Path(sys.argv[1]).read_text(encoding="ascii"))
    rounds = int(sys.argv[2])
    path = tempfile.mkdtemp() + "/c.anki2"
    col = collection(path)
    note = col.new_note(col.models.by_name("Basic"))
    note["Front"] = "x"
    col.add_note(note, 1)
    rows = {
        "card": list(col.db.first("select * from cards")),
        "note": list(col.db.first("select * from notes")),
    }
    today = col.sched.today
    col.set_config("fsrs", True)
    col.close()
    fill(path, today, rows, history)
    col = collection(path)
    col.decks.select(1)

    def queue() -> None:
        # Whatever changes a card makes Anki build its queue anew.
        col.sched.suspend_cards([_FIRST_ID])
        col.sched.unsuspend_cards([_FIRST_ID])
        start = time.process_time()
        col.sched.get_queued_cards()
        queued.append((time.process_time() - start) * 1e3)

    queued: list[float] = []
    found = {
        "graphs": times(lambda: col._backend.graphs(search="deck:*", days=0), rounds),
        "counts": times(col.sched.deck_due_tree, rounds),
    }
    for _ in range(rounds):
        queue()
    found["queue"] = queued
    rng = random.Random(1)

    def answer() -> None:
        card = col.sched.get_queued_cards().cards[0]
        states = card.states
        backend = col.get_card(card.card.id)
        backend.start_timer()
        start = time.process_time()
        col.sched.answer_card(
            col.sched.build_answer(card=backend, states=states, rating=rng.choice((0, 2, 2, 3)))
        )
        answered.append((time.process_time() - start) * 1e3)

    answered: list[float] = []
    for _ in range(_ANSWERS):
        answer()
    found["answer"] = answered
    found["undo"] = times(col.undo, 20)
    print(json.dumps(found))


main()
