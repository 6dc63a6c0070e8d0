"""The plans of both decks as one: the forecast, the feasibility, the days ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizapp.study.exam_plan import (
    DayAhead,
    Dropped,
    ExamForecast,
    Feasibility,
    MoreTime,
    TopicForecast,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from quizapp.scheduling.plan import Drop, Forecast, Plan
    from quizapp.study.exam_plan import DeckName
    from quizapp.study.plan_decks import PlanDeck

    Forecasts = Mapping[DeckName, Forecast | None]


HARDLY = 0.02
"""A topic with a smaller share of the exam is never called the weakest."""


@dataclass(frozen=True, slots=True)
class DeckPlan:
    """A deck with its plan."""

    deck: PlanDeck
    part: float
    """Its part of the minutes a day, 0 to 1."""
    plan: Plan | None
    """None for a deck that is empty, or not asked for and left no minutes."""

    def recalled(self, forecast: Forecast | None) -> dict[str, float]:
        """Each group's recall by a forecast; what was left out counts 0."""
        kept: dict[str, int] = {}
        for one in self.deck.entries:
            kept[one.topic] = kept.get(one.topic, 0) + 1
        told = forecast.topics if forecast is not None else {}
        return {
            group: told.get(group, 0.0) * kept.get(group, 0) / size
            for group, size in self.deck.sizes.items()
        }

    def overall(self, forecast: Forecast | None) -> float:
        """The recall of the deck by a forecast, weighted as the blueprint."""
        recalled = self.recalled(forecast)
        return sum(share * recalled[group] for group, share in self.deck.shares().items())


def forecast(plans: Sequence[DeckPlan], order: Sequence[str]) -> ExamForecast:
    """The joined forecast; ``order`` are the topics as the course teaches them."""
    then, idle = _with_plan(plans), _idle(plans)
    alone = {one.deck.name: one.overall(then[one.deck.name]) for one in plans if one.deck.sizes}
    topics = _topics(plans, then, idle, order)
    return ExamForecast(
        overall=overall(plans, then),
        now=overall(plans, idle),
        cards=alone.get("cards", 0.0),
        skills=alone.get("skills"),
        topics=topics,
    )


def _with_plan(plans: Sequence[DeckPlan]) -> Forecasts:
    return {one.deck.name: one.plan.forecast if one.plan else None for one in plans}


def _idle(plans: Sequence[DeckPlan]) -> Forecasts:
    return {one.deck.name: one.plan.idle if one.plan else None for one in plans}


def overall(plans: Sequence[DeckPlan], forecasts: Forecasts) -> float:
    """The recall of all decks, weighted by their shares of the exam."""
    return sum(one.deck.share * one.overall(forecasts[one.deck.name]) for one in plans)


def _topics(
    plans: Sequence[DeckPlan],
    then: Forecasts,
    idle: Forecasts,
    order: Sequence[str],
) -> tuple[TopicForecast, ...]:
    parts: dict[str, list[tuple[float, float, float, int]]] = {}
    for one in plans:
        with_plan, now = one.recalled(then[one.deck.name]), one.recalled(idle[one.deck.name])
        for group, share in one.deck.shares().items():
            part = (share * one.deck.share, with_plan[group], now[group], one.deck.sizes[group])
            parts.setdefault(one.deck.topics[group], []).append(part)
    place = {topic: number for number, topic in enumerate(order)}
    found = [_topic(name, parts[name]) for name in sorted(parts, key=lambda t: place.get(t, 999))]
    asked = [one for one in found if one.weight >= HARDLY]
    weakest = min(asked, key=lambda one: one.recall).topic if len(asked) > 1 else None
    return tuple(
        TopicForecast(one.topic, one.recall, one.now, one.weight, weakest=one.topic == weakest)
        for one in found
    )


def _topic(name: str, parts: Sequence[tuple[float, float, float, int]]) -> TopicForecast:
    weight = sum(part[0] for part in parts)
    # A topic that the blueprint does not ask for is the mean of what there is of it.
    by = [part[0] if weight > 0 else part[3] for part in parts]
    total = sum(by)
    return TopicForecast(
        topic=name,
        recall=sum(b * part[1] for b, part in zip(by, parts, strict=True)) / total,
        now=sum(b * part[2] for b, part in zip(by, parts, strict=True)) / total,
        weight=weight,
    )


