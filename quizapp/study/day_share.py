"""What the plan gives a study day, fixed in the morning, and what of it is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.scheduling.skills import family_of
from quizapp.study.exam_plan import TodayShare

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from quizapp.scheduling.forgetting import Experience
    from quizapp.scheduling.horizon import Pace
    from quizapp.scheduling.memory import CardMemory
    from quizapp.scheduling.plan import Share
    from quizapp.study.exam_plan import DeckName
    from quizapp.study.pace import Paces
    from quizapp.study.plan_join import DeckPlan

_FORGOTTEN = 0.15
"""The part of a day's reviews that is assumed to be forgotten and to take a second answer."""


@dataclass(frozen=True, slots=True)
class DeckShare:
    """The share of one deck."""

    share: Share
    pace: Pace

    def cost(self, cards: Collection[str], new: Collection[str]) -> float:
        """The seconds that some cards take; ``new`` are those never seen before the day."""
        fresh = sum(card in new for card in cards)
        return fresh * self.pace.new + (len(cards) - fresh) * self._review

    @property
    def _review(self) -> float:
        return self.pace.review * (1 + _FORGOTTEN)

    def left(self, answered: Mapping[str, bool], held: Collection[str]) -> tuple[str, ...]:
        """The cards still to come.

        ``answered`` are those of today with whether each was new: what was done beyond the share
        counts against it, too. ``held`` ones do not come.
        """
        new = frozenset(self.share.new)
        spent = self.cost(answered, {card for card, fresh in answered.items() if fresh})
        room = self.cost(self.share.cards, new) - spent
        out = []
        for card in self.share.cards:
            if card in answered or card in held:
                continue
            if room <= 0:
                break
            out.append(card)
            room -= self.cost([card], new)
        return tuple(out)


def answered_on(
    day: date, memories: Mapping[str, CardMemory], known: Collection[str]
) -> dict[str, bool]:
    """The cards answered on a day, each with whether it was new; ``known`` were seen before."""
    return {card: card not in known for card, memory in memories.items() if memory.last_day == day}


def today_share(
    shares: Mapping[DeckName, DeckShare],
    answered: Mapping[DeckName, Mapping[str, bool]],
    held: Collection[str],
) -> TodayShare:
    """The day's share of both decks, by their names; ``answered`` by deck, too."""
    left = {name: one.left(answered[name], held) for name, one in shares.items()}
    seconds = sum(one.cost(left[name], frozenset(one.share.new)) for name, one in shares.items())
    cards, skills = shares.get("cards"), shares.get("skills")
    first = cards or skills
    return TodayShare(
        new=len(cards.share.new) if cards else 0,
        reviews=len(cards.share.reviews) if cards else 0,
        skills=len(skills.share.cards) if skills else 0,
        minutes=sum(one.share.seconds for one in shares.values()) / 60,
        left=left.get("cards", ()),
        skills_left=left.get("skills", ()),
        minutes_left=seconds / 60,
        final_pass=first is not None and first.share.final_pass,
    )


def later(plans: Sequence[DeckPlan], today: date) -> tuple[str, ...]:
    """What the days after today bring, each card and skill once, day by day."""
    days: dict[date, list[str]] = {}
    for one in plans:
        for share in one.plan.days if one.plan is not None else ():
            if share.day > today:
                days.setdefault(share.day, []).extend(share.cards)
    return tuple(dict.fromkeys(card for day in sorted(days) for card in days[day]))


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What the plan gives this study day; fixed in the morning."""

    day: date
    plans: tuple[DeckPlan, ...]
    paces: Paces
    known: frozenset[str]
    """The cards and skills answered before the day."""
    experience: Experience | None
    """What the reviews before the day say about forgetting."""

    @property
    def order(self) -> tuple[str, ...]:
        """What the days after today bring, day by day: for who goes on beyond the share."""
        return later(self.plans, self.day)

    def share(self, memories: Mapping[str, CardMemory], held: Collection[str] = ()) -> TodayShare:
        """The share, and what of it is left by the memories of now; ``held`` do not come."""
        answered = answered_on(self.day, memories, self.known)
        shares: dict[DeckName, DeckShare] = {
            one.deck.name: DeckShare(
                one.plan.today, self.paces.skills if one.deck.name == "skills" else self.paces.cards
            )
            for one in self.plans
            if one.plan is not None
        }
        by_deck: dict[DeckName, dict[str, bool]] = {"cards": {}, "skills": {}}
        for card, fresh in answered.items():
            by_deck["cards" if family_of(card) is None else "skills"][card] = fresh
        return today_share(shares, by_deck, held)
