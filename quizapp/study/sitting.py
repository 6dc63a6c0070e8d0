"""Sitting an exam: the clock, the answers as they are given, the mark.

Everything is an event, so a sitting can be taken up again after any interruption. Its clock
runs while the exam is on screen and stands still while it is not.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.ids import uuid7
from quizapp.exams.marks import PaperMarks, mark_paper
from quizapp.exams.paper import Paper, draw, read_paper
from quizapp.study.selection import course_cards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.packs.model import Blueprint
    from quizapp.store.events import Event
    from quizapp.study.workspace import Workspace

START, OPEN, ANSWER, TICK, FINISH = (
    "exam-start",
    "exam-open",
    "exam-answer",
    "exam-tick",
    "exam-finish",
)
TICK_SECONDS = 20
"""How often the clock is written down: at most so much time is given back by a crash."""


class SittingError(QuizError):
    """A sitting that cannot be found or has ended."""

    code = "exam"


@dataclass(frozen=True, slots=True)
class Result:
    """A finished exam."""

    sitting: str
    title: str
    course: str
    when: datetime
    points: float
    of: float
    seconds: int

    @property
    def share(self) -> float:
        """Points earned over points possible, 0 to 1."""
        return self.points / self.of if self.of else 0.0


def blueprints(workspace: Workspace) -> list[Blueprint]:
    """The exams of the chosen course, shortest first."""
    mine = [b for b in workspace.pack.blueprints.values() if b.course == workspace.course.id]
    return sorted(mine, key=lambda blueprint: (blueprint.minutes, blueprint.id))


class Sitting:
    """One exam being taken, or taken."""

    def __init__(self, workspace: Workspace, sitting: str, events: list[Event]) -> None:
        self.workspace = workspace
        self.id = sitting
        self.paper: Paper = read_paper(events[0].payload)
        self.started = events[0].moment
        self.answers: dict[int, dict[str, Any]] = {}
        self.current = 0
        """The question in front, from 0."""
        self.finished = False
        self._spent = timedelta(0)
        self._since: datetime | None = None
        self._ticked = workspace.now()
        for event in events[1:]:
            self._take(event)

    @classmethod
    def begin(cls, workspace: Workspace, blueprint: Blueprint, seed: int | None = None) -> Sitting:
        """Draw a paper and start its clock. Raises PaperError or StoreError."""
        paper = draw(
            blueprint,
            list(course_cards(workspace).values()),
            workspace.course,
            seed=secrets.randbelow(2**32) if seed is None else seed,
            answer_by=workspace.settings.answer_by,
        )
        sitting = uuid7(int(workspace.now().timestamp() * 1000))
        event = workspace.store.append(START, sitting, paper.as_json())
        out = cls(workspace, sitting, [event])
        out.open()
        return out

    @classmethod
    def load(cls, workspace: Workspace, sitting: str) -> Sitting:
        """A sitting from the log, running or finished. Raises SittingError."""
        events = workspace.store.events(subject=sitting)
        if not events or events[0].kind != START:
            raise SittingError(f"there is no exam '{sitting}'.", where="exam")
        return cls(workspace, sitting, events)

    def _take(self, event: Event) -> None:
        payload = event.payload
        if "spent" in payload:
            self._spent = max(self._spent, timedelta(seconds=float(payload["spent"])))
        if event.kind == ANSWER:
            self.answers[int(payload["question"])] = dict(payload["answer"])
            self.current = int(payload["question"])
        elif event.kind == FINISH:
            self.finished = True

    # The clock -------------------------------------------------------------------------

    def open(self) -> None:
        """Let the clock run (again)."""
        if not self.finished and self._since is None:
            self._since = self.workspace.now()
            self._ticked = self._since
            self._append(OPEN, {})

    def pause(self) -> None:
        """Stop the clock, when the exam leaves the screen."""
        if self._since is not None and not self.finished:
            self._append(TICK, {})
            self._spent = self.spent
            self._since = None

    def tick(self) -> timedelta:
        """The time that is left, written down every so often."""
        now = self.workspace.now()
        if self._since is not None and now - self._ticked >= timedelta(seconds=TICK_SECONDS):
            self._append(TICK, {})
        return self.left

    @property
    def spent(self) -> timedelta:
        """The time the exam has been on screen; a clock set back does not count backwards."""
        running = timedelta(0)
        if self._since is not None:
            running = max(timedelta(0), self.workspace.now() - self._since)
        return min(self._spent + running, timedelta(minutes=self.paper.minutes))

    @property
    def left(self) -> timedelta:
        """The time that is left."""
        return timedelta(minutes=self.paper.minutes) - self.spent

    # The answers -----------------------------------------------------------------------

    def answer(self, question: int, answer: Mapping[str, Any]) -> None:
        """Save what stands in a question now. Raises SittingError once the exam is over."""
        if self.finished:
            raise SittingError("this exam is over; its answers cannot be changed.", where="exam")
        if self.answers.get(question, {}) == dict(answer):
            return
        self._append(ANSWER, {"question": question, "answer": dict(answer)})
        self.answers[question] = dict(answer)

    def answered(self, question: int) -> bool:
        """Whether anything stands in a question."""
        given = self.answers.get(question, {})
        lines = given.get("lines") or {}
        return bool(
            given.get("chosen")
            or str(given.get("text", "")).strip()
            or any(str(text).strip() for text in lines.values())
        )

    def marks(self) -> PaperMarks:
        """The marks of what stands there now."""
        return mark_paper(self.paper, self.answers, self.workspace.pack.cards)

    def finish(self) -> PaperMarks:
        """Hand in: the clock stops and the mark is kept."""
        marks = self.marks()
        if not self.finished:
            marked = {
                "points": marks.points,
                "of": marks.of,
                "questions": [[mark.points, mark.of] for mark in marks.questions],
            }
            self._append(FINISH, marked)
            self._spent = self.spent
            self._since = None
            self.finished = True
        return marks

    def _append(self, kind: str, payload: Mapping[str, Any]) -> None:
        spent = round(self.spent.total_seconds(), 1)
        self.workspace.store.append(kind, self.id, {**payload, "spent": spent})
        self._ticked = self.workspace.now()


def unfinished(workspace: Workspace) -> str | None:
    """The newest exam of this device that was begun and not handed in, None if there is none."""
    ended = {event.subject for event in workspace.store.events(kind=FINISH)}
    begun = [event.subject for event in workspace.store.events(kind=START)]
    left = [sitting for sitting in begun if sitting not in ended]
    return left[-1] if left else None


def results(workspace: Workspace) -> list[Result]:
    """All finished exams, newest first."""
    papers = {event.subject: event for event in workspace.store.events(kind=START)}
    out = []
    for event in workspace.store.events(kind=FINISH):
        start = papers.get(event.subject)
        if start is None:
            continue
        out.append(
            Result(
                event.subject,
                str(start.payload["title"]),
                str(start.payload["course"]),
                event.moment,
                float(event.payload["points"]),
                float(event.payload["of"]),
                round(float(event.payload.get("spent", 0))),
            )
        )
    return out[::-1]
