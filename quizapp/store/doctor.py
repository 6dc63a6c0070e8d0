"""Looking the log over: the file, what it refers to, and whether state follows from it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from quizapp.store import errors, log, states, tables
from quizapp.store.deriving import what_is_undone
from quizapp.store.events import CARD_KINDS, SCHEDULER
from quizapp.store.finding import Finding
from quizapp.store.raw_events import in_order
from quizapp.store.replay import Settings, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from quizapp.store.replay import CardState
    from quizapp.store.store import Store

_e = tables.events.c
_SHOWN = 3
"""So many names are given as examples."""


def unreadable(error: errors.StoreError) -> Finding:
    """Return the finding for a database that is damaged or gone."""
    return Finding(error.code.removeprefix("store-"), error.message, "salvage")


def examine(store: Store, known: Callable[[str], bool] | None = None) -> list[Finding]:
    """Return what is wrong with a database, the gravest first; nothing is changed.

    ``known`` says whether the packs in use have a card; None leaves the question out. Raises
    ``StoreError`` where the file cannot be reached at all.
    """
    try:
        with store.reading() as connection:
            found = [*_of_file(connection, store)]
        if not found:
            with store.reading() as connection:
                found = [*_of_state(connection)]
                found += [] if known is None else _of_cards(connection, known)
    except errors.StoreDamagedError as error:
        return [unreadable(error)]
    warning = store.clock_warning() if not _needs_salvage(found) else None
    return [*found, Finding("clock", warning)] if warning else found


def _needs_salvage(findings: list[Finding]) -> bool:
    return any(finding.repair == "salvage" for finding in findings)


def _of_file(connection: Connection, store: Store) -> Iterator[Finding]:
    told = list(connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars())
    if told != ["ok"]:
        first = " ".join(str(told[0]).split())
        yield Finding(
            "damaged",
            f"The data file is damaged ({first}); `quizapp db doctor --repair` saves what can be "
            "read of it and keeps the file.",
            "salvage",
        )
        return
    lost = sum(event is None for event in in_order(store.path))
    if lost:
        yield Finding(
            "unreadable-entries",
            f"{_entries(lost)} of the log cannot be read; `quizapp db doctor --repair` moves the "
            "others to a new file and keeps this one.",
            "salvage",
        )


def _of_state(connection: Connection) -> Iterator[Finding]:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        yield _derived(
            "dangling", f"{len(broken)} rows refer to entries that the log does not have"
        )
    undone = set(connection.execute(select(tables.undone.c.event)).scalars())
    wrong = undone ^ what_is_undone(connection)
    if wrong and not broken:
        yield _derived("undone", f"What is undone is noted wrongly for {_entries(len(wrong))}")
    yield from _of_replay(connection)


def _of_replay(connection: Connection) -> Iterator[Finding]:
    expected = _replayed(connection)
    try:
        present = states.everything(connection)
    except (ValueError, TypeError):
        yield _derived("states-unreadable", "The state of some cards cannot be read")
        return
    orphans = sorted(present.keys() - expected.keys())
    if orphans:
        yield _derived(
            "states-without-entries",
            f"{_cards(orphans)} have a state and no entry in the log",
        )
    others = {card: state for card, state in expected.items() if present.get(card) != state}
    if others:
        yield _derived("states", f"The state of {_cards(sorted(others))} is not what the log gives")


def _replayed(connection: Connection) -> dict[str, CardState]:
    """Return the states that the log gives, whatever the table of what is undone says."""
    undone = what_is_undone(connection)
    events = [event for event in log.stream(connection) if event.id not in undone]
    return replay(events, Settings(event for event in events if event.kind == SCHEDULER))


def _of_cards(connection: Connection, known: Callable[[str], bool]) -> list[Finding]:
    counted = connection.execute(
        select(_e.subject, func.count()).where(_e.kind.in_(CARD_KINDS)).group_by(_e.subject)
    )
    strange = Counter({subject: count for subject, count in counted if not known(subject)})
    if not strange:
        return []
    names = [subject for subject, _ in strange.most_common()]
    return [
        Finding(
            "unknown-cards",
            f"{_entries(strange.total())} are about {_cards(names)}, which no pack in use has; "
            "`quizapp content add` brings a pack back, and otherwise they do no harm.",
        )
    ]


def _derived(code: str, what: str) -> Finding:
    return Finding(
        code, f"{what}; `quizapp db doctor --repair` derives it anew from the log.", "rebuild"
    )


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _cards(names: Collection[str]) -> str:
    shown = ", ".join(list(names)[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return f"{len(names)} {'card' if len(names) == 1 else 'cards'} ({shown})"
