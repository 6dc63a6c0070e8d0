"""The statements about events: append, read, the clock, what is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select

from quizapp.store import tables
from quizapp.store.events import CARD_KINDS, SCHEDULER, TRAINING, UNDO, Event, from_json, to_json
from quizapp.store.replay import resolve, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DAY_US = 86_400_000_000

_e = tables.events.c
_COLUMNS = (
    _e.id,
    _e.device,
    _e.clock,
    _e.at,
    _e.utc_offset,
    _e.study_day,
    _e.kind,
    _e.subject,
    _e.payload,
)
_UNDONE = select(tables.undone.c.event)
_IN_FORCE = _e.id.not_in(_UNDONE)
_INSERT = insert(tables.events)
_ALL = select(*_COLUMNS).order_by(_e.clock, _e.id)
_LAST_CLOCKS = select(
    select(func.max(_e.clock)).where(_e.device == bindparam("device")).scalar_subquery(),
    select(func.max(_e.clock)).where(_e.clock <= bindparam("limit")).scalar_subquery(),
)
_TRAININGS = _ALL.where(_e.subject == TRAINING, _e.kind == SCHEDULER, _IN_FORCE)
_SETTING = (
    select(*_COLUMNS)
    .where(
        _e.kind == SCHEDULER,
        _e.subject != TRAINING,
        or_(
            _e.clock < bindparam("clock"),
            and_(_e.clock == bindparam("clock"), _e.id < bindparam("id")),
        ),
        _IN_FORCE,
    )
    .order_by(_e.clock.desc(), _e.id.desc())
)
_OF_CARD = _ALL.where(_e.subject == bindparam("card"), _e.kind.in_(CARD_KINDS), _IN_FORCE)
_OF_CARDS = _ALL.where(
    _e.subject.in_(bindparam("cards", expanding=True)), _e.kind.in_(CARD_KINDS), _IN_FORCE
)
# The clock of a device's own events grows with each, so it is also their order of arrival.
_LAST_ACTION = (
    select(*_COLUMNS)
    .where(_e.device == bindparam("device"), _e.kind.in_(CARD_KINDS), _IN_FORCE)
    .order_by(_e.clock.desc())
    .limit(1)
)
_LAST_ACTION_CLOCK = (
    select(_e.clock)
    .where(_e.device == bindparam("device"), _e.kind.in_(CARD_KINDS))
    .order_by(_e.clock.desc())
    .limit(1)
    .scalar_subquery()
)
_UNDOS_SINCE = (
    select(*_COLUMNS)
    .where(
        _e.device == bindparam("device"),
        _e.kind == UNDO,
        _IN_FORCE,
        _e.clock > func.coalesce(_LAST_ACTION_CLOCK, 0),
    )
    .order_by(_e.clock.desc())
)
_ARRIVED = select(_e.seq, *_COLUMNS).where(_e.seq > bindparam("seq")).order_by(_e.seq)
_BY_IDS = _ALL.where(_e.id.in_(bindparam("ids", expanding=True)))


def append(connection: Connection, event: Event) -> None:
    """Write one event."""
    connection.execute(_INSERT, row(event))


def row(event: Event) -> dict[str, Any]:
    """Return an event as a row of the table, without the place in it."""
    return {
        "id": event.id,
        "device": event.device,
        "clock": event.clock,
        "at": event.at,
        "utc_offset": event.utc_offset,
        "study_day": event.study_day,
        "kind": event.kind,
        "subject": event.subject,
        "payload": to_json(event.payload),
    }


def next_clock(connection: Connection, device: str, wall: int) -> int:
    """Return the hybrid logical clock of a new event, microseconds.

    It is the later of the wall clock and 1 µs after the last event seen, so that what comes
    later sorts later even when the wall clock is set back. Another device whose clock is
    more than a day ahead is not followed, or one wrong clock would spread to all; our own
    events always are, so that what this device did stays in order.
    """
    own, seen = connection.execute(_LAST_CLOCKS, {"device": device, "limit": wall + DAY_US}).one()
    return max(wall, 1 + (own or 0), 1 + (seen or 0))


def last_clock(connection: Connection) -> int:
    """Return the highest clock of the log, 0 for an empty one."""
    return connection.execute(select(func.max(_e.clock))).scalar() or 0


def settings_before(connection: Connection, order: tuple[int, str]) -> Iterable[Event]:
    """Return the scheduler events before a place, without trainings, latest first."""
    clock, id_ = order
    return map(_event, connection.execute(_SETTING, {"clock": clock, "id": id_}))


def trainings(connection: Connection) -> list[Event]:
    """Return the trainings in force, in replay order."""
    return [_event(row) for row in connection.execute(_TRAININGS)]


def read(
    connection: Connection,
    *,
    kind: str | None = None,
    subject: str | None = None,
    undone: bool = False,
) -> list[Event]:
    """Return events in replay order, those undone only on request."""
    statement = _ALL
    if kind is not None:
        statement = statement.where(_e.kind == kind)
    if subject is not None:
        statement = statement.where(_e.subject == subject)
    if not undone:
        statement = statement.where(_IN_FORCE)
    return [_event(row) for row in connection.execute(statement)]


def of_card(connection: Connection, card: str) -> list[Event]:
    """Return the events in force that make a card's state, in replay order."""
    return [_event(row) for row in connection.execute(_OF_CARD, {"card": card})]


