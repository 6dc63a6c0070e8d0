"""Undo and redo: by whole steps, over restarts, and only of what this device did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.store import log, undone
from quizapp.store.deriving import Touched, catch_up, derive_anew
from quizapp.store.events import CARD_KINDS, UNDO, Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from quizapp.store.pen import Pen


@dataclass(frozen=True, slots=True)
class Turn:
    """An undo or a redo that was written, and what it took back or brought back."""

    written: Event
    events: tuple[Event, ...]
    """The events of the step, in the order in which they were written."""

    @property
    def shown(self) -> Event:
        """The event that the step was about: its first one about a card."""
        return _first_about_card(self.events)


def undo(connection: Connection, pen: Pen) -> Turn | None:
    """Take back the last step of this device that touched a card; None when there is none left."""
    last = undone.last_action(connection, pen.device)
    if last is None:
        return None
    step = undone.step_of(connection, last)
    payload = {"targets": [event.id for event in step]}
    written = pen.draft(connection, UNDO, _first_about_card(step).subject, payload)
    log.append(connection, written)
    undone.take_back(connection, step)
    derive_anew(connection, _cards(step))
    return Turn(written, tuple(step))


def redo(connection: Connection, pen: Pen) -> Turn | None:
    """Take the last undo back; None when nothing is undone, or something new was done since."""
    found = undone.last_undo(connection, pen.device)
    if found is None:
        return None
    target, step = found
    written = pen.draft(connection, UNDO, target.subject, {"targets": [target.id]})
    log.append(connection, written)
    undone.take_back(connection, [target])
    # An attempt may have been taken back by itself, too, and stays so.
    others = [event for event in step if event.kind not in CARD_KINDS]
    still = undone.taken_back_alone(connection, others, besides=target)
    undone.bring_back(connection, [event for event in step if event.id not in still])
    derive_anew(connection, _cards(step))
    return Turn(written, tuple(step))


def take_back(connection: Connection, pen: Pen, event: Event) -> Event:
    """Take back one event that concerns no card, whichever device wrote it; return the undo."""
    written = pen.draft(connection, UNDO, event.subject, {"targets": [event.id]})
    log.append(connection, written)
    catch_up(connection, Touched())
    return written


def _cards(step: Sequence[Event]) -> list[str]:
    return list(dict.fromkeys(event.subject for event in step if event.kind in CARD_KINDS))


def _first_about_card(step: Sequence[Event]) -> Event:
    return next(event for event in step if event.kind in CARD_KINDS)
