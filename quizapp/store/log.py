"""The statements about events: append, read, the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Executable,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    or_,
    select,
)

from quizapp.store import tables
from quizapp.store.events import CARD_KINDS, SCHEDULER, TRAINING, Event, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DAY_US = 86_400_000_000
_AT_ONCE = 1_000

_e = tables.events.c
COLUMNS = (
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
IN_FORCE = _e.id.not_in(_UNDONE)
_INSERT = insert(tables.events)
_ALL = select(*COLUMNS).order_by(_e.clock, _e.id)
_LAST_CLOCKS = select(
    select(func.max(_e.clock)).where(_e.device == bindparam("device")).scalar_subquery(),
    select(func.max(_e.clock)).where(_e.clock <= bindparam("limit")).scalar_subquery(),
)
_SETTINGS = _ALL.where(_e.kind == SCHEDULER, IN_FORCE)
_TRAININGS = _ALL.where(_e.subject == TRAINING, _e.kind == SCHEDULER, IN_FORCE)
_SETTING = (
    select(*COLUMNS)
    .where(
        _e.kind == SCHEDULER,
        _e.subject != TRAINING,
        or_(
            _e.clock < bindparam("clock"),
            and_(_e.clock == bindparam("clock"), _e.id < bindparam("id")),
        ),
        IN_FORCE,
    )
    .order_by(_e.clock.desc(), _e.id.desc())
)
_OF_CARD = _ALL.where(_e.subject == bindparam("card"), _e.kind.in_(CARD_KINDS), IN_FORCE)
_OF_CARDS = _ALL.where(
    _e.subject.in_(bindparam("cards", expanding=True)), _e.kind.in_(CARD_KINDS), IN_FORCE
)
# The plus keeps SQLite from finding rows by kind, which it would have to sort: nearly all are.
_ABOUT_CARDS = _ALL.where(literal_column("+events.kind").in_(CARD_KINDS), IN_FORCE)
_HISTORY = (
    select(*COLUMNS, _e.id.in_(_UNDONE))
    .where(_e.subject == bindparam("card"))
    .order_by(_e.clock, _e.id)
)
_ARRIVED = select(_e.seq, *COLUMNS).where(_e.seq > bindparam("seq")).order_by(_e.seq)
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
    return map(event_of, connection.execute(_SETTING, {"clock": clock, "id": id_}))


def settings(connection: Connection) -> list[Event]:
    """Return the settings of the scheduler in force, in replay order."""
    return [event_of(row) for row in connection.execute(_SETTINGS)]


def trainings(connection: Connection) -> list[Event]:
    """Return the trainings in force, in replay order."""
    return [event_of(row) for row in connection.execute(_TRAININGS)]


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
        statement = statement.where(IN_FORCE)
    return [event_of(row) for row in connection.execute(statement)]


def of_card(connection: Connection, card: str) -> list[Event]:
    """Return the events in force that make a card's state, in replay order."""
    return [event_of(row) for row in connection.execute(_OF_CARD, {"card": card})]


def of_cards(connection: Connection, cards: Sequence[str]) -> list[Event]:
    """Return the events in force that make the states of some cards, in replay order."""
    return [event_of(row) for row in connection.execute(_OF_CARDS, {"cards": cards})]


def of_ids(connection: Connection, ids: Sequence[str]) -> list[Event]:
    """Return the events of some ids that are there, in replay order."""
    return [event_of(row) for row in connection.execute(_BY_IDS, {"ids": ids})]


def stream(connection: Connection) -> Iterator[Event]:
    """Return all events in replay order, one by one."""
    rows = connection.execute(_ALL, execution_options={"yield_per": 1_000})
    return (event_of(row) for row in rows)


def about_cards(connection: Connection) -> Iterator[Event]:
    """Return the events in force that make the states of all cards, in replay order, one by one."""
    return (event_of(row) for part in plain_rows(connection, _ABOUT_CARDS) for row in part)


def plain_rows(connection: Connection, statement: Executable) -> Iterator[Sequence[Any]]:
    """Return the rows of a statement, many at once: SQLAlchemy's own would cost half of the time.

    So few that they stay in the processor's cache.
    """
    result = connection.execute(statement)
    cursor = result.cursor
    while cursor is not None and (rows := cursor.fetchmany(_AT_ONCE)):
        yield rows
    result.close()


def arrived_since(connection: Connection, seq: int) -> Iterator[tuple[int, Event]]:
    """Return the events that this file received after a place in it, in that order, placed."""
    rows = connection.execute(_ARRIVED, {"seq": seq}, execution_options={"yield_per": 1_000})
    return ((row[0], event_of(row[1:])) for row in rows)


def history(connection: Connection, card: str) -> list[tuple[Event, bool]]:
    """Return all events of a subject in replay order, each with whether it is undone."""
    rows = connection.execute(_HISTORY, {"card": card})
    return [(event_of(row[:-1]), bool(row[-1])) for row in rows]


def event_of(row: Sequence[Any]) -> Event:
    """Return the event of a row of ``COLUMNS``."""
    id_, device, clock, at, utc_offset, study_day, kind, subject, payload = row
    return Event(id_, device, clock, at, utc_offset, study_day, kind, subject, from_json(payload))
