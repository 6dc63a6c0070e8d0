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
from quizapp.study.figures.retention import Recall, retention
from quizapp.study.figures.time_spent import time_spent
from quizapp.study.sitting import results
from quizapp.study.syllabus import standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizapp.scheduling.hindsight import DayTally, Hindsight
    from quizapp.scheduling.past import KnownCard
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
    from quizapp.scheduling.hindsight import look_back, recalls

    today = workspace.today()
    past = workspace.store.past()
    behind, worked = look_back(past.answers), attempts(workspace)
    marks = _marks(workspace)
    predicted = recalls(workspace.scheduler, past.cards, today.toordinal())
    days = {date.fromordinal(day): tally for day, tally in behind.days.items()}
    return Figures(
        calendar=calendar(_answers(days, worked), today),
        retention=retention({day: _recalled(tally) for day, tally in days.items()}),
        load=load(_due(past.cards), today),
        memory=memory((card.stability, card.difficulty) for card in past.cards),
        mastery=mastery(_items(workspace, past.cards, predicted, worked)),
        calibration=calibration(_predictions(behind)),
        exams=exams(marks),
        time=time_spent(
            {day: tally.ms / 1000 for day, tally in days.items()},
            _summed((one.day, one.seconds) for one in worked),
            _summed((mark.day, mark.seconds) for mark in marks),
            answers=len(past.answers.cards),
            today=today,
        ),
    )


def _answers(days: Mapping[date, DayTally], worked: Sequence[PastAttempt]) -> dict[date, int]:
    counts = Counter({day: tally.answers for day, tally in days.items()})
    counts.update(attempt.day for attempt in worked)
    return counts


def _recalled(tally: DayTally) -> tuple[Recall, Recall]:
    return Recall(tally.young, tally.young_recalled), Recall(tally.mature, tally.mature_recalled)


def _due(cards: Sequence[KnownCard]) -> list[date | None]:
    """When the cards come again; suspended ones do not."""
    return [
        None if card.due is None else date.fromordinal(card.due)
        for card in cards
        if not card.suspended
    ]


def _items(
    workspace: Workspace,
    cards: Sequence[KnownCard],
    predicted: Sequence[float],
    worked: Sequence[PastAttempt],
) -> list[ItemMastery]:
    """The items that the exam may ask for."""
    asked = {card.note for card in workspace.pack.cards.values()}
    recall = {
        card.card: value
        for card, value in zip(cards, predicted, strict=True)
        if card.card.partition("~")[0] in asked
    }
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
