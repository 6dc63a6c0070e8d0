"""Cards for the tests, of any type."""

from __future__ import annotations

from typing import Any

from quizapp.cards import Card, Source, types


def card(kind: str, **data: Any) -> Card:
    """A card with these fields of its type."""
    return Card(
        id="a",
        type=kind,
        topic="hopfield",
        items=("hub-energy",),
        sources=(Source("hub", "L1"),),
        discrepancies=(),
        families=(),
        tags=(),
        explanation="Because.",
        data=data,
    )


def complaints(kind: str, **fields: Any) -> list[str]:
    """What is wrong with such fields."""
    return [flaw.message for flaw in types()[kind].flaws(fields)]
