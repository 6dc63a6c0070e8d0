"""The statements about card state, and the counts of a study day."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from quizapp.scheduling.memory import CardMemory
from quizapp.scheduling.skills import SKILL
from quizapp.store import tables
from quizapp.store.events import REVIEW, from_json
from quizapp.store.replay import CardState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEARNER = 1
_NOTHING = CardState()
_AT_ONCE = 1_000
"""Rows written together: all of a large log would take more memory than the states themselves."""

# Ten thousand cards have a few hundred days between them.
_parsed = lru_cache(maxsize=4096)(date.fromisoformat)

_s = tables.card_state.c
_e = tables.events.c
_MEMORY = (
    _s.phase,
    _s.step,
    _s.stability,
    _s.difficulty,
    _s.due_at,
    _s.due_day,
    _s.last_day,
    _s.reps,
    _s.lapses,
)
_REST = (
    _s.first_day,
    _s.suspended,
    _s.buried_until,
    _s.flag,
    _s.clock,
    _s.tags,
    _s.wanted,
)
_STATES = select(_s.card, *_MEMORY, *_REST).where(_s.learner == LEARNER)
_STATE = _STATES.where(_s.card == bindparam("card"))
_SOME = _STATES.where(_s.card.in_(bindparam("cards", expanding=True)))
_MEMORIES = select(_s.card, *_MEMORY).where(_s.learner == LEARNER, _s.phase.is_not(None))
_SOME_MEMORIES = _MEMORIES.where(_s.card.in_(bindparam("cards", expanding=True)))
_DELETE = delete(tables.card_state).where(_s.learner == LEARNER, _s.card == bindparam("gone"))
_new = insert(tables.card_state)
_PUT = _new.on_conflict_do_update(
    index_elements=[_s.learner, _s.card],
    set_={column.name: _new.excluded[column.name] for column in (*_MEMORY, *_REST)},
)
# Cards answered on a day, split by whether that day was their first.
_DONE = (
    select(
        func.count(_e.subject.distinct()).filter(_s.first_day == bindparam("day")),
        func.count(_e.subject.distinct()).filter(_s.first_day < bindparam("day")),
    )
    .select_from(tables.events)
    .join(tables.card_state, (_s.card == _e.subject) & (_s.learner == _e.learner))
    .where(
        _e.learner == LEARNER,
        _e.kind == REVIEW,
        _e.study_day == bindparam("day"),
        _e.id.not_in(select(tables.undone.c.event)),
        # A zero follows upon a slash: between these are the ids that begin with "skill/".
        (_e.subject < SKILL) | (_e.subject >= SKILL[:-1] + "0"),
    )
)
_LOAD = (
    select(_s.due_day, func.count())
    .where(
        _s.learner == LEARNER,
        _s.due_day.between(bindparam("first"), bindparam("last")),
        _s.suspended == 0,
    )
    .group_by(_s.due_day)
)
_WANTED = (
    select(_s.card)
    .where(_s.learner == LEARNER, _s.wanted.is_not(None), _s.wanted <= bindparam("day"))
    .order_by(_s.wanted, _s.card)
)
_TAGS = select(_s.card, _s.tags).where(_s.learner == LEARNER, _s.tags.is_not(None))
_RATED = select(_e.subject, _e.payload).where(
    _e.learner == LEARNER,
    _e.kind == REVIEW,
    _e.study_day == bindparam("day"),
    _e.id.not_in(select(tables.undone.c.event)),
)
_AGAIN = 1


def get(connection: Connection, card: str) -> CardState:
    """Return a card's state; the empty one for a card without events."""
    row = connection.execute(_STATE, {"card": card}).one_or_none()
    return CardState() if row is None else _state(row)


def some(connection: Connection, cards: Sequence[str]) -> dict[str, CardState]:
    """Return the states of those of some cards that have one."""
    return {row[0]: _state(row) for row in connection.execute(_SOME, {"cards": cards})}


