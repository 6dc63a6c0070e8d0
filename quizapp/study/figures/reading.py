"""All figures of this moment, from one pass over the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quizapp.study.attempts import attempts
from quizapp.study.figures.calendar import calendar
from quizapp.study.figures.calibration import Predicted, calibration
from quizapp.study.figures.exams import ExamMark, exams
from quizapp.study.figures.load import load
from quizapp.study.figures.mastery import ItemMastery, mastery
from quizapp.study.figures.memory import memory
from quizapp.study.figures.retention import retention
from quizapp.study.figures.time_spent import time_spent
from quizapp.study.sitting import results
from quizapp.study.syllabus import standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizapp.scheduling.hindsight import DayTally, Hindsight
    from quizapp.study.attempts import PastAttempt
    from quizapp.study.figures.calendar import Calendar
    from quizapp.study.figures.calibration import Calibration
    from quizapp.study.figures.exams import Exams
    from quizapp.study.figures.load import Load
    from quizapp.study.figures.mastery import Mastery
    from quizapp.study.figures.memory import Memory
    from quizapp.study.figures.retention import Retention
    from quizapp.study.figures.time_spent import TimeSpent
    from quizapp.study.workspace import Workspace


_YOUNG = 3
"""From here on a ``DayTally`` has what retention counts."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be shown of a log."""

    calendar: Calendar
    retention: Retention
    load: Load
    memory: Memory
    mastery: Mastery
    calibration: Calibration
    exams: Exams
    time: TimeSpent


def figures(workspace: Workspace) -> Figures:
    """The figures of this moment. Raises StoreError."""
    from quizapp.scheduling.known import falling_due, in_order, recalls
    from quizapp.study.figures.kept import hindsight

    today = workspace.today()
    behind, worked = hindsight(workspace), attempts(workspace)
    cards = workspace.store.known_cards()
    marks = _marks(workspace)
    predicted = recalls(workspace.scheduler, cards, today.toordinal())
    days = {date.fromordinal(day): tally for day, tally in behind.days.items()}
    return Figures(
        calendar=calendar(_answers(days, worked), today),
        retention=retention({day: tally[_YOUNG:] for day, tally in days.items()}),
        load=load(_due(falling_due(cards)), today),
        memory=memory(in_order(cards.stability), in_order(cards.difficulty)),
        mastery=mastery(_items(workspace, dict(zip(cards.cards, predicted, strict=True)), worked)),
        calibration=calibration(_predictions(behind)),
        exams=exams(marks),
        time=time_spent(
            {day: tally.ms / 1000 for day, tally in days.items()},
            _summed((one.day, one.seconds) for one in worked),
            _summed((mark.day, mark.seconds) for mark in marks),
            answers=sum(tally.answers for tally in days.values()),
            today=today,
        ),
    )


def _answers(days: Mapping[date, DayTally], worked: Sequence[PastAttempt]) -> dict[date, int]:
    counts = Counter({day: tally.answers for day, tally in days.items()})
    counts.update(attempt.day for attempt in worked)
    return counts


def _due(counts: Mapping[int | None, int]) -> dict[date | None, int]:
    """The counts by the day on which the cards come again."""
    days = (None if day is None else date.fromordinal(day) for day in counts)
    return dict(zip(days, counts.values(), strict=True))


def _items(
    workspace: Workspace, recall: Mapping[str, float], worked: Sequence[PastAttempt]
) -> list[ItemMastery]:
    """The items that the exam may ask for."""
    return [
        ItemMastery(
            one.item.id, one.item.topic, one.item.statement, one.asked, one.seen, one.mastery
        )
        for one in standings(workspace, recall=recall, worked=worked)
        if one.item.examinable
    ]


def _predictions(behind: Hindsight) -> list[Predicted]:
    return [
        Predicted(one.percent, one.count, one.predicted, one.recalled) for one in behind.predictions
    ]


def _marks(workspace: Workspace) -> list[ExamMark]:
    """The exams, the first one first."""
    from quizapp.scheduling.days import study_day

    hour = workspace.settings.rollover_hour
    return [
        ExamMark(one.title, study_day(one.when, hour), one.points, one.of, float(one.seconds))
        for one in reversed(results(workspace))
    ]


def _summed(parts: Iterable[tuple[date, float]]) -> dict[date, float]:
    found: dict[date, float] = {}
    for day, seconds in parts:
        found[day] = found.get(day, 0.0) + seconds
    return found
