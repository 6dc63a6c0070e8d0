"""A log of some weeks, written at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from quizapp.core.ids import uuid7
from quizapp.scheduling.memory import microseconds
from quizapp.store import log
from quizapp.store.events import REVIEW, Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.scheduling.histories import Answer
    from quizapp.store.store import Store


def write(store: Store, answers: Sequence[Answer]) -> None:
    """Put answers into the log, a second after one another on each study day."""
    with store.writing() as connection:
        for place, answer in enumerate(answers):
            noon = datetime(answer.day.year, answer.day.month, answer.day.day, 12, tzinfo=UTC)
            at = microseconds(noon + timedelta(seconds=place % 10_000))
            event = Event(
                id=uuid7(at // 1000),
                device=store.device,
                clock=at,
                at=at,
                utc_offset=0,
                study_day=answer.day.isoformat(),
                kind=REVIEW,
                subject=answer.card,
                payload={"card": answer.card, "rating": answer.rating, "ms": 1, "how": "reveal"},
            )
            log.append(connection, event)
    store.rebuild()
