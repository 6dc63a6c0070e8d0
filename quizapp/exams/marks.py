"""Marking a paper: points a question, with partial credit for computations."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from quizapp.cards import ask as ask_of
from quizapp.cards.asks import Ask, ChooseMany, ChooseOne, Number, judge, shuffled
from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.exercises.grading import mark
from quizapp.exercises.problem import read_problem
from quizapp.exercises.scoring import read_scheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.cards import Card
    from quizapp.exams.paper import Paper, Question
    from quizapp.exercises.marks import Marking
    from quizapp.exercises.problem import Problem

Answer = Mapping[str, Any]
"""What was given to a question: ``{"chosen": [indices]}``, ``{"text": "0.5"}`` or
``{"lines": {step: text}}``, a text or nested lists of texts; empty when nothing was."""

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


def has_answer(answer: Answer) -> bool:
    """Whether an answer says anything."""
    return any(_says_something(answer.get(key)) for key in ("chosen", "text", "lines"))


def _says_something(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_says_something, value.values()))
    if isinstance(value, list):
        return any(map(_says_something, value))
    return bool(value.strip()) if isinstance(value, str) else value is not None


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
    response, unreadable = _response(ask, answer)
    judgement = judge(ask, response)
    right = bool(judgement.right)
    points = question.points if right else _part(question.points, _ticks(ask, answer))
    return QuestionMark(
        points, question.points, right, judgement.shown, judgement.other, unreadable
    )


def read_number(text: str) -> float | str | None:
    """The number in a text, the sentence why there is none, or None for a blank."""
    out = read(text, ())
    if isinstance(out, Invalid):
        return out.reason
    if isinstance(out, Ambiguous):
        return f"This can be read as {' or as '.join(out.texts)}; write it so that only one fits."
    return out.value if isinstance(out.value, float) else None


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


def _response(ask: Ask, answer: Answer) -> tuple[Any, str]:
    """The answer as a response to the ask, and why it cannot be read."""
    match ask:
        case ChooseOne():
            chosen = answer.get("chosen") or [None]
            return chosen[0], ""
        case ChooseMany():
            return frozenset(answer.get("chosen") or ()), ""
        case Number():
            number = read_number(str(answer.get("text", "")))
            return (None, number) if isinstance(number, str) else (number, "")
        case _:
            return None, ""


def _ticks(ask: Ask, answer: Answer) -> float:
    """The share of a choice of several: right ticks less wrong ones, over the right ones."""
    if not isinstance(ask, ChooseMany):
        return 0.0
    chosen = set(answer.get("chosen") or ())
    gained = len(chosen & ask.right) - len(chosen - ask.right)
    return max(0, gained) / len(ask.right)
