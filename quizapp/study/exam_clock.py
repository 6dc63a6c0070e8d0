"""The clock of an exam: runs while the exam is on screen, stands still while it is not."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST_GAP = timedelta(seconds=30)
"""Between two looks at the clock at most so much time passes: a longer gap means that the
computer slept or its clock was set."""


class ExamClock:
    """Adds up the time from look to look; a clock set back or forward changes nothing."""

    def __init__(self, allowed: timedelta, spent: timedelta = timedelta(0)) -> None:
        self.allowed = allowed
        self._spent = spent
        self._seen: datetime | None = None
        """The last look, None while the clock stands still."""

    @property
    def running(self) -> bool:
        """Whether time passes."""
        return self._seen is not None

    def start(self, now: datetime) -> None:
        """Let time pass (again)."""
        self.look(now)
        self._seen = now

    def stop(self, now: datetime) -> None:
        """Stand still."""
        self.look(now)
        self._seen = None

    def look(self, now: datetime) -> timedelta:
        """Count the time since the last look; return all that was spent, at most the allowed."""
        if self._seen is not None:
            self._spent += min(max(now - self._seen, timedelta(0)), LONGEST_GAP)
            self._seen = now
        return self.spent

    @property
    def spent(self) -> timedelta:
        """The time counted up to the last look."""
        return min(self._spent, self.allowed)

    @property
    def left(self) -> timedelta:
        """The time that was left at the last look."""
        return self.allowed - self.spent
