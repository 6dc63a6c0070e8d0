"""What the disk takes for an answer: the same rows by ``sqlite3`` alone, as durable."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from quizapp.store.engine import connect
from tests.benchmarks.speed.measuring import Times, timed

if TYPE_CHECKING:
    from quizapp.store.store import Store


def bare_commits(store: Store, rounds: int) -> Times:
    """Commit an event and a card's state so often; none of it counts for anything."""
    with closing(connect(store.path)) as connection:
        (clock,) = connection.execute("SELECT max(clock) FROM events").fetchone()
        state = connection.execute("SELECT * FROM card_state LIMIT 1").fetchone()
        marks = ", ".join("?" * len(state))
        put = f"INSERT OR REPLACE INTO card_state VALUES ({marks})"  # noqa: S608 - our own marks

        def commit(n: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO events (id, device, clock, at, utc_offset, study_day, kind, subject,"
                " payload) VALUES (?, 'bare', ?, ?, 0, '2025-01-01', 'bare', 'bare', ?)",
                (f"bare-{n}", clock, clock, '{"bare":"' + "0" * 60 + '"}'),
            )
            connection.execute(put, state)
            connection.execute("COMMIT")

        times = timed(commit, rounds)
        connection.execute("DELETE FROM events WHERE device = 'bare'")
    return times
