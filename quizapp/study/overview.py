"""The home screen's facts: what is due, what is new, how long it takes, when the exam is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from quizapp.scheduling.skills import family_of
from quizapp.study.pace import usual_paces
from quizapp.study.review import ReviewSession
from quizapp.study.sitting import Result, results, unfinished
from quizapp.study.slips import most_frequent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.scheduling.memory import CardMemory
    from quizapp.scheduling.queue import Counts
    from quizapp.study.exam_plan import TodayShare
    from quizapp.study.pace import Paces
    from quizapp.study.workspace import Workspace

_DAYS_OF_SLIPS = 7
_TOP = 3


@dataclass(frozen=True, slots=True)
class SlipCount:
    """A slip and how often it was made lately."""

    family: str
    slip: str
    says: str
    times: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands on the home screen. The plan itself comes from ``planning.exam_plan``."""

    course: str
    exam_date: date | None
    days_left: int | None
    """Days until the exam; negative once it is over, None without a date."""
    total: Counts
    topics: dict[str, Counts]
    """Cards and skills left today by topic, those with none left out."""
    minutes: int
    """How long what is left takes at the student's own pace."""
    done_today: int
    """Cards answered today, new and old."""
    skills_today: int
    """Skills answered today."""
    share: TodayShare | None
    """What the plan gives the day; None without a plan."""
    slips: tuple[SlipCount, ...]
    """The most frequent slips of the last week."""
    unfinished_exam: str | None
    last_exam: Result | None


def overview(workspace: Workspace) -> Overview:
    """The facts of this moment. Raises StoreError."""
    session = ReviewSession(workspace)
    today = workspace.today()
    exam = workspace.settings.exam_date
    finished = results(workspace)
    return Overview(
        course=workspace.course.title,
        exam_date=exam,
        days_left=None if exam is None else (exam - today).days,
        total=session.counts,
        topics={t: c for t, c in session.counts_by_topic().items() if c.total},
        minutes=_minutes(session.counts, session.skills_left(), usual_paces(workspace)),
        done_today=sum(workspace.store.done_today(today)),
        skills_today=_skills_on(today, session.memories),
        share=session.share,
        slips=frequent_slips(workspace),
        unfinished_exam=unfinished(workspace),
        last_exam=finished[0] if finished else None,
    )


def _minutes(counts: Counts, skills: tuple[int, int], paces: Paces) -> int:
    """The minutes of what is left, rounded up; ``skills`` are new ones and reviews."""
    seconds = (counts.due + counts.learning) * paces.cards.review + counts.new * paces.cards.new
    seconds += skills[0] * paces.skills.new + skills[1] * paces.skills.review
    return int(-(-seconds // 60))


def _skills_on(day: date, memories: Mapping[str, CardMemory]) -> int:
    known = ((card, memory.last_day) for card, memory in memories.items())
    return sum(last == day and family_of(card) is not None for card, last in known)


def frequent_slips(workspace: Workspace) -> tuple[SlipCount, ...]:
    """The slips made most often in the last week of practice, each run counted once."""
    first = workspace.today() - timedelta(days=_DAYS_OF_SLIPS - 1)
    found = most_frequent(workspace, _TOP, since=first)
    return tuple(SlipCount(one.family, one.slip, one.says, one.times) for one in found)
