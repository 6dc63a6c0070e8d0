"""The first answers of days, predicted against actual: what can be known of a prediction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from quizapp.study.selection import course_cards
from quizapp.study.skills import course_skills

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Tally:
    """The first answers of a study day to what was answered on an earlier one."""

    day: date
    answers: int
    predicted: float
    """The mean recall predicted just before, 0 to 1."""
    recalled: float
    """The share that was recalled."""


@dataclass(frozen=True, slots=True)
class TopicTally:
    """The same of a topic over several days."""

    topic: str
    answers: int
    predicted: float
    recalled: float


@dataclass(frozen=True, slots=True)
class _One:
    day: date
    topic: str
    predicted: float
    recalled: bool


def first_answers(
    workspace: Workspace, end: date, days: int
) -> tuple[tuple[Tally, ...], tuple[TopicTally, ...]]:
    """The tallies of the study days before one, by day and by topic; days without are left out.

    What was predicted is what the log alone gave on the morning of each day. Raises StoreError.
    """
    topics = {card.id: card.topic for card in course_cards(workspace).values()}
    topics |= {skill.card: skill.topic for skill in course_skills(workspace)}
    found = [
        one
        for index in range(days, 0, -1)
        for one in _of_day(workspace, end - timedelta(days=index), topics)
    ]
    by_day: defaultdict[date, list[_One]] = defaultdict(list)
    by_topic: defaultdict[str, list[_One]] = defaultdict(list)
    for one in found:
        by_day[one.day].append(one)
        by_topic[one.topic].append(one)
    order = {topic: number for number, topic in enumerate(workspace.course.topics)}
    known = sorted(by_topic, key=lambda topic: order.get(topic, len(order)))
    return (
        tuple(Tally(day, *_means(by_day[day])) for day in sorted(by_day)),
        tuple(TopicTally(topic, *_means(by_topic[topic])) for topic in known),
    )


def _of_day(workspace: Workspace, day: date, topics: dict[str, str]) -> Iterable[_One]:
    from quizapp.store.as_of import answers_on, as_known_before

    answers = answers_on(workspace.store, day)
    if not answers:
        return
    states, scheduler = as_known_before(workspace.store, day)
    seen: set[str] = set()
    for answer in answers:
        memory = states[answer.card].memory if answer.card in states else None
        if answer.card in seen or answer.card not in topics or memory is None:
            continue
        seen.add(answer.card)
        yield _One(
            day, topics[answer.card], scheduler.retrievability(memory, day), answer.rating > 1
        )


def _means(ones: list[_One]) -> tuple[int, float, float]:
    count = len(ones)
    return (
        count,
        sum(one.predicted for one in ones) / count,
        sum(one.recalled for one in ones) / count,
    )
