"""What an Anki package says of each card's past: every answer, and how the card stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quizapp.store.anki_tables import Unexpected, table_names, whole

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

Kind = Literal["learning", "review", "relearning", "filtered", "manual", "rescheduled"]

MOST_ENTRIES = 5_000_000
_KINDS: tuple[Kind, ...] = (
    "learning", "review", "relearning", "filtered", "manual", "rescheduled",
)  # fmt: skip
_SUSPENDED = -1
_FLAGS = 0b111
"""Of a card's ``flags`` the bits that hold its colour."""


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """A card as it stands in Anki."""

    guid: str
    """That of its note."""
    number: int
    """Of its template or its blank, from 0."""
    suspended: bool
    flag: int
    """0 to 7."""
    changed: int
    """Seconds UTC since 1970."""


@dataclass(frozen=True, slots=True)
class AnkiEntry:
    """One line of Anki's review log."""

    card: AnkiCard
    at: int
    """Milliseconds UTC since 1970; no two lines have the same."""
    rating: int
    """1 to 4; 0 for what is no answer."""
    factor: int
    """Ease or difficulty in thousandths; 0 where the schedule was left alone or forgotten."""
    ms: int
    """How long the answer took."""
    kind: Kind


def read_cards(connection: sqlite3.Connection) -> dict[int, AnkiCard]:
    """The cards by their ids in Anki. Raises Unexpected or sqlite3.Error."""
    missing = {"notes", "cards"} - table_names(connection)
    if missing:
        raise Unexpected(f"there is no table of {min(missing)}")
    guids: dict[int, str] = dict(
        whole(connection.execute("SELECT id, guid FROM notes"), (int, str))
    )
    rows = connection.execute("SELECT id, nid, ord, queue, flags, mod FROM cards ORDER BY id")
    return {
        key: AnkiCard(guids[note], number, queue == _SUSPENDED, flags & _FLAGS, changed)
        for key, note, number, queue, flags, changed in whole(rows, (int,) * 6)
        if note in guids
    }


def read_entries(connection: sqlite3.Connection, cards: dict[int, AnkiCard]) -> Iterator[AnkiEntry]:
    """The lines of the review log about some cards, from the first to the last.

    Lines that no version of Anki writes are passed over. Raises Unexpected or sqlite3.Error.
    """
    if "revlog" not in table_names(connection):
        return
    rows = connection.execute("SELECT id, cid, ease, factor, time, type FROM revlog ORDER BY id")
    for count, row in enumerate(whole(rows, (int,) * 6), start=1):
        if count > MOST_ENTRIES:
            raise Unexpected(f"more than {MOST_ENTRIES} answers")
        at, card, rating, factor, ms, kind = row
        if card in cards and 0 <= rating <= 4 and 0 <= kind < len(_KINDS):
            yield AnkiEntry(cards[card], at, rating, factor, ms, _KINDS[kind])
