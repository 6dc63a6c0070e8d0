"""The day on which a card comes back, chosen so that no day brings much more than another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

# All in fortieths of a day, so that the bounds are whole numbers and the same on every computer.
_PART = 40
_LEAST = 100
"""Two and a half days: what is shorter stays as it is."""
_SHARES = ((100, 280, 15), (280, 800, 10), (800, None, 5))
"""From, to, percent: an interval moves by a day and such a part of what lies between."""

FUZZ_SHARE = 20
"""Without a load intervals move by at most one part in this many, that is 5 %."""

ALIKE = 1.1
"""Days that are fuller than the emptiest by no more than this factor count as just as good."""


def reach(days: int) -> tuple[int, int]:
    """Return the shortest and the longest interval that may stand for one of so many days.

    The bounds are those of Anki's manual: a day either way, plus 15 % of the part of the interval
    between 2.5 and 7 days, 10 % of that up to 20 and 5 % of the rest. What is shorter than 2.5 days
    does not move, and nothing moves below that.
    """
    length = _PART * days
    if length < _LEAST:
        return days, days
    # Hundredths of a fortieth.
    moved = 100 * _PART
    for start, end, percent in _SHARES:
        moved += percent * max(0, (length if end is None else min(length, end)) - start)
    scale = 100 * _PART
    shortest = (100 * length - moved + scale // 2) // scale
    longest = (100 * length + moved + scale // 2) // scale
    return max(shortest, 3), longest


def within(chosen: int, days: int) -> bool:
    """Return whether an interval may stand for another; 0 or less never does."""
    if chosen < 1:
        return False
    shortest, longest = reach(days)
    return shortest <= chosen <= longest


def fuzzed(days: int, card_id: str, reps: int) -> int:
    """Return an interval in days moved by up to 5 %, the same for the same card and repetition.

    This is for answers whose day was not chosen by the load, as in logs of earlier versions.
    Cards learned together would otherwise come back together for ever. Below 20 days a whole
    day is more than 5 %, so these stay; a longer interval never becomes shorter than a shorter
    one of the same card, so the buttons keep their order.
    """
    part = days // FUZZ_SHARE
    if not part:
        return days
    digest = hashlib.blake2b(f"{card_id}\x1f{reps}".encode(), digest_size=4).digest()
    return days - part + (int.from_bytes(digest) * (2 * part + 1) >> 32)


@dataclass(frozen=True, slots=True)
class Load:
    """What the days ahead bring already, and how much each may bring."""

    counts: Mapping[date, int] = field(default_factory=dict)
    """Cards that fall due on a day; none on days that are missing."""
    easy_days: Mapping[int, float] = field(default_factory=dict)
    """By weekday (0 is Monday) which part of an ordinary day it may bring, from 0 to 1."""
    days_off: frozenset[date] = frozenset()
    """Days that are to bring nothing."""

    def choose(self, intervals: Sequence[int], today: date, seed: str) -> list[int]:
        """Return the interval to give in the place of each of some, those of the four ratings.

        It is the one of those in reach whose day has the least to do; ``seed`` decides between days
        that have as good as the same. One that is longer than the one before stays so, and the
        buttons keep their order.
        """
        chosen: list[int] = []
        for number, interval in enumerate(intervals):
            if number and interval == intervals[number - 1]:
                chosen.append(chosen[-1])
                continue
            first, last = reach(interval)
            if number and interval > intervals[number - 1]:
                # Never past the last: of a longer interval that lies further away, too.
                first = max(first, chosen[-1] + 1)
            chosen.append(self._least(first, last, today, seed))
        return chosen

    def _least(self, first: int, last: int, today: date, seed: str) -> int:
        span = range(first, last + 1)
        costs = {days: self._cost(days, today + timedelta(days=days)) for days in span}
        least = min(costs.values())
        enough = least[0], least[1] * ALIKE
        same = [days for days, cost in costs.items() if cost <= enough]
        digest = hashlib.blake2b(seed.encode(), digest_size=4).digest()
        return same[int.from_bytes(digest) * len(same) >> 32]

    def _cost(self, days: int, day: date) -> tuple[bool, float]:
        """How full a day would be with one card more; days off come only where there is no other.

        Of two days the later one has less to do nearly always, for what will fall on it has not
        been learned yet. Without the interval as a factor all intervals would grow, by 4 % in a
        simulation; with it they keep their length.
        """
        share = 0.0 if day in self.days_off else self.easy_days.get(day.weekday(), 1.0)
        full = (self.counts.get(day, 0) + 1) * days
        return (True, full) if share <= 0 else (False, full / share)
