"""Days off and easy days: as they are typed, and as the file has them.

Typed, days off are dates and ranges, ``2026-12-24, 2026-12-27..2026-12-31``, and easy days are
weekdays with a share of the usual load, ``sat 50 %, sun off``. The readers raise ``SettingsError``
with the part that does not fit and what would.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from quizapp.core.text import quoted
from quizapp.study.settings.model import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_DAYS_OFF = 1000
_LONGEST_RANGE = 366
_RANGE = ".."
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_OFF = frozenset({"off", "free", "none"})
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%", re.ASCII)
_DECIMALS = 4
"""A share is kept to a hundredth of a percent."""
_HOW_OFF = "write dates such as 2026-12-24 and ranges such as 2026-12-24..2026-12-26."
_HOW_EASY = "write weekdays with a share of the usual load, such as sat 50 %, sun off."


def days_off_typed(text: str) -> tuple[date, ...]:
    """The days of what was typed, ascending, each once."""
    return _days_off(day for part in _parts(text) for day in _range(part))


def days_off_stored(value: Any) -> tuple[date, ...]:
    """The days of the list that the file has."""
    if not isinstance(value, list | tuple) or not all(type(day) is date for day in value):
        raise SettingsError(
            "days_off must be a list of dates, such as [2026-12-24, 2026-12-25].", where="days_off"
        )
    return _days_off(value)


def days_off_text(days: Iterable[date]) -> str:
    """The days as one would type them: neighbours as a range."""
    runs: list[list[date]] = []
    for day in sorted(set(days)):
        if runs and day == runs[-1][-1] + timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(days) for days in runs)


def easy_days_typed(text: str) -> dict[str, float]:
    """The weekdays of what was typed with their share, in the order of the week."""
    found: dict[str, float] = {}
    # A decimal comma is no separator.
    for part in re.split(r",(?!\d)|;", text):
        if part.strip():
            day, share = _weekday(part.strip())
            if day in found:
                raise _uneasy(f"{day} stands there twice; keep one of them.")
            found[day] = share
    return _week(found)


def easy_days_stored(value: Any) -> dict[str, float]:
    """The weekdays of the table that the file has."""
    if not isinstance(value, dict):
        raise _uneasy("easy_days must be a table, such as {sat = 0.5, sun = 0}.")
    for day, share in value.items():
        if day not in WEEKDAYS:
            raise _uneasy(f"{quoted(str(day))} is no weekday; they are {', '.join(WEEKDAYS)}.")
        number = isinstance(share, int | float) and not isinstance(share, bool)
        if not number or not 0 <= share <= 1:
            raise _uneasy(f"the share of {day} must be a number from 0 (off) to 1 (as usual).")
    return _week({day: float(share) for day, share in value.items()})


def easy_days_text(shares: Mapping[str, float]) -> str:
    """The weekdays as one would type them."""
    return ", ".join(f"{day} {_percent(share)}" for day, share in shares.items())


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in re.split(r"[,;]", text) if part.strip())


def _range(part: str) -> list[date]:
    begin, between, end = part.partition(_RANGE)
    first = _date(begin.strip(), part)
    last = _date(end.strip(), part) if between else first
    if last < first:
        raise _off(f"{quoted(part)} ends before it begins; the earlier day comes first.")
    if (last - first).days >= _LONGEST_RANGE:
        raise _off(f"{quoted(part)} is longer than a year; write shorter ranges.")
    return [first + timedelta(days=index) for index in range((last - first).days + 1)]


def _date(text: str, part: str) -> date:
    if _DATE.fullmatch(text):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text)
    raise _off(f"{quoted(part)} is no date; {_HOW_OFF}")


def _days_off(days: Iterable[date]) -> tuple[date, ...]:
    found = tuple(sorted(set(days)))
    if len(found) > MOST_DAYS_OFF:
        raise _off(f"these are {len(found)} days; at most {MOST_DAYS_OFF} can be kept.")
    return found


def _run(days: list[date]) -> str:
    if len(days) == 1:
        return days[0].isoformat()
    return f"{days[0].isoformat()}{_RANGE}{days[-1].isoformat()}"


def _weekday(part: str) -> tuple[str, float]:
    name, _, rest = part.partition(" ")
    day, said = name.lower()[:3], rest.strip().lower()
    whole = name.isalpha() and len(name) >= len(day)
    if day not in WEEKDAYS or not whole or not _NAMES[day].startswith(name.lower()):
        raise _uneasy(f"{quoted(part)} names no weekday; {_HOW_EASY}")
    if said in _OFF:
        return day, 0.0
    share = _SHARE.fullmatch(said)
    if share is None or (value := float(share[1].replace(",", "."))) > 100:
        raise _uneasy(f"{quoted(part)} has no share from 0 % to 100 %; {_HOW_EASY}")
    return day, value / 100


_NAMES = {
    "mon": "monday",
    "tue": "tuesday",
    "wed": "wednesday",
    "thu": "thursday",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
}


def _percent(share: float) -> str:
    return "off" if share == 0 else f"{share * 100:.2f}".rstrip("0").rstrip(".") + " %"


def _week(shares: Mapping[str, float]) -> dict[str, float]:
    """The shares in the order of the week, days as usual left out."""
    rounded = {day: round(share, _DECIMALS) for day, share in shares.items()}
    found = {day: rounded[day] for day in WEEKDAYS if rounded.get(day, 1.0) < 1.0}
    if len(found) == len(WEEKDAYS) and not any(found.values()):
        raise _uneasy("not all days of a week can be off; leave one.")
    return found


def _off(message: str) -> SettingsError:
    return SettingsError(message, where="days_off")


def _uneasy(message: str) -> SettingsError:
    return SettingsError(message, where="easy_days")
