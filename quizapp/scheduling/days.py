"""Study days: a day that ends when the student goes to bed, not at midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta

ROLLOVER_HOUR = 4
"""The local hour at which the next study day begins, unless a setting says otherwise."""


def study_day(moment: datetime, rollover_hour: int = ROLLOVER_HOUR) -> date:
    """Return the study day of an aware moment, read off its own local wall clock.

    The wall clock and not UTC decides: rolled over in UTC, the day of the spring change
    would be 23 hours long and count as no day at all. Raises ``ValueError`` for a naive moment.
    """
    if moment.tzinfo is None:
        raise ValueError("a study day needs an aware moment")
    return (moment.replace(tzinfo=None) - timedelta(hours=rollover_hour)).date()
