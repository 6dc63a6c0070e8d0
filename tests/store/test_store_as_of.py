"""Where the log stands, and what it said before a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.store.as_of import mark

if TYPE_CHECKING:
    from quizapp.store.store import Store
    from tests.store.conftest import TestClock


def test_another_entry_taken_back_is_another_mark(store: Store, clock: TestClock) -> None:
    first, second = (store.append("quiz", card, {"known": True}) for card in ("x", "y"))
    clock.pass_days(1)
    day = clock.now.date()
    undo = store.take_back(first)
    with_second = mark(store, day)
    store.take_back(undo)
    store.take_back(second)
    with_first = mark(store, day)
    assert with_first.before == with_second.before
    assert with_first.undone_before != with_second.undone_before
