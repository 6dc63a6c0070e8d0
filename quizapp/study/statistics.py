"""How practice has gone: attempts, scores and time by family, and the slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.exercises.catalogue import UnknownFamily
from quizapp.exercises.catalogue import family as find_family
from quizapp.study.attempts import attempts
from quizapp.study.slips import SlipRecord, slip_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quizapp.study.attempts import PastAttempt
    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FamilyRecord:
    """How one family has gone; scores are 0 to 1."""

    family: str
    title: str
    attempts: int
    last: float
    """The score of the last attempt."""
    best: float
    seconds: float
    """The time on all of them together."""
    last_day: date
    level: int
    """The level of the last attempt."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What practice has come to so far."""

    attempts: int
    right: int
    """How many attempts were all right in the end, without a look at the solution."""
    seconds: float
    slips: tuple[SlipRecord, ...]
    """The most frequent first."""
    families: tuple[FamilyRecord, ...]
    """The one practised last first."""


def statistics(workspace: Workspace) -> Statistics:
    """The figures of this moment. Raises StoreError."""
    past = attempts(workspace)
    by_family: dict[str, list[PastAttempt]] = {}
    for attempt in reversed(past):
        by_family.setdefault(attempt.family, []).append(attempt)
    return Statistics(
        attempts=len(past),
        right=sum(attempt.right for attempt in past),
        seconds=sum(attempt.seconds for attempt in past),
        slips=tuple(slip_records(past)),
        families=tuple(_record(family, latest) for family, latest in by_family.items()),
    )


def _record(family: str, latest: Sequence[PastAttempt]) -> FamilyRecord:
    """The record of one family from its attempts, the last one first."""
    return FamilyRecord(
        family=family,
        title=_title(family),
        attempts=len(latest),
        last=latest[0].score,
        best=max(attempt.score for attempt in latest),
        seconds=sum(attempt.seconds for attempt in latest),
        last_day=latest[0].day,
        level=latest[0].level or 1,
    )


def _title(family: str) -> str:
    try:
        return find_family(family).title
    except UnknownFamily:  # an attempt of a version that knew more
        return family
