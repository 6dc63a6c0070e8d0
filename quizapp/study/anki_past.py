"""Moving in from Anki with one's past: the review log of a package becomes events of ours."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from quizapp.scheduling.days import study_day
from quizapp.study.card_import.found import hashed
from quizapp.study.review import MOST_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from quizapp.cards import Card
    from quizapp.store.anki_history import AnkiCard, AnkiEntry
    from quizapp.store.events import Event
    from quizapp.study.workspace import Workspace

DEVICE = "anki"
"""Under which the events stand: no undo of a person's own device reaches them."""
CRAM = "cram"
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""No program of flashcards has an answer from before; such a line is damaged."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What has come over."""

    answers: int
    """Answers that are new in the log."""
    others: int
    """Other new entries: suspended, flagged, forgotten, crammed."""
    known: int
    """Entries that the log had already."""
    cards: int
    """Cards with new entries."""
    unknown: int
    """Answers about cards that no pack in use has."""
    first: datetime | None
    """The moment of the earliest new entry."""
    backup: Path | None
    """A copy of the log as it was before; None where nothing was new."""


def move_in(workspace: Workspace, stream: BinaryIO, name: str) -> Moved:
    """Add to the log what an Anki package knows of the cards in use: all of it, or nothing.

    The cards must be in a pack in use, imported from Anki or exported to it. Entries that came
    over before are known again, so a newer package of the same deck adds what is new in it.
    Raises AnkiError or StoreError.
    """
    from quizapp.store.anki_file import past

    cards, entries = past(stream, name)
    whose = _Ours(workspace)
    found = list(_events(whose, cards, entries, _Writer(workspace)))
    known = {(event.subject, event.kind, event.at) for event in _earlier(workspace)}
    fresh = [event for event in found if (event.subject, event.kind, event.at) not in known]
    backup = _add(workspace, fresh) if fresh else None
    answers = sum(event.kind == "review" for event in fresh)
    return Moved(
        answers=answers,
        others=len(fresh) - answers,
        known=len(found) - len(fresh),
        cards=len({event.subject for event in fresh}),
        unknown=whose.missed,
        first=min((event.moment for event in fresh), default=None),
        backup=backup,
    )


def answers_in(stream: BinaryIO, name: str) -> int:
    """How many answers a package holds. Raises AnkiError."""
    from quizapp.store.anki_file import past

    return sum(entry.rating > 0 for entry in past(stream, name)[1])


def _earlier(workspace: Workspace) -> list[Event]:
    """The events that came over before, also those undone since."""
    return [event for event in workspace.store.events(undone=True) if event.device == DEVICE]


def _add(workspace: Workspace, events: list[Event]) -> Path:
    from quizapp.store.exchange import Union
    from quizapp.study.log_care import back_up

    backup = back_up(workspace)
    with workspace.store.writing() as connection:
        union = Union(connection)
        union.add(events)
        union.finish()
    return backup


# Which card of ours ------------------------------------------------------------------------


class _Ours:
    """Finds the card in use that a card of Anki is."""

    def __init__(self, workspace: Workspace) -> None:
        from quizapp.study.shelf import in_use

        self.missed = 0
        """Answers about cards that are not here."""
        self._cards = workspace.pack.cards
        self._notes: dict[str, str] = {}
        """Ids of notes by the guid under which our export writes them."""
        self._prefixes = []
        for number, pack in enumerate(in_use(workspace)):
            prefix = f"{pack.name}:" if number else ""
            self._prefixes.append(prefix)
            self._exported(pack.name, prefix, pack.cards.values())

    def _exported(self, pack: str, prefix: str, cards: Iterable[Card]) -> None:
        from quizapp.study.card_export.anki_cards import guid_of

        for card in cards:
            self._notes[guid_of(pack, card)] = prefix + card.note

    def card(self, one: AnkiCard) -> str | None:
        """The id of a card here, None for one that no pack has."""
        for note in self._candidates(one):
            if note in self._cards:
                return note
        return None

    def _candidates(self, one: AnkiCard) -> Iterator[str]:
        """Ids that the card would have: from our own export, or imported from Anki."""
        side = "~back" if one.number == 1 else ""
        whole = one.number <= 1
        if one.guid in self._notes and whole:
            yield self._notes[one.guid] + side
        for prefix in self._prefixes:
            note = f"{prefix}anki-{hashed(one.guid)}"
            yield f"{note}-c{one.number + 1}"
            if whole:
                yield note + side


