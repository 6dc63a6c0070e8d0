"""Whether a screen is still there when something comes in from another thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen


def present(screen: Screen[Any]) -> bool:
    """Return whether a screen can still be drawn on.

    One that was left, or that closes with the app, loses its inner widgets first while it still
    counts as attached itself.
    """
    return screen.is_attached and screen.app.is_running and screen in screen.app.screen_stack
