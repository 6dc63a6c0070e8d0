"""Telling the presses of a person from the repeats of a key that is held down."""

from __future__ import annotations

from enum import Enum, auto

REPEAT_SECONDS = 0.12
"""Terminals repeat a held key in less than that; nobody presses one twice so fast."""
DELAY_SECONDS = 0.75
"""The repeats begin no later than that after the press."""

_MANY = {
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end"),
    *("shift+up", "shift+down", "ctrl+up", "ctrl+down"),
    *("tab", "shift+tab", "backspace", "delete", "escape"),
}
"""Keys that one holds on purpose, or that do no harm."""


class Press(Enum):
    """What a key event is."""

    NEW = auto()
    """A press of its own."""
    UNSURE = auto()
    """A second press, or the first repeat of a held key: the next one decides."""
    REPEAT = auto()
    """A repeat of a held key."""


class HeldKeys:
    """Remembers the last key, so that one that is held down counts once."""

    def __init__(self) -> None:
        self._key = ""
        self._at = 0.0

    def judge(self, key: str, at: float) -> Press:
        """What a key event is that comes at a time in seconds."""
        gap = at - self._at if key == self._key else DELAY_SECONDS
        self._key, self._at = key, at
        if key in _MANY or gap >= DELAY_SECONDS:
            return Press.NEW
        return Press.REPEAT if gap <= REPEAT_SECONDS else Press.UNSURE
