"""Whether a value fits its setting, typed or from the file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from quizapp.study.settings import calendar
from quizapp.study.settings.model import SettingsError

if TYPE_CHECKING:
    from quizapp.study.settings.model import Settings

_RANGES: dict[str, tuple[float, float]] = {
    "minutes_a_day": (1, 1440),
    "new_a_day": (0, 1000),
    "reviews_a_day": (0, 10_000),
    "skills_a_day": (0, 50),
    "rollover_hour": (0, 23),
    "retention": (0.7, 0.97),
}
_YEARS = range(1900, 2900)
"""Those in which a log may be read elsewhere, too."""
_SWITCHES = frozenset({"plan", "beyond_exam"})
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def typed(name: str, text: str) -> Any:
    """The value of what was typed; "" clears an optional setting. Raises SettingsError."""
    if name in {"exam_date", "minutes_a_day"} and not text:
        return None
    match name:
        case "exam_date":
            return stored(name, _date(text))
        case "days_off":
            return calendar.days_off_typed(text)
        case "easy_days":
            return calendar.easy_days_typed(text)
        case "packs":
            raise SettingsError("use `quizapp content add PATH` or `remove PATH`.", where=name)
    if name in _SWITCHES:
        return stored(name, _TRUTHS.get(text.lower(), text))
    if name in _RANGES:
        return _number(name, text)
    return stored(name, text)


def as_typed(settings: Settings, name: str) -> str:
    """A setting as one would type it; "" for one that is not set."""
    value = getattr(settings, name)
    match name:
        case "days_off":
            return calendar.days_off_text(value)
        case "easy_days":
            return calendar.easy_days_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def stored(name: str, value: Any) -> Any:
    """A value of the file, checked. Raises SettingsError."""
    if name in _RANGES:
        return _within(name, value)
    if name in _SWITCHES:
        if not isinstance(value, bool):
            raise SettingsError("it must be true or false.", where=name)
        return value
    match name:
        case "packs":
            return _paths(value)
        case "days_off":
            return calendar.days_off_stored(value)
        case "easy_days":
            return calendar.easy_days_stored(value)
        case "exam_date":
            if type(value) is not date or value.year not in _YEARS:
                raise SettingsError("it must be a date such as 2026-12-24.", where=name)
            return value
    if not isinstance(value, str) or not value.isprintable() or len(value) > 60:
        raise SettingsError("it must be a short text.", where=name)
    if name == "answer_by" and value not in {"slides", "textbook"}:
        raise SettingsError('it must be "slides" or "textbook".', where=name)
    return value


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"'{text}' is no date; write it as 2026-12-24.", where="exam_date"
        ) from None


def _number(name: str, text: str) -> Any:
    number = float if name == "retention" else int
    try:
        return stored(name, number(text.replace(",", ".")))
    except ValueError:
        least, most = _RANGES[name]
        raise SettingsError(
            f"'{text}' is no number; write one from {least:g} to {most:g}.", where=name
        ) from None


def _within(name: str, value: Any) -> Any:
    least, most = _RANGES[name]
    fits = isinstance(value, float) if name == "retention" else isinstance(value, int)
    if isinstance(value, bool) or not fits or not least <= value <= most:
        raise SettingsError(f"it must be a number from {least:g} to {most:g}.", where=name)
    return value


def _paths(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list | tuple) else [None]
    if not all(isinstance(path, str) and path and path.isprintable() for path in listed):
        message = 'packs must be a list of paths, such as ["/home/me/deck"].'
        raise SettingsError(message, where="packs")
    return tuple(dict.fromkeys(listed))
