"""Where each card stands on the way to the exam, and how urgent it is on a day.

The urgency of a card is how much its expected recall on the exam day drops when it is put off
from this day to its best later one, per second. The rule behind a plan is: most urgent first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.horizon import FIRST_RATINGS, FIRST_SHARES

if TYPE_CHECKING:
    from quizapp.scheduling.horizon import Pace
    from quizapp.scheduling.outlook import Calendar, Deck, Outlook
    from quizapp.scheduling.twin import Floats, Ints, Twin

SAFE_SHARE = 0.9
"""Of the time after a day, how much may be counted on for covering what is new."""


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
            put_off = introduced.max(initial=0.0)
            fresh = today.introduced(now)[0] - put_off
            urgency[mine & ~deck.seen] = fresh / outlook.pace.new
        return urgency * deck.weight


def ordered(
    urgency: Floats, deck: Deck, needed: Ints, calendar: Calendar, day: int, pace: Pace
) -> Ints:
    """Return the cards of a day, most urgent first, as many as may be answered at all.

    ``needed`` are the new cards that cover every item, in the order in which they should come;
    they take the places of the new cards first. When the days after this one would not do for
    them, those that would not fit come before anything else.
    """
    order = np.argsort(-urgency, kind="stable")
    order = order[urgency[order] > -np.inf]
    fresh = ~deck.seen[order]
    rest = order[fresh][~np.isin(order[fresh], needed)]
    order[fresh] = np.concatenate([needed, rest])
    left = SAFE_SHARE * float(calendar.seconds[calendar.days > day].sum())
    pressing = max(0, int(np.ceil((len(needed) * pace.new - left) / pace.new)))
    first = needed[:pressing]
    return np.concatenate([first, order[~np.isin(order, first)]])


def expected_seconds(twin: Twin, deck: Deck, cards: Ints, day: int, pace: Pace) -> Floats:
    """Return how long cards are expected to take on a day."""
    recall = twin.recall(deck.stability[cards], day - deck.last[cards])
    return np.where(deck.seen[cards], pace.review * (2 - recall), pace.new)


def practised(twin: Twin, deck: Deck, cards: Ints, day: int, exam: int) -> None:
    """Change cards of a deck to what they are expected to be after an answer on a day.

    Recalled and forgotten become one state: the stability with the same recall on the exam day
    as both together, and the mean difficulty.
    """
    left = exam - day
    first = twin.learned(FIRST_RATINGS)
    fresh, known = cards[~deck.seen[cards]], cards[deck.seen[cards]]
    start = np.array(FIRST_SHARES @ twin.recall(first[0], left))
    deck.stability[fresh] = twin.stability_for(start, left)
    deck.difficulty[fresh] = float(FIRST_SHARES @ first[1])
    stability, difficulty = deck.stability[known], deck.difficulty[known]
    elapsed = day - deck.last[known]
    recall, kept, lost = twin.outcomes(stability, difficulty, elapsed)
    then = recall * twin.recall(kept[0], left) + (1 - recall) * twin.recall(lost[0], left)
    deck.stability[known] = twin.stability_for(then, left)
    deck.difficulty[known] = recall * kept[1] + (1 - recall) * lost[1]
    deck.last[cards] = day
    deck.seen[cards] = True
