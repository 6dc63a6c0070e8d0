"""The syllabus of a course: what asks for each item, and how well the student knows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.study.attempts import attempts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizapp.packs.coverage import Coverage
    from quizapp.packs.model import Item
    from quizapp.study.attempts import PastAttempt
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


def standings(
    workspace: Workspace,
    course: str | None = None,
    *,
    recall: Mapping[str, float] | None = None,
    worked: Sequence[PastAttempt] | None = None,
) -> list[Standing]:
    """The items of a course (of the chosen one without), in the order of the syllabus.

    ``recall`` by card and the attempts ``worked`` are for who has read them already. Raises
    StoreError where the log cannot be read.
    """
    pack, key = workspace.pack, course or workspace.course.id
    recall = _by_note(_recall(workspace) if recall is None else recall)
    scores = _scores(attempts(workspace) if worked is None else worked)
    covered = workspace.coverage
    return [
        _standing(item, covered[item.id], recall, scores)
        for item in pack.items.values()
        if item.course == key
    ]


def _standing(
    item: Item, covered: Coverage, recall: Mapping[str, float], scores: dict[str, float]
) -> Standing:
    known = [recall.get(card) for card in covered.cards]
    known += [scores.get(family) for family in covered.families]
    seen = [value for value in known if value is not None]
    mastery = sum(seen) / len(known) if seen else None
    return Standing(item, covered, len(seen), mastery)


def _recall(workspace: Workspace) -> dict[str, float]:
    """The recall predicted for today of each card that was answered."""
    scheduler, day = workspace.scheduler, workspace.today()
    memories = workspace.store.memories()
    return {card: scheduler.retrievability(memory, day) for card, memory in memories.items()}


def _by_note(recall: Mapping[str, float]) -> Mapping[str, float]:
    """The mean recall of the cards of each note, by its id."""
    if not any("~" in card for card in recall):
        return recall
    found = {card: value for card, value in recall.items() if "~" not in card}
    several: dict[str, list[float]] = defaultdict(list)
    for card, value in recall.items():
        if "~" in card:
            several[card.partition("~")[0]].append(value)
    for note, values in several.items():
        both = [*values, found[note]] if note in found else values
        found[note] = sum(both) / len(both)
    return found


def _scores(worked: Iterable[PastAttempt]) -> dict[str, float]:
    """The mean score of the latest attempts at each computation."""
    found: dict[str, list[float]] = defaultdict(list)
    for attempt in worked:
        found[attempt.family].append(attempt.score)
    return {family: sum(all_[-LAST:]) / len(all_[-LAST:]) for family, all_ in found.items()}
