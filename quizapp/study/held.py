"""How the prediction for an exam held, once the exam is over.

Nothing of it is stored but the log: what was predicted on a day is computed from the log as it
stood on the morning of that day, by the terms under which the student studied then. What can be
known afterwards is set against it: the answers of the last days, practice exams, and the mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from quizapp.study.exam_results import ExamResult, ResultError, enter_result, result_of
from quizapp.study.exam_terms import ExamTerms, exam_terms, noted_terms
from quizapp.study.first_answers import Tally, TopicTally, first_answers
from quizapp.study.plan_cache import cache_of
from quizapp.study.planning import forecast_as_known
from quizapp.study.sitting import results

if TYPE_CHECKING:
    from quizapp.study.exam_plan import ExamForecast
    from quizapp.study.workspace import Workspace

LAST_DAYS = 7
"""So many days before the exam are looked at answer by answer."""
_EVERY = 7
"""Before the last days one prediction a week is enough."""
_PRACTICE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Predicted:
    """What was predicted for the exam on the morning of a study day."""

    day: date
    overall: float
    """With the plan of that morning, 0 to 1; what is never met counts 0."""


@dataclass(frozen=True, slots=True)
class PracticeMark:
    """A practice exam of the last weeks."""

    day: date
    title: str
    share: float
    """Of the points, 0 to 1."""


@dataclass(frozen=True, slots=True)
class HeldExam:
    """An exam that is over, what was predicted for it and what can be known of it."""

    course: str
    """Key of the course."""
    title: str
    """Title of the course, its key where the packs have it no more."""
    exam: date
    predictions: tuple[Predicted, ...]
    """Ascending; the days of the last week on which something was answered, and one a week
    before."""
    eve: ExamForecast | None
    """What was predicted when all studying was done; None where nothing was answered or the
    packs have the course no more."""
    days: tuple[Tally, ...]
    """The last days with reviews: what was predicted for each and what was recalled."""
    topics: tuple[TopicTally, ...]
    """The same by topic, of all these days together."""
    practice: tuple[PracticeMark, ...]
    """Practice exams of the last weeks, the first one first."""
    result: ExamResult | None
    """The mark, where the student has entered it."""

    @property
    def error(self) -> float | None:
        """The mark less the last prediction; None while one of them is missing."""
        if self.result is None or self.eve is None:
            return None
        return self.result.share - self.eve.overall


def past_exams(workspace: Workspace) -> list[ExamTerms]:
    """The exams that are over, the last one first, each by its last terms. Raises StoreError.

    The exam's own day counts: its mark may be known in the evening.
    """
    found = {(terms.course, terms.exam): terms for _, terms in noted_terms(workspace)}
    now = exam_terms(workspace)
    if now is not None:
        found.setdefault((now.course, now.exam), now)
    over = [terms for terms in found.values() if terms.exam <= workspace.today()]
    return sorted(over, key=lambda terms: (terms.exam, terms.course), reverse=True)


def held(workspace: Workspace, terms: ExamTerms) -> HeldExam:
    """How the prediction for a past exam held.

    It replays the log many times, which takes seconds: call it in a thread. Raises StoreError.
    """
    from quizapp.store.as_of import mark

    last = mark(workspace.store, workspace.today()).last
    key = (terms, last, workspace.pack, workspace.settings)
    name = f"held {terms.course} {terms.exam}"
    return cache_of(workspace).once(name, key, lambda: _held(workspace, terms))


def enter_mark(workspace: Workspace, share: float, exam: date | None = None) -> ExamTerms:
    """Enter the mark of a past exam, the last one unless a date names another; return its terms.

    Raises ResultError where there is none, and StoreError.
    """
    found = chosen_exam(workspace, exam)
    enter_result(workspace, found.course, found.exam, share)
    return found


def chosen_exam(workspace: Workspace, exam: date | None = None) -> ExamTerms:
    """The past exam of a date, the last one without. Raises ResultError and StoreError."""
    over = past_exams(workspace)
    for terms in over:
        if exam in {None, terms.exam}:
            return terms
    told = ", ".join(terms.exam.isoformat() for terms in over)
    raise ResultError(
        f"there is no exam on {exam}; there were exams on {told}."
        if over
        else "no exam is over yet; its mark can be entered from its day on."
    )


def _held(workspace: Workspace, terms: ExamTerms) -> HeldExam:
    there = terms.course in workspace.pack.courses
    days = _sampled(workspace, terms) if there else []
    then = workspace.for_course(terms.course) if there else workspace
    by_day = {day: _terms_on(workspace, terms, day) for day in days}
    tallies, topics = first_answers(then, terms.exam, LAST_DAYS) if there else ((), ())
    return HeldExam(
        course=terms.course,
        title=workspace.pack.courses[terms.course].title if there else terms.course,
        exam=terms.exam,
        predictions=tuple(
            Predicted(day, forecast_as_known(then, by_day[day], day).overall) for day in days
        ),
        eve=forecast_as_known(then, terms, terms.exam) if days else None,
        days=tallies,
        topics=topics,
        practice=_practice(workspace, terms),
        result=result_of(workspace, terms.course, terms.exam),
    )


def _sampled(workspace: Workspace, terms: ExamTerms) -> list[date]:
    """The days whose prediction is looked at."""
    from quizapp.store.as_of import days_answered

    noted = [event.day for event, one in noted_terms(workspace) if one.exam == terms.exam]
    first = min(noted, default=terms.exam - timedelta(days=LAST_DAYS))
    told = days_answered(workspace.store, first, terms.exam)
    days = [date.fromisoformat(day) for day in told]
    late = [day for day in days if (terms.exam - day).days <= LAST_DAYS]
    early = days[: len(days) - len(late)]
    weekly: list[date] = []
    for day in early:
        if not weekly or (day - weekly[-1]).days >= _EVERY:
            weekly.append(day)
    return weekly + late


def _terms_on(workspace: Workspace, terms: ExamTerms, day: date) -> ExamTerms:
    """The terms under which the student studied for an exam on a day."""
    mine = [
        (event.day, one)
        for event, one in noted_terms(workspace)
        if (one.course, one.exam) == (terms.course, terms.exam)
    ]
    before = [one for noted, one in mine if noted <= day]
    return before[-1] if before else mine[0][1] if mine else terms


def _practice(workspace: Workspace, terms: ExamTerms) -> tuple[PracticeMark, ...]:
    from quizapp.scheduling.days import study_day

    hour = workspace.settings.rollover_hour
    marks = [
        PracticeMark(study_day(one.when, hour), one.title, one.share)
        for one in reversed(results(workspace))
        if one.of > 0 and one.course == terms.course
    ]
    return tuple(one for one in marks if 0 <= (terms.exam - one.day).days <= _PRACTICE_DAYS)
