"""The store: what happened goes in, what follows from it comes out."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from quizapp.core.ids import uuid7
from quizapp.scheduling.days import ROLLOVER_HOUR, study_day
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler, microseconds
from quizapp.store import backup, errors, identity, log, opening, past, states
from quizapp.store.deriving import Touched, catch_up
from quizapp.store.engine import door, writer
from quizapp.store.events import (
    BURY,
    CARD_KINDS,
    FLAG,
    REVIEW,
    SCHEDULER,
    SUSPEND,
    UNDO,
    Event,
    Payload,
)
from quizapp.store.in_force import in_force
from quizapp.store.replay import (
    CardState,
    Settings,
    default_scheduler,
    fold,
    replay,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from quizapp.core.clock import Clock
    from quizapp.scheduling.past import Past

DATABASE = "quizapp.db"


class Store:
    """The user's event log and the card state derived from it.

    Every method that writes is one transaction, on disk before it returns. Any method may
    raise a ``StoreError``; then nothing of what it was to write has been written.
    """

    def __init__(
        self, path: Path, engine: Engine, device: str, clock: Clock, rollover_hour: int
    ) -> None:
        self.path = path
        """The database file."""
        self.device = device
        """The id under which this copy of the database writes."""
        self.rollover_hour = rollover_hour
        """The local hour at which the next study day begins."""
        self.last_event: Event | None = None
        """The event that this store wrote last."""
        self._engine = engine
        self._writer = writer(engine)
        self._clock = clock
        self._file = path.stat().st_ino

    @classmethod
    def open(cls, folder: Path, *, clock: Clock, rollover_hour: int = ROLLOVER_HOUR) -> Store:
        """Return the store of a data folder, made (0700) or migrated where needed.

        Raises ``StoreError`` when the folder cannot be written, or the file is damaged, of a
        newer version or another program's; the file is then left as it is.
        """
        path = folder / DATABASE
        with door(path):
            engine = opening.open_database(path, clock())
            try:
                device = identity.device(engine, path, microseconds(clock()) // 1000)
            except BaseException:
                engine.dispose()
                raise
        return cls(path, engine, device, clock, rollover_hour)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def review(
        self, card: str, rating: Rating, *, ms: int, how: str, scheduler: Scheduler
    ) -> CardMemory:
        """Write an answer down and return the card's memory after it.

        ``ms`` is how long the answer took, ``how`` in which way it was given. A scheduler
        other than the one in force is written down first, so that a replay finds it; where
        parameters were trained, these hold instead of the scheduler's.
        """
        payload = {"card": card, "rating": int(rating), "ms": ms, "how": how}
        with self._write() as connection:
            draft = self._draft(connection, REVIEW, card, payload)
            held = in_force(connection, draft.order)
            change = held.change_to(scheduler)
            if change is not None:
                _append(connection, self._draft(connection, SCHEDULER, "", change))
                draft = self._draft(connection, REVIEW, card, payload)
            memory = self._apply(connection, draft, held.adapted(scheduler)).memory
        self.last_event = draft
        if memory is None:
            raise TypeError("a review leaves a memory")
        return memory

    def suspend(self, card: str, *, on: bool = True) -> Event:
        """Keep a card out of the queue until it is taken back in (``on=False``)."""
        return self._about_card(SUSPEND, card, {"card": card, "on": on})

    def bury(self, card: str, until: date | None) -> Event:
        """Keep a card out of the queue until a study day, on which it may come again.

        None lets it come at once.
        """
        day = None if until is None else until.isoformat()
        return self._about_card(BURY, card, {"card": card, "until": day})

    def flag(self, card: str, value: int) -> Event:
        """Mark a card with a number; 0 takes the mark away."""
        return self._about_card(FLAG, card, {"card": card, "value": value})

    def append(self, kind: str, subject: str, payload: Payload) -> Event:
        """Write an event that concerns no card's state: an attempt, an exam, a setting.

        Raises ``ValueError`` for kinds that have a method of their own, and for payloads that
        JSON does not know.
        """
        if kind in CARD_KINDS or kind == UNDO:
            raise ValueError(f"events of kind {kind} have a method of their own")
        with self._write() as connection:
            event = self._draft(connection, kind, subject, payload)
            _append(connection, event)
        self.last_event = event
        return event

    def undo(self) -> Event | None:
        """Take back what this device last did to a card; return that event.

        None when there is nothing left to take back.
        """
        with self._write() as connection:
            target = log.last_action(connection, self.device)
            if target is None:
                return None
            undo = self._draft(connection, UNDO, target.subject, {"targets": [target.id]})
            log.append(connection, undo)
            log.take_back(connection, [target])
            self._recompute(connection, target.subject)
        self.last_event = undo
        return target

    def redo(self) -> Event | None:
        """Take the last undo back; return the event that holds again.

        None when nothing is undone, or something new was done since.
        """
        with self._write() as connection:
            found = log.last_undo(connection, self.device)
            if found is None:
                return None
            undo, targets = found
            redo = self._draft(connection, UNDO, undo.subject, {"targets": [undo.id]})
            log.append(connection, redo)
            log.take_back(connection, [undo])
            log.bring_back(connection, targets)
            for target in targets:
                self._recompute(connection, target.subject)
        self.last_event = redo
        return targets[-1]

    def take_back(self, event: Event) -> Event:
        """Take back an event that concerns no card, whichever device wrote it; return the undo."""
        with self._write() as connection:
            undo = self._draft(connection, UNDO, event.subject, {"targets": [event.id]})
            log.append(connection, undo)
            catch_up(connection, Touched())
        self.last_event = undo
        return undo

    def scheduler(self, retention: float) -> Scheduler:
        """Return the scheduler of now with a retention: the trained parameters or the standard.

        Raises ``ValueError`` for a retention that is not between 0 and 1.
        """
        asked = Scheduler(retention=retention)
        with self._read() as connection:
            clock = log.next_clock(connection, self.device, microseconds(self._clock()))
            return in_force(connection, (clock, "")).adapted(asked)

    def memory(self, card: str) -> CardMemory | None:
        """Return a card's memory, None for a card that was never answered."""
        with self._read() as connection:
            return states.get(connection, card).memory

    def memories(self) -> dict[str, CardMemory]:
        """Return the memory of every card that was answered."""
        with self._read() as connection:
            return states.memories(connection)

    def states(self) -> dict[str, CardState]:
        """Return all that is known of each card: suspended, buried, flag and memory.

        Cards without events are not in it.
        """
        with self._read() as connection:
            return states.everything(connection)

    def held(self, day: date) -> set[str]:
        """Return the cards that stay out of the queue of a study day: suspended or buried."""
        with self._read() as connection:
            return states.held(connection, day)

    def done_today(self, day: date) -> tuple[int, int]:
        """Return how many cards were introduced on a study day and how many older ones answered.

        A card answered several times on the day counts once.
        """
        with self._read() as connection:
            return states.done_on(connection, day)

    def past(self) -> Past:
        """Return all answers and cards as columns, read in one pass for statistics."""
        with self._read() as connection:
            return past.read(connection)

    def events(
        self, kind: str | None = None, subject: str | None = None, *, undone: bool = False
    ) -> list[Event]:
        """Return events in replay order, of one kind or subject or all; undone ones on request."""
        with self._read() as connection:
            return log.read(connection, kind=kind, subject=subject, undone=undone)

    def clock_warning(self) -> str | None:
        """Return a sentence when the log is more than a day ahead of the clock, else None."""
        with self._read() as connection:
            ahead = log.last_clock(connection) - microseconds(self._clock())
        if ahead <= log.DAY_US:
            return None
        return (
            f"The last entry is {ahead / log.DAY_US:.0f} days ahead of this computer's clock. "
            "Check the date of this computer and of the others that share these data."
        )

    def rebuild(self) -> None:
        """Derive everything anew from the log."""
        with self._write() as connection:
            log.resolve_undone(connection)
            events = log.read(connection)
            settings = Settings(event for event in events if event.kind == SCHEDULER)
            states.clear(connection)
            states.put(connection, replay(events, settings))

    def backup(self, path: Path) -> Path:
        """Copy the database to a new file and return its path; it never overwrites one.

        Other connections may write meanwhile. The copy becomes another device when opened.
        """
        with door(path):
            return backup.copy(self.path, path)

    def reading(self) -> AbstractContextManager[Connection]:
        """Return a transaction that reads, for the other modules of the store."""
        return self._read()

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a transaction that writes, all or nothing, for the other modules of the store."""
        return self._write()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with door(self.path), self._writer.begin() as connection:
            self._demand_place()
            yield connection

    def _demand_place(self) -> None:
        """Raise unless the file is still the one that was opened: another would not be read."""
        try:
            there = self.path.stat().st_ino == self._file
        except FileNotFoundError:
            there = False
        if not there:
            raise errors.gone(self.path)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with door(self.path), self._engine.connect() as connection:
            yield connection

    def _draft(self, connection: Connection, kind: str, subject: str, payload: Payload) -> Event:
        """Return an event of now, with the next clock, not yet written."""
        now = self._clock()
        at = microseconds(now)
        return Event(
            id=uuid7(at // 1000),
            device=self.device,
            clock=log.next_clock(connection, self.device, at),
            at=at,
            utc_offset=int((now.utcoffset() or timedelta()).total_seconds()),
            study_day=study_day(now, self.rollover_hour).isoformat(),
            kind=kind,
            subject=subject,
            payload=payload,
        )

    def _about_card(self, kind: str, card: str, payload: dict[str, Any]) -> Event:
        with self._write() as connection:
            event = self._draft(connection, kind, card, payload)
            self._apply(connection, event, default_scheduler())
        self.last_event = event
        return event

    def _apply(self, connection: Connection, event: Event, scheduler: Scheduler) -> CardState:
        """Write an event about a card and the state that follows; return the state."""
        before = states.get(connection, event.subject)
        log.append(connection, event)
        if before.clock >= event.clock:
            # A device whose clock is ahead wrote about this card: ours belongs before it.
            return self._recompute(connection, event.subject)
        after = fold(before, event, scheduler)
        states.put(connection, {event.subject: after})
        return after

    def _recompute(self, connection: Connection, card: str) -> CardState:
        """Derive one card's state from its events; return it."""
        settings = Settings(log.read(connection, kind=SCHEDULER))
        state = replay(log.of_card(connection, card), settings).get(card, CardState())
        states.put(connection, {card: state})
        return state


def _append(connection: Connection, event: Event) -> None:
    """Write an event about no card; a setting also holds for what a clock ahead wrote after it."""
    log.append(connection, event)
    if event.kind == SCHEDULER:
        touched = Touched()
        touched.note(event.kind, event.subject, event.clock)
        catch_up(connection, touched)
