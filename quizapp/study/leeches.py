"""Help with a leech: a card that is forgotten again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.scheduling.memory import Rating
from quizapp.study.neighbours import neighbour
from quizapp.study.selection import card_in_course, course_cards

if TYPE_CHECKING:
    from quizapp.cards import Card
    from quizapp.study.neighbours import Neighbour
    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that does not stay, and what it may be confused with."""

    card: Card
    lapses: int
    neighbour: Card | None
    near: Neighbour | None
    """Why that one; None where no card is near."""


def leech(workspace: Workspace, card_id: str) -> Leech | None:
    """Return what may help with a card; None for a card that is not in the pack or not answered.

    Raises StoreError.
    """
    pack, course = workspace.pack, workspace.course.id
    card = card_in_course(pack, card_id, course)
    memory = workspace.store.memory(card_id)
    if card is None or memory is None:
        return None
    cards = course_cards(workspace)
    near = neighbour(card, cards, _wrong(workspace, card_id), workspace.settings.answer_by)
    other = None if near is None else cards[near.card]
    return Leech(card, memory.lapses, other, near)


def _wrong(workspace: Workspace, card_id: str) -> list[str]:
    """The texts of the wrong answers that were given to a card."""
    told = (event.payload for event in workspace.store.events("review", card_id))
    given = (one.get("given") for one in told if one.get("rating") == Rating.AGAIN)
    return [text for text in given if isinstance(text, str)]
