"""What a setting would mean as it is typed, said before it is saved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.study.settings import changed
from quizapp.study.spans import day_of

if TYPE_CHECKING:
    from datetime import date

    from quizapp.study.settings import Settings

_NAMES = {
    "mon": "Mondays",
    "tue": "Tuesdays",
    "wed": "Wednesdays",
    "thu": "Thursdays",
    "fri": "Fridays",
    "sat": "Saturdays",
    "sun": "Sundays",
}
_MOST_DAYS = 4


def meaning(settings: Settings, name: str, text: str, today: date) -> str:
    """What the text would mean in the line of a setting, "" where nothing needs to be said.

    Raises SettingsError where it does not fit (yet).
    """
    typed = changed(settings, name, text)
    match name:
        case "exam_date":
            return until(typed.exam_date, today)
        case "minutes_a_day" if typed.minutes_a_day is None and typed.exam_date is not None:
            return "Without minutes a day there is no plan until the exam."
        case "days_off":
            return _off(typed.days_off, typed.exam_date, today)
        case "easy_days":
            return _easy(typed)
        case _:
            return ""


def until(exam: date | None, today: date) -> str:
    """How far away the exam would be."""
    if exam is None:
        return ""
    days = (exam - today).days
    if days > 1:
        return f"That is in {days} days, {day_of(exam)}."
    if days == 1:
        return "That is tomorrow."
    return "That is today." if days == 0 else "That day is over; is the year right?"


def _off(days: tuple[date, ...], exam: date | None, today: date) -> str:
    """Which days that are, and how many of those until the exam stay."""
    if not days:
        return ""
    ahead = [day for day in days if day >= today]
    if not ahead:
        return "These days are all over."
    named = ", ".join(day_of(day) for day in ahead[:_MOST_DAYS])
    more = f" and {len(ahead) - _MOST_DAYS} more" if len(ahead) > _MOST_DAYS else ""
    told = f"Off: {named}{more}."
    if exam is None or exam <= today:
        return told
    count = (exam - today).days
    left = count - sum((today + timedelta(days=n)) in set(days) for n in range(count))
    return f"{told} {left} of {count} days until the exam stay."


def _easy(settings: Settings) -> str:
    """The weekdays in words, with minutes where they are known."""
    said = []
    for day, share in settings.easy_days.items():
        if not share:
            said.append(f"{_NAMES[day]} off")
        elif settings.minutes_a_day is None:
            said.append(f"{_NAMES[day]} {share:.0%} of a day")
        else:
            said.append(f"{_NAMES[day]} {settings.minutes_a_day * share:.0f} min")
    return f"{', '.join(said)}." if said else ""
