"""Waiting until an app has dealt with everything, exactly and therefore quickly.

Textual's own test pilot sleeps at least 40 ms a key and takes the process for idle when it uses
little of the processor. Here an app is calm when no widget has a message left and no screen has
anything to lay out or to draw.
"""

from __future__ import annotations

from asyncio import sleep
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.message_pump import MessagePump

_ROUNDS = 12
"""So many turns of the event loop in a row must find nothing to do."""
_PATIENCE_SECONDS = 5.0


@contextmanager
def exact_waiting(app: App[Any]) -> Iterator[None]:
    """Let the pilot of this app wait no longer than it has to."""

    async def calm(*_: object) -> None:
        await until_calm(app)

    with patch("textual.app.wait_for_idle", calm), patch("textual.pilot.wait_for_idle", calm):
        yield


async def until_calm(app: App[Any]) -> None:
    """Return when nothing is left to do."""
    until = monotonic() + _PATIENCE_SECONDS
    calm = 0
    while calm < _ROUNDS and monotonic() < until:
        await sleep(0 if calm % 4 else 0.001)
        if _busy(app):
            calm = 0
        elif calm >= _ROUNDS // 2 and _paint(app):
            calm = 0  # at once, where a person's screen follows with the next of 60 a second
        else:
            calm += 1


def _busy(app: App[Any]) -> bool:
    """Whether a message waits somewhere."""
    pumps: list[MessagePump] = [app]
    for screen in app.screen_stack if app._running else ():
        pumps += screen.walk_children(with_self=True)
    return any(
        pump._next_callbacks or (pump._running and not pump._message_queue.empty())
        for pump in pumps
    )


def _paint(app: App[Any]) -> bool:
    """Lay out and draw what has changed; whether anything had."""
    if not app._running or not app.screen_stack:
        return False
    screen = app.screen
    waits = screen._layout_required or screen._dirty_widgets or screen._callbacks
    if waits and screen.is_attached:
        screen._on_timer_update()
        return True
    return False
