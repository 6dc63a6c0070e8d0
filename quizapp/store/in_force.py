"""Which scheduler holds at a place of the log, read without the whole log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.store import log
from quizapp.store.replay import InForce, Settings, scheduler_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from quizapp.store.events import Event


def in_force(connection: Connection, order: tuple[int, str]) -> InForce:
    """Return what holds at a place of the log, the same as ``Settings`` of all events says."""
    events = [*log.trainings(connection), *_written(connection, order)]
    return Settings(events).before(order)


def _written(connection: Connection, order: tuple[int, str]) -> Iterator[Event]:
    """Return the settings before a place, from the latest back to one that leaves nothing open."""
    for event in log.settings_before(connection, order):
        yield event
        if scheduler_of(event.payload) is not None:
            return
