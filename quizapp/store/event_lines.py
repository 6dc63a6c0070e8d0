"""An event as one line of JSON, and back: what comes from outside is checked field by field."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.json_text import JsonError, decode
from quizapp.core.text import clean, quoted
from quizapp.scheduling.memory import microseconds
from quizapp.store.events import FLAG, Event

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = (
    "id", "device", "clock", "at", "utc_offset", "study_day", "kind", "subject", "payload",
)  # fmt: skip
LONGEST_LINE = 64_000_000
"""Characters: the undo of what was done to a million cards at once names each of the events."""
# Beyond these no clock is right, and a schedule that replays them might leave the calendar.
_FIRST, _LAST = date(1900, 1, 1), date(2900, 1, 1)
_MOMENTS = tuple(microseconds(datetime(d.year, 1, 1, tzinfo=UTC)) for d in (_FIRST, _LAST))
_DAY_SECONDS = 86_400
_LARGEST_FLAG = 2**31
_LENGTHS = {"id": 100, "device": 100, "kind": 60, "subject": 1_000}


class EventLineError(QuizError):
    """A line that is no event."""

    code = "event-line"


def as_line(event: Event) -> str:
    """Return an event as JSON text, plain ASCII on one line."""
    fields = {name: getattr(event, name) for name in FIELDS}
    return json.dumps(fields, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def same(one: Event, other: Event) -> bool:
    """Return whether two events say the same, however their payloads are ordered."""
    return _canonical(one) == _canonical(other)


def _canonical(event: Event) -> str:
    return json.dumps({name: getattr(event, name) for name in FIELDS}, sort_keys=True)


def read_mapping(text: str) -> dict[str, Any]:
    """Return the mapping on a line. Raises EventLineError."""
    if len(text) > LONGEST_LINE:
        raise EventLineError(f"the line has more than {LONGEST_LINE} characters; delete it.")
    try:
        found = decode(text)
    except JsonError as error:
        place = f" at character {error.column}" if error.column else ""
        raise EventLineError(f"{error.sentence}{place}; {error.way_out}") from None
    if not isinstance(found, dict):
        raise EventLineError("the line is no JSON object; delete it.")
    return found


def read_event(fields: Mapping[str, Any]) -> Event:
    """Return the event that the fields describe. Raises EventLineError, naming the field.

    Its payload is data that any version may read: what a kind means by it is judged elsewhere.
    """
    for name in FIELDS:
        if name not in fields:
            raise _fault(name, "is missing")
    for name in fields:
        if name not in FIELDS:
            raise EventLineError(f"an entry has no field {quoted(name)}; delete the line.")
    event = Event(**{name: fields[name] for name in FIELDS})
    for name, most in _LENGTHS.items():
        _demand_text(name, fields[name], most, empty=name == "subject")
    _demand_whole("clock", event.clock, *_MOMENTS)
    _demand_whole("at", event.at, *_MOMENTS)
    _demand_whole("utc_offset", event.utc_offset, 1 - _DAY_SECONDS, _DAY_SECONDS - 1)
    _demand_day(event.study_day)
    if not isinstance(event.payload, dict):
        raise _fault("payload", "is no JSON object")
    _demand_flag(event)
    return event


def _demand_text(name: str, value: object, most: int, *, empty: bool) -> None:
    if not isinstance(value, str) or not (value or empty):
        raise _fault(name, "is no text")
    if len(value) > most:
        raise _fault(name, f"has more than {most} characters")
    if clean(value) != value or "\n" in value:
        raise _fault(name, "has characters that are not shown")


def _demand_whole(name: str, value: object, least: int, most: int) -> None:
    if type(value) is not int:
        raise _fault(name, "is no whole number")
    if not least <= value <= most:
        raise _fault(name, f"is not between {least} and {most}")


def _demand_day(value: object) -> None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or value != day.isoformat() or not _FIRST <= day <= _LAST:
        raise _fault("study_day", "is no day such as 2026-12-24")


def _demand_flag(event: Event) -> None:
    value = event.payload.get("value")
    if event.kind == FLAG and isinstance(value, int) and abs(value) >= _LARGEST_FLAG:
        raise _fault("payload", "has a flag that is too large")


def _fault(name: str, what: str) -> EventLineError:
    return EventLineError(f"the field '{name}' of the entry {what}; mend or delete the line.")
