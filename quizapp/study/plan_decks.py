"""The two decks of a plan: the cards and the computations that the exam may ask for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizapp.scheduling.plan import PlanCard
from quizapp.study.exam_weights import exam_weights
from quizapp.study.selection import course_cards
from quizapp.study.skills import course_skills

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.scheduling.memory import CardMemory
    from quizapp.store.replay import CardState
    from quizapp.study.exam_plan import DeckName, Dropped
    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlanDeck:
    """One of the decks; the planner sees a group as a topic."""

    name: DeckName
    entries: tuple[PlanCard, ...]
    """What is planned for, in the order of teaching. The group of a skill is its family, since
    that is what a blueprint gives weights to."""
    weights: Mapping[str, float]
    """Group to its share of the deck; empty where all count alike."""
    share: float
    """The share of the exam that the deck has, 0 to 1."""
    sizes: Mapping[str, int]
    """Group to how many there are, those left out counted in."""
    topics: Mapping[str, str]
    """Group to the topic of the course."""

    def shares(self) -> dict[str, float]:
        """Each group's share of the deck; they add up to 1."""
        known = {group: self.weights.get(group, 0.0) for group in self.sizes}
        if sum(known.values()) <= 0:
            known = {group: float(size) for group, size in self.sizes.items()}
        total = sum(known.values())
        return {group: value / total for group, value in known.items()} if total else {}


def plan_decks(
    workspace: Workspace, states: Mapping[str, CardState], gone: Sequence[Dropped]
) -> tuple[PlanDeck, PlanDeck]:
    """The cards and the skills of the course; what is suspended or left out is not planned for.

    ``states`` are those of the moment that the plan is made for.
    """
    cards, skills = course_cards(workspace), course_skills(workspace)
    topics = dict.fromkeys(card.topic for card in cards.values())
    weights = exam_weights(workspace, topics, [skill.family for skill in skills])
    kept = _Kept(states, gone)
    asked = [
        PlanCard(card.id, card.topic, card.items, card.note, kept.memory(card.id))
        for card in cards.values()
    ]
    able = [
        PlanCard(skill.card, skill.family, skill.items, "", kept.memory(skill.card))
        for skill in skills
    ]
    computing = weights.computing if cards else 1.0
    return (
        PlanDeck(
            name="cards",
            entries=kept.entries(asked, "cards"),
            weights=weights.topics,
            share=1 - computing,
            sizes=Counter(one.topic for one in asked),
            topics={topic: topic for topic in topics},
        ),
        PlanDeck(
            name="skills",
            entries=kept.entries(able, "skills"),
            weights=weights.families,
            share=computing,
            sizes=Counter(one.topic for one in able),
            topics={skill.family: skill.topic for skill in skills},
        ),
    )


class _Kept:
    """What stays in the plan."""

    def __init__(self, states: Mapping[str, CardState], gone: Sequence[Dropped]) -> None:
        self._states = states
        self._gone = {
            deck: {id_ for one in gone if one.deck == deck for id_ in (*one.cards, *one.items)}
            for deck in ("cards", "skills")
        }

    def memory(self, card: str) -> CardMemory | None:
        """The memory of a card."""
        return self._states[card].memory if card in self._states else None

    def entries(self, asked: Sequence[PlanCard], deck: DeckName) -> tuple[PlanCard, ...]:
        """What is planned for; items left out need not be covered by what stays."""
        gone = self._gone[deck]
        return tuple(
            replace(one, items=tuple(item for item in one.items if item not in gone))
            for one in asked
            if self._keeps(one, deck)
        )

    def _keeps(self, one: PlanCard, deck: DeckName) -> bool:
        """Whether a card is planned for: what was answered stays, all else only if not dropped."""
        if one.card in self._states and self._states[one.card].suspended:
            return False
        gone = self._gone[deck]
        dropped = one.card in gone or (bool(one.items) and gone.issuperset(one.items))
        return one.memory is not None or not dropped
