"""Time as a parameter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in the local zone."""


def system_clock() -> datetime:
    """The machine's own clock, aware, in the local zone."""
    return datetime.now().astimezone()