# Events ------------------------------------------------------------------------------------


def _events(
    whose: _Ours, cards: list[AnkiCard], entries: list[AnkiEntry], writer: _Writer
) -> Iterator[Event]:
    ours = {(one.guid, one.number): whose.card(one) for one in cards}
    for entry in entries:
        card = ours[entry.card.guid, entry.card.number]
        if card is None:
            whose.missed += entry.rating > 0
        else:
            yield from writer.of_entry(card, entry)
    for one in cards:
        card = ours[one.guid, one.number]
        if card is not None:
            yield from writer.of_state(card, one)


class _Writer:
    """Makes events of what Anki says; the same lines give the same events."""

    def __init__(self, workspace: Workspace) -> None:
        self._rollover = workspace.settings.rollover_hour
        latest = workspace.now() + timedelta(days=1)
        self._sane = range(*(int(moment.timestamp() * 1000) for moment in (_EARLIEST, latest)))
        """Milliseconds; what lies outside was written by a wrong clock."""

    def of_entry(self, card: str, entry: AnkiEntry) -> Iterator[Event]:
        """The event of a line of the review log, none for lines that change nothing here.

        An answer in a filtered deck that leaves the schedule alone has no factor, and so has a
        card that was reset by hand. To which day a card was put by hand the log does not say; what
        Anki rescheduled by itself is left to our own schedule.
        """
        ms = min(max(entry.ms, 0), MOST_MS)
        answer = {"card": card, "rating": entry.rating, "ms": ms}
        if entry.rating and entry.kind == "filtered" and not entry.factor:
            yield from self._event(entry.at, CRAM, card, {**answer, "why": "anki"})
        elif entry.rating and entry.kind not in {"manual", "rescheduled"}:
            yield from self._event(entry.at, "review", card, {**answer, "how": "anki"})
        elif entry.kind == "manual" and not entry.factor:
            yield from self._event(entry.at, "forget", card, {"card": card})

    def of_state(self, card: str, one: AnkiCard) -> Iterator[Event]:
        """The events of a card that is suspended or flagged, also where its clock was wrong."""
        at = one.changed * 1000
        at = at if at in self._sane else self._sane.start
        if one.suspended:
            yield from self._event(at, "suspend", card, {"card": card, "on": True})
        if one.flag:
            yield from self._event(at, "flag", card, {"card": card, "value": one.flag})

    def _event(self, at: int, kind: str, card: str, payload: Mapping[str, Any]) -> Iterator[Event]:
        from quizapp.store.events import Event

        if at not in self._sane:
            return
        moment = _local(at)
        offset = int((moment.utcoffset() or timedelta()).total_seconds())
        day = study_day(moment, self._rollover).isoformat()
        # A computer in another zone writes other events of the same lines: no two say one id.
        id_ = _id(at, kind, card, str(offset), day, *map(str, payload.values()))
        yield Event(id_, DEVICE, at * 1000, at * 1000, offset, day, kind, card, payload)


def _local(at: int) -> datetime:
    """A moment as this computer's clocks showed it."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone()


def _id(at: int, *parts: str) -> str:
    """A UUIDv7 that the same parts give again."""
    digest = hashlib.sha256("\x1f".join((str(at), *parts)).encode()).digest()
    value = (at & (2**48 - 1)) << 80 | int.from_bytes(digest[:10])
    value = value & ~(0xF << 76) & ~(0b11 << 62) | 0x7 << 76 | 0b10 << 62
    return str(uuid.UUID(int=value))
