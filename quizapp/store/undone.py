"""The statements about undo: what a device did last, and which events are undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select

from quizapp.store import log, tables
from quizapp.store.deriving import in_parts
from quizapp.store.events import CARD_KINDS, SCHEDULER, UNDO, WITH, Event
from quizapp.store.log import COLUMNS, IN_FORCE, event_of
from quizapp.store.resolving import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_e = tables.events.c
_u = tables.undone.c


def _by_device(statement: Select[Any]) -> Select[Any]:
    """Walk along the device's own events; by kind SQLite would have to read and sort them all."""
    return statement.where(_e.device == bindparam("device")).with_hint(
        tables.events, "INDEXED BY events_by_device", "sqlite"
    )


# The clock of a device's own events grows with each, so it is also their order of arrival.
_LAST_ACTION = (
    _by_device(select(*COLUMNS))
    .where(_e.kind.in_(CARD_KINDS), IN_FORCE)
    .order_by(_e.clock.desc())
    .limit(1)
)
_LAST_ACTION_CLOCK = (
    _by_device(select(_e.clock))
    .where(_e.kind.in_(CARD_KINDS))
    .order_by(_e.clock.desc())
    .limit(1)
    .scalar_subquery()
)
_UNDOS_SINCE = (
    _by_device(select(*COLUMNS))
    .where(_e.kind == UNDO, IN_FORCE, _e.clock > func.coalesce(_LAST_ACTION_CLOCK, 0))
    .order_by(_e.clock.desc())
)
_FROM = (
    _by_device(select(*COLUMNS, _e.id.in_(select(_u.event))))
    .where(_e.clock >= bindparam("clock"))
    .order_by(_e.clock)
)
_ALONE = select(*COLUMNS).where(
    _e.subject == bindparam("subject"), _e.kind == UNDO, _e.id != bindparam("besides"), IN_FORCE
)
_BRING_BACK = delete(tables.undone).where(_u.event.in_(bindparam("ids", expanding=True)))
_TAKE_BACK = insert(tables.undone)


def last_action(connection: Connection, device: str) -> Event | None:
    """Return the device's last event about a card that is in force."""
    row = connection.execute(_LAST_ACTION, {"device": device}).one_or_none()
    return None if row is None else event_of(row)


def step_of(connection: Connection, event: Event) -> list[Event]:
    """Return the events in force that were written in one step with an event, it among them."""
    head = event.payload.get(WITH, event.id)
    if head == event.id:
        known = [event]
    else:
        known = log.of_ids(connection, [head]) if isinstance(head, str) else []
    if not known or known[0].device != event.device or known[0].clock > event.clock:
        return [event]
    place = {"device": event.device, "clock": known[0].clock}
    step = []
    # A step is one transaction, so only its own settings of the scheduler lie between.
    with connection.execute(_FROM, place) as rows:
        for *row, is_undone in rows:
            one = event_of(row)
            if head in (one.id, one.payload.get(WITH)):
                step += [] if is_undone else [one]
            elif one.kind != SCHEDULER:
                break
    return step if event in step else [event]


def last_undo(connection: Connection, device: str) -> tuple[Event, list[Event]] | None:
    """Return the device's undo that a redo would take back, and the events it names.

    None when there is none, or when something new was done since.
    """
    with connection.execute(_UNDOS_SINCE, {"device": device}) as rows:
        for row in rows:
            undo = event_of(row)
            parts = in_parts(targets_of(undo))
            targets = [event for ids in parts for event in log.of_ids(connection, ids)]
            if any(target.kind in CARD_KINDS for target in targets):
                return undo, sorted(targets, key=lambda target: target.order)
    return None


def taken_back_alone(
    connection: Connection, events: Iterable[Event], *, besides: Event
) -> set[str]:
    """Return the ids of those events that another undo than one names by itself."""
    found = set()
    for event in events:
        place = {"subject": event.subject, "besides": besides.id}
        if any(event.id in targets_of(event_of(row)) for row in connection.execute(_ALONE, place)):
            found.add(event.id)
    return found


def take_back(connection: Connection, events: Sequence[Event]) -> None:
    """Mark events as undone."""
    if events:
        connection.execute(_TAKE_BACK, [{"event": event.id} for event in events])


def bring_back(connection: Connection, events: Sequence[Event]) -> None:
    """Mark events as no longer undone."""
    for ids in in_parts([event.id for event in events]):
        connection.execute(_BRING_BACK, {"ids": ids})
