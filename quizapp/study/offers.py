"""What there is to choose from in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace

FEWEST_NEW = 5
REVIEWS_A_MINUTE = 5


def courses(workspace: Workspace) -> list[tuple[str, str]]:
    """The courses that have cards to learn, as key and title."""
    pack = workspace.pack
    with_cards = {
        pack.items[name].course
        for card in pack.cards.values()
        for name in card.items
        if name in pack.items and pack.items[name].examinable
    }
    return [(key, course.title) for key, course in pack.courses.items() if key in with_cards]


def limits(minutes: int) -> tuple[int, int]:
    """How many new cards and reviews a day fit into so many minutes."""
    return max(FEWEST_NEW, minutes // 2), minutes * REVIEWS_A_MINUTE
