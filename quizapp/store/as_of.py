"""The log as it stood before a study day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, text

from quizapp.store import log, states
from quizapp.store.deriving import in_parts
from quizapp.store.events import CARD_KINDS, SCHEDULER, from_json
from quizapp.store.replay import CardState, Settings, replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from quizapp.scheduling.memory import Scheduler
    from quizapp.store.store import Store

_NO_END = "9999-12-31"
_LAST = text("SELECT max(seq) FROM events")
_LAST_BEFORE = text("SELECT seq FROM events WHERE study_day < :day ORDER BY seq DESC LIMIT 1")
_UNDONE_BEFORE = text(
    "SELECT count(*), coalesce(sum(seq), 0) FROM undone JOIN events ON id = event "
    "WHERE study_day < :day"
)
_TOUCHED = text(
    "SELECT DISTINCT subject FROM events WHERE learner = 1 AND kind IN :kinds AND study_day >= :day"
).bindparams(bindparam("kinds", expanding=True))
_ANSWERS = text(
    "SELECT subject, study_day, payload, first_day FROM events "
    "LEFT JOIN card_state ON card = subject AND card_state.learner = 1 "
    "WHERE events.learner = 1 AND kind = 'review' "
    "AND study_day >= :day AND study_day <= :last AND id NOT IN (SELECT event FROM undone) "
    "ORDER BY events.clock, id"
)
_DAYS = text(
    "SELECT DISTINCT study_day FROM events WHERE learner = 1 AND kind = 'review' "
    "AND study_day >= :first AND study_day < :end ORDER BY study_day"
)


class Mark(NamedTuple):
    """Where the log stands: with the same mark, what is read from it is the same."""

    last: int
    """The place of the last event in the file."""
    before: int
    """The place of the last event of earlier study days."""
    undone_before: tuple[int, int]
    """How many events of earlier study days are undone, and the sum of their places: one may be
    brought back while another is taken back."""


class TimedAnswer(NamedTuple):
    """An answer in force."""

    card: str
    day: str
    """The study day, ISO text."""
    first: bool
    """Whether it was given on the first day on which the card was answered."""
    rating: int
    ms: int


def mark(store: Store, day: date) -> Mark:
    """Return where the log stands on a study day. Raises ``StoreError``."""
    told = {"day": day.isoformat()}
    with store.reading() as connection:
        last = connection.execute(_LAST).scalar() or 0
        before = connection.execute(_LAST_BEFORE, told).scalar() or 0
        count, places = connection.execute(_UNDONE_BEFORE, told).one()
    return Mark(last, before, (count, places))


def this_morning(store: Store, day: date) -> dict[str, CardState]:
    """Return the states of all cards without what happened on a study day or since.

    Only the cards that something happened to are replayed. Raises ``StoreError``.
    """
    iso = day.isoformat()
    with store.reading() as connection:
        found = states.everything(connection)
        touched = sorted(
            connection.execute(_TOUCHED, {"day": iso, "kinds": list(CARD_KINDS)}).scalars()
        )
        if not touched:
            return found
        settings = Settings(log.read(connection, kind=SCHEDULER))
        for part in in_parts(touched):
            events = [e for e in log.of_cards(connection, part) if e.study_day < iso]
            replayed = replay(events, settings)
            found.update({card: replayed.get(card, CardState()) for card in part})
    return {card: state for card, state in found.items() if state != CardState()}


def as_known_before(store: Store, day: date) -> tuple[dict[str, CardState], Scheduler]:
    """Return the states of all cards as the events before a study day alone give them.

    Schedulers and trainings of later days do not count, so it is what could be known then; also
    the scheduler of then. Raises ``StoreError``.
    """
    with store.reading() as connection:
        events = [e for e in log.read(connection) if e.study_day < day.isoformat()]
    settings = Settings(event for event in events if event.kind == SCHEDULER)
    last = (events[-1].clock + 1, "") if events else (0, "")
    return replay(events, settings), settings.before(last).scheduler


def answers_since(store: Store, day: date) -> list[TimedAnswer]:
    """Return every answer in force on a study day or since, in replay order.

    Raises ``StoreError``.
    """
    with store.reading() as connection:
        told = {"day": day.isoformat(), "last": _NO_END}
        # Row by row: two months of a large log would take more memory than what is made of them.
        return _answers(connection.execute(_ANSWERS, told, execution_options={"yield_per": 1_000}))


def answers_on(store: Store, day: date) -> list[TimedAnswer]:
    """Return every answer in force on a study day, in replay order. Raises ``StoreError``."""
    iso = day.isoformat()
    with store.reading() as connection:
        return _answers(connection.execute(_ANSWERS, {"day": iso, "last": iso}).all())


def _answers(rows: Iterable[Sequence[Any]]) -> list[TimedAnswer]:
    found = []
    days: dict[str, str] = {}  # one text for all answers of a day
    for card, read_day, payload, first_day in rows:
        study_day = days.setdefault(read_day, read_day)
        told = from_json(payload)
        rating, ms = told.get("rating"), told.get("ms")
        if rating in {1, 2, 3, 4}:
            first, took = study_day == first_day, ms if isinstance(ms, int) else 0
            found.append(TimedAnswer(card, study_day, first, int(rating), took))
    return found


def days_answered(store: Store, first: date, end: date) -> list[str]:
    """Return the study days with answers from a day until before another, ISO text, ascending.

    Raises ``StoreError``.
    """
    told = {"first": first.isoformat(), "end": end.isoformat()}
    with store.reading() as connection:
        return list(connection.execute(_DAYS, told).scalars())
