"""Which events are undone, given the undos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.store.events import UNDO, Event

if TYPE_CHECKING:
    from collections.abc import Iterable


def resolve(undos: Iterable[Event]) -> set[str]:
    """Return the ids of the events that are undone, given all events of kind undo.

    From the last to the first: nothing takes back the last undo, so it holds; one that a
    later undo in force names (a redo) does not.
    """
    undone: set[str] = set()
    for event in sorted(undos, key=lambda event: event.order, reverse=True):
        if event.kind == UNDO and event.id not in undone:
            undone.update(targets_of(event))
    return undone


def targets_of(undo: Event) -> tuple[str, ...]:
    """Return the ids of the events that an undo names."""
    targets = undo.payload.get("targets")
    return (
        tuple(id_ for id_ in targets if isinstance(id_, str)) if isinstance(targets, list) else ()
    )
