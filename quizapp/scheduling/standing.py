"""Where each card stands on the way to the exam, and how urgent it is on a day.

The urgency of a card is how much its expected recall on the exam day drops when it is put off
from this day to its best later one, per second. The rule behind a plan is: most urgent first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.fitting import LONG
from quizapp.scheduling.horizon import FIRST_RATINGS, FIRST_SHARES

if TYPE_CHECKING:
    from quizapp.scheduling.foresight import Foresight
    from quizapp.scheduling.horizon import Pace
    from quizapp.scheduling.outlook import Deck, Outlook
    from quizapp.scheduling.twin import Floats, Ints


class Standing:
    """The cards of a deck on the way to the exam; they move on as answers are taken in.

    The deck is changed in place.
    """

    def __init__(self, outlook: Outlook, deck: Deck) -> None:
        self._outlook, self.deck = outlook, deck
        self._later = np.full((len(deck.seen), len(outlook.horizon.days)), -1.0)
        self._alone = np.zeros(len(deck.seen))
        self.moved(np.flatnonzero(deck.seen))

    def moved(self, cards: Ints) -> None:
        """Take in that cards of the deck have been answered."""
        outlook = self._outlook
        for group, (values, price) in enumerate(zip(outlook.values, outlook.prices, strict=True)):
            mine = cards[outlook.group[cards] == group]
            known = outlook.known(outlook.horizon, self.deck, mine)
            self._later[mine] = known.worth(values) - price * known.seconds
            self._alone[mine] = known.alone

    def urgency(self, day: int) -> Floats:
        """Return the urgency of each card on a study day; -inf for those answered that day."""
        outlook, deck = self._outlook, self.deck
        today, horizon = outlook.on(day), outlook.horizon
        urgency = np.full(len(deck.seen), -np.inf)
        later = horizon.days > day
        for group, (values, price) in enumerate(zip(outlook.values, outlook.prices, strict=True)):
            now, mine = outlook.values_on(group, day), outlook.group == group
            cards = np.flatnonzero(mine & deck.seen & (deck.last < day))
            known = outlook.known(today, deck, cards)
            waiting = self._later[cards][:, later].max(axis=1, initial=-1.0)
            gain = known.worth(now)[:, 0] - np.maximum(waiting, self._alone[cards])
            urgency[cards] = gain / known.seconds[:, 0]
            introduced = (horizon.introduced(values) - price * outlook.pace.new)[later]
            put_off = float(introduced.max(initial=0.0))
            fresh = float(today.introduced(now)[0])
            urgency[mine & ~deck.seen] = (fresh - put_off) / outlook.pace.new
            if len(introduced):
                # What must be met may be better met now at a loss than later at a greater one.
                must = mine & ~deck.seen & outlook.needed
                urgency[must] = (fresh - introduced.max()) / outlook.pace.new
        # New cards of about the same weight stay in their order.
        return urgency * np.where(deck.seen, deck.weight, outlook.weight)


def pressing(needed: int, later: Floats, seconds_new: float) -> int:
    """Return how many of so many new cards must come on a day, since later ones hold no more.

    ``later`` are the seconds of the days after it. Half a card of each is kept in reserve, for the
    last card of a day that may not fit any more; but no half exercise, that would be minutes.
    """
    reserve = seconds_new / 2 if seconds_new < LONG else 0.0
    left = float(np.maximum(later - reserve, 0.0).sum())
    return min(needed, max(0, int(np.ceil(needed - left / seconds_new))))


def ordered(urgency: Floats, deck: Deck, needed: Ints, first: Ints) -> Ints:
    """Return the cards of a day, most urgent first, as many as may be answered at all.

    ``needed`` are the new cards that cover every item; of equally urgent new cards they come first.
    Where nothing gains by coming today and not later, new cards come before further reviews: what
    is met is safe, and its place later is free. ``first`` are those of the needed cards that come
    before anything else, for want of later days.
    """
    urgency = np.where(deck.seen, urgency, np.maximum(urgency, 0.0))
    further = np.ones(len(urgency), dtype=bool)
    further[needed] = False
    order = np.lexsort((further & ~deck.seen, -urgency))
    order = order[urgency[order] > -np.inf]
    return np.concatenate([first, order[~np.isin(order, first)]])


def expected_seconds(foresight: Foresight, deck: Deck, cards: Ints, day: int, pace: Pace) -> Floats:
    """Return how long cards are expected to take on a day."""
    recall = foresight.recall(deck.stability[cards], day - deck.last[cards])
    return np.where(deck.seen[cards], pace.review * (2 - recall), pace.new)


def practised(foresight: Foresight, deck: Deck, cards: Ints, day: int, exam: int) -> None:
    """Change cards of a deck to what they are expected to be after an answer on a day.

    Recalled and forgotten become one state: the stability with the same recall on the exam day
    as both together, and the mean difficulty.
    """
    left = exam - day
    first = foresight.learned(FIRST_RATINGS)
    fresh, known = cards[~deck.seen[cards]], cards[deck.seen[cards]]
    start = np.array(FIRST_SHARES @ foresight.recall(first[0], left))
    deck.stability[fresh] = foresight.stability_for(start, left)
    deck.difficulty[fresh] = float(FIRST_SHARES @ first[1])
    stability, difficulty = deck.stability[known], deck.difficulty[known]
    elapsed = day - deck.last[known]
    recall, kept, lost = foresight.outcomes(stability, difficulty, elapsed)
    then = recall * foresight.recall(kept[0], left) + (1 - recall) * foresight.recall(lost[0], left)
    deck.stability[known] = foresight.stability_for(then, left)
    deck.difficulty[known] = recall * kept[1] + (1 - recall) * lost[1]
    deck.last[cards] = day
    deck.seen[cards] = True