def feasibility(plans: Sequence[DeckPlan]) -> Feasibility:
    """Whether the decks that the exam asks for can be covered."""
    there = [(one, one.plan.coverage) for one in plans if one.plan is not None]
    told = [(one, coverage) for one, coverage in there if one.deck.share > 0] or there
    drops = [drop for one, coverage in told for drop in _drops(one, _unmet(one, coverage.drops))]
    drops.sort(key=lambda drop: (drop.weight / max(drop.minutes, 1e-9), drop.topic))
    needed = sum(coverage.seconds_needed for _, coverage in told) / 60
    left = sum(coverage.seconds_left for _, coverage in told) / 60
    return Feasibility(
        feasible=not drops,
        items_open=sum(coverage.items_open for _, coverage in told),
        minutes_needed=needed,
        # What is met because exercises overrun their days has the time that it takes.
        minutes_left=left if drops else max(left, needed),
        drops=tuple(drops),
    )


def _unmet(one: DeckPlan, drops: Iterable[Drop]) -> Iterator[Drop]:
    """The drops without what the plan meets all the same, so that leaving out costs nothing.

    A day may end in the midst of an exercise, so more is met than the time alone would hold.
    """
    shares = one.plan.days if one.plan is not None else ()
    brought = {card for share in shares for card in share.new}
    covers = {card.card: card.covers for card in one.deck.entries}
    met = {item for card in brought for item in covers[card]}
    for drop in drops:
        cards = tuple(card for card in drop.cards if not met.issuperset(covers[card]))
        part = len(cards) / len(drop.cards)
        if cards:
            yield replace(
                drop,
                items=tuple(item for item in drop.items if item not in met),
                cards=cards,
                weight=drop.weight * part,
                seconds=drop.seconds * part,
            )


def _drops(one: DeckPlan, drops: Iterable[Drop]) -> list[Dropped]:
    """The drops of a deck by topic of the course, their weights as shares of the exam."""
    found: dict[str, list[Drop]] = {}
    for drop in drops:
        found.setdefault(one.deck.topics[drop.topic], []).append(drop)
    return [
        Dropped(
            topic=topic,
            deck=one.deck.name,
            items=tuple(dict.fromkeys(item for drop in mine for item in drop.items)),
            cards=tuple(card for drop in mine for card in drop.cards),
            weight=one.deck.share * sum(drop.weight for drop in mine),
            minutes=sum(drop.seconds for drop in mine) / 60,
        )
        for topic, mine in found.items()
    ]


def more_time(plans: Sequence[DeckPlan]) -> MoreTime | None:
    """What more minutes a day bring, divided among the decks as all minutes are."""
    told = {one.deck.name: one.plan.more for one in plans if one.plan is not None}
    given = [more for more in told.values() if more is not None]
    if not given:
        return None
    better: Forecasts = {
        one.deck.name: one.plan.more.forecast if one.plan and one.plan.more else None
        for one in plans
    }
    after = overall(plans, better)
    return MoreTime(
        minutes=sum(more.minutes for more in given),
        overall=after,
        gain=max(0.0, after - overall(plans, _with_plan(plans))),
    )


def days_ahead(plans: Sequence[DeckPlan]) -> tuple[DayAhead, ...]:
    """The study days of both decks."""
    shares = {
        one.deck.name: {share.day: share for share in one.plan.days}
        for one in plans
        if one.plan is not None
    }
    days: list[date] = sorted({day for mine in shares.values() for day in mine})
    out = []
    for day in days:
        cards, skills = shares.get("cards", {}).get(day), shares.get("skills", {}).get(day)
        marks = [share.final_pass for share in (cards, skills) if share is not None and share.cards]
        out.append(
            DayAhead(
                day=day,
                minutes=sum(share.seconds for share in (cards, skills) if share) / 60,
                new=len(cards.new) if cards else 0,
                reviews=len(cards.reviews) if cards else 0,
                skills=len(skills.cards) if skills else 0,
                final_pass=bool(marks) and marks[0],
            )
        )
    return tuple(out)
