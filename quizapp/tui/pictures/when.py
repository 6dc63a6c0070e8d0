"""When the exam is, for the right end of a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.spans import day_of
from quizapp.tui.say import say

if TYPE_CHECKING:
    from datetime import date

    from textual.content import Content

_SOON = 3
"""An exam in so few days stands out."""


def when(exam: date | None, days_left: int | None) -> Content:
    """How many days are left and the day; that none is set."""
    if exam is None or days_left is None:
        return say("exam date not set", "$text-muted")
    if days_left > 1:
        told = f"exam in {days_left} days, {day_of(exam)}"
    elif days_left == 1:
        told = f"exam tomorrow, {day_of(exam)}"
    elif days_left == 0:
        told = "exam today"
    else:
        told = f"exam was on {day_of(exam)}"
    return say(told, "bold $text-warning" if 0 <= days_left <= _SOON else "bold")
