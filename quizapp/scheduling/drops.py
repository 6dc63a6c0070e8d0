"""Whether every item can be met once before the exam, and what to leave out if not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.scheduling.plan import Coverage, Drop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.scheduling.plan import PlanCard

ROUNDING = 1e-6
"""Seconds."""


def covering(cards: Sequence[PlanCard]) -> list[int]:
    """Return the places of new cards that meet every item not met yet, in syllabus order.

    A card is taken if it covers an item that no card before it covers, so a card for several
    items stands for all of them.
    """
    met = {item for card in cards if card.memory is not None for item in card.covers}
    taken = []
    for place, card in enumerate(cards):
        if card.memory is None and not met.issuperset(card.covers):
            met.update(card.covers)
            taken.append(place)
    return taken


def coverage(
    cards: Sequence[PlanCard], weights: Mapping[str, float], seconds_left: float, seconds_new: float
) -> tuple[Coverage, list[int]]:
    """Return whether all items fit into the time left, and the covering cards that should stay."""
    needed = covering(cards)
    met = {item for card in cards if card.memory is not None for item in card.covers}
    opened = {item for place in needed for item in cards[place].covers} - met
    # What is left is a sum; the last bits of one must not decide.
    excess = len(needed) - int((seconds_left + ROUNDING) // seconds_new)
    drops, kept = (
        _dropped(cards, needed, weights, excess, seconds_new) if excess > 0 else ([], needed)
    )
    return (
        Coverage(
            feasible=excess <= 0,
            items_open=len(opened),
            seconds_needed=len(needed) * seconds_new,
            seconds_left=seconds_left,
            drops=tuple(drops),
        ),
        kept,
    )


def _dropped(
    cards: Sequence[PlanCard],
    needed: list[int],
    weights: Mapping[str, float],
    excess: int,
    seconds_new: float,
) -> tuple[list[Drop], list[int]]:
    """Return what to leave out, lightest first; within a topic the last of the syllabus."""
    share = card_shares(cards, weights)
    lightest = sorted(needed, key=lambda place: (share[place], -place))
    gone = lightest[:excess]
    apart = frozenset(gone)
    met = {item for card in cards if card.memory is not None for item in card.covers}
    kept = [place for place in needed if place not in apart]
    met.update(item for place in kept for item in cards[place].covers)
    drops = []
    for topic in dict.fromkeys(cards[place].topic for place in gone):
        mine = sorted(place for place in gone if cards[place].topic == topic)
        items = dict.fromkeys(i for place in mine for i in cards[place].covers if i not in met)
        drops.append(
            Drop(
                topic=topic,
                items=tuple(items),
                cards=tuple(cards[place].card for place in mine),
                weight=sum(share[place] for place in mine),
                seconds=len(mine) * seconds_new,
            )
        )
    return drops, kept


def card_shares(cards: Sequence[PlanCard], weights: Mapping[str, float]) -> list[float]:
    """Return the share of each card in the exam; they add up to 1.

    A topic's weight is divided among its cards. Without weights all cards count alike.
    """
    count: dict[str, int] = {}
    for card in cards:
        count[card.topic] = count.get(card.topic, 0) + 1
    mine = {topic: max(0.0, weights.get(topic, 0.0)) for topic in count}
    total = sum(mine.values())
    if total <= 0:
        return [1 / len(cards)] * len(cards)
    return [mine[card.topic] / total / count[card.topic] for card in cards]
