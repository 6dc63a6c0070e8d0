"""What a plan is made for: the exam, the minutes and the days, as the settings have them.

The log keeps them, too (an event ``exam-plan`` whenever somebody studies by other terms than
before), so that past exams stay readable and what was predicted for them can be recomputed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from quizapp.study.settings import SettingsError
from quizapp.study.settings.calendar import WEEKDAYS, easy_days_stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.scheduling.horizon import Pace
    from quizapp.scheduling.plan import Exam
    from quizapp.store.events import Event
    from quizapp.study.settings import Settings
    from quizapp.study.workspace import Workspace

KIND = "exam-plan"
FURTHEST_DAYS = 366
"""A plan is made for so many days at most: it takes seconds for each hundred of them, and a slip
of the pen in a year would take hours."""


@dataclass(frozen=True, slots=True)
class ExamTerms:
    """An exam and the time until then."""

    course: str
    """Key of the course."""
    exam: date
    minutes: int
    days_off: tuple[date, ...] = ()
    easy_days: Mapping[str, float] = field(default_factory=dict, hash=False)
    goal: float = 0.9
    """The recall aimed at."""

    def deck_exam(
        self, share: float, weights: Mapping[str, float], pace: Pace, spent: float = 0.0
    ) -> Exam:
        """The exam for a deck that has a share of the minutes."""
        from quizapp.scheduling.plan import Exam

        usual = Exam(day=self.exam, minutes_a_day=1.0)
        return Exam(
            day=self.exam,
            minutes_a_day=self.minutes * share,
            days_off=frozenset(self.days_off),
            easy_days={WEEKDAYS.index(day): part for day, part in self.easy_days.items()},
            weights=weights,
            pace=pace,
            spent_today=spent,
            more_minutes=usual.more_minutes * share,
        )


def exam_terms(workspace: Workspace) -> ExamTerms | None:
    """The terms of the settings.

    None without a date or minutes, with ``plan = false``, and while the exam is too far away.
    """
    settings = workspace.settings
    if not settings.plan or too_far(settings, workspace.today()):
        return None
    return _of_settings(settings, workspace.course.id)


def too_far(settings: Settings, today: date) -> bool:
    """Whether there is no plan yet because the exam is more than a year away."""
    exam = settings.exam_date
    return exam is not None and (exam - today).days > FURTHEST_DAYS


def note_terms(workspace: Workspace) -> None:
    """Write the terms down if the log has others or none; nothing without an exam ahead.

    Raises StoreError.
    """
    terms = exam_terms(workspace)
    if terms is None or terms.exam <= workspace.today():
        return
    last = noted_terms(workspace)
    if not last or last[-1][1] != terms:
        workspace.store.append(KIND, terms.course, _payload(terms))


def noted_terms(workspace: Workspace) -> list[tuple[Event, ExamTerms]]:
    """The terms that the log has, in order, each with its event. Raises StoreError."""
    told = ((event, _read(event)) for event in workspace.store.events(KIND))
    return [(event, terms) for event, terms in told if terms is not None]


def _of_settings(settings: Settings, course: str) -> ExamTerms | None:
    if settings.exam_date is None or settings.minutes_a_day is None:
        return None
    return ExamTerms(
        course=course,
        exam=settings.exam_date,
        minutes=settings.minutes_a_day,
        days_off=settings.days_off,
        easy_days=settings.easy_days,
        goal=settings.retention,
    )


def _payload(terms: ExamTerms) -> dict[str, Any]:
    return {
        "exam": terms.exam.isoformat(),
        "minutes": terms.minutes,
        "days_off": [day.isoformat() for day in terms.days_off],
        "easy_days": dict(terms.easy_days),
        "goal": terms.goal,
    }


def _read(event: Event) -> ExamTerms | None:
    """The terms of an event, None for one that this version cannot read."""
    payload = event.payload
    try:
        minutes, goal = int(payload["minutes"]), float(payload["goal"])
        terms = ExamTerms(
            course=event.subject,
            exam=date.fromisoformat(payload["exam"]),
            minutes=minutes,
            days_off=tuple(date.fromisoformat(day) for day in payload["days_off"]),
            easy_days=easy_days_stored(payload["easy_days"]),
            goal=goal,
        )
    except (KeyError, TypeError, ValueError, SettingsError):
        return None
    return terms if minutes > 0 and 0 < goal < 1 else None
