"""A card or a skill in front of the student."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.cards import ask as ask_of
from quizapp.cards.asks import Ask, shuffled
from quizapp.scheduling.memory import describe_interval
from quizapp.study.balancing import previews
from quizapp.study.skills import ShownSkill, Skill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from quizapp.cards import Card
    from quizapp.scheduling.memory import CardMemory, Rating
    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Shown:
    """A card in front of the student."""

    card: Card
    ask: Ask
    memory: CardMemory | None
    intervals: Mapping[Rating, str]
    """What each rating would lead to, as it stands on the button."""
    since: datetime
    due: Mapping[Rating, date | None]
    """The day on which each rating would bring it back; None in the learning steps."""

    @property
    def id(self) -> str:
        """The id on the schedule."""
        return self.card.id

    @property
    def topic(self) -> str:
        """The topic of the card."""
        return self.card.topic

    @property
    def is_new(self) -> bool:
        """Whether the card is seen for the first time."""
        return self.memory is None


def show(
    workspace: Workspace, shown: Card | Skill, memory: CardMemory | None
) -> Shown | ShownSkill:
    """Put a card or a skill in front, with what each rating would lead to. Raises StoreError."""
    now, day = workspace.now(), workspace.today()
    name = shown.card if isinstance(shown, Skill) else shown.id
    after = previews(workspace, memory, now, name)
    intervals = {rating: describe_interval(then, now, day) for rating, then in after.items()}
    due = {rating: then.due_day for rating, then in after.items()}
    if isinstance(shown, Skill):
        return ShownSkill(shown, memory, intervals, now, due)
    reps = memory.reps if memory else 0
    seed = zlib.crc32(f"{name}:{reps}".encode())
    return Shown(
        card=shown,
        ask=shuffled(ask_of(shown, workspace.settings.answer_by), seed),
        memory=memory,
        intervals=intervals,
        since=now,
        due=due,
    )
