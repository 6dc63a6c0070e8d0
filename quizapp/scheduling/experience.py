"""The reviews of a log from which a plan learns how its learner forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.foreseen import replayed
from quizapp.scheduling.forgetting import Experience
from quizapp.scheduling.twin import AGAIN, EASY

if TYPE_CHECKING:
    from quizapp.scheduling.past import Answers

NEWEST = 20_000
"""So many reviews, the newest, say all there is to say; who studies for years changes."""


def experience(answers: Answers, before: int | None = None) -> Experience:
    """Return the newest reviews of cards on a later day than the answer before.

    Only those before a study day, as an ordinal, where one is given.
    """
    foreseen = replayed(answers)
    ratings = np.asarray(answers.ratings, dtype=np.int64)
    cards, days = np.asarray(answers.cards, np.int64), np.asarray(answers.days, np.int64)
    given = np.flatnonzero((ratings >= AGAIN) & (ratings <= EASY))
    by_card = given[np.argsort(cards[given], kind="stable")]
    elapsed = np.zeros(len(cards))
    elapsed[by_card[1:]] = np.diff(days[by_card])
    # The first answer of a card, also of one made new again, has no recall foreseen.
    reviews = np.flatnonzero(~np.isnan(foreseen.recall))
    reviews = reviews if before is None else reviews[days[reviews] < before]
    reviews = reviews[-NEWEST:]
    return Experience.kept(elapsed[reviews], foreseen.stability[reviews], ratings[reviews] > AGAIN)
