"""What a second of each study day costs: the prices at which cards ask for the time there is.

With a price on time each card can be planned for itself. A price rises where more is asked for
than there is, and falls where less: the dual of "as much recall as the minutes allow". Cards of
a topic that weighs more pay less for the same second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.horizon import chance

if TYPE_CHECKING:
    from quizapp.scheduling.horizon import Horizon, Known
    from quizapp.scheduling.twin import Floats

ROUNDS = 14
WARMTH_FIRST, WARMTH_LAST = 0.12, 0.01
"""In recall: how far a worse day still draws cards, at first and in the last round."""
FIRST_PRICE, LOWEST_PRICE = 0.01, 2e-5
OWN, COMMON = 0.6, 0.8
"""How strongly a day's own excess and the excess of all days move its price.

Only too much in all moves all prices, up: if too little did, too, it would hold down the price of
the last days, which everybody wants while the days before are free.
"""


@dataclass(frozen=True, slots=True)
class Demand:
    """Cards of about the same weight that ask for time."""

    weight: float
    """What recall of one of these counts, 1 on average."""

    known: Known
    """Those seen before."""

    new: int
    """How many have never been seen and may stay so."""

    needed: int = 0
    """How many have never been seen and must be, on whichever day that costs least."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What time costs and what answers are worth at these prices."""

    second: Floats
    """The price of a second on each day, in recall of one card of weight 1."""

    values: tuple[Floats, ...]
    """For each demand: what a card is worth after an answer on each day, (days, grid)."""


def settle(
    horizon: Horizon, demands: list[Demand], capacity: Floats, near: Prices | None = None
) -> Prices:
    """Return the prices of the seconds of ``capacity``, what there is on each day.

    ``near`` are the prices of nearly the same: from there fewer rounds do.
    """
    prices = np.full(len(capacity), FIRST_PRICE) if near is None else near.second
    rounds = np.geomspace(WARMTH_FIRST, WARMTH_LAST, ROUNDS)
    rounds = rounds if near is None else rounds[ROUNDS // 2 :]
    # A move of this size changes the demand of a day by about a factor e.
    fresh = any(demand.new or demand.needed for demand in demands)
    unit = horizon.pace.new if fresh else horizon.pace.review
    for warmth in rounds:
        asked = sum(_asked(horizon, demand, prices, warmth) for demand in demands)
        own = np.log((asked + 1e-3 * capacity) / capacity)
        common = np.log(max(float(np.sum(asked)), 1.0) / capacity.sum())
        move = OWN * np.clip(own, -2, 2) + COMMON * np.clip(common, 0, 2)
        prices = np.maximum(prices + warmth / unit * move, LOWEST_PRICE)
    solved = [horizon.solve(prices / demand.weight, WARMTH_LAST) for demand in demands]
    return Prices(prices, tuple(values for values, _ in solved))


def _asked(horizon: Horizon, demand: Demand, prices: Floats, warmth: float) -> Floats:
    """Return the seconds that cards ask for on each day."""
    prices = prices / demand.weight
    values, chances = horizon.solve(prices, warmth)
    known = demand.known
    reviews = known.worth(values) - prices * known.seconds
    share = chance(np.vstack([reviews.T, known.alone]), warmth)[:-1].T
    seconds: Floats = (share * known.seconds).sum(axis=0)
    entering = known.entering(share)
    if demand.new or demand.needed:
        fresh = horizon.introduced(values) - prices * horizon.pace.new
        count = demand.new * chance(np.append(fresh, 0.0), warmth)[:-1]
        count += demand.needed * chance(fresh, warmth)
        entering += horizon.entering_new(count)
        seconds = seconds + count * horizon.pace.new
    return seconds + horizon.follow(entering, chances)
