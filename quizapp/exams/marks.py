"""Marking a paper: points a question, with partial credit for computations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizapp.cards import ask as ask_of
from quizapp.cards.asks import Ask, ChooseMany, ChooseOne, Number, judge, shuffled
from quizapp.exercises.answers import Value, read
from quizapp.exercises.grading import mark
from quizapp.exercises.problem import read_problem

if TYPE_CHECKING:
    from quizapp.cards import Card
    from quizapp.exams.paper import Paper, Question
    from quizapp.exercises.marks import Marking

Answer = Mapping[str, Any]
"""What was given to a question: ``{"chosen": [indices]}``, ``{"text": "0.5"}`` or
``{"lines": {step: text}}``; empty when nothing was."""


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """The points of one question."""

    points: float
    of: float
    right: bool | None
    """None for a question that cannot be marked any more (its card is gone)."""
    shown: str = ""
    """The right answer of a card."""
    marking: Marking | None = None
    """The lines of a computation."""


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
    """The marks of one question. A question whose card is gone is taken out of the total."""
    if question.kind == "exercise":
        return _exercise(question, answer)
    card = cards.get(question.card)
    if card is None:
        return QuestionMark(0.0, 0.0, None, "This card is no longer in the pack.")
    ask = question_ask(question, card, paper)
    judgement = judge(ask, _response(ask, answer))
    right = bool(judgement.right)
    points = question.points if right else _partial(ask, answer) * question.points
    return QuestionMark(points, question.points, right, judgement.shown)


def _exercise(question: Question, answer: Answer) -> QuestionMark:
    marking = mark(read_problem(question.problem), answer.get("lines", {}))
    points = round(question.points * marking.score * 4) / 4
    return QuestionMark(points, question.points, marking.score >= 1, marking=marking)


def _response(ask: Ask, answer: Answer) -> Any:
    match ask:
        case ChooseOne():
            chosen = answer.get("chosen") or [None]
            return chosen[0]
        case ChooseMany():
            return frozenset(answer.get("chosen") or ())
        case Number():
            out = read(str(answer.get("text", "")), ())
            return out.value if isinstance(out, Value) else None
        case _:
            return None


def _partial(ask: Ask, answer: Answer) -> float:
    """Credit for a choice of several: right ticks less wrong ones, over the right ones."""
    if not isinstance(ask, ChooseMany):
        return 0.0
    chosen = set(answer.get("chosen") or ())
    gained = len(chosen & ask.right) - len(chosen - ask.right)
    return max(0, gained) / len(ask.right)
