"""All that happened to one card, from the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizapp.scheduling.memory import Rating, describe_interval
from quizapp.study.query.terms import FLAGS

if TYPE_CHECKING:
    from datetime import date

    from quizapp.store.events import Event
    from quizapp.store.replay import CardState
    from quizapp.study.workspace import Workspace

_WHYS = {"failed-skill": "after a failed exercise"}


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a card."""

    day: date
    """The study day."""
    what: str
    """In a few words: Good, flag 1, suspended."""
    undone: bool = False
    """Taken back later."""
    seconds: float | None = None
    """How long an answer took; None for what is no answer."""
    interval: str = ""
    """What the answer led to, as it stood on the button; "" for what is no answer."""
    stability: float | None = None
    """Days, after the answer."""


@dataclass(frozen=True, slots=True)
class CardHistory:
    """Where a card stands, and what led there."""

    state: CardState
    happened: tuple[Happened, ...]
    """In the order in which it happened."""


def card_history(workspace: Workspace, card: str) -> CardHistory:
    """Return the history of a card or of an exercise on the schedule. Raises StoreError."""
    from quizapp.store.events import SCHEDULER
    from quizapp.store.replay import CardState, Settings, fold

    store = workspace.store
    settings = Settings(store.events(SCHEDULER))
    state, happened = CardState(), []
    for event, undone in store.history(card):
        if not undone:
            state = fold(state, event, settings.at(event))
        told = _told(event, state, undone=undone)
        if told is not None:
            happened.append(told)
    return CardHistory(state, tuple(happened))


def _told(event: Event, state: CardState, *, undone: bool) -> Happened | None:
    what = _what(event)
    if what is None:
        return None
    ms = event.payload.get("ms")
    seconds = ms / 1000 if isinstance(ms, int) and event.kind in {"review", "cram"} else None
    memory = state.memory
    if event.kind != "review" or undone or memory is None:
        return Happened(event.day, what, undone, seconds)
    interval = describe_interval(memory, event.moment, event.day)
    return Happened(event.day, what, undone, seconds, interval, memory.stability)


def _what(event: Event) -> str | None:
    """What happened, in a few words; None for what concerns nobody."""
    payload = event.payload
    match event.kind:
        case "review":
            return _rating(payload.get("rating"))
        case "cram":
            rating = _rating(payload.get("rating"))
            return f"crammed: {rating}" if rating else "crammed"
        case "suspend":
            return "suspended" if payload.get("on") else "no longer suspended"
        case "bury":
            until = payload.get("until")
            return f"buried until {until}" if until else "no longer buried"
        case "flag":
            return _flag(payload.get("value"))
        case "tag":
            return f"tag {payload.get('tag')}{'' if payload.get('on') else ' taken away'}"
        case "reschedule":
            why = _WHYS.get(str(payload.get("why")), "")
            return f"to come on {payload.get('day')} {why}".rstrip()
        case "forget":
            return "made new again"
    return None


def _flag(value: Any) -> str:
    if not value:
        return "flag taken away"
    return f"flag {value} {FLAGS[value]}" if value in range(len(FLAGS)) else f"flag {value}"


def _rating(rating: Any) -> str | None:
    return Rating(rating).name.capitalize() if rating in tuple(Rating) else None
