"""The texts of a card as a search compares them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizapp.mathtext.symbols import LETTERS, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards import Card

_MACRO = re.compile(r"\\([A-Za-z]+)")
_SIGNS = {**LETTERS, **{name: sign for name, (sign, _) in SYMBOLS.items() if name.isalpha()}}
BREAK = "\n"
"""Between the texts of a card; no word that is looked for holds it."""


def searchable(text: str) -> str:
    r"""Return a text as it is compared: in small letters, ``\delta`` as δ."""
    if "\\" in text:
        text = _MACRO.sub(lambda macro: _SIGNS.get(macro.group(1), macro.group()), text)
    return text.casefold()


def searchable_card(card: Card) -> str:
    """Return all texts of a card as they are compared."""
    return searchable(BREAK.join(_texts(card)))


def _texts(card: Card) -> Iterator[str]:
    yield card.id
    yield card.topic
    yield " ".join(card.explanation.split())
    yield from card.tags
    yield from _strings(card.data)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
