"""Who writes and when: drafts of events that are not in the log yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.core.ids import uuid7
from quizapp.scheduling.days import study_day
from quizapp.scheduling.memory import microseconds
from quizapp.store import log
from quizapp.store.events import Event, Payload

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from quizapp.core.clock import Clock


@dataclass(frozen=True, slots=True)
class Pen:
    """Makes the events of one device."""

    device: str
    now: Clock
    rollover_hour: int

    def draft(
        self,
        connection: Connection,
        kind: str,
        subject: str,
        payload: Payload,
        *,
        after: int | None = None,
    ) -> Event:
        """Return an event of now, with the next clock, not yet written.

        ``after`` is the clock of this transaction's last event, None for its first one.
        """
        now = self.now()
        at = microseconds(now)
        clock = log.next_clock(connection, self.device, at) if after is None else after + 1
        return Event(
            id=uuid7(at // 1000),
            device=self.device,
            clock=max(clock, at),
            at=at,
            utc_offset=int((now.utcoffset() or timedelta()).total_seconds()),
            study_day=study_day(now, self.rollover_hour).isoformat(),
            kind=kind,
            subject=subject,
            payload=payload,
        )
