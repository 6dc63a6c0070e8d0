"""The answers of the last days, without a look at all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from quizapp.store.events import from_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from quizapp.store.store import Store

_SINCE = text(
    "SELECT subject, payload FROM events WHERE learner = 1 AND kind = 'review' "
    "AND study_day >= :day AND id NOT IN (SELECT event FROM undone)"
)


def answers_since(store: Store, day: date) -> Iterator[tuple[str, int]]:
    """Yield card and rating of every answer in force on a study day or since, in no order.

    Raises ``StoreError``.
    """
    with store.reading() as connection:
        rows = connection.execute(_SINCE, {"day": day.isoformat()}).all()
    for card, payload in rows:
        rating = from_json(payload).get("rating")
        if rating in {1, 2, 3, 4}:
            yield card, int(rating)
