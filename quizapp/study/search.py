"""Finding cards by the words in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizapp.mathtext.symbols import LETTERS, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizapp.cards import Card

_MACRO = re.compile(r"\\([A-Za-z]+)")
_SIGNS = {**LETTERS, **{name: sign for name, (sign, _) in SYMBOLS.items() if name.isalpha()}}
_BREAK = "\n"
"""Between the texts of a card; no word that is looked for holds it."""


class CardSearch:
    """Cards by the words in them, case and the spelling of Greek letters aside."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards = list(cards)
        self._texts = [searchable(_BREAK.join(_texts(card))) for card in self._cards]

    def find(self, text: str) -> list[Card]:
        """Return the cards that hold every word of a text, in the order of the cards.

        "Words like these" in double quotes are looked for as they stand.
        """
        words = _wanted(text)
        if not words:
            return list(self._cards)
        found = range(len(self._cards))
        texts = self._texts
        for word in words:  # the list shrinks with every word
            found = [place for place in found if word in texts[place]]  # type: ignore[assignment]
        return [self._cards[place] for place in found]


def searchable(text: str) -> str:
    r"""Return a text as it is compared: in small letters, ``\delta`` as δ."""
    if "\\" in text:
        text = _MACRO.sub(lambda macro: _SIGNS.get(macro.group(1), macro.group()), text)
    return text.casefold()


def _wanted(text: str) -> list[str]:
    """The words and quoted phrases of what was typed; a quote that is never closed is a word."""
    parts = searchable(text).split('"')
    closed = len(parts) - (len(parts) % 2 == 0)
    words = [word for part in parts[:closed:2] for word in part.split()]
    phrases = [" ".join(part.split()) for part in parts[1:closed:2] if part.strip()]
    rest = " ".join(parts[closed:]).split()
    return [*phrases, *words, *rest]


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
