"""What can be said of a line of a computation."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The state of one line after marking."""

    BLANK = "blank"
    """Nothing stands there yet."""
    INVALID = "invalid"
    """It cannot be read; asked again, never costs anything."""
    CORRECT = "correct"
    CARRIED = "carried"
    """Right, given the student's own earlier line."""
    CONVENTION = "convention"
    """Right under another named convention."""
    SLIP = "slip"
    """A named mistake."""
    WRONG = "wrong"

    @property
    def right(self) -> bool:
        """Whether the line follows from what stands above it."""
        return self in {Verdict.CORRECT, Verdict.CARRIED}
