"""From a blueprint and a seed to a paper: the same seed draws the same questions."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from quizapp.cards import Reveal
from quizapp.cards import ask as ask_of
from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.generate import generate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.cards import Card
    from quizapp.exercises.problem import Problem
    from quizapp.packs.model import Blueprint, Course, Section


class PaperError(QuizError):
    """A blueprint that cannot be filled, or a paper that cannot be read."""

    code = "paper"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a paper: a card by its id, or a problem with its numbers."""

    kind: Literal["card", "exercise"]
    section: str
    points: float
    card: str = ""
    seed: int = 0
    """Decides the order of the options."""
    digest: str = ""
    """What the card said when the paper was drawn, as a hash."""
    problem: Mapping[str, Any] | None = None
    """The problem as data, self-contained."""
    scheme: Mapping[str, float] | None = None
    """In which proportions the lines of a computation share its points, 1 where it is silent."""

    def as_json(self) -> dict[str, Any]:
        """The question as it stands in the log."""
        out: dict[str, Any] = {"kind": self.kind, "section": self.section, "points": self.points}
        return out | (
            {"card": self.card, "seed": self.seed, "digest": self.digest}
            if self.kind == "card"
            else {
                "problem": dict(self.problem or {}),
                **({"scheme": dict(self.scheme)} if self.scheme else {}),
            }
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """An exam ready to be sat."""

    blueprint: str
    course: str
    title: str
    minutes: int
    seed: int
    answer_by: Literal["slides", "textbook"]
    questions: tuple[Question, ...]

    @property
    def points(self) -> float:
        """All points of the paper."""
        return sum(question.points for question in self.questions)

    def as_json(self) -> dict[str, Any]:
        """The paper as it stands in the log."""
        return {
            "blueprint": self.blueprint,
            "course": self.course,
            "title": self.title,
            "minutes": self.minutes,
            "seed": self.seed,
            "answer_by": self.answer_by,
            "questions": [question.as_json() for question in self.questions],
        }


def read_paper(raw: Mapping[str, Any]) -> Paper:
    """A paper from the log. Raises PaperError where this version cannot read it."""
    try:
        return Paper(
            blueprint=str(raw["blueprint"]),
            course=str(raw["course"]),
            title=str(raw["title"]),
            minutes=int(raw["minutes"]),
            seed=int(raw["seed"]),
            answer_by=raw["answer_by"],
            questions=tuple(Question(**question) for question in raw["questions"]),
        )
    except (KeyError, TypeError, ValueError):
        raise PaperError(
            "this exam was written by another version of quizapp and cannot be read; "
            "update quizapp to open it.",
            where="exam",
        ) from None


def draw(
    blueprint: Blueprint,
    cards: Sequence[Card],
    course: Course,
    *,
    seed: int,
    answer_by: Literal["slides", "textbook"],
) -> Paper:
    """A paper from the examinable cards of a course. Raises PaperError where there are too few."""
    rng = random.Random(seed)
    used: list[Card] = []
    questions: list[Question] = []
    for section in blueprint.sections:
        if section.draw == "cards":
            pool = _pool(section, cards, used, answer_by)
            if len(pool) < section.count:
                raise PaperError(
                    f"'{section.title}' wants {section.count} cards and the pack has {len(pool)} "
                    "that can be marked; lower the count or write more cards.",
                    where=f"{blueprint.at}",
                )
            for _ in range(section.count):
                card = _card(section, pool, used, rng)
                used.append(card)
                pool.remove(card)
                questions.append(_card_question(section, card, rng))
        else:
            questions += [
                Question(
                    "exercise",
                    section.title,
                    section.points,
                    problem=problem.as_json(),
                    scheme=section.scheme.get(problem.family.id),
                )
                for problem in _problems(section, course, rng)
            ]
    return Paper(
        blueprint.id,
        blueprint.course,
        blueprint.title,
        blueprint.minutes,
        seed,
        answer_by,
        tuple(questions),
    )


def _pool(
    section: Section,
    cards: Sequence[Card],
    used: Sequence[Card],
    answer_by: Literal["slides", "textbook"],
) -> list[Card]:
    """The cards a section may draw, by id, so that the order of the files decides nothing."""
    taken = {card.id for card in used}
    return sorted(
        (
            card
            for card in cards
            if card.type in section.types
            and card.id not in taken
            and (not section.topics or card.topic in section.topics)
            and not isinstance(ask_of(card, answer_by), Reveal)  # only the student could mark it
        ),
        key=lambda card: card.id,
    )


def _card(section: Section, pool: Sequence[Card], used: Sequence[Card], rng: random.Random) -> Card:
    """A card by the topics' weights, on syllabus items not asked yet if it can be helped."""
    covered = {item for card in used for item in card.items}
    fresh = [card for card in pool if not covered.intersection(card.items)] or pool
    topics = sorted({card.topic for card in fresh})
    weights = [
        section.topics[topic] if section.topics else _share(topic, fresh) for topic in topics
    ]
    topic = rng.choices(topics, weights)[0]
    return rng.choice([card for card in fresh if card.topic == topic])


def _card_question(section: Section, card: Card, rng: random.Random) -> Question:
    seed = rng.getrandbits(32)
    return Question("card", section.title, section.points, card.id, seed, card.digest())


def _share(topic: str, cards: Sequence[Card]) -> float:
    return float(sum(card.topic == topic for card in cards))


def _problems(section: Section, course: Course, rng: random.Random) -> list[Problem]:
    """Problems of different families as long as there are any, conventions printed."""
    out: list[Problem] = []
    weights = dict(section.families)
    for _ in range(section.count):
        left = weights or dict(section.families)
        chosen = rng.choices(list(left), list(left.values()))[0]
        weights = {name: weight for name, weight in left.items() if name != chosen}
        family = find_family(chosen)
        conventions = {
            name: course.conventions[name]
            for name, values in family.conventions.items()
            if course.conventions.get(name) in values
        }
        level = section.level or rng.choice(family.levels)
        drawn = generate(family, seed=rng.getrandbits(32), level=level, conventions=conventions)
        out.append(_binding(drawn))
    return out


def _binding(problem: Problem) -> Problem:
    """The problem with all its conventions printed: in an exam another one earns nothing."""
    return replace(problem, printed=frozenset(problem.family.conventions))
