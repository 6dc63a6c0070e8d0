"""A step: what is written in one transaction, and taken back by one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.store import log, states
from quizapp.store.deriving import Touched, catch_up, derive_anew
from quizapp.store.events import (
    BURY,
    CARD_KINDS,
    FLAG,
    FORGET,
    RESCHEDULE,
    REVIEW,
    SCHEDULER,
    SUSPEND,
    TAG,
    UNDO,
    WITH,
    Event,
    Payload,
)
from quizapp.store.in_force import in_force
from quizapp.store.replay import CardState, default_scheduler, fold

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from quizapp.scheduling.memory import CardMemory, Rating, Scheduler
    from quizapp.store.pen import Pen


class Step:
    """Writes events into an open transaction; all but the first name the first one."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self.events: list[Event] = []
        """What was written; settings of the scheduler are no part of it."""
        self._connection = connection
        self._pen = pen
        self._clock: int | None = None

    def review(
        self,
        card: str,
        rating: Rating,
        *,
        ms: int,
        how: str,
        scheduler: Scheduler,
        due: date | None = None,
        more: Payload | None = None,
    ) -> CardMemory:
        """Write an answer down and return the card's memory after it.

        ``ms`` is how long the answer took, ``how`` in which way it was given, ``due`` the study
        day chosen for the next one (it holds where it lies within reach of the interval that the
        scheduler gives), ``more`` what else belongs to the answer. A scheduler other than the one
        in force is written down first, so that a replay finds it; where parameters were trained,
        these hold instead of the scheduler's. Where a device whose clock is ahead forgot the card,
        the memory returned is that of the answer alone.
        """
        payload: dict[str, Any] = {"card": card, "rating": int(rating), "ms": ms, "how": how}
        payload |= more or {}
        if due is not None:
            payload["due"] = due.isoformat()
        draft = self._draft(REVIEW, card, payload)
        held = in_force(self._connection, draft.order)
        change = held.change_to(scheduler)
        if change is not None:
            self._append(self._draft(SCHEDULER, "", change))
            draft = self._draft(REVIEW, card, payload)
        in_use = held.adapted(scheduler)
        before = states.get(self._connection, card)
        memory = self._apply(draft, in_use, before).memory or fold(before, draft, in_use).memory
        if memory is None:
            raise ValueError(f"{rating} is no rating")
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

    def tag(self, card: str, tag: str, *, on: bool = True) -> Event:
        """Give a card a tag, or take it away (``on=False``). Raises ValueError for an empty one."""
        if not tag.strip():
            raise ValueError("a tag has at least one character")
        return self._about_card(TAG, card, {"card": card, "tag": tag, "on": on})

    def reschedule(self, card: str, day: date, *, why: str = "set") -> Event:
        """Let a card come on a study day; one that was never answered first from that day on.

        ``why`` is a short key: ``set`` by hand, ``failed-skill``.
        """
        payload = {"card": card, "day": day.isoformat(), "why": why}
        return self._about_card(RESCHEDULE, card, payload)

    def forget(self, card: str) -> Event:
        """Make a card new again; its answers stay in the log."""
        return self._about_card(FORGET, card, {"card": card})

    def append(self, kind: str, subject: str, payload: Payload) -> Event:
        """Write an event that concerns no card's state: an attempt, an exam, a setting.

        Raises ``ValueError`` for kinds that have a method of their own, and for payloads that
        JSON does not know.
        """
        if kind in CARD_KINDS or kind == UNDO:
            raise ValueError(f"events of kind {kind} have a method of their own")
        event = self._draft(kind, subject, payload)
        self._append(event)
        if kind == SCHEDULER:
            return event
        self.events.append(event)
        return event

    def _about_card(self, kind: str, card: str, payload: Payload) -> Event:
        event = self._draft(kind, card, payload)
        self._apply(event, default_scheduler(), states.get(self._connection, card))
        return event

    def _draft(self, kind: str, subject: str, payload: Payload) -> Event:
        if self.events and kind != SCHEDULER:
            payload = {**payload, WITH: self.events[0].id}
        return self._pen.draft(self._connection, kind, subject, payload, after=self._clock)

    def _apply(self, event: Event, scheduler: Scheduler, before: CardState) -> CardState:
        """Write an event about a card and the state that follows; return the state."""
        log.append(self._connection, event)
        self.events.append(event)
        self._clock = event.clock
        if before.clock >= event.clock:
            # A device whose clock is ahead wrote about this card: ours belongs before it.
            return derive_anew(self._connection, [event.subject])[event.subject]
        after = fold(before, event, scheduler)
        states.put(self._connection, {event.subject: after})
        return after

    def _append(self, event: Event) -> None:
        """Write an event about no card; a setting holds for what a clock ahead wrote, too."""
        log.append(self._connection, event)
        self._clock = event.clock
        if event.kind == SCHEDULER:
            touched = Touched()
            touched.note(event.kind, event.subject, event.clock)
            catch_up(self._connection, touched)
