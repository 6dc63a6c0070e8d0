"""The mark of the real exam, entered afterwards: an event ``exam-result``, the last one holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.core.text import quoted

if TYPE_CHECKING:
    from datetime import date

    from quizapp.store.events import Event
    from quizapp.study.workspace import Workspace

KIND = "exam-result"
_NUMBER = r"(\d{1,6}(?:[.,]\d{1,6})?)"
_PERCENT = re.compile(rf"{_NUMBER}\s*%", re.ASCII)
_POINTS = re.compile(rf"{_NUMBER}\s*(?:/|of|out of)\s*{_NUMBER}", re.ASCII)


class ResultError(QuizError):
    """A mark that cannot be read, or no exam to which it belongs."""

    code = "exam-result"


@dataclass(frozen=True, slots=True)
class ExamResult:
    """The mark of one exam."""

    share: float
    """Of the points, 0 to 1."""
    entered: date
    """The study day on which it was entered."""


def read_result(text: str) -> float:
    """The share of the points, 0 to 1, of ``82%`` or ``49/60``. Raises ResultError."""
    said = text.strip().lower()
    percent, points = _PERCENT.fullmatch(said), _POINTS.fullmatch(said)
    share = None
    if percent is not None:
        share = _number(percent[1]) / 100
    elif points is not None and _number(points[2]) > 0:
        share = _number(points[1]) / _number(points[2])
    if share is None or share > 1:
        raise ResultError(
            f"{quoted(text)} is no mark; write the share of the points, such as 82% or 49/60."
        )
    return share


def enter_result(workspace: Workspace, course: str, exam: date, share: float) -> None:
    """Write a mark down; it takes the place of one entered before. Raises StoreError."""
    workspace.store.append(KIND, course, {"exam": exam.isoformat(), "share": share})


def take_result_back(workspace: Workspace, course: str, exam: date) -> bool:
    """Take the last mark of an exam back, so that the one before holds; False without one.

    Raises StoreError.
    """
    events = _events(workspace, course, exam)
    if events:
        workspace.store.take_back(events[-1])
    return bool(events)


def result_of(workspace: Workspace, course: str, exam: date) -> ExamResult | None:
    """The mark of an exam, None where none was entered. Raises StoreError."""
    events = _events(workspace, course, exam)
    return ExamResult(float(events[-1].payload["share"]), events[-1].day) if events else None


def _events(workspace: Workspace, course: str, exam: date) -> list[Event]:
    """The entries on an exam that this version can read."""
    return [
        event
        for event in workspace.store.events(KIND, course)
        if event.payload.get("exam") == exam.isoformat() and _is_share(event.payload.get("share"))
    ]


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _number(text: str) -> float:
    return float(text.replace(",", "."))
