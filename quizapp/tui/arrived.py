"""Waiting until the keys that were pressed have arrived where one types."""

from __future__ import annotations

from asyncio import Event, wait_for
from contextlib import suppress

from textual.widget import Widget

_PATIENCE_SECONDS = 1


async def arrived(widget: Widget | None) -> None:
    """Return when a widget has taken in what was sent to it before.

    A key with priority acts at once, while the keys before it may still be under way to the
    widget with the focus. Not to be called by that widget itself.
    """
    if widget is None:
        return
    done = Event()
    if widget.call_later(done.set):
        with suppress(TimeoutError):  # it is going away and takes nothing in any more
            await wait_for(done.wait(), _PATIENCE_SECONDS)


async def all_arrived(widget: Widget) -> None:
    """Return when a widget and all around it have dealt with what was sent to them before."""
    for node in widget.ancestors_with_self:
        if isinstance(node, Widget) and node.is_attached and node.is_running:
            await arrived(node)
