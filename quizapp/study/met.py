"""How much of each topic of the exam was met: items of which something was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.study.syllabus import standings

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Met:
    """The items of one topic that the exam can ask for."""

    items: int
    """Those of which a card or a computation was answered."""
    of: int


def met_by_topic(workspace: Workspace) -> dict[str, Met]:
    """How much of each topic was met, in the order of the syllabus. Raises StoreError."""
    found: dict[str, Met] = {}
    for one in standings(workspace):
        if one.item.examinable:
            before = found.get(one.item.topic, Met(0, 0))
            found[one.item.topic] = Met(before.items + (one.seen > 0), before.of + 1)
    return found
