"""How times, points and questions of an exam are written."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.tui.say import say

if TYPE_CHECKING:
    from textual.content import Content

WARNINGS = (timedelta(minutes=1), timedelta(minutes=5))
"""With so much time left the student is warned, the last warning first."""


def clock(time: timedelta) -> str:
    """A time as ``6:12``; a second that has begun counts."""
    minutes, seconds = divmod(math.ceil(time.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def remaining(left: timedelta) -> Content:
    """The time that is left, with a warning in words when it gets short."""
    told = f"{clock(left)} left"
    if left <= WARNINGS[0]:
        return say(f"⚠ last minute · {told}", "bold $text-error")
    if left <= WARNINGS[1]:
        return say(f"⚠ under 5 minutes · {told}", "bold $text-warning")
    return say(told, "bold")


def points(number: float) -> str:
    """``1 point``, ``2.5 points``."""
    return f"{number:g} point{'s' if number != 1 else ''}"


def earned(number: float, of: float) -> str:
    """``2.5 of 4 points``."""
    return f"{number:g} of {points(of)}"


def numbered(numbers: list[int]) -> str:
    """Question numbers, counted from 0, as people say them: ``2, 5 and 9``."""
    told = [str(number + 1) for number in numbers]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
