"""The store: what happened goes in, what follows from it comes out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from quizapp.store import taking_back
from quizapp.store.database import DATABASE
from quizapp.store.pen import Pen
from quizapp.store.reading import Reading
from quizapp.store.rebuilding import rebuild
from quizapp.store.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from quizapp.scheduling.memory import CardMemory, Rating, Scheduler
    from quizapp.store.events import Event, Payload
    from quizapp.store.taking_back import Turn

__all__ = ["DATABASE", "Store"]


class Store(Reading):
    """The user's event log and the card state derived from it.

    Every method that writes is one transaction, on disk before it returns, and one step for
    ``undo``; with ``step`` several events are one. Any method may raise a ``StoreError``; then
    nothing of what it was to write has been written.
    """

    last_event: Event | None = None
    """The event that this store wrote last."""

    last_turn: Turn | None = None
    """The last undo or redo of this store, with all events that it concerned."""

    @contextmanager
    def step(self) -> Iterator[Step]:
        """Write several events in one transaction; undo and redo take them together.

        They are on disk when the block is left; an error within it leaves nothing written. Other
        windows cannot write meanwhile, so think before the block, not in it.
        """
        with self._write() as connection:
            step = Step(connection, self._pen())
            yield step
        if step.events:
            self.last_event = step.events[-1]

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
        """Write an answer down and return the card's memory after it, see ``Step.review``."""
        with self.step() as step:
            return step.review(
                card, rating, ms=ms, how=how, scheduler=scheduler, due=due, more=more
            )

    def suspend(self, card: str, *, on: bool = True) -> Event:
        """Keep a card out of the queue until it is taken back in (``on=False``)."""
        with self.step() as step:
            return step.suspend(card, on=on)

    def bury(self, card: str, until: date | None) -> Event:
        """Keep a card out of the queue until a study day; None lets it come at once."""
        with self.step() as step:
            return step.bury(card, until)

    def flag(self, card: str, value: int) -> Event:
        """Mark a card with a number; 0 takes the mark away."""
        with self.step() as step:
            return step.flag(card, value)

    def tag(self, card: str, tag: str, *, on: bool = True) -> Event:
        """Give a card a tag, or take it away (``on=False``). Raises ValueError for an empty one."""
        with self.step() as step:
            return step.tag(card, tag, on=on)

    def reschedule(self, card: str, day: date, *, why: str = "set") -> Event:
        """Let a card come on a study day; one that was never answered first from that day on."""
        with self.step() as step:
            return step.reschedule(card, day, why=why)

    def forget(self, card: str) -> Event:
        """Make a card new again; its answers stay in the log."""
        with self.step() as step:
            return step.forget(card)

    def append(self, kind: str, subject: str, payload: Payload) -> Event:
        """Write an event that concerns no card's state: an attempt, an exam, a setting.

        Raises ``ValueError`` for kinds that have a method of their own, and for payloads that
        JSON does not know.
        """
        with self.step() as step:
            event = step.append(kind, subject, payload)
        self.last_event = event
        return event

    def undo(self) -> Event | None:
        """Take back the last step of this device that touched a card.

        Returns the step's first event about a card (all are in ``last_turn``), None when there is
        nothing left to take back.
        """
        with self._write() as connection:
            turn = taking_back.undo(connection, self._pen())
        return self._turned(turn)

    def redo(self) -> Event | None:
        """Take the last undo back; return what ``undo`` returned.

        None when nothing is undone, or something new was done since.
        """
        with self._write() as connection:
            turn = taking_back.redo(connection, self._pen())
        return self._turned(turn)

    def take_back(self, event: Event) -> Event:
        """Take back an event that concerns no card, whichever device wrote it; return the undo."""
        with self._write() as connection:
            undo = taking_back.take_back(connection, self._pen(), event)
        self.last_event = undo
        return undo

    def rebuild(self) -> None:
        """Derive everything anew from the log."""
        with self._write() as connection:
            rebuild(connection)

    def _pen(self) -> Pen:
        return Pen(self.device, self._clock, self.rollover_hour)

    def _turned(self, turn: Turn | None) -> Event | None:
        if turn is None:
            return None
        self.last_turn, self.last_event = turn, turn.written
        return turn.shown
