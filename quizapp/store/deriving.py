"""Bringing the derived tables up to date after events have come in out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, delete, insert, select

from quizapp.store import log, states, tables
from quizapp.store.events import CARD_KINDS, REVIEW, SCHEDULER, TRAINING, UNDO
from quizapp.store.replay import CardState, Settings, fold
from quizapp.store.resolving import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizapp.store.events import Event

_AT_ONCE = 500
"""Ids in one statement."""
_ALL_ANEW = -(2**63)
"""A clock before all others: the whole history of a card counts anew."""

_e = tables.events.c
_u = tables.undone.c
_KINDS = select(_e.kind, _e.subject, _e.clock).where(_e.id.in_(bindparam("ids", expanding=True)))
_KNOWN = select(_e.id).where(_e.id.in_(bindparam("ids", expanding=True)))
_REVIEWED_SINCE = (
    select(_e.subject).distinct().where(_e.kind == REVIEW, _e.clock >= bindparam("clock"))
)


class Touched:
    """What new events concern: which cards since when, and from when on the settings."""

    def __init__(self) -> None:
        self.cards: dict[str, int] = {}
        """The cards, with the clock of the first event about each that is new."""
        self.settings_from: int | None = None
        """The clock from which on answers may count otherwise than they did; None for none."""

    def note(self, kind: str, subject: str, clock: int) -> None:
        """Take up one event that is new, or whose being undone has changed."""
        if kind in CARD_KINDS:
            self.cards[subject] = min(clock, self.cards.get(subject, clock))
        elif kind == SCHEDULER:
            # A training may hold for what came before it.
            since = 0 if subject == TRAINING else clock
            if self.settings_from is None or since < self.settings_from:
                self.settings_from = since


def catch_up(connection: Connection, touched: Touched) -> int:
    """Derive anew what is undone and the states of the touched cards; return how many.

    The result is that of a rebuild, for the price of the cards that it concerns; a card about
    which all that is new came last is only taken on from where it stands.
    """
    cards = dict(touched.cards)
    since = touched.settings_from
    for ids in in_parts(sorted(renew_undone(connection))):
        changed = Touched()
        for row in connection.execute(_KINDS, {"ids": ids}):
            changed.note(*row)
        cards.update(dict.fromkeys(changed.cards, _ALL_ANEW))
        if changed.settings_from is not None:
            since = min(changed.settings_from, changed.settings_from if since is None else since)
    if since is not None:
        reviewed = connection.execute(_REVIEWED_SINCE, {"clock": since}).scalars()
        cards.update(dict.fromkeys(reviewed, _ALL_ANEW))
    settings = Settings(log.settings(connection))
    for part in in_parts(sorted(cards)):
        _derive(connection, {card: cards[card] for card in part}, settings)
    return len(cards)


def derive_anew(connection: Connection, cards: Sequence[str]) -> dict[str, CardState]:
    """Derive the states of some cards from all of their events; return them."""
    settings = Settings(log.settings(connection))
    found: dict[str, CardState] = {}
    for part in in_parts(cards):
        found |= _derive(connection, dict.fromkeys(part, _ALL_ANEW), settings)
    return found


def _derive(
    connection: Connection, cards: dict[str, int], settings: Settings
) -> dict[str, CardState]:
    """Write the states of some cards, given the clocks of what is new about them."""
    known = [card for card, clock in cards.items() if clock != _ALL_ANEW]
    before = {
        card: state
        for card, state in (states.some(connection, known) if known else {}).items()
        if state.clock < cards[card]
    }
    found = dict(before)
    for event in _events(connection, list(cards)):
        card = event.subject
        if card not in before or event.clock > before[card].clock:
            found[card] = fold(found.get(card, CardState()), event, settings.at(event))
    derived = {card: found.get(card, CardState()) for card in cards}
    states.put(connection, derived)
    return derived


def _events(connection: Connection, cards: Sequence[str]) -> list[Event]:
    """The events of some cards; most often it is one, for which the statement need not be made."""
    if len(cards) == 1:
        return log.of_card(connection, cards[0])
    return log.of_cards(connection, cards)


def renew_undone(connection: Connection) -> set[str]:
    """Bring the table of what is undone up to date; return the ids that changed."""
    before = set(connection.execute(select(_u.event)).scalars())
    after = what_is_undone(connection)
    for ids in in_parts(sorted(before - after)):
        connection.execute(delete(tables.undone).where(_u.event.in_(ids)))
    for ids in in_parts(sorted(after - before)):
        connection.execute(insert(tables.undone), [{"event": id_} for id_ in ids])
    return before ^ after


def what_is_undone(connection: Connection) -> set[str]:
    """Return the ids of the events that are undone, from the events of kind undo.

    An undo may have come from another device before the event it names; that one is left out.
    """
    named = resolve(log.read(connection, kind=UNDO, undone=True))
    known: set[str] = set()
    for ids in in_parts(sorted(named)):
        known.update(connection.execute(_KNOWN, {"ids": ids}).scalars())
    return known


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return the ids in parts that fit into one statement."""
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
