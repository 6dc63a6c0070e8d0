"""From a blueprint and a seed to a paper: the same seed draws the same questions."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.generate import generate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.cards import Card
    from quizapp.exercises.problem import Problem
    from quizapp.packs.model import Blueprint, Course, Section


class PaperError(QuizError):
    """A blueprint that cannot be filled."""

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
    problem: Mapping[str, Any] | None = None
    """The problem as data, self-contained."""

    def as_json(self) -> dict[str, Any]:
        """The question as it stands in the log."""
        out: dict[str, Any] = {"kind": self.kind, "section": self.section, "points": self.points}
        return out | (
            {"card": self.card, "seed": self.seed}
            if self.kind == "card"
            else {"problem": dict(self.problem or {})}
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
    """A paper from the log."""
    return Paper(
        blueprint=raw["blueprint"],
        course=raw["course"],
        title=raw["title"],
        minutes=int(raw["minutes"]),
        seed=int(raw["seed"]),
        answer_by=raw["answer_by"],
        questions=tuple(Question(**question) for question in raw["questions"]),
    )


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
    used: set[str] = set()
    questions: list[Question] = []
    for section in blueprint.sections:
        if section.draw == "cards":
            chosen = _cards(section, cards, used, rng, blueprint)
            used.update(card.id for card in chosen)
            questions += [
                Question("card", section.title, section.points, card.id, rng.getrandbits(32))
                for card in chosen
            ]
        else:
            questions += [
                Question("exercise", section.title, section.points, problem=problem.as_json())
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


def _cards(
    section: Section,
    cards: Sequence[Card],
    used: set[str],
    rng: random.Random,
    blueprint: Blueprint,
) -> list[Card]:
    """Cards by the topics' weights, never two on the same syllabus items if it can be helped."""
    pool = [c for c in cards if c.type in section.types and c.id not in used]
    if section.topics:
        pool = [c for c in pool if c.topic in section.topics]
    if len(pool) < section.count:
        raise PaperError(
            f"'{section.title}' wants {section.count} cards and the pack has {len(pool)}; "
            "lower the count or write more cards.",
            where=f"{blueprint.at}",
        )
    chosen: list[Card] = []
    for _ in range(section.count):
        covered = {item for card in chosen for item in card.items}
        fresh = [c for c in pool if not covered.intersection(c.items)] or pool
        topics = sorted({c.topic for c in fresh})
        weights = [
            section.topics.get(t, 0.0) if section.topics else _share(t, fresh) for t in topics
        ]
        topic = rng.choices(topics, weights)[0]
        card = rng.choice([c for c in fresh if c.topic == topic])
        chosen.append(card)
        pool.remove(card)
    return chosen


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
    from dataclasses import replace

    return replace(problem, printed=frozenset(problem.family.conventions))
