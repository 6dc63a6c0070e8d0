"""From events to card state: the one fold that live answers and a rebuild share."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quizapp.scheduling.memory import CardMemory, Rating, Scheduler
from quizapp.store.events import BURY, FLAG, REVIEW, SUSPEND, UNDO, Event, Payload

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class CardState:
    """All that the log says about one card."""

    memory: CardMemory | None = None
    """None for a card that was never answered."""

    first_day: str | None = None
    """The study day of its first answer, ISO text."""

    suspended: bool = False
    buried_until: date | None = None
    """The first study day on which it may come again; None when not buried."""

    flag: int = 0
    """0 means no flag."""

    clock: int = 0
    """The clock of the last event about it."""


class Settings:
    """Which scheduler holds when: each scheduler event from its own clock on."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._orders: list[tuple[int, str]] = []
        self._schedulers: list[Scheduler] = []
        for event in sorted(events, key=lambda event: event.order):
            scheduler = scheduler_of(event.payload)
            if scheduler is not None:
                self._orders.append(event.order)
                self._schedulers.append(scheduler)

    def at(self, event: Event) -> Scheduler:
        """Return the scheduler in force at an event; before the first setting, the default."""
        index = bisect.bisect_left(self._orders, event.order)
        return self._schedulers[index - 1] if index else default_scheduler()


def settings_of(scheduler: Scheduler) -> dict[str, Any]:
    """Return a scheduler as the payload of a scheduler event."""
    return {"retention": scheduler.retention, "parameters": list(scheduler.parameters)}


def scheduler_of(payload: Payload) -> Scheduler | None:
    """Return the scheduler of a payload, or None if it takes a newer version to read it."""
    retention, parameters = payload.get("retention"), payload.get("parameters")
    if not isinstance(retention, int | float) or not isinstance(parameters, list):
        return None
    try:
        return _scheduler(float(retention), tuple(parameters))
    except (TypeError, ValueError):
        return None


@lru_cache(maxsize=32)
def _scheduler(retention: float, parameters: tuple[float, ...]) -> Scheduler:
    return Scheduler(parameters, retention)


@lru_cache(maxsize=1)
def default_scheduler() -> Scheduler:
    """Return the scheduler of a log without settings."""
    return Scheduler()


def fold(state: CardState, event: Event, scheduler: Scheduler) -> CardState:
    """Return the state after one event; what this version cannot read changes nothing."""
    payload = event.payload
    match event.kind:
        case "review" if payload.get("rating") in tuple(Rating):
            state = _reviewed(state, event, scheduler)
        case "suspend" if isinstance(payload.get("on"), bool):
            state = replace(state, suspended=payload["on"])
        case "bury" if _is_day(payload.get("until")):
            until = payload["until"]
            state = replace(state, buried_until=date.fromisoformat(until) if until else None)
        case "flag" if isinstance(payload.get("value"), int):
            state = replace(state, flag=int(payload["value"]))
        case _:
            return state
    return replace(state, clock=event.clock)


def replay(events: Iterable[Event], settings: Settings) -> dict[str, CardState]:
    """Return the state of every card that the events, none of them undone, speak of."""
    states: dict[str, CardState] = {}
    for event in sorted(events, key=lambda event: event.order):
        if event.kind in {REVIEW, SUSPEND, BURY, FLAG}:
            before = states.get(event.subject, CardState())
            after = fold(before, event, settings.at(event))
            if after is not before:
                states[event.subject] = after
    return states


def resolve(undos: Iterable[Event]) -> set[str]:
    """Return the ids of the events that are undone, given all events of kind undo.

    From the last to the first: nothing takes back the last undo, so it holds; one that a
    later undo in force names (a redo) does not.
    """
    undone: set[str] = set()
    for event in sorted(undos, key=lambda event: event.order, reverse=True):
        if event.kind == UNDO and event.id not in undone:
            undone.update(targets_of(event))
    return undone


def targets_of(undo: Event) -> tuple[str, ...]:
    """Return the ids of the events that an undo names."""
    targets = undo.payload.get("targets")
    return (
        tuple(id_ for id_ in targets if isinstance(id_, str)) if isinstance(targets, list) else ()
    )


def _reviewed(state: CardState, event: Event, scheduler: Scheduler) -> CardState:
    rating = Rating(event.payload["rating"])
    memory = scheduler.answer(state.memory, rating, event.moment, event.day, event.subject)
    return replace(state, memory=memory, first_day=state.first_day or event.study_day)


def _is_day(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
