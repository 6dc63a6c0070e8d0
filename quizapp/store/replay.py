"""From events to card state: the one fold that live answers and a rebuild share."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quizapp.scheduling.memory import CardMemory, Scheduler
from quizapp.store.events import CARD_KINDS, TRAINING, Event, Payload

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

    tags: frozenset[str] = frozenset()
    """The tags that the student gave it; those of the content are not here."""

    wanted: date | None = None
    """From which study day on a card that was never answered comes first among the new ones."""

    clock: int = 0
    """The clock of the last event about it."""


_NOTHING = CardState()
_RATINGS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds at one place of the log.

    A device that has not heard of a training yet writes down the parameters it counts with, and
    would end the training by that. So trained parameters hold until the next training, whatever
    else is set, and a change of the retention leaves them alone.
    """

    written: Scheduler | None = None
    """As the devices counted without training; None before the first setting."""

    trained: tuple[float, ...] | None = None
    """The parameters of the last training."""

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler of an answer at this place."""
        return self.adapted(self.written or default_scheduler())

    def adapted(self, scheduler: Scheduler) -> Scheduler:
        """Return a scheduler with the trained parameters, if there are any."""
        return _scheduler(scheduler.retention, self.trained) if self.trained else scheduler

    def change_to(self, scheduler: Scheduler) -> dict[str, Any] | None:
        """Return what must be written down before a scheduler is used here, None for nothing."""
        if self.trained is None:
            return None if self.written == scheduler else settings_of(scheduler)
        if self.written is not None and self.written.retention == scheduler.retention:
            return None
        return {"retention": scheduler.retention}

    def after(self, event: Event) -> InForce:
        """Return what holds after a scheduler event; one that cannot be read changes nothing."""
        if event.subject == TRAINING:
            trained = trained_parameters(event.payload)
            return self if trained is None else replace(self, trained=trained)
        payload = event.payload
        if "parameters" not in payload:
            parameters = (self.written or default_scheduler()).parameters
            payload = {**payload, "parameters": list(parameters)}
        written = scheduler_of(payload)
        return self if written is None else replace(self, written=written)


class Settings:
    """Which scheduler holds when: each scheduler event from its own clock on.

    The parameters of a training that is to be replayed hold for what came before it, too.
    ``parameters`` are put in the place of all trained ones, to see what they would lead to.
    """

    def __init__(
        self, events: Iterable[Event], *, parameters: tuple[float, ...] | None = None
    ) -> None:
        ordered = sorted(events, key=lambda event: event.order)
        if parameters is not None:
            ordered = [event for event in ordered if event.subject != TRAINING]
        replayed = [event for event in ordered if _is_replayed(event)]
        if replayed:
            parameters = trained_parameters(replayed[-1].payload)
        self._orders: list[tuple[int, str]] = []
        self._held = [InForce(trained=parameters)]
        for event in ordered:
            # Trainings up to the last one that is replayed have no place of their own any more.
            if event.subject != TRAINING or not replayed or event.order > replayed[-1].order:
                self._orders.append(event.order)
                self._held.append(self._held[-1].after(event))
        self._schedulers = [held.scheduler for held in self._held]

    def before(self, order: tuple[int, str]) -> InForce:
        """Return what holds at a place of the log."""
        return self._held[bisect.bisect_left(self._orders, order)]

    def at(self, event: Event) -> Scheduler:
        """Return the scheduler in force at an event; before the first setting, the default."""
        return self._schedulers[bisect.bisect_left(self._orders, event.order)]


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
    except (TypeError, ValueError, OverflowError):
        return None


def trained_parameters(payload: Payload) -> tuple[float, ...] | None:
    """Return the parameters of a training, or None if it takes a newer version to read them."""
    scheduler = scheduler_of({**payload, "retention": default_scheduler().retention})
    return None if scheduler is None else scheduler.parameters


def _is_replayed(event: Event) -> bool:
    if event.subject != TRAINING or event.payload.get("replay") is not True:
        return False
    return trained_parameters(event.payload) is not None


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
        case "review" if payload.get("rating") in _RATINGS:
            return _reviewed(state, event, scheduler)
        case "suspend" if isinstance(payload.get("on"), bool):
            return replace(state, suspended=payload["on"], clock=event.clock)
        case "bury" if _is_day(payload.get("until")):
            until = payload["until"]
            day = date.fromisoformat(until) if until else None
            return replace(state, buried_until=day, clock=event.clock)
        case "flag" if isinstance(payload.get("value"), int):
            return replace(state, flag=int(payload["value"]), clock=event.clock)
        case "tag" if _is_tag(payload.get("tag")) and isinstance(payload.get("on"), bool):
            tag = {payload["tag"]}
            tags = state.tags | tag if payload["on"] else state.tags - tag
            return replace(state, tags=tags, clock=event.clock)
        case "reschedule" if payload.get("day") is not None and _is_day(payload["day"]):
            return _rescheduled(state, event)
        case "forget":
            return replace(state, memory=None, first_day=None, wanted=None, clock=event.clock)
    return state


def replay(events: Iterable[Event], settings: Settings) -> dict[str, CardState]:
    """Return the state of every card that the events, none of them undone, speak of."""
    return replay_in_order(sorted(events, key=lambda event: event.order), settings)


def replay_in_order(events: Iterable[Event], settings: Settings) -> dict[str, CardState]:
    """Return the same from events that come in replay order, one by one."""
    states: dict[str, CardState] = {}
    for event in events:
        if event.kind in CARD_KINDS:
            before = states.get(event.subject, _NOTHING)
            after = fold(before, event, settings.at(event))
            if after is not before:
                states[event.subject] = after
    return states


def _reviewed(state: CardState, event: Event, scheduler: Scheduler) -> CardState:
    rating = int(event.payload["rating"])
    due = event.payload.get("due")
    memory = scheduler.answer_at(
        state.memory,
        rating,
        event.at,
        event.day,
        event.subject,
        date.fromisoformat(due) if due is not None and _is_day(due) else None,
    )
    first_day = state.first_day or event.study_day
    return replace(state, memory=memory, first_day=first_day, wanted=None, clock=event.clock)


def _rescheduled(state: CardState, event: Event) -> CardState:
    """A card that was answered is due that day, also one being learned; a new one is wanted."""
    day = date.fromisoformat(event.payload["day"])
    if state.memory is None:
        return replace(state, wanted=day, clock=event.clock)
    memory = replace(state.memory, phase="review", step=None, due_at=None, due_day=day)
    return replace(state, memory=memory, clock=event.clock)


def _is_tag(value: object) -> bool:
    return isinstance(value, str) and value != ""


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
