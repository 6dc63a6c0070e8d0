"""An answer in words, as the log keeps wrong ones: what a card is taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cards.asks import ChooseMany, ChooseOne, Number, Words

if TYPE_CHECKING:
    from quizapp.cards.asks import Ask, Response

LONGEST = 200
"""Characters."""


def told(ask: Ask, response: Response) -> str:
    """Return what was chosen or typed; "" where nothing was, or where it has no words."""
    match ask:
        case ChooseOne(options=options) if isinstance(response, int):
            text = options[response].text
        case ChooseMany(options=options) if isinstance(response, set | frozenset):
            text = "; ".join(options[place].text for place in sorted(response))
        case Words() if isinstance(response, str):
            text = " ".join(response.split())
        case Number() if isinstance(response, int | float):
            text = f"{response:.15g}"
        case _:
            text = ""
    return text[:LONGEST]
