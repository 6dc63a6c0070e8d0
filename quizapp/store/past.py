"""One pass over all answers and card states, as columns, for statistics."""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from quizapp.scheduling.past import Answers, KnownCards, Mark, Read
from quizapp.store import log
from quizapp.store.events import FORGET, RESCHEDULE, SCHEDULER, from_json
from quizapp.store.log import plain_rows
from quizapp.store.replay import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import TextClause

    _Timeline = list[tuple[int, tuple[float, ...]]]

_LONGEST_MS = 86_400_000
# What else changes a memory comes with the answers, its kind in the place of the payload. Skills
# are no cards: a slash in a subject sorts after every name before it.
_WHICH = (
    "SELECT clock, subject, study_day, CASE kind WHEN 'review' THEN payload ELSE kind END "
    "FROM events NOT INDEXED WHERE seq > :after AND learner = 1 "
    "AND kind IN ('review', 'forget', 'reschedule') "
    "AND (subject < 'skill/' OR subject >= 'skill0') AND id NOT IN (SELECT event FROM undone)"
)
# Written in the order of the replay on one machine, so that sorting is seldom needed.
_AS_WRITTEN = text(f"{_WHICH} ORDER BY seq")
_SORTED = text(f"{_WHICH} ORDER BY clock, id")
_CARDS = text(
    "SELECT card, stability, difficulty, due_day, last_day, suspended FROM card_state "
    "WHERE learner = 1 AND phase IS NOT NULL AND (card < 'skill/' OR card >= 'skill0')"
)
_LAST = text("SELECT seq, id FROM events ORDER BY seq DESC LIMIT 1")
_THERE = text("SELECT 1 FROM events WHERE seq = :seq AND id = :id")
# For each undone entry its place; a join would walk over all entries.
_UNDONE = text(
    "SELECT event FROM undone WHERE (SELECT seq FROM events WHERE id = event) <= :seq "
    "ORDER BY event"
)
_BY_HAND = {FORGET: ("0", "0"), RESCHEDULE: ("5", "0")}
_RATINGS = {str(n): n for n in range(6)}
_OURS = re.compile(r'^\{"card":"[^"\\\n]*","rating":([1-4]),"ms":(\d{1,8}),"how":', re.MULTILINE)


def read(connection: Connection, device: str, mark: Mark | None = None) -> Read:
    """Return the answers in force in replay order: those after a mark, or all of them.

    All where there is no mark, where it is another log's, where something before it has come to
    hold or holds no more, and where something came in late.
    """
    timeline = _timeline(connection)
    if mark is not None and _holds(connection, device, mark, timeline):
        columns = _Columns()
        if columns.fill(connection, _AS_WRITTEN, after=mark):
            return _told(connection, device, columns, timeline, mark)
    columns = _Columns()
    if not columns.fill(connection, _AS_WRITTEN):
        columns = _Columns()
        columns.fill(connection, _SORTED)
    return _told(connection, device, columns, timeline)


def known_cards(connection: Connection) -> KnownCards:
    """Return what is known of every card that was answered."""
    ordinals: dict[str | None, int] = {None: 0}
    cards: list[str] = []
    stability, difficulty, due, last = array("d"), array("d"), array("i"), array("i")
    suspended = array("b")
    for rows in plain_rows(connection, _CARDS):
        names, *numbers, due_days, last_days, held = zip(*rows, strict=True)
        for day in {*due_days, *last_days}.difference(ordinals):
            ordinals[day] = date.fromisoformat(day).toordinal()
        cards += names
        stability.extend(numbers[0])
        difficulty.extend(numbers[1])
        due.extend(map(ordinals.__getitem__, due_days))
        last.extend(map(ordinals.__getitem__, last_days))
        suspended.extend(held)
    return KnownCards(cards, stability, difficulty, due, last, suspended)


def _holds(connection: Connection, device: str, mark: Mark, timeline: _Timeline) -> bool:
    """Whether nothing before the mark is otherwise than it was: rows are only ever added."""
    there = connection.execute(_THERE, {"seq": mark.seq, "id": mark.event}).first()
    if there is None or mark.device != device:
        return False
    undone, parameters = _undone(connection, mark.seq), _held(timeline, mark.clock)
    return (undone, parameters) == (mark.undone, mark.parameters)


def _told(
    connection: Connection,
    device: str,
    columns: _Columns,
    timeline: _Timeline,
    mark: Mark | None = None,
) -> Read:
    seq, event = connection.execute(_LAST).first() or (0, "")
    clock = columns.clocks[-1] if columns.clocks else mark.clock if mark else -1
    now = Mark(device, seq, event, clock, _undone(connection, seq), _held(timeline, clock))
    return Read(columns.answers(_places(timeline, columns.clocks)), now, mark is not None)


def _undone(connection: Connection, seq: int) -> str:
    return _hash(connection.execute(_UNDONE, {"seq": seq}).scalars().all())


def _held(timeline: _Timeline, clock: int) -> str:
    return _hash([one for one in timeline if one[0] <= clock])


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


class _Columns:
    """The columns as they grow."""

    def __init__(self) -> None:
        self.clocks = array("q")
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._ordinals: dict[str, int] = {}
        self._cards, self._days = array("i"), array("i")
        self._ratings, self._ms = array("b"), array("i")

    def fill(
        self, connection: Connection, statement: TextClause, after: Mark | None = None
    ) -> bool:
        """Read all rows; False as soon as they turn out not to be in replay order."""
        last, place = (-1, 0) if after is None else (after.clock, after.seq)
        for rows in plain_rows(connection, statement.bindparams(after=place)):
            clocks, cards, days, payloads = zip(*rows, strict=True)
            if statement is not _SORTED and not (last < clocks[0] and _rises(clocks)):
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


def _rises(clocks: Sequence[int]) -> bool:
    return list(clocks) == sorted({*clocks})


def _read(payload: str) -> tuple[str, int | str] | None:
    """Rating and milliseconds of any payload, None for an answer that a replay passes over."""
    if payload in _BY_HAND:
        return _BY_HAND[payload]
    told = from_json(payload)
    rating, ms = told.get("rating"), told.get("ms")
    if not isinstance(rating, int | float) or rating not in {1, 2, 3, 4}:
        return None
    return str(int(rating)), min(max(ms, 0), _LONGEST_MS) if isinstance(ms, int) else 0


def _timeline(connection: Connection) -> _Timeline:
    """From which clock on which parameters hold; a change of the retention alone is none."""
    events = log.read(connection, kind=SCHEDULER)
    settings = Settings(events)
    found = [(0, settings.before((0, "")).scheduler.parameters)]
    for event in events:
        held = settings.before((event.clock + 1, "")).scheduler.parameters
        if held != found[-1][1]:
            found.append((event.clock, held))
    return found


def _places(
    timeline: _Timeline, clocks: Sequence[int]
) -> tuple[tuple[int, tuple[float, ...]], ...]:
    """From which answer on which parameters hold."""
    # Of several that hold from the same answer on the last one does.
    return tuple({bisect_left(clocks, clock): held for clock, held in timeline}.items())
