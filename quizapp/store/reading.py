"""What can be asked of the log and the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.scheduling.memory import Scheduler, microseconds
from quizapp.store import log, past, states, waiting
from quizapp.store.database import Database
from quizapp.store.in_force import in_force

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

    from quizapp.scheduling.memory import CardMemory
    from quizapp.scheduling.past import KnownCards, Mark, Read
    from quizapp.store.events import Event
    from quizapp.store.replay import CardState


class Reading(Database):
    """The part of the store that only reads."""

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
        return self.state(card).memory

    def state(self, card: str) -> CardState:
        """Return all that is known of a card; the empty state for one without events."""
        with self._read() as connection:
            return states.get(connection, card)

    def memories(self) -> dict[str, CardMemory]:
        """Return the memory of every card that was answered."""
        with self._read() as connection:
            return states.memories(connection)

    def states(self) -> dict[str, CardState]:
        """Return all that is known of each card: suspended, buried, flag, tags and memory.

        Cards without events are not in it.
        """
        with self._read() as connection:
            return states.everything(connection)

    def held(self, day: date) -> set[str]:
        """Return the cards that stay out of the queue of a study day: suspended or buried."""
        with self._read() as connection:
            return waiting.held(connection, day)

    def known(self) -> AbstractSet[str]:
        """Return the cards and skills that were answered and not made new again since.

        It is the store's own set, which the next look changes.
        """
        with self._read() as connection:
            return self._known.cards(connection)

    def memories_of(self, cards: Iterable[str]) -> dict[str, CardMemory]:
        """Return the memories of those of some cards that were answered."""
        with self._read() as connection:
            return waiting.memories_of(connection, cards)

    def answered_on(self, day: date) -> list[str]:
        """Return the cards and skills answered on a study day."""
        with self._read() as connection:
            return waiting.answered_on(connection, day)

    def learning(self) -> list[str]:
        """Return the cards and skills in learning steps, the soonest first."""
        with self._read() as connection:
            return waiting.learning(connection)

    def due(self, day: date, count: int | None = None) -> list[tuple[str, str]]:
        """Return cards and skills due in review up to a study day, each with its due day.

        The longest overdue first, at most ``count`` of them; none is suspended or buried.
        """
        with self._read() as connection:
            return waiting.due(connection, day, count)

    def wanted(self, day: date) -> list[str]:
        """Return the cards never answered that are to come first by a study day, soonest first."""
        with self._read() as connection:
            return states.wanted(connection, day)

    def done_today(self, day: date) -> tuple[int, int]:
        """Return how many cards were introduced on a study day and how many older ones answered.

        A card answered several times on the day counts once; skills are no cards.
        """
        with self._read() as connection:
            return states.done_on(connection, day)

    def failed_on(self, day: date) -> set[str]:
        """Return the cards and skills that were answered with Again on a study day."""
        with self._read() as connection:
            return states.failed_on(connection, day)

    def load(self, first: date, last: date) -> dict[date, int]:
        """Return how many cards and skills fall due on each of some study days, both included.

        Days on which none does are not in it; suspended cards are not counted.
        """
        with self._read() as connection:
            return states.load(connection, first, last)

    def tags(self) -> Counter[str]:
        """Return the tags that the student gave, with the number of cards that have each."""
        with self._read() as connection:
            return states.tags(connection)

    def tagged(self, tag: str) -> set[str]:
        """Return the cards to which the student gave a tag."""
        with self._read() as connection:
            return states.tagged(connection, tag)

    def past(self, after: Mark | None = None) -> Read:
        """Return the answers to cards as columns: those after a mark, where that still holds.

        Else, and without a mark, all of them. Skills are no cards.
        """
        with self._read() as connection:
            return past.read(connection, self.device, after)

    def known_cards(self) -> KnownCards:
        """Return what is known of all cards that were answered, as columns."""
        with self._read() as connection:
            return past.known_cards(connection)

    def events(
        self, kind: str | None = None, subject: str | None = None, *, undone: bool = False
    ) -> list[Event]:
        """Return events in replay order, of one kind or subject or all; undone ones on request."""
        with self._read() as connection:
            return log.read(connection, kind=kind, subject=subject, undone=undone)

    def history(self, card: str) -> list[tuple[Event, bool]]:
        """Return all events of a card in replay order, each with whether it is undone."""
        with self._read() as connection:
            return log.history(connection, card)

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
