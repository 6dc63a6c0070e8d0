"""The statements that a day waits for go by an index, whatever the size of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.store import log, past, waiting

if TYPE_CHECKING:
    from sqlalchemy import Executable

    from quizapp.store.store import Store

TOLD = {"day": "2025-03-01", "count": 10, "seq": 0, "after": 0}


def plan(store: Store, statement: Executable) -> str:
    """How SQLite goes about a statement."""
    with store.reading() as connection:
        compiled = statement.compile(  # type: ignore[attr-defined]
            connection.engine, compile_kwargs={"render_postcompile": True}
        )
        told = {**TOLD, **{key: value for key, value in compiled.params.items() if value}}
        values = tuple(told.get(name, "review") for name in compiled.positiontup or ())
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
        return "; ".join(row[3] for row in rows)


@pytest.mark.parametrize(
    ("name", "goes"),
    [
        ("KNOWN", "USING INDEX card_state_known"),
        ("KNOWN_ONE_BY_ONE", "USING INDEX card_state_known"),
        ("KNOWN_COUNT", "INDEX card_state_known"),
        ("HELD", "USING COVERING INDEX card_state_held"),
        ("LEARNING", "SEARCH card_state USING INDEX card_state_by_due"),
        ("DUE", "SEARCH card_state USING INDEX card_state_by_due"),
        ("ANSWERED", "SEARCH events USING INDEX events_by_kind (kind=? AND study_day=?)"),
        ("SINCE", "SEARCH events USING INTEGER PRIMARY KEY (rowid>?)"),
    ],
)
def test_the_queue_is_read_by_an_index(store: Store, name: str, goes: str) -> None:
    assert goes in plan(store, getattr(waiting, name))


@pytest.mark.parametrize("name", ["LEARNING", "DUE"])
def test_the_order_of_the_queue_is_that_of_the_index(store: Store, name: str) -> None:
    assert "TEMP B-TREE" not in plan(store, getattr(waiting, name))


def test_a_rebuild_reads_in_the_order_of_the_replay(store: Store) -> None:
    went = plan(store, log._ABOUT_CARDS)
    assert "USING INDEX events_by_clock" in went
    assert "TEMP B-TREE" not in went


def test_statistics_go_on_after_a_place(store: Store) -> None:
    assert "SEARCH events USING INTEGER PRIMARY KEY (rowid>?)" in plan(store, past._AS_WRITTEN)
    assert "TEMP B-TREE" not in plan(store, past._AS_WRITTEN)


def test_what_is_undone_before_a_place_is_looked_up_entry_by_entry(store: Store) -> None:
    assert "SCAN events" not in plan(store, past._UNDONE)
