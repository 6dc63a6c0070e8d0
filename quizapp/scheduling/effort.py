"""How an exercise went: its rating on the schedule, with the reason, and the level of the next.

A card asks once and is told right or wrong. An exercise is checked line by line and may be
mended, so its rating looks at what was known without being told:

========  ==========================================================================
Again     the solution was looked at before it was solved, or less than 60 % is known
Hard      a line was wrong at first or is missing, a hint was taken, or it took more
          than twice the usual time
Good      every line right when it was first checked
Easy      so, and in at most 3/4 of the usual time
========  ==========================================================================

A line that was wrong and mended counts half. Lines that follow from an own mistake are known:
a slip costs the line in which it was made alone. The usual time is the median of the last own
times at that level, where there are three.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from quizapp.scheduling.memory import CardMemory, Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

KNOWN = 0.6
"""Who knows less of an exercise has to learn it again."""
QUICK = 0.75
SLOW = 2.0
"""Shares of the usual time."""
TIMES = 3
"""So many own times say what is usual; with fewer, time decides nothing."""
LATEST = 7
"""No more of the own times are looked at: one gets faster."""
STEADY = (4.0, 20.0)
"""Days of stability from which on the second and the third level are set."""
_WHOLE = 1.0 - 1e-9


@dataclass(frozen=True, slots=True)
class Effort:
    """What is known of one exercise once it is over."""

    first: Sequence[float]
    """The share of its points that each line had earned when it was first checked, 0 to 1."""
    final: Sequence[float]
    """The share that each line earns in the end."""
    seconds: float
    """How long it was worked on."""
    hints: int = 0
    solution_seen: bool = False
    """Whether the solution was looked at before the exercise was solved."""
    earlier: Sequence[float] = ()
    """The seconds of the earlier exercises of the level that were solved, the latest last."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating and why it is proposed."""

    rating: Rating
    why: str
    """In a few words: ``one hint``."""


def known(effort: Effort) -> float:
    """Return the share of the exercise that was known, what was mended counted half."""
    pairs = zip(effort.first, effort.final, strict=True)
    shares = [min(final, (first + final) / 2) for first, final in pairs]
    return sum(shares) / len(shares) if shares else 0.0


def rated(effort: Effort) -> Rated:
    """Return how well an exercise was known, by the table above."""
    if effort.solution_seen:
        return Rated(Rating.AGAIN, "the solution was looked at")
    share = known(effort)
    if share < KNOWN:
        return Rated(Rating.AGAIN, f"{share:.0%} known, less than {KNOWN:.0%}")
    hard = _hard(effort)
    if hard:
        return Rated(Rating.HARD, ", ".join(hard))
    usual = usual_seconds(effort.earlier)
    if usual is not None and effort.seconds <= QUICK * usual:
        return Rated(Rating.EASY, f"right at once, in {_span(effort.seconds, usual)}")
    return Rated(Rating.GOOD, "right at once")


def _hard(effort: Effort) -> list[str]:
    """What was in the way of a right answer at once."""
    found = []
    missing = sum(final < _WHOLE for final in effort.final)
    mended = sum(
        first < _WHOLE <= final for first, final in zip(effort.first, effort.final, strict=True)
    )
    if missing:
        found.append(f"{_counted(missing, 'line')} not right")
    if mended:
        found.append(f"{_counted(mended, 'line')} mended")
    if effort.hints:
        found.append(_counted(effort.hints, "hint"))
    usual = usual_seconds(effort.earlier)
    if not found and usual is not None and effort.seconds > SLOW * usual:
        found.append(f"slow, {_span(effort.seconds, usual)}")
    return found


def usual_seconds(earlier: Sequence[float]) -> float | None:
    """Return the usual time, None where too few times are known to call one usual."""
    times = [seconds for seconds in earlier if seconds > 0]
    return median(times[-LATEST:]) if len(times) >= TIMES else None


def level_of(memory: CardMemory | None, levels: Sequence[int]) -> int:
    """Return at which of its levels, easiest first, a skill is asked for next.

    The first while it is new or being learned, also anew after a failure; then one more from
    each stability in ``STEADY``. After a failure the stability is low, so it climbs again.
    """
    if memory is None or memory.phase != "review":
        return levels[0]
    place = sum(memory.stability >= least for least in STEADY)
    return levels[min(place, len(levels) - 1)]


def _counted(count: int, thing: str) -> str:
    return f"one {thing}" if count == 1 else f"{count} {thing}s"


def _span(seconds: float, usual: float) -> str:
    return f"{_time(seconds)} against your usual {_time(usual)}"


def _time(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60}:{whole % 60:02d} min"
