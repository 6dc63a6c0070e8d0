"""The union of logs: events from elsewhere are added once, whatever came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert

from quizapp.store import log, tables
from quizapp.store.deriving import Touched, catch_up, in_parts
from quizapp.store.errors import StoreError
from quizapp.store.event_lines import same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.store.events import Event

_INSERT = insert(tables.events)


class StoreConflictError(StoreError):
    """Two events of one id that say different things: one of them was changed by somebody."""

    code = "store-conflict"

    def __init__(self, event: Event) -> None:
        super().__init__(
            f"the log has an entry {event.id} that says something else, so this one was changed "
            "by somebody; take the file as it was written."
        )
        self.event = event
        """The event that came in."""


class Union:
    """Adds events to the log of an open transaction; ``finish`` derives what follows from them."""

    def __init__(self, connection: Connection) -> None:
        self.new = 0
        """How many events were not in the log."""
        self.known = 0
        """How many were."""
        self._connection = connection
        self._touched = Touched()

    def add(self, events: Sequence[Event]) -> None:
        """Add events that are not in the log yet.

        Raises StoreConflictError, before anything of these is added, for an event that the log
        has otherwise.
        """
        fresh: dict[str, Event] = {}
        known = self._known({event.id for event in events})
        for event in events:
            before = known.get(event.id) or fresh.setdefault(event.id, event)
            if before is not event and not same(before, event):
                raise StoreConflictError(event)
        rows = [log.row(event) for event in fresh.values()]
        if rows:
            self._connection.execute(_INSERT, rows)
        for event in fresh.values():
            self._touched.note(event.kind, event.subject, event.clock)
        self.new += len(fresh)
        self.known += len(events) - len(fresh)

    def finish(self) -> int:
        """Bring the derived state up to date; return how many cards were derived anew."""
        return catch_up(self._connection, self._touched) if self.new else 0

    def _known(self, ids: set[str]) -> dict[str, Event]:
        found: dict[str, Event] = {}
        for part in in_parts(sorted(ids)):
            found.update((event.id, event) for event in log.of_ids(self._connection, part))
        return found