def of_cards(connection: Connection, cards: Sequence[str]) -> list[Event]:
    """Return the events in force that make the states of some cards, in replay order."""
    return [_event(row) for row in connection.execute(_OF_CARDS, {"cards": cards})]


def of_ids(connection: Connection, ids: Sequence[str]) -> list[Event]:
    """Return the events of some ids that are there, in replay order."""
    return [_event(row) for row in connection.execute(_BY_IDS, {"ids": ids})]


def stream(connection: Connection) -> Iterator[Event]:
    """Return all events in replay order, one by one."""
    rows = connection.execute(_ALL, execution_options={"yield_per": 1_000})
    return (_event(row) for row in rows)


def arrived_since(connection: Connection, seq: int) -> Iterator[tuple[int, Event]]:
    """Return the events that this file received after a place in it, in that order, placed."""
    rows = connection.execute(_ARRIVED, {"seq": seq}, execution_options={"yield_per": 1_000})
    return ((row[0], _event(row[1:])) for row in rows)


def last_action(connection: Connection, device: str) -> Event | None:
    """Return the device's last event about a card that is in force."""
    row = connection.execute(_LAST_ACTION, {"device": device}).one_or_none()
    return None if row is None else _event(row)


def last_undo(connection: Connection, device: str) -> tuple[Event, list[Event]] | None:
    """Return the device's undo that a redo would take back, and the events it names.

    None when there is none, or when something new was done since.
    """
    for row in connection.execute(_UNDOS_SINCE, {"device": device}).all():
        undo = _event(row)
        rows = connection.execute(_BY_IDS, {"ids": targets_of(undo)})
        targets = [_event(row) for row in rows]
        if any(target.kind in CARD_KINDS for target in targets):
            return undo, targets
    return None


def take_back(connection: Connection, events: Iterable[Event]) -> None:
    """Mark events as undone."""
    rows = [{"event": event.id} for event in events]
    if rows:
        connection.execute(insert(tables.undone), rows)


def bring_back(connection: Connection, events: Iterable[Event]) -> None:
    """Mark events as no longer undone."""
    ids = [event.id for event in events]
    connection.execute(delete(tables.undone).where(tables.undone.c.event.in_(ids)))


def resolve_undone(connection: Connection) -> None:
    """Work out anew which events are undone, from the events of kind undo."""
    undone = resolve(read(connection, kind=UNDO, undone=True))
    connection.execute(delete(tables.undone))
    # An undo may have come from another device before the event it names.
    known = [id_ for id_ in undone if _known(connection, id_)]
    if known:
        connection.execute(insert(tables.undone), [{"event": id_} for id_ in known])


def _known(connection: Connection, id_: str) -> bool:
    return connection.execute(_BY_IDS, {"ids": [id_]}).first() is not None


def _event(row: Sequence[Any]) -> Event:
    id_, device, clock, at, utc_offset, study_day, kind, subject, payload = row
    return Event(id_, device, clock, at, utc_offset, study_day, kind, subject, from_json(payload))
