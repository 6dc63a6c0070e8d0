"""What is allowed in a pack and still a mistake: giveaways, doubles, texts beyond the screen."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from quizapp.cards import ChooseMany, ChooseOne, Match, Order, Reveal, notation, types
from quizapp.cards.sides import sided
from quizapp.core.place import Fault
from quizapp.mathtext import plain, prose, width
from quizapp.packs import rules
from quizapp.packs.coverage import covered, covering, needed
from quizapp.packs.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards import Ask, Option
    from quizapp.packs.entry import Entry
    from quizapp.packs.reading import Reading

COLUMNS = 76
"""Of 80, without the margins."""
OPTION_INDENT = 4
MOST_QUESTION_LINES = 18
MOST_EXPLANATION_LINES = 14
MOST_ANSWER_LINES = 8
GIVEAWAY_RATIO = 1.6
GIVEAWAY_CHARACTERS = 20

_ALL_OF_THEM = re.compile(r"(?i)\b(all|none|any|both) of (the )?(above|below|these|others?)\b")
# A file that names the same thing in its head and in its name.
_NAMED_BY = {"courses": "id", "syllabus": "topic", "cards": "topic", "discrepancies": "topic"}
_NAMED_BY["exams"] = "id"


def lint(reading: Reading) -> Iterator[Fault]:
    """Yield what should be mended in entries that are right by the format."""
    for document in reading.documents:
        for place in document.cleaned:
            yield Fault(place, "a control character in the text, never shown: delete it")
        path = PurePath(document.places.file)
        field = _NAMED_BY.get(str(path.parent))
        tree: Any = document.tree
        if field and isinstance(tree, dict) and tree.get(field, path.stem) != path.stem:
            message = f"the file is named {path.name}: give both the same name"
            yield Fault(document.places.at((field,)), message)
    if reading.head.get("coverage") == "full":
        yield from _uncovered(reading)
    yield from _untaught(reading)
    for entry in reading.entries["cards"].values():
        if reading.head.get("coverage") == "full" and "explanation" not in entry.fields:
            yield Fault(entry.at("id"), "no explanation: say why, with an example")
        yield from _card(entry)
        yield from _symbols(entry, reading)


def _uncovered(reading: Reading) -> Iterator[Fault]:
    """Yield the examinable items that too little asks for."""
    cards = reading.entries["cards"].values()
    by_item = covering((one.id, one.fields["type"], one.fields["items"]) for one in cards)
    for entry in reading.entries["items"].values():
        kind = entry.fields["kind"]
        least = needed(kind, examinable=entry.fields.get("examinable", True))
        found = covered(by_item.get(entry.id, {}), entry.fields.get("families", ()), least)
        if found.enough:
            continue
        if not found.ways:
            message = "no card and no exercise family asks for this item: write a card"
        else:
            ways = " and ".join(sorted(found.ways))
            message = f"a {kind} needs a second way of asking besides {ways}: add another card type"
        yield Fault(entry.at("id"), message)


def _untaught(reading: Reading) -> Iterator[Fault]:
    """Yield the courses that list their topics and leave out one of which they have items."""
    for entry in reading.entries["courses"].values():
        listed = entry.fields.get("topics")
        if not listed:
            continue
        items = reading.entries["items"].values()
        has = {one.fields["topic"] for one in items if one.fields["course"] == entry.id}
        for topic in sorted(has - set(listed)):
            message = f"the topic {quoted(topic)} is missing: say when it comes"
            yield Fault(entry.at("topics"), message)


def _card(entry: Entry) -> Iterator[Fault]:
    ask = types()[entry.fields["type"]].ask(entry.fields, "slides")
    lines = _lines(ask.front) + sum(_lines(text, OPTION_INDENT) for text in _offered(ask))
    if isinstance(ask, ChooseOne | ChooseMany):
        yield from _options(entry, ask.options)
    if isinstance(ask, Reveal) and _lines(ask.back) > MOST_ANSWER_LINES:
        message = f"{_lines(ask.back)} lines of answer: nobody recalls more than a few, split it"
        yield Fault(entry.at(), message)
    if isinstance(ask, ChooseOne) and not next(sided(entry.fields), None):
        yield from _giveaway(entry, ask)
    if lines > MOST_QUESTION_LINES:
        message = f"{lines} lines on a screen of 80×24: keep it under {MOST_QUESTION_LINES}"
        yield Fault(entry.at(), message)
    lines = _lines(entry.fields.get("explanation", ""))
    if lines > MOST_EXPLANATION_LINES:
        message = f"{lines} lines of explanation: keep it under {MOST_EXPLANATION_LINES}"
        yield Fault(entry.at("explanation"), message)


def _offered(ask: Ask) -> Iterator[str]:
    """Yield what stands below the question, each on lines of its own."""
    match ask:
        case ChooseOne() | ChooseMany():
            yield from (option.text for option in ask.options)
        case Order():
            yield from ask.steps
        case Match():
            yield from ask.columns
            for row in ask.rows:
                yield f"{row.aspect}: {max(row.cells, key=len)}"
        case _:
            return


def _symbols(entry: Entry, reading: Reading) -> Iterator[Fault]:
    """Yield the symbols that the pack does not know and the reader would see as words."""
    if "title" not in reading.head:
        return  # the head is faulty, and may well have them
    known = reading.head.get("symbols", {})
    for path, text in rules.prose(entry.fields):
        for offset, name in notation.uses(text):
            if name not in known:
                near = did_you_mean(name, known) or ": add it to `symbols` in pack.yaml"
                place = entry.document.inside((*entry.path, *path), text, offset)
                yield Fault(place, f"the pack has no symbol {quoted(name)}{near}")


def _options(entry: Entry, options: tuple[Option, ...]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, option in enumerate(options):
        first = seen.setdefault(" ".join(option.text.split()).casefold(), index)
        if first != index:
            message = f"the same as option {first + 1}: make them differ"
            yield Fault(entry.at("options", index, "text"), message)
        if _ALL_OF_THEM.search(option.text):
            message = "options are shuffled, so this has no meaning: use `select: many`"
            yield Fault(entry.at("options", index, "text"), message)


def _giveaway(entry: Entry, ask: ChooseOne) -> Iterator[Fault]:
    if ask.fixed:
        return
    lengths = [width(plain(option.text)) for option in ask.options]
    right = lengths.pop(ask.right)
    mean = sum(lengths) / len(lengths)
    if right > GIVEAWAY_RATIO * mean and right > mean + GIVEAWAY_CHARACTERS:
        message = "the right option is much longer than the others: make them alike"
        yield Fault(entry.at("options", ask.right, "text"), message)


def _lines(text: str, indent: int = 0) -> int:
    """Return how many lines a text takes on the screen, with its blank lines."""
    return len(prose(text, COLUMNS - indent))
