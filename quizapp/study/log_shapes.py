"""What an entry of each kind must hold for the use cases to read it: asked of entries from outside.

Kinds that this version does not know are kept for one that does.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from quizapp.core.text import clean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizapp.store.events import Event

    Test = Callable[[Any], bool]

_LONGEST = 2**31
"""Seconds, milliseconds, numbers of questions: none is larger."""
_LONGEST_TAG = 200
_FIRST, _LAST = date(1900, 1, 1), date(2900, 1, 1)


def _whole(value: Any) -> bool:
    return type(value) is int and 0 <= value < _LONGEST


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LONGEST


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _texts(value: Any) -> bool:
    return isinstance(value, list | dict) and all(map(_text, value))


def _pairs(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) == 2 and all(map(_number, one)) for one in value
    )


def _day(value: Any) -> bool:
    try:
        return value is None or (_text(value) and bool(date.fromisoformat(value)))
    except ValueError:
        return False


def _some_day(value: Any) -> bool:
    return value is not None and _day(value)


def _near_day(value: Any) -> bool:
    """A day on which somebody may study: from it intervals are counted on."""
    return _some_day(value) and _FIRST <= date.fromisoformat(value) <= _LAST


def _tag(value: Any) -> bool:
    return (
        _text(value) and 0 < len(value) <= _LONGEST_TAG and clean(value) == value.replace("\n", " ")
    )


def _level(value: Any) -> bool:
    return value is None or _whole(value)


def _problem(value: Any) -> bool:
    return _mapping(value) and _level(value.get("level"))


def _computations(value: Any) -> bool:
    return isinstance(value, list) and all(
        _mapping(one) and _lacking(_COMPUTATION, one) is None for one in value
    )


_COMPUTATION: dict[str, Test] = {
    "family": _text, "level": _level, "score": _number, "slips": _texts,
}  # fmt: skip
# A question mark: it may be missing.
_SHAPES: dict[str, dict[str, Test]] = {
    "review": {
        "rating": _whole, "ms?": _number, "how?": _text, "due?": _day, "attempt?": _text,
        "with?": _text, "given?": _text,
    },
    "suspend": {"on": _truth},
    "bury": {"until": _day},
    "flag": {"value": _whole},
    "tag": {"tag": _tag, "on": _truth},
    "reschedule": {"day": _near_day, "why?": _text},
    "forget": {},
    "cram": {"rating": _whole, "ms?": _number, "why?": _text},
    "undo": {"targets": _texts},
    "quiz": {"known": _truth},
    "attempt": {
        "run": _text, "problem": _problem, "score": _number, "slips": _texts, "seconds?": _number,
    },
    "exam-start": {"title": _text, "course": _text, "questions": lambda v: isinstance(v, list)},
    "exam-open": {"spent?": _number, "question?": _whole},
    "exam-tick": {"spent?": _number, "question?": _whole},
    "exam-answer": {"spent?": _number, "question": _whole, "answer": _mapping},
    "exam-plan": {"exam": _near_day, "minutes": _whole, "goal": _number},
    "exam-drop": {"exam": _some_day, "dropped": lambda v: isinstance(v, list)},
    "exam-result": {"exam": _some_day, "share": _number},
    "exam-finish": {
        "spent?": _number, "points": _number, "of": _number, "questions?": _pairs,
        "computations?": _computations,
    },
}  # fmt: skip


def fault(event: Event) -> str | None:
    """Return why an entry cannot be used here, as a sentence; None where it can."""
    lacking = _lacking(_SHAPES.get(event.kind, {}), event.payload)
    if lacking is None:
        return None
    return (
        f"An entry of kind {quoted(event.kind)} has no '{lacking}' that this quizapp can read; "
        "upgrade it if another computer has a newer one."
    )


def _lacking(shape: Mapping[str, Test], payload: Mapping[str, Any]) -> str | None:
    """Return the first field that is missing or of another shape."""
    for name, fits in shape.items():
        key = name.removesuffix("?")
        if key not in payload:
            if key == name:
                return key
        elif not fits(payload[key]):
            return key
    return None
