"""One pass over all answers and card states, as columns, for statistics."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from quizapp.scheduling.past import Answers, KnownCard, Past
from quizapp.store import log
from quizapp.store.events import SCHEDULER, from_json
from quizapp.store.replay import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AT_ONCE = 1000
"""Rows fetched together: they stay in the processor's cache."""
_LONGEST_MS = 86_400_000
_WHICH = (
    "SELECT clock, subject, study_day, payload FROM events NOT INDEXED "
    "WHERE learner = 1 AND kind = 'review' AND id NOT IN (SELECT event FROM undone)"
)
# Written in the order of the replay on one machine, so that sorting is seldom needed.
_AS_WRITTEN = text(f"{_WHICH} ORDER BY seq")
_SORTED = text(f"{_WHICH} ORDER BY clock, id")
_CARDS = text(
    "SELECT card, stability, difficulty, due_day, last_day, suspended FROM card_state "
    "WHERE learner = 1 AND phase IS NOT NULL"
)
_RATINGS = {"1": 1, "2": 2, "3": 3, "4": 4}
_OURS = re.compile(r'^\{"card":"[^"\\\n]*","rating":([1-4]),"ms":(\d{1,8}),"how":', re.MULTILINE)


def read(connection: Connection) -> Past:
    """Return all answers in force in replay order, and what is known of every card."""
    columns = _Columns()
    if not columns.fill(connection, in_order=False):
        columns = _Columns()
        columns.fill(connection, in_order=True)
    return Past(columns.answers(_parameters(connection, columns.clocks)), _cards(connection))


class _Columns:
    """The columns as they grow."""

    def __init__(self) -> None:
        self.clocks = array("q")
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._ordinals: dict[str, int] = {}
        self._cards, self._days = array("i"), array("i")
        self._ratings, self._ms = array("b"), array("i")

    def fill(self, connection: Connection, *, in_order: bool) -> bool:
        """Read all rows; False as soon as they turn out not to be in replay order."""
        last = -1
        for rows in _parts(connection, _SORTED if in_order else _AS_WRITTEN):
            clocks, cards, days, payloads = zip(*rows, strict=True)
            if not (in_order or (last < clocks[0] and _rises(clocks))):
                return False
            last = clocks[-1]
            self._take(clocks, cards, days, payloads)
        return True

    def _take(self, clocks: Sequence[int], *rest: Sequence[str]) -> None:
        cards, days, payloads = rest
        found = _OURS.findall("\n".join(payloads))
        if len(found) != len(payloads):  # written by another version, or by hand
            told = [_read(payload) for payload in payloads]
            kept = [n for n, one in enumerate(told) if one is not None]
            found = [one for one in told if one is not None]
            clocks = [clocks[n] for n in kept]
            cards, days = [cards[n] for n in kept], [days[n] for n in kept]
        if not found:
            return
        ratings, ms = zip(*found, strict=True)
        ordinals = self._ordinals
        for day in {*days}.difference(ordinals):
            ordinals[day] = date.fromisoformat(day).toordinal()
        self.clocks.extend(clocks)
        self._cards.extend(map(self._numbers.__getitem__, cards))
        self._days.extend(map(ordinals.__getitem__, days))
        self._ratings.extend(map(_RATINGS.__getitem__, ratings))
        self._ms.extend(map(int, ms))

    def answers(self, parameters: tuple[tuple[int, tuple[float, ...]], ...]) -> Answers:
        """The columns, complete."""
        return Answers(
            tuple(self._numbers), self._cards, self._days, self._ratings, self._ms, parameters
        )


def _parts(connection: Connection, statement: Any) -> Iterator[Sequence[Any]]:
    """Plain tuples, many at once; rows of SQLAlchemy's own would cost half of the time."""
    result = connection.execute(statement)
    cursor = result.cursor
    while cursor is not None and (rows := cursor.fetchmany(_AT_ONCE)):
        yield rows
    result.close()


def _rises(clocks: Sequence[int]) -> bool:
    return list(clocks) == sorted({*clocks})


def _read(payload: str) -> tuple[str, int] | None:
    """Rating and milliseconds of any payload, None for an answer that a replay passes over."""
    told = from_json(payload)
    rating, ms = told.get("rating"), told.get("ms")
    if not isinstance(rating, int | float) or rating not in {1, 2, 3, 4}:
        return None
    return str(int(rating)), min(max(ms, 0), _LONGEST_MS) if isinstance(ms, int) else 0


def _parameters(
    connection: Connection, clocks: Sequence[int]
) -> tuple[tuple[int, tuple[float, ...]], ...]:
    """From which answer on which parameters hold; a change of the retention alone is none."""
    events = log.read(connection, kind=SCHEDULER)
    settings = Settings(events)
    found = [(0, settings.before((0, "")).scheduler.parameters)]
    for event in events:
        held = settings.before((event.clock + 1, "")).scheduler.parameters
        if held != found[-1][1]:
            found.append((bisect_left(clocks, event.clock), held))
    # Of several that hold from the same answer on the last one does.
    return tuple(dict(found).items())


def _cards(connection: Connection) -> tuple[KnownCard, ...]:
    ordinals: dict[str | None, int | None] = {None: None}
    out = []
    for rows in _parts(connection, _CARDS):
        for card, stability, difficulty, due, last, suspended in rows:
            for day in (due, last):
                if day not in ordinals:
                    ordinals[day] = date.fromisoformat(day).toordinal()
            out.append(
                KnownCard(
                    card, stability, difficulty, ordinals[due], ordinals[last] or 0, bool(suspended)
                )
            )
    return tuple(out)
