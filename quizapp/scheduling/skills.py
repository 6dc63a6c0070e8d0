"""Skills: exercise families on the schedule, under ids that no card of a pack can have."""

from __future__ import annotations

SKILL = "skill/"
"""How the id of a skill begins; the id of a card has no slash."""


def skill_card(family: str) -> str:
    """Return the id under which a family is on the schedule."""
    return SKILL + family


def family_of(card: str) -> str | None:
    """Return the family of a skill, None for a card of a pack."""
    return card.removeprefix(SKILL) if card.startswith(SKILL) else None
