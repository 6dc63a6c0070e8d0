"""The content format, as pydantic checks it: one declaration for each thing a pack writes.

The card types declare their own fields in ``quizapp.cards``.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from quizapp.cards.shape import exact


@exact
class PackFields(TypedDict):
    """pack.yaml."""

    name: str
    title: str
    version: str
    licence: str
    about: str
    symbols: NotRequired[dict[str, str]]
    coverage: NotRequired[Literal["full"]]


@exact
class CourseFields(TypedDict):
    """courses/<key>.yaml."""

    id: str
    title: str
    short: NotRequired[str]
    subtitle: NotRequired[str]
    about: str
    conventions: NotRequired[dict[str, str]]
    elsewhere: NotRequired[dict[str, dict[str, str]]]
    symbols: NotRequired[dict[str, str]]
    topics: NotRequired[list[str]]
    exams: NotRequired[list[str]]
    answer_by: NotRequired[Literal["slides", "textbook"]]


@exact
class SyllabusFile(TypedDict):
    """syllabus/<topic>.yaml."""

    topic: str
    items: list[Any]


@exact
class ItemFields(TypedDict):
    """One item of a syllabus."""

    id: str
    course: str
    kind: Literal[
        "definition",
        "formula",
        "concept",
        "theorem",
        "algorithm",
        "trap",
        "comparison",
        "history",
        "worked-example",
        "figure",
    ]
    place: str
    statement: str
    examinable: NotRequired[bool]
    families: NotRequired[list[str]]


@exact
class CardsFile(TypedDict):
    """cards/<topic>.yaml."""

    topic: str
    cards: list[Any]


@exact
class DiscrepanciesFile(TypedDict):
    """discrepancies/<topic>.yaml."""

    topic: str
    discrepancies: list[Any]


@exact
class ClaimFields(TypedDict):
    """Who claims what, where."""

    course: str
    place: str
    says: str
    quote: NotRequired[str]


@exact
class LiteratureFields(TypedDict):
    """What the literature says."""

    says: str
    references: list[str]


@exact
class NumberCheckFields(TypedDict):
    """A number of an example, for a test to recompute."""

    family: str
    givens: dict[str, Any]
    conventions: NotRequired[dict[str, str]]
    step: str
    value: Any


@exact
class ExampleFields(TypedDict):
    """An example in which the claims give different numbers."""

    text: str
    checks: NotRequired[list[NumberCheckFields]]


@exact
class DiscrepancyFields(TypedDict):
    """One discrepancy."""

    id: str
    title: str
    kind: Literal["source-error", "convention-conflict", "stated-by-source"]
    severity: Literal["high", "medium", "low"]
    certainty: Literal["certain", "high", "medium"]
    claims: list[ClaimFields]
    literature: LiteratureFields
    verdict: str
    exam_advice: dict[str, str]
    example: NotRequired[ExampleFields]
    items: NotRequired[list[str]]
    families: NotRequired[list[str]]


@exact
class SectionFields(TypedDict):
    """A part of an exam."""

    title: str
    draw: Literal["cards", "exercises"]
    types: NotRequired[list[str]]
    count: int
    points: float
    topics: NotRequired[dict[str, float]]
    families: NotRequired[dict[str, float]]
    level: NotRequired[int]
    scheme: NotRequired[dict[str, dict[str, float]]]


@exact
class BlueprintFields(TypedDict):
    """exams/<id>.yaml."""

    id: str
    course: str
    title: str
    minutes: int
    about: str
    sections: list[SectionFields]
