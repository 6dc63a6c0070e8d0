"""An answer on which the slides and the textbook differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from typing_extensions import TypedDict

from quizapp.cards.shape import exact

AnswerBy = Literal["slides", "textbook"]
"""The setting that decides which claim counts as the right answer."""

Path = tuple[str | int, ...]

SIDES: tuple[AnswerBy, AnswerBy] = ("slides", "textbook")
_BOTH = frozenset(SIDES)


@exact
class TextSides(TypedDict):
    """What each side writes."""

    slides: str
    textbook: str


@exact
class TruthSides(TypedDict):
    """What each side calls true."""

    slides: bool
    textbook: bool


@exact
class NumberSides(TypedDict):
    """The number that each side gets."""

    slides: float
    textbook: float


def pick(value: object, answer_by: AnswerBy) -> tuple[Any, Any]:
    """Return the value that counts and the other side's, which is None where there is one answer.

    ``value`` is either the answer itself or a mapping with the keys ``slides`` and ``textbook``.
    """
    if not isinstance(value, Mapping):
        return value, None
    other: AnswerBy = "textbook" if answer_by == "slides" else "slides"
    return value[answer_by], value[other]


def sided(fields: object, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every answer on which the slides and the textbook differ, with its path.

    ``fields`` are a card's fields as read from YAML or JSON.
    """
    if isinstance(fields, dict):
        if fields.keys() == _BOTH:
            yield path, fields
        for key, value in fields.items():
            if not isinstance(value, str):
                yield from sided(value, (*path, key))
    elif isinstance(fields, list):
        for index, value in enumerate(fields):
            if not isinstance(value, str):
                yield from sided(value, (*path, index))
