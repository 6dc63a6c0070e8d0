"""What a pack is once it is read: frozen data that the rest of the program uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quizapp.cards import AnswerBy, Card
    from quizapp.core.place import Fault, Place

Draw = Literal["cards", "exercises"]


@dataclass(frozen=True, slots=True)
class Course:
    """A lens on the pack: its items, its symbols, its conventions, its exams."""

    id: str
    title: str
    subtitle: str
    about: str
    conventions: Mapping[str, str] = field(hash=False)
    """Convention name to the value that this course uses."""
    symbols: Mapping[str, str] = field(hash=False)
    """Concept to LaTeX, without dollars."""
    exams: tuple[str, ...]
    """Blueprint ids."""
    answer_by: AnswerBy
    """Default of the setting: whose claim is the right answer."""
    at: Place = field(compare=False)
    short: str = ""
    """The title in a word or two, for parentheses; empty where the title itself is short."""
    elsewhere: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """Convention name to further values that the course uses, each with the place where."""
    topics: tuple[str, ...] = ()
    """Its topics in the order in which they are taught; further ones follow."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a course expects of its students."""

    id: str
    course: str
    topic: str
    kind: str
    place: str
    """Where in the course's material."""
    statement: str
    examinable: bool
    families: tuple[str, ...]
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one course says."""

    course: str
    place: str
    says: str
    quote: str
    """At most twelve words of the course itself; empty where none is quoted."""


@dataclass(frozen=True, slots=True)
class Literature:
    """What the literature says, with author, year and title."""

    says: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """A number of an example that an exercise family computes, so that a test can recompute it."""

    family: str
    givens: Mapping[str, Any] = field(hash=False)
    conventions: Mapping[str, str] = field(hash=False)
    step: str
    value: Any = field(hash=False)


@dataclass(frozen=True, slots=True)
class Example:
    """An example in which the claims give different numbers."""

    text: str
    checks: tuple[NumberCheck, ...]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A place where a course, another course or the literature differ, and who is right."""

    id: str
    topic: str
    title: str
    kind: str
    """source-error, convention-conflict or stated-by-source."""
    severity: str
    """high, medium or low."""
    certainty: str
    """certain, high or medium."""
    claims: tuple[Claim, ...]
    literature: Literature
    verdict: str
    exam_advice: Mapping[str, str] = field(hash=False)
    """Course key, or ``default``, to what to write in that exam."""
    example: Example | None
    """None where the difference has no numbers."""
    items: tuple[str, ...]
    families: tuple[str, ...]
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an exam: how many questions of what, and what each is worth."""

    title: str
    draw: Draw
    types: tuple[str, ...]
    """Card types to draw from; empty for exercises."""
    count: int
    points: float
    """Points a question."""
    topics: Mapping[str, float] = field(hash=False)
    """Topic to weight; empty means every topic with something examinable."""
    families: Mapping[str, float] = field(hash=False)
    """Exercise family to weight; empty for cards."""
    level: int | None
    """Level of the exercises; None for cards, or where the generator chooses."""
    scheme: Mapping[str, Mapping[str, float]] = field(default_factory=dict, hash=False)
    """Exercise family to points by step, 1 where it is silent: in these proportions the lines
    share the points of the question."""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The plan of an exam, from which any number of papers can be drawn."""

    id: str
    course: str
    title: str
    minutes: int
    about: str
    sections: tuple[Section, ...]
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Pack:
    """A content pack; what was faulty is left out and listed under ``faults``."""

    name: str
    title: str
    version: str
    licence: str
    about: str
    symbols: Mapping[str, str] = field(hash=False)
    """Concept to LaTeX, for courses that have no symbol of their own."""
    root: Path
    courses: dict[str, Course] = field(hash=False)
    items: dict[str, Item] = field(hash=False)
    cards: dict[str, Card] = field(hash=False)
    discrepancies: dict[str, Discrepancy] = field(hash=False)
    blueprints: dict[str, Blueprint] = field(hash=False)
    faults: tuple[Fault, ...]
