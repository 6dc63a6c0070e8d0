"""The cards behind an exercise: which of them come first after it went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.study.neighbours import LEAST_ALIKE, likeness
from quizapp.study.selection import course_cards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.cards import Card
    from quizapp.exercises.family import Slip
    from quizapp.store.replay import CardState
    from quizapp.study.practice import PracticeRun
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace

MOST = 5
"""No failed exercise brings more cards forward."""
SURE = 0.97
"""A card that is recalled with more than this is no reason for a failure."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The cards that a failed exercise brings forward."""

    cards: tuple[str, ...] = ()
    """In the order in which they should come."""
    about: str = ""
    """What they are about: the line of the slip, or the exercise."""

    @property
    def told(self) -> str:
        """A sentence for the student, "" where no card is brought forward."""
        if not self.cards:
            return ""
        if len(self.cards) == 1:
            return f"1 card comes first today: on “{self.about}”."
        return f"{len(self.cards)} cards come first today: on “{self.about}”."


def behind(workspace: Workspace, skill: Skill, run: PracticeRun) -> Behind:
    """The cards of the skill's items that are to come first, the weakest recall first.

    Where a slip was named, those that speak of it come before the others. Cards that are due
    anyway, were answered today, are known for sure or are kept out stay as they are, and of the
    cards of one note one comes. Raises StoreError.
    """
    cards = course_cards(workspace)
    items = set(skill.items)
    known = {
        card.id: recall
        for card in cards.values()
        if items.intersection(card.items)
        and (recall := _recall(workspace, workspace.store.state(card.id))) is not None
    }
    slip = _slip(run)
    likes = _likes(slip, run, {name: cards[name] for name in known}) if slip else {}
    order = sorted(known, key=lambda name: (-likes.get(name, 0.0), known[name]))
    chosen: dict[str, str] = {}
    for name in order:
        chosen.setdefault(cards[name].note, name)
    found = tuple(chosen.values())[:MOST]
    named = slip is not None and any(name in likes for name in found)
    title = run.problem.family.by_name[slip.step].title if slip and named else skill.title
    return Behind(found, title)


def _recall(workspace: Workspace, state: CardState) -> float | None:
    """The recall predicted for today, 0 for a new card; None for one that is left alone."""
    today, memory = workspace.today(), state.memory
    if state.suspended or (state.buried_until is not None and state.buried_until > today):
        return None
    if memory is None:
        return 0.0 if state.wanted is None or state.wanted > today else None
    if memory.due_day is None or memory.due_day <= today or memory.last_day == today:
        return None
    recall = workspace.scheduler.retrievability(memory, today)
    return recall if recall <= SURE else None


def _slip(run: PracticeRun) -> Slip | None:
    """The slip that was made first."""
    made = next(iter(run.slips), None)
    return next((slip for slip in run.problem.family.slips if slip.name == made), None)


def _likes(slip: Slip, run: PracticeRun, cards: Mapping[str, Card]) -> dict[str, float]:
    """How much those of the cards that speak of a slip have in common with its words."""
    step = run.problem.family.by_name[slip.step]
    found = likeness(f"{step.title} {step.formula} {slip.says}", cards.values())
    return {name: score for name, score in found.items() if score >= LEAST_ALIKE}
