"""A plan as it could be, for what is drawn of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from quizapp.study.exam_plan import (
    DayAhead,
    Dropped,
    ExamForecast,
    ExamPlan,
    Feasibility,
    MoreTime,
    TodayShare,
    TopicForecast,
)
from quizapp.study.first_answers import Tally, TopicTally
from quizapp.study.held import HeldExam, PracticeMark, Predicted

TODAY = date(2026, 3, 2)
EXAM = date(2026, 3, 12)
OFF = date(2026, 3, 7)
TOPICS = (
    TopicForecast("hopfield", 0.86, 0.42, 0.4),
    TopicForecast("attention-transformer", 0.68, 0.0, 0.3, weakest=True),
    TopicForecast("backprop", 0.71, 0.11, 0.28),
    TopicForecast("cnn", 0.1, 0.0, 0.02),
    TopicForecast("gnn", 0.0, 0.0, 0.0),
)
DROP = Dropped("cnn", "cards", ("cnn-1", "cnn-2"), ("a", "b", "c"), 0.024, 12.0)
SKILL = Dropped("backprop", "skills", (), ("skill/attention",), 0.0004, 90.0)


def days() -> tuple[DayAhead, ...]:
    """Each day until the exam but the one off; the last three are the final pass."""
    ahead = [TODAY + timedelta(days=n) for n in range(10)]
    return tuple(
        DayAhead(day, 20.0 + n, 0 if n > 6 else 6, 18 + n, 0 if n % 2 else 2, final_pass=n > 6)
        for n, day in enumerate(ahead)
        if day != OFF
    )


def planned(**changes: Any) -> ExamPlan:
    """A plan on which all fits, or with other parts."""
    plan = ExamPlan(
        course="Methods of AI",
        exam=EXAM,
        today=TODAY,
        days_left=10,
        minutes_a_day=30,
        goal=0.9,
        share=TodayShare(6, 18, 2, 20.0, ("a", "b"), (), 14.0),
        forecast=ExamForecast(0.81, 0.24, 0.84, 0.77, TOPICS),
        feasibility=Feasibility(True, 12, 40.0, 270.0, ()),
        more=MoreTime(15.0, 0.834, 0.024),
        days=days(),
        accepted=(),
        cards=None,
        skills=None,
    )
    return replace(plan, **changes)


def tight(**changes: Any) -> ExamPlan:
    """A plan on which not all fits."""
    return planned(feasibility=Feasibility(False, 40, 400.0, 270.0, (DROP, SKILL)), **changes)


def held_exam(**changes: Any) -> HeldExam:
    """How a prediction held, with all there can be, or with other parts."""
    found = HeldExam(
        course="demo",
        title="Methods of AI",
        exam=EXAM,
        predictions=tuple(
            Predicted(TODAY + timedelta(days=n), 0.6 + n / 40) for n in (0, 6, 7, 8, 9)
        ),
        eve=ExamForecast(0.81, 0.81, 0.84, 0.77, TOPICS),
        days=(Tally(date(2026, 3, 10), 34, 0.9, 0.94), Tally(date(2026, 3, 11), 28, 0.88, 0.82)),
        topics=(TopicTally("hopfield", 62, 0.89, 0.885),),
        practice=(PracticeMark(date(2026, 3, 8), "Short exam", 0.74),),
        result=None,
    )
    return replace(found, **changes)
