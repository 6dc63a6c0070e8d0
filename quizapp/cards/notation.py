r"""The reader's course and its symbols: ``\sym{pre-activation}`` in a card is what it writes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.cards.card import Card

_SYMBOL = re.compile(r"\\sym\{([^{}$]*)\}")


def uses(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the name of each symbol that a text takes from the course."""
    for match in _SYMBOL.finditer(text):
        yield match.start(), match.group(1)


def is_symbolic(value: object) -> bool:
    """Return whether any text in a card's fields takes a symbol from the course."""
    if isinstance(value, str):
        return "\\sym{" in value
    if isinstance(value, dict):
        return any(map(is_symbolic, value.values()))
    return isinstance(value, list) and any(map(is_symbolic, value))


def in_notation(card: Card, symbols: Mapping[str, str]) -> Card:
    """Return the card with the symbols of a course; a name without a symbol stays in words."""
    if not card.symbolic:
        return card
    return replace(
        card,
        explanation=_written(card.explanation, symbols),
        data=_written(card.data, symbols),
    )


def _written(value: Any, symbols: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _SYMBOL.sub(lambda match: _symbol(match, symbols), value)
    if isinstance(value, dict):
        return {key: _written(inner, symbols) for key, inner in value.items()}
    return [_written(inner, symbols) for inner in value] if isinstance(value, list) else value


def _symbol(match: re.Match[str], symbols: Mapping[str, str]) -> str:
    symbol = symbols.get(match.group(1))
    if symbol is None:
        return match.group()
    # Two braces in a row would end the blank of a cloze.
    return f"{{{symbol} }}" if symbol.endswith("}") else f"{{{symbol}}}"
