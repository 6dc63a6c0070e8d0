"""What was computed: one attempt for each problem worked on, in practice or in an exam."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.study.practice import ATTEMPT
from quizapp.study.sitting import FINISH

if TYPE_CHECKING:
    from datetime import date

    from quizapp.store.events import Event
    from quizapp.study.workspace import Workspace

_RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One problem as it stood when it was last checked."""

    family: str
    day: date
    """The study day."""
    level: int | None
    """None for a problem of the student's own."""
    score: float
    seconds: float
    slips: tuple[str, ...]
    """The names of all slips made on it, mended or not."""
    solution_seen: bool

    @property
    def right(self) -> bool:
        """Whether all of it was right in the end, without a look at the solution."""
        return self.score >= _RIGHT and not self.solution_seen


def attempts(workspace: Workspace) -> list[PastAttempt]:
    """All attempts, in the order in which they were last worked on. Raises StoreError."""
    runs: dict[str, Event] = {}
    for event in workspace.store.events(kind=ATTEMPT):
        run = str(event.payload["run"])
        runs.pop(run, None)
        runs[run] = event
    done = [(event, _attempt(event)) for event in runs.values()]
    for event in workspace.store.events(kind=FINISH):
        done += [(event, one) for one in _of_exam(event)]
    done.sort(key=lambda pair: (pair[0].clock, pair[0].id))
    return [attempt for _, attempt in done]


def _of_exam(event: Event) -> list[PastAttempt]:
    """The computations of an exam; their time is not known one by one."""
    return [
        PastAttempt(
            family=str(one["family"]),
            day=event.day,
            level=one["level"],
            score=float(one["score"]),
            seconds=0.0,
            slips=tuple(one["slips"]),
            solution_seen=False,
        )
        for one in event.payload.get("computations", [])
    ]


def _attempt(event: Event) -> PastAttempt:
    payload = event.payload
    level = payload["problem"].get("level")
    return PastAttempt(
        family=event.subject,
        day=event.day,
        level=None if level is None else int(level),
        score=float(payload["score"]),
        seconds=float(payload.get("seconds", 0.0)),
        slips=tuple(payload["slips"]),
        solution_seen=bool(payload.get("solution_seen", False)),
    )
