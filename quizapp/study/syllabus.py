"""The syllabus of a course: what asks for each item, and how well the student knows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.packs.coverage import Coverage, coverage
from quizapp.study.attempts import attempts

if TYPE_CHECKING:
    from quizapp.packs.model import Item
    from quizapp.study.workspace import Workspace

LAST = 3
"""So many attempts at a computation say how well it is known, the latest ones."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One item, what asks for it, and how well it is known."""

    item: Item
    coverage: Coverage
    seen: int
    """How many of its cards and computations have been answered."""
    mastery: float | None
    """The mean over its cards of the recall predicted for today and over its computations of the
    score of the latest attempts, what was never answered counted as 0; None where nothing was."""

    @property
    def asked(self) -> int:
        """How many cards and computations ask for the item."""
        return len(self.coverage.cards) + len(self.coverage.families)


def standings(workspace: Workspace, course: str | None = None) -> list[Standing]:
    """The items of a course (of the chosen one without), in the order of the syllabus.

    Raises StoreError where the log cannot be read.
    """
    pack, key = workspace.pack, course or workspace.course.id
    recall, scores = _recall(workspace), _scores(workspace)
    covered = coverage(pack)
    return [
        _standing(item, covered[item.id], recall, scores)
        for item in pack.items.values()
        if item.course == key
    ]


def _standing(
    item: Item, covered: Coverage, recall: dict[str, float], scores: dict[str, float]
) -> Standing:
    known = [recall.get(card) for card in covered.cards]
    known += [scores.get(family) for family in covered.families]
    seen = [value for value in known if value is not None]
    mastery = sum(seen) / len(known) if seen else None
    return Standing(item, covered, len(seen), mastery)


def _recall(workspace: Workspace) -> dict[str, float]:
    """The recall predicted for today of each card that was answered, by the id of its note."""
    scheduler, day = workspace.scheduler, workspace.today()
    found: dict[str, list[float]] = defaultdict(list)
    for card, memory in workspace.store.memories().items():
        found[card.partition("~")[0]].append(scheduler.retrievability(memory, day))
    return {note: sum(values) / len(values) for note, values in found.items()}


def _scores(workspace: Workspace) -> dict[str, float]:
    """The mean score of the latest attempts at each computation."""
    found: dict[str, list[float]] = defaultdict(list)
    for attempt in attempts(workspace):
        found[attempt.family].append(attempt.score)
    return {family: sum(all_[-LAST:]) / len(all_[-LAST:]) for family, all_ in found.items()}
