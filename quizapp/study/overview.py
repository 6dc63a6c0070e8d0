"""The home screen's facts: what is due, what is new, when the exam is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from quizapp.study.review import ReviewSession
from quizapp.study.sitting import Result, results, unfinished
from quizapp.study.slips import most_frequent

if TYPE_CHECKING:
    from quizapp.scheduling.queue import Counts
    from quizapp.study.workspace import Workspace

_SECONDS_A_REVIEW = 12
_SECONDS_A_NEW_CARD = 40
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
    """What stands on the home screen."""

    course: str
    exam_date: date | None
    days_left: int | None
    """Days until the exam; negative once it is over, None without a date."""
    total: Counts
    topics: dict[str, Counts]
    """Cards left today by topic, those with none left out."""
    minutes: int
    """A guess at how long today's cards take."""
    done_today: int
    """Cards answered today, new and old."""
    slips: tuple[SlipCount, ...]
    """The most frequent slips of the last week."""
    unfinished_exam: str | None
    last_exam: Result | None


def overview(workspace: Workspace) -> Overview:
    """The facts of this moment. Raises StoreError."""
    session = ReviewSession(workspace)
    counts = session.counts
    exam = workspace.settings.exam_date
    finished = results(workspace)
    seconds = (counts.due + counts.learning) * _SECONDS_A_REVIEW + counts.new * _SECONDS_A_NEW_CARD
    return Overview(
        course=workspace.course.title,
        exam_date=exam,
        days_left=None if exam is None else (exam - workspace.today()).days,
        total=counts,
        topics={t: c for t, c in session.counts_by_topic().items() if c.total},
        minutes=-(-seconds // 60),
        done_today=sum(workspace.store.done_today(workspace.today())),
        slips=frequent_slips(workspace),
        unfinished_exam=unfinished(workspace),
        last_exam=finished[0] if finished else None,
    )


def frequent_slips(workspace: Workspace) -> tuple[SlipCount, ...]:
    """The slips made most often in the last week of practice, each run counted once."""
    first = workspace.today() - timedelta(days=_DAYS_OF_SLIPS - 1)
    found = most_frequent(workspace, _TOP, since=first)
    return tuple(SlipCount(one.family, one.slip, one.says, one.times) for one in found)
