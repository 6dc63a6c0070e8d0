"""Cards as CSV, a row each, from which the import makes the same cards again."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from typing_extensions import get_type_hints

from quizapp.cards import types
from quizapp.cards.card import CardFields

if TYPE_CHECKING:
    from quizapp.cards import Card
    from quizapp.study.card_export.chosen import Chosen

_FIRST = ("id", "type", "topic", "question", "answer")
_LAST = ("explanation", "items", "sources", "discrepancies", "families", "tags")
_WORDS = frozenset(("items", "discrepancies", "families", "tags"))
_TURNED = "turned"
_SPECIAL = re.compile(r'[",;\t\r\n]|^\s|\s$')


def columns() -> tuple[str, ...]:
    """The columns: what all cards have, and the fields of all card types between."""
    common = get_type_hints(CardFields)
    own = {
        name: None
        for kind in types().values()
        for name in get_type_hints(kind.Fields)
        if name not in common and name not in _FIRST
    }
    return (*_FIRST, *own, *_LAST)


def csv_cards(chosen: Chosen) -> str:
    """All cards as CSV with commas; lists and the like stand in their cells as JSON."""
    names = columns()
    rows = [names]
    for card in chosen.cards:
        fields = _fields(card)
        rows.append(tuple(_cell(name, fields.get(name)) for name in names))
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _fields(card: Card) -> dict[str, Any]:
    """The fields of a card as its file writes them."""
    data = {name: value for name, value in card.data.items() if name != _TURNED}
    return {
        "id": card.note,
        "type": card.type,
        "topic": card.topic,
        **data,
        "explanation": card.explanation,
        "items": list(card.items),
        "sources": [{"course": one.course, "place": one.place} for one in card.sources],
        "discrepancies": list(card.discrepancies),
        "families": list(card.families),
        "tags": list(card.tags),
    }


def _cell(name: str, value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, str):
        return value
    if name in _WORDS and all(_is_word(word) for word in value):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _is_word(word: str) -> bool:
    return word.split() == [word] and not word.startswith("[")


def _quoted(cell: str) -> str:
    """A cell in quotes where it has to be: readers take off the blanks around a bare one."""
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell
