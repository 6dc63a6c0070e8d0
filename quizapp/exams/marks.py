"""Marking a paper: points a question, with partial credit for computations."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizapp.cards import ask as ask_of
from quizapp.cards.asks import Number, judge, shuffled
from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exams.responses import has_answer, read_number, response_to, share
from quizapp.exercises.grading import mark
from quizapp.exercises.problem import read_problem
from quizapp.exercises.scoring import read_scheme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.cards import Ask, Card
    from quizapp.exams.paper import Paper, Question
    from quizapp.exams.responses import Answer
    from quizapp.exercises.marks import Marking
    from quizapp.exercises.problem import Problem

STEPS_A_POINT = 4
"""Partial credit comes in quarters of a point."""


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """The points of one question."""

    points: float
    of: float
    right: bool | None
    """None for a question that cannot be marked any more; it is out of the total."""
    shown: str = ""
    """The right answer of a card, or why the question cannot be marked."""
    other: bool = False
    """The answer is wrong by the side that counts and right by the other one."""
    remark: str = ""
    """What else there is to say of what was written."""
    unreadable: str = ""
    """Why what was typed is no number; it counts as not answered."""
    marking: Marking | None = None
    """The lines of a computation."""
    by_line: tuple[tuple[float, float], ...] = ()
    """The points of each line of a computation, and what it is out of, before rounding."""


@dataclass(frozen=True, slots=True)
class PaperMarks:
    """A marked paper."""

    questions: tuple[QuestionMark, ...]

    @property
    def points(self) -> float:
        """The points earned."""
        return sum(question.points for question in self.questions)

    @property
    def of(self) -> float:
        """The points that could be earned."""
        return sum(question.of for question in self.questions)

    @property
    def share(self) -> float:
        """Points earned over points possible, 0 to 1."""
        return self.points / self.of if self.of else 0.0

    def as_given(self, recorded: Sequence[tuple[float, float]]) -> PaperMarks:
        """The same marks with the points (and points possible) that were given at the time.

        Without a record of this paper they stay as they are.
        """
        if len(recorded) != len(self.questions):
            return self
        given = zip(self.questions, recorded, strict=True)
        return PaperMarks(tuple(_as_given(mark, points, of) for mark, (points, of) in given))


def question_ask(question: Question, card: Card, paper: Paper) -> Ask:
    """How a card asks on this paper, its options in the paper's order."""
    return shuffled(ask_of(card, paper.answer_by), question.seed)


def mark_paper(
    paper: Paper, answers: Mapping[int, Answer], cards: Mapping[str, Card]
) -> PaperMarks:
    """The marks of all questions; answers are by the number of the question, from 0."""
    return PaperMarks(
        tuple(
            mark_question(paper, question, answers.get(number, {}), cards)
            for number, question in enumerate(paper.questions)
        )
    )


def mark_question(
    paper: Paper, question: Question, answer: Answer, cards: Mapping[str, Card]
) -> QuestionMark:
    """The marks of one question; one whose card or family is gone is out of the total."""
    if question.kind == "exercise":
        return _exercise(question, answer)
    card = cards.get(question.card)
    if card is None:
        return QuestionMark(0.0, 0.0, None, "This card is no longer in the pack.")
    ask = question_ask(question, card, paper)
    response, unreadable = response_to(ask, answer)
    judgement = judge(ask, response)
    right = bool(judgement.right)
    points = question.points if right else _part(question.points, share(ask, response))
    return QuestionMark(
        points,
        question.points,
        right,
        judgement.shown,
        judgement.other,
        judgement.remark,
        unreadable,
    )


def unreadable(question: Question, ask: Ask | None, answer: Answer) -> str:
    """What of an answer cannot be read and why, without a word on right or wrong; "" if all can.

    Raises QuizError for a computation that this version cannot set.
    """
    if isinstance(ask, Number):
        found = read_number(str(answer.get("text", "")))
        return found if isinstance(found, str) else ""
    if question.kind != "exercise" or not has_answer(answer):
        return ""
    lines = mark(read_problem(question.problem), answer.get("lines") or {}).lines
    return " ".join(
        f"Line {number}: {line.reason}"
        for number, line in enumerate(lines, start=1)
        if line.verdict is Verdict.INVALID
    )


def _exercise(question: Question, answer: Answer) -> QuestionMark:
    lines = answer.get("lines") or {}
    try:
        problem = read_problem(question.problem)
        scheme = read_scheme(problem.family, question.scheme or {})
        marking = mark(problem, lines, scheme)
        # What cannot be read counts as blank, which earns its points above a right final line.
        bad = {line.step.name for line in marking.lines if line.verdict is Verdict.INVALID}
        readable = {name: text for name, text in lines.items() if name not in bad}
        counted = mark(problem, readable, scheme) if bad else marking
    except QuizError as error:
        return QuestionMark(0.0, 0.0, None, f"This computation cannot be marked: {error}")
    points = _part(question.points, counted.score)
    return QuestionMark(
        points,
        question.points,
        points == question.points,
        marking=marking,
        by_line=_by_line(counted, line_points(question, problem)),
    )


def line_points(question: Question, problem: Problem) -> dict[str, float]:
    """What each line of a computation is worth, by step; together the points of the question.

    Raises SchemeError where its scheme does not fit the problem.
    """
    scheme = read_scheme(problem.family, question.scheme or {})
    whole = math.fsum(scheme.values())
    return {n: question.points * part / whole if whole else 0.0 for n, part in scheme.items()}


def _by_line(marking: Marking, worth: Mapping[str, float]) -> tuple[tuple[float, float], ...]:
    """What each line earns, and what it is worth."""
    lines = ((line, worth[line.step.name]) for line in marking.lines)
    return tuple((points * line.share, points) for line, points in lines)


def _as_given(mark: QuestionMark, points: float, of: float) -> QuestionMark:
    if (mark.points, mark.of) == (points, of):
        return mark
    return replace(mark, points=points, of=of, right=points == of if of else None)


def _part(points: float, share: float) -> float:
    """A share of the points in whole quarters, half of one rounded up; all only for all of it."""
    if share >= 1:
        return points
    quarters = math.floor(points * share * STEPS_A_POINT + 0.5)
    below = math.ceil(points * STEPS_A_POINT) - 1
    return max(0, min(quarters, below)) / STEPS_A_POINT
