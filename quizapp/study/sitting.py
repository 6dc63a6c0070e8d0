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
from quizapp.core.verdicts import Verdict
from quizapp.exams.marks import (
    PaperMarks,
    line_points,
    mark_paper,
    question_ask,
    unreadable,
)
from quizapp.exams.paper import Paper, draw, read_paper
from quizapp.exams.responses import has_answer
from quizapp.exercises.problem import read_problem
from quizapp.study.exam_clock import ExamClock
from quizapp.study.selection import card_in_course, course_cards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.cards import Ask, Card
    from quizapp.exercises.problem import Problem
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

    def __init__(self, workspace: Workspace, events: list[Event]) -> None:
        self.workspace = workspace
        self.id = events[0].subject
        self.paper: Paper = read_paper(events[0].payload)
        self.started = events[0].moment
        self.answers: dict[int, dict[str, Any]] = {}
        """What stands in the questions, by their number from 0."""
        self.current = 0
        """The question in front, from 0."""
        self.finished = False
        self._problems: dict[int, Problem] = {}
        self._read: dict[int, tuple[dict[str, Any], str]] = {}
        """For answers what of them cannot be read, as far as it was asked."""
        self._recorded: list[tuple[float, float]] = []
        spent = 0.0
        for event in events[1:]:
            spent = max(spent, float(event.payload.get("spent", 0.0)))
            self._take(event)
        self._clock = ExamClock(timedelta(minutes=self.paper.minutes), timedelta(seconds=spent))
        self._written = workspace.now()
        """When the clock was last written down, or could not be."""

    @classmethod
    def begin(cls, workspace: Workspace, blueprint: Blueprint, seed: int | None = None) -> Sitting:
        """Draw a paper and start its clock. Raises PaperError, GenerationError or StoreError."""
        paper = draw(
            blueprint,
            list(course_cards(workspace).values()),
            workspace.course,
            seed=secrets.randbelow(2**32) if seed is None else seed,
            answer_by=workspace.settings.answer_by,
        )
        sitting = uuid7(int(workspace.now().timestamp() * 1000))
        out = cls(workspace, [workspace.store.append(START, sitting, paper.as_json())])
        out.open()
        return out

    @classmethod
    def load(cls, workspace: Workspace, sitting: str) -> Sitting:
        """A sitting from the log, running or finished. Raises SittingError or PaperError."""
        events = workspace.store.events(subject=sitting)
        if not events or events[0].kind != START:
            raise SittingError(f"there is no exam '{sitting}'.", where="exam")
        return cls(workspace, events)

    def _take(self, event: Event) -> None:
        """Follow one event; what another device added after the end changes nothing."""
        payload = event.payload
        if self.finished:
            return
        if "question" in payload:
            self.current = min(max(int(payload["question"]), 0), len(self.paper.questions) - 1)
        if event.kind == ANSWER:
            self.answers[int(payload["question"])] = dict(payload["answer"])
        elif event.kind == FINISH:
            self.finished = True
            self._recorded = [(float(p), float(of)) for p, of in payload.get("questions", ())]

    # The clock -------------------------------------------------------------------------

    def open(self) -> None:
        """Let the clock run (again)."""
        if not (self.finished or self._clock.running):
            self._append(OPEN, {})
            self._clock.start(self.workspace.now())

    def pause(self) -> None:
        """Stop the clock, when the exam leaves the screen."""
        if self._clock.running and not self.finished:
            self._clock.stop(self.workspace.now())
            self._append(TICK, {"question": self.current})

    def tick(self) -> timedelta:
        """The time that is left, written down every so often; call it every second.

        Raises StoreError where it cannot be written; the clock goes on all the same.
        """
        now = self.workspace.now()
        self._clock.look(now)
        due = abs(now - self._written) >= timedelta(seconds=TICK_SECONDS)
        if self._clock.running and due:
            self._written = now  # also if it fails: the next attempt is the next time
            self._append(TICK, {"question": self.current})
        return self.left

    @property
    def spent(self) -> timedelta:
        """The time the exam has been on screen, at the last look at the clock."""
        return self._clock.spent

    @property
    def left(self) -> timedelta:
        """The time that is left."""
        return self._clock.left

    # The questions ---------------------------------------------------------------------

    def go(self, question: int) -> None:
        """Put another question in front, and remember it. Raises StoreError."""
        if question != self.current:
            self.current = question
            if not self.finished:
                self._append(TICK, {"question": question})

    def card(self, question: int) -> Card | None:
        """The card of a question; None for a computation, and where the pack has it no more."""
        return self._card(self.paper.questions[question].card)

    def _card(self, card: str) -> Card | None:
        return card_in_course(self.workspace.pack, card, self.paper.course)

    def changed(self, question: int) -> bool:
        """Whether the card was edited since the paper was drawn."""
        card, digest = self.card(question), self.paper.questions[question].digest
        return card is not None and bool(digest) and card.digest() != digest

    def ask(self, question: int) -> Ask | None:
        """How a question asks, its options in the order of the paper; None without a card."""
        card = self.card(question)
        return (
            None if card is None else question_ask(self.paper.questions[question], card, self.paper)
        )

    def problem(self, question: int) -> Problem:
        """The problem of a computation. Raises QuizError where this version cannot set it."""
        if question not in self._problems:
            self._problems[question] = read_problem(self.paper.questions[question].problem)
        return self._problems[question]

    def worth(self, question: int) -> dict[str, float]:
        """The points of the lines of a computation by step, {} where all are worth the same.

        Raises QuizError where this version cannot set it.
        """
        asked = self.paper.questions[question]
        worth = line_points(asked, self.problem(question))
        return worth if len(set(worth.values())) > 1 else {}

    # The answers -----------------------------------------------------------------------

    def answer(self, question: int, answer: Mapping[str, Any]) -> None:
        """Save what stands in a question now; on disk when this returns.

        Raises SittingError once the exam is over, StoreError if it could not be written.
        """
        if self.finished:
            raise SittingError("this exam is over; its answers cannot be changed.", where="exam")
        if self.answers.get(question, {}) == dict(answer):
            return
        self._append(ANSWER, {"question": question, "answer": dict(answer)})
        self.answers[question] = dict(answer)

    def answered(self, question: int) -> bool:
        """Whether anything stands in a question."""
        return has_answer(self.answers.get(question, {}))

    @property
    def unanswered(self) -> list[int]:
        """The questions in which nothing stands."""
        return [n for n in range(len(self.paper.questions)) if not self.answered(n)]

    def unreadable(self, question: int) -> str:
        """What of an answer cannot be read and why, "" if all can; says nothing of right or wrong.

        "" also for a computation that this version cannot set: it is left out of the mark.
        """
        answer = self.answers.get(question, {})
        read, told = self._read.get(question, (None, ""))
        if read is not answer:
            try:
                told = unreadable(self.paper.questions[question], self.ask(question), answer)
            except QuizError:
                told = ""
            self._read[question] = answer, told
        return told

    # The mark --------------------------------------------------------------------------

    def marks(self) -> PaperMarks:
        """The marks: those given when the exam was handed in, else of what stands there now."""
        found = {asked.card: self._card(asked.card) for asked in self.paper.questions}
        cards = {name: card for name, card in found.items() if card is not None}
        marks = mark_paper(self.paper, self.answers, cards)
        return marks.as_given(self._recorded)

    def finish(self) -> PaperMarks:
        """Hand in: the clock stops and the mark is kept. Raises StoreError, then nothing ends."""
        marks = self.marks()
        if not self.finished:
            given = [(mark.points, mark.of) for mark in marks.questions]
            payload = {"points": marks.points, "of": marks.of, "questions": given}
            self._append(FINISH, {**payload, "computations": _computations(marks)})
            self._clock.stop(self.workspace.now())
            self._recorded = given
            self.finished = True
        return marks

    def _append(self, kind: str, payload: Mapping[str, Any]) -> None:
        now = self.workspace.now()
        spent = round(self._clock.look(now).total_seconds(), 1)
        self.workspace.store.append(kind, self.id, {**payload, "spent": spent})
        self._written = now


