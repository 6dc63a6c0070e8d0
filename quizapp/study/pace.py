"""How long answers take, measured from the log."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from quizapp.scheduling.horizon import Pace
from quizapp.scheduling.skills import family_of
from quizapp.store.as_of import answers_since
from quizapp.study.attempts import attempts
from quizapp.study.plan_cache import cache_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from quizapp.store.as_of import TimedAnswer
    from quizapp.study.workspace import Workspace

_DAYS = 60
"""Answers of so many days count."""
_TRUST_CARDS, _TRUST_SKILLS = 20, 4
"""So many answers of one's own weigh as much as what is assumed."""
_CARDS = Pace()
_SKILLS = Pace(review=240.0, new=330.0)
"""A computation by hand takes minutes, the first time longer."""
_SHORTEST_CARD, _SHORTEST_SKILL, _LONGEST_SKILL = 2.0, 20.0, 1800.0


@dataclass(frozen=True, slots=True)
class Paces:
    """The seconds of new ones and of reviews."""

    cards: Pace
    skills: Pace


def paces(workspace: Workspace, before: date) -> Paces:
    """The paces by the answers of the last days before a study day. Raises StoreError.

    Medians, drawn towards what is usual while there are few answers.
    """
    since = before - timedelta(days=_DAYS)
    end = before.isoformat()
    answers = [one for one in answers_since(workspace.store, since) if one.day < end]
    new, reviews = _of_cards(one for one in answers if family_of(one.card) is None)
    first, again = _of_skills(workspace, since, before)
    return Paces(
        Pace(
            review=max(_drawn(reviews, _CARDS.review, _TRUST_CARDS), _SHORTEST_CARD),
            new=max(_drawn(new, _CARDS.new, _TRUST_CARDS), _SHORTEST_CARD),
        ),
        Pace(
            review=_drawn(again, _SKILLS.review, _TRUST_SKILLS),
            new=_drawn(first, _SKILLS.new, _TRUST_SKILLS),
        ),
    )


def usual_paces(workspace: Workspace) -> Paces:
    """The paces of this study day, measured once. Raises StoreError."""
    day = workspace.today()
    return cache_of(workspace).once("paces", day, lambda: paces(workspace, day))


def _of_cards(answers: Iterable[TimedAnswer]) -> tuple[list[float], list[float]]:
    """The seconds of each card's first day, and of each answer on a later one."""
    new: defaultdict[str, float] = defaultdict(float)
    reviews: list[float] = []
    for one in answers:
        if one.ms <= 0:
            continue  # imported, or its time was not taken
        if one.first:
            new[one.card] += one.ms / 1000
        else:
            reviews.append(one.ms / 1000)
    return list(new.values()), reviews


def _of_skills(workspace: Workspace, since: date, before: date) -> tuple[list[float], list[float]]:
    """The seconds of the first attempt at each family, and of each further one."""
    met: set[str] = set()
    first: list[float] = []
    again: list[float] = []
    for attempt in attempts(workspace):
        known = attempt.family in met
        met.add(attempt.family)
        if attempt.seconds <= 0 or not since <= attempt.day < before:
            continue
        seconds = min(max(attempt.seconds, _SHORTEST_SKILL), _LONGEST_SKILL)
        (again if known else first).append(seconds)
    return first, again


def _drawn(measured: Sequence[float], assumed: float, trust: int) -> float:
    """The median, drawn towards what is assumed; rounded, so that a plan does not flicker."""
    if not measured:
        return assumed
    count = len(measured)
    return round((count * median(measured) + trust * assumed) / (count + trust), 1)