def put(connection: Connection, states: Mapping[str, CardState]) -> None:
    """Write the states of cards; an empty state leaves no row."""
    cards = iter(states)
    while part := list(islice(cards, _AT_ONCE)):
        rows = [_row(card, states[card]) for card in part if states[card] != _NOTHING]
        if rows:
            connection.execute(_PUT, rows)
        for card in part:
            if states[card] == _NOTHING:
                connection.execute(_DELETE, {"gone": card})


def clear(connection: Connection) -> None:
    """Forget all states, before a rebuild."""
    connection.execute(delete(tables.card_state).where(_s.learner == LEARNER))


def everything(connection: Connection) -> dict[str, CardState]:
    """Return the state of every card that has one."""
    return {row[0]: _state(row) for row in connection.execute(_STATES)}


def memories(connection: Connection, cards: Sequence[str] | None = None) -> dict[str, CardMemory]:
    """Return the memory of every card that was answered, or of those of some."""
    found: dict[str, CardMemory] = {}
    rows = (
        connection.execute(_MEMORIES)
        if cards is None
        else connection.execute(_SOME_MEMORIES, {"cards": cards})
    )
    for card, *fields in rows:
        memory = _memory(fields)
        if memory is not None:
            found[card] = memory
    return found


def done_on(connection: Connection, day: date) -> tuple[int, int]:
    """Return how many cards were new on a study day, and how many older ones were answered."""
    new, reviews = connection.execute(_DONE, {"day": day.isoformat()}).one()
    return new, reviews


def failed_on(connection: Connection, day: date) -> set[str]:
    """Return the cards that were answered with Again on a study day."""
    rows = connection.execute(_RATED, {"day": day.isoformat()})
    return {card for card, payload in rows if from_json(payload).get("rating") == _AGAIN}


def load(connection: Connection, first: date, last: date) -> dict[date, int]:
    """Return how many cards that are not suspended fall due on each of some study days."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return {_parsed(day): count for day, count in connection.execute(_LOAD, days)}


def wanted(connection: Connection, day: date) -> list[str]:
    """Return the cards never answered that are wanted by a study day, soonest first."""
    return list(connection.execute(_WANTED, {"day": day.isoformat()}).scalars())


def tags(connection: Connection) -> Counter[str]:
    """Return how many cards have each tag."""
    rows = connection.execute(_TAGS)
    return Counter(tag for _, told in rows for tag in json.loads(told))


def tagged(connection: Connection, tag: str) -> set[str]:
    """Return the cards that have a tag."""
    return {card for card, told in connection.execute(_TAGS) if tag in json.loads(told)}


def _state(row: Sequence[Any]) -> CardState:
    fields = row[1:]
    first_day, suspended, buried_until, flag, clock, tags, wanted = fields[len(_MEMORY) :]
    return CardState(
        memory=_memory(fields[: len(_MEMORY)]),
        first_day=first_day,
        suspended=bool(suspended),
        buried_until=_day(buried_until),
        flag=flag,
        clock=clock,
        tags=frozenset(json.loads(tags)) if tags else frozenset(),
        wanted=_day(wanted),
    )


def _memory(fields: Sequence[Any]) -> CardMemory | None:
    phase, step, stability, difficulty, due_at, due_day, last_day, reps, lapses = fields
    if phase is None:
        return None
    return CardMemory(
        phase=phase,
        step=step,
        stability=stability,
        difficulty=difficulty,
        due_at=due_at,
        due_day=_day(due_day),
        last_day=_parsed(last_day),
        reps=reps,
        lapses=lapses,
    )


def _row(card: str, state: CardState) -> dict[str, Any]:
    memory = state.memory
    known = {column.name: getattr(memory, column.name, None) for column in _MEMORY}
    return {
        **known,
        "learner": LEARNER,
        "card": card,
        "due_day": _text(known["due_day"]),
        "last_day": _text(known["last_day"]),
        "first_day": state.first_day,
        "suspended": int(state.suspended),
        "buried_until": _text(state.buried_until),
        "flag": state.flag,
        "clock": state.clock,
        "tags": json.dumps(sorted(state.tags)) if state.tags else None,
        "wanted": _text(state.wanted),
    }


def _day(text: str | None) -> date | None:
    return None if text is None else _parsed(text)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
