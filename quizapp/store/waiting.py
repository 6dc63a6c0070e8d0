"""The statements for a study day's queue: each by an index, none over all cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from quizapp.store import log, states
from quizapp.store.deriving import in_parts
from quizapp.store.events import FORGET, REVIEW, UNDO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

    from quizapp.scheduling.memory import CardMemory

KNOWN = text("SELECT group_concat(card, char(10)) FROM card_state WHERE phase IS NOT NULL")
KNOWN_ONE_BY_ONE = text(
    "SELECT card FROM card_state INDEXED BY card_state_known WHERE phase IS NOT NULL"
)
KNOWN_COUNT = text(
    "SELECT count(*) FROM card_state INDEXED BY card_state_known WHERE phase IS NOT NULL"
)
HELD = text(
    "SELECT card FROM card_state "
    "WHERE (suspended = 1 OR buried_until IS NOT NULL) "
    "AND (suspended = 1 OR buried_until > :day)"
)
LEARNING = text(
    "SELECT card FROM card_state "
    "WHERE learner = 1 AND due_day IS NULL AND due_at IS NOT NULL ORDER BY due_at"
)
DUE = text(
    "SELECT card, due_day FROM card_state WHERE learner = 1 AND due_day <= :day "
    "AND suspended = 0 AND (buried_until IS NULL OR buried_until <= :day) ORDER BY due_day "
    "LIMIT :count"
)
ANSWERED = text(
    "SELECT DISTINCT subject FROM events WHERE kind = 'review' AND study_day = :day "
    "AND learner = 1 AND id NOT IN (SELECT event FROM undone)"
)

LAST = text("SELECT max(seq) FROM events")
SINCE = text("SELECT kind, subject FROM events WHERE seq > :seq LIMIT 1001")
_FEW = 1_000
_LOSING = {FORGET, UNDO}
"""After these a card may be new again."""


def known(connection: Connection) -> set[str]:
    """Return the cards and skills that were answered and not made new again since."""
    found: list[str] = (connection.execute(KNOWN).scalar() or "").split("\n")
    # One text is read four times as fast as a row for each; an id with a line feed spoils it.
    if len(found) == connection.execute(KNOWN_COUNT).scalar():
        return set(found)
    return set(connection.execute(KNOWN_ONE_BY_ONE).scalars())


class Known:
    """The cards and skills that were answered, kept from one look to the next."""

    def __init__(self) -> None:
        self._cards: set[str] = set()
        self._until = -1

    def cards(self, connection: Connection) -> AbstractSet[str]:
        """Return them as they are now: only what came in since the last look is read."""
        last: int = connection.execute(LAST).scalar() or 0
        if last != self._until:
            self._renew(connection, last)
        return self._cards

    def _renew(self, connection: Connection, last: int) -> None:
        since = connection.execute(SINCE, {"seq": self._until}).all() if self._until >= 0 else []
        if self._until < 0 or len(since) > _FEW or any(kind in _LOSING for kind, _ in since):
            self._cards = known(connection)
        else:
            reviewed = {subject for kind, subject in since if kind == REVIEW}
            self._cards |= memories_of(connection, reviewed).keys()
        self._until = last


def held(connection: Connection, day: date) -> set[str]:
    """Return the cards that are suspended, or buried beyond a study day."""
    return set(connection.execute(HELD, {"day": day.isoformat()}).scalars())


def learning(connection: Connection) -> list[str]:
    """Return the cards in learning steps, the soonest first."""
    return list(connection.execute(LEARNING).scalars())


def due(connection: Connection, day: date, count: int | None) -> list[tuple[str, str]]:
    """Return the first so many cards due in review up to a day with their due days.

    The longest overdue first; None returns all.
    """
    told = {"day": day.isoformat(), "count": -1 if count is None else count}
    return [pair for part in log.plain_rows(connection, DUE.bindparams(**told)) for pair in part]


def answered_on(connection: Connection, day: date) -> list[str]:
    """Return the cards and skills answered on a study day."""
    return list(connection.execute(ANSWERED, {"day": day.isoformat()}).scalars())


def memories_of(connection: Connection, cards: Iterable[str]) -> dict[str, CardMemory]:
    """Return the memories of those of some cards that have one."""
    found: dict[str, CardMemory] = {}
    for part in in_parts(sorted(set(cards))):
        found |= states.memories(connection, part)
    return found
