"""Why there is no plan, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.exam_terms import too_far

if TYPE_CHECKING:
    from datetime import date

    from quizapp.study.settings import Settings

_NO_DATE = (
    "There is no plan yet. With the day of the exam and the minutes that you have each day, every "
    "day brings what is worth most on the day of the exam, and this screen shows what you will "
    "recall then. Press , to set them."
)
_NO_MINUTES = (
    "There is no plan yet: it takes the minutes that you have each day. Press , to set them."
)
_PUT_ASIDE = (
    "You study without a plan: each day brings what is due, with limits. Press , to let a plan "
    "until the exam say what a day brings."
)
_TODAY = "The exam is today: nothing is left to plan. Good luck!"
_OVER = "The exam is over: nothing is left to plan. Press , when there is another one."
_TOO_FAR = (
    "There is no plan yet: the exam is more than a year away. Until then each day brings what is "
    "due. Press , if the year is not right."
)
_NO_CARDS = "There is nothing to plan: the course has no cards and no computations for its exam."


def why_none(settings: Settings, today: date) -> str:
    """What stands in the place of a plan."""
    exam = settings.exam_date
    if exam is not None and exam < today:
        return _OVER
    if exam is not None and exam == today:
        return _TODAY
    if not settings.plan:
        return _PUT_ASIDE
    if exam is None:
        return _NO_DATE
    if too_far(settings, today):
        return _TOO_FAR
    return _NO_MINUTES if settings.minutes_a_day is None else _NO_CARDS
