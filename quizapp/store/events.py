"""The event: one thing that happened, written once and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from quizapp.scheduling.memory import EPOCH

Payload = Mapping[str, Any]

REVIEW = "review"
UNDO = "undo"
SUSPEND = "suspend"
BURY = "bury"
FLAG = "flag"
TAG = "tag"
RESCHEDULE = "reschedule"
FORGET = "forget"
SCHEDULER = "scheduler"
ATTEMPT = "attempt"
EXAM_START = "exam-start"
EXAM_ANSWER = "exam-answer"
EXAM_FINISH = "exam-finish"
CRAM = "cram"

WITH = "with"
"""The payload's key for the first event of the step in which an event was written."""

TRAINING = "training"
"""The subject of the scheduler events that hold trained parameters."""

CARD_KINDS = (REVIEW, SUSPEND, BURY, FLAG, TAG, RESCHEDULE, FORGET)
"""The kinds that change a card's state; also the ones that undo reaches."""


_decoded = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. Kinds this version does not know are kept and ignored."""

    id: str
    """A UUIDv7, as text."""

    device: str
    """The device that wrote it; a copied or restored database is another device."""

    clock: int
    """The hybrid logical clock, microseconds. Events replay in the order (clock, id)."""

    at: int
    """The wall clock, microseconds UTC since 1970."""

    utc_offset: int
    """Seconds east of UTC, where and when it happened."""

    study_day: str
    """The study day, as ISO text."""

    kind: str
    """``review``, ``undo``, ``suspend``, ..."""

    subject: str
    """A card, an exercise family or an exam sitting; "" where there is none."""

    payload: Payload
    """What else belongs to it, as JSON knows it."""

    @property
    def order(self) -> tuple[int, str]:
        """The place in the replay."""
        return self.clock, self.id

    @property
    def moment(self) -> datetime:
        """The wall clock as an aware moment with the offset of then."""
        moment = EPOCH + timedelta(microseconds=self.at)
        return moment.astimezone(timezone(timedelta(seconds=self.utc_offset)))

    @property
    def day(self) -> date:
        """The study day."""
        return date.fromisoformat(self.study_day)


def to_json(payload: Payload) -> str:
    """Return a payload as JSON text, plain ASCII: whatever was typed can be stored.

    Raises ``ValueError`` for nan and infinities, which JSON does not know.
    """
    return json.dumps(payload, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def from_json(text: str) -> dict[str, Any]:
    """Return a payload from its JSON text."""
    payload: dict[str, Any]
    try:
        payload, end = _decoded(text)
    except json.JSONDecodeError:
        end = -1
    # Only json.loads allows for spaces around; ours have none.
    return payload if end == len(text) else json.loads(text)
