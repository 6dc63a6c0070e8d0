"""A day as somebody types it: tomorrow, in 5 days, friday, 2026-12-01."""

from __future__ import annotations

from datetime import date, timedelta

from quizapp.core.errors import QuizError
from quizapp.core.text import quoted

FURTHEST_DAYS = 3650
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"day": 1, "days": 1, "d": 1, "week": 7, "weeks": 7, "w": 7}
_WAY = "write tomorrow, in 5 days, in 2 weeks, friday or 2026-12-01."


class DayError(QuizError):
    """Words that are no day to come."""

    code = "day"


def read_day(text: str, today: date) -> date:
    """The day, today or later. Raises DayError, which says what fits."""
    words = text.lower().removeprefix("+").split()
    found = _named(words, today) or _counted(words, today) or _written(words)
    if found is None:
        told = f"{quoted(text.strip())} is no day" if words else "a day is missing"
        raise DayError(f"{told}; {_WAY}")
    if found < today:
        raise DayError(f"{found} is past; {_WAY}")
    if (found - today).days > FURTHEST_DAYS:
        raise DayError("this is more than ten years away; choose an earlier day.")
    return found


def _named(words: list[str], today: date) -> date | None:
    if words[:1] in (["on"], ["next"]):
        words = words[1:]
    match words:
        case ["today"]:
            return today
        case ["tomorrow"]:
            return today + timedelta(days=1)
        case [name] if len(name) >= 3:
            days = [day for day, whole in enumerate(_NAMES) if whole.startswith(name)]
            if days:
                # Today's own name is the day in a week.
                return today + timedelta(days=(days[0] - today.weekday() - 1) % 7 + 1)
    return None


def _counted(words: list[str], today: date) -> date | None:
    if words[:1] == ["in"]:
        words = words[1:]
    number, *unit = words or [""]
    if not (number.isascii() and number.isdecimal()) or len(number) > 6 or len(unit) > 1:
        return None
    days = _UNITS.get(unit[0] if unit else "days")
    if days is None:
        return None
    return today + timedelta(days=min(int(number) * days, FURTHEST_DAYS + 1))


def _written(words: list[str]) -> date | None:
    try:
        return date.fromisoformat(" ".join(words))
    except ValueError:
        return None
