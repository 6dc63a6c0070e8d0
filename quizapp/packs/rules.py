"""What has to hold within one entry beyond the types of its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizapp.cards import types
from quizapp.cards.registry import Flaw
from quizapp.cards.sides import sided
from quizapp.mathtext import faults
from quizapp.packs.wording import did_you_mean, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.packs.document import Path

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LOOSE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}")
MOST_QUOTED_WORDS = 12
MOST_POINTS = 1000

# Data and names: no sentences, so neither empty nor maths is looked for in them.
_NO_PROSE = frozenset(("givens", "conventions", "id", "type", "items", "families", "tags"))


def flaws(kind: str, fields: dict[str, Any]) -> Iterator[Flaw]:
    """Yield what is wrong with an entry whose fields have the right types."""
    pattern = _LOOSE_ID if kind in {"items", "discrepancies"} else _ID
    if not pattern.fullmatch(fields["id"]):
        letters = "letters, digits, points" if pattern is _LOOSE_ID else "small letters, digits"
        yield Flaw(("id",), f"an id has only {letters} and hyphens, at most 80")
    for path, text in prose(fields):
        if not text or text.isspace():
            yield Flaw(path, "an empty text: write it or delete the field")
        elif "$" in text or "\\" in text or path[0] == "symbols":
            yield from _maths(path, text)
    yield from _RULES[kind](fields)


def is_name(text: str) -> bool:
    """Return whether a pack may be named so: its ids carry the name where it is not the first."""
    return _ID.fullmatch(text) is not None


def prose(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of an entry that people read, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, child in value.items():
            if key not in _NO_PROSE:
                yield from prose(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from prose(child, (*path, index))


def _maths(path: Path, text: str) -> Iterator[Flaw]:
    bare = path[0] == "symbols" and "$" not in text  # a symbol is maths without dollars
    for fault in faults(f"${text}$" if bare else text):
        yield Flaw(path, fault.message, max(0, fault.offset - bare))


def _card(fields: dict[str, Any]) -> Iterator[Flaw]:
    if not fields["items"]:
        yield Flaw(("items",), "the card covers no syllabus item: name at least one")
    if not fields["sources"]:
        yield Flaw(("sources",), "the card has no source: name at least one, with its place")
    for path, sides in sided(fields):
        if sides["slides"] == sides["textbook"]:
            yield Flaw(path, "the slides and the textbook say the same here: write it once")
        elif not fields.get("discrepancies"):
            yield Flaw(path, "the slides and the textbook differ here: name the discrepancy")
    yield from types()[fields["type"]].flaws(fields)


def _discrepancy(fields: dict[str, Any]) -> Iterator[Flaw]:
    if not fields["claims"]:
        yield Flaw(("claims",), "nobody claims anything: name at least one course and its claim")
    for index, claim in enumerate(fields["claims"]):
        words = len(claim.get("quote", "").split())
        if words > MOST_QUOTED_WORDS:
            message = f"a quote has at most {MOST_QUOTED_WORDS} words, this one has {words}"
            yield Flaw(("claims", index, "quote"), message)
    if not fields["literature"]["references"]:
        yield Flaw(("literature", "references"), "name at least one reference")


def _blueprint(fields: dict[str, Any]) -> Iterator[Flaw]:
    if fields["minutes"] < 1:
        yield Flaw(("minutes",), "an exam takes at least one minute")
    if not fields["sections"]:
        yield Flaw(("sections",), "an exam has at least one section")
    for index, section in enumerate(fields["sections"]):
        for flaw in _section(section):
            yield Flaw(("sections", index, *flaw.path), flaw.message)


def _section(section: dict[str, Any]) -> Iterator[Flaw]:
    if section["count"] < 1:
        yield Flaw(("count",), "a section has at least one question")
    if not 0 < section["points"] < float("inf"):
        yield Flaw(("points",), "a question is worth a positive number of points")
    for field in ("topics", "families"):
        for name, weight in section.get(field, {}).items():
            if not 0 < weight < float("inf"):
                yield Flaw((field, name), "a weight is a positive number")
    if section.get("level", 1) < 1:
        yield Flaw(("level",), "levels count from 1")
    cards = section["draw"] == "cards"
    own = ("families", "level", "scheme")
    wanted, foreign = ("types", own) if cards else ("families", ("types",))
    if not section.get(wanted):
        yield Flaw((), f"a section that draws {section['draw']} names its {wanted}")
    for field in foreign:
        if field in section:
            message = f"{field} has no meaning in a section that draws {section['draw']}: delete it"
            yield Flaw((field,), message)
    for index, name in enumerate(section.get("types", ())):
        if name not in types():
            yield Flaw(("types", index), unknown_type(name))
    yield from _scheme(section)


def _scheme(section: dict[str, Any]) -> Iterator[Flaw]:
    """Points by step of the families that the section draws."""
    drawn = section.get("families", {})
    for name, points in section.get("scheme", {}).items():
        if name not in drawn:
            near = did_you_mean(name, drawn) or ": name one of its families"
            yield Flaw(("scheme", name), f"the section does not draw {quoted(name)}{near}")
        for step, number in points.items():
            if not 0 <= number <= MOST_POINTS:
                message = f"the points of a step are a number from 0 to {MOST_POINTS}"
                yield Flaw(("scheme", name, step), message)


def unknown_type(name: str) -> str:
    """Return the sentence for a card type that there is not."""
    near = did_you_mean(name, types()) or f": known are {listed(types())}"
    return f"unknown card type {quoted(name)}{near}"


def _nothing(_fields: dict[str, Any]) -> Iterator[Flaw]:
    yield from ()


_RULES = {
    "courses": _nothing,
    "items": _nothing,
    "cards": _card,
    "discrepancies": _discrepancy,
    "blueprints": _blueprint,
}
