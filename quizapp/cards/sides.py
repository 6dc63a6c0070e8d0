"""An answer on which the slides and the textbook differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeVar, cast

from typing_extensions import TypedDict

from quizapp.cards.shape import exact

AnswerBy = Literal["slides", "textbook"]
"""The setting that decides which claim counts as the right answer."""

T = TypeVar("T")
Path = tuple[str | int, ...]

SIDES: tuple[AnswerBy, AnswerBy] = ("slides", "textbook")


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


def two_sided(fields: object) -> bool:
    """Return whether the slides and the textbook differ anywhere in a card's own fields."""
    return next(_sided_paths(fields, ()), None) is not None


def same_sides(fields: object) -> Iterator[Path]:
    """Yield the path of every mapping of two sides that say the same."""
    for path, sides in _sided_paths(fields, ()):
        if sides["slides"] == sides["textbook"]:
            yield path


def _sided_paths(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        if set(value) == set(SIDES):
            yield path, cast("Mapping[str, Any]", value)
        for key, child in value.items():
            yield from _sided_paths(child, (*path, key))
    elif isinstance(value, list | tuple):
        for index, child in enumerate(value):
            yield from _sided_paths(child, (*path, index))
