"""Which backups to keep: all of the last days, then fewer and fewer, as Anki does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

RECENT_DAYS = 2
"""Of today and yesterday every backup is kept."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How many backups of older days are kept, one for each day, week or month."""

    daily: int = 12
    weekly: int = 10
    monthly: int = 9


def superfluous(moments: Iterable[datetime], now: datetime, keep: Keep | None = None) -> set[int]:
    """Return which backups to delete, as their places in ``moments``.

    ``moments`` are when they were taken, aware; days are those of the zone of ``now``. From the
    newest to the oldest, one counts for each day until the number for days is used up, then one
    for each week, then one for each month. What is taken later than ``now`` stays.
    """
    keep = keep or Keep()
    left = [keep.daily, keep.weekly, keep.monthly]
    placed = sorted(enumerate(moments), key=lambda pair: pair[1], reverse=True)
    last: list[object] = [None, None, None]
    useless = set()
    for place, moment in placed:
        local = moment.astimezone(now.tzinfo)
        periods = [local.date(), local.isocalendar()[:2], (local.year, local.month)]
        if (now.date() - local.date()).days < RECENT_DAYS:
            last = list(periods)
            continue
        level = next((n for n in range(3) if left[n] > 0), None)
        if level is None or periods[level] == last[level]:
            useless.add(place)
            continue
        left[level] -= 1
        last = list(periods)
    return useless