def _computations(marks: PaperMarks) -> list[dict[str, Any]]:
    """What the log keeps of each computation that was handed in: its score and the slips made."""
    markings = [mark.marking for mark in marks.questions if mark.marking is not None]
    return [
        {
            "family": marking.problem.family.id,
            "level": marking.problem.level,
            "score": marking.score,
            "slips": {
                slip.name: line.step.name
                for line in marking.lines
                if line.verdict is Verdict.SLIP
                for slip in line.slips[:1]
            },
        }
        for marking in markings
        if any(line.typed is not None for line in marking.lines)
    ]


def waiting(workspace: Workspace) -> list[str]:
    """The exams that were begun and not handed in, the newest first."""
    ended = {event.subject for event in workspace.store.events(kind=FINISH)}
    begun = [event.subject for event in workspace.store.events(kind=START)]
    return [sitting for sitting in reversed(begun) if sitting not in ended]


def unfinished(workspace: Workspace) -> str | None:
    """The newest exam that was begun and not handed in, None if there is none."""
    left = waiting(workspace)
    return left[0] if left else None


def results(workspace: Workspace) -> list[Result]:
    """All finished exams, newest first; what an exam was handed in as first counts."""
    papers = {event.subject: event for event in workspace.store.events(kind=START)}
    found: dict[str, Result] = {}
    for event in workspace.store.events(kind=FINISH):
        start = papers.get(event.subject)
        if start is not None and event.subject not in found:
            found[event.subject] = Result(
                event.subject,
                str(start.payload["title"]),
                str(start.payload["course"]),
                event.moment,
                float(event.payload["points"]),
                float(event.payload["of"]),
                round(float(event.payload.get("spent", 0))),
            )
    return list(found.values())[::-1]
