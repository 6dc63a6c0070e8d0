"""Days and spans of time in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_MINUTE = 60
_HOUR = 60


def day_of(day: date) -> str:
    """A day as ``Mon 2 Mar``."""
    return f"{day:%a} {day.day} {day:%b}"


def lasting(seconds: float) -> str:
    """A span as ``12 min`` or ``1 h 20 min``."""
    minutes = round(seconds / _MINUTE)
    if minutes < 1:
        return "< 1 min"
    hours, rest = divmod(minutes, _HOUR)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
