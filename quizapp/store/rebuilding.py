"""Deriving everything anew from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from quizapp.store import log, states
from quizapp.store.deriving import renew_undone
from quizapp.store.engine import writer
from quizapp.store.replay import Settings, replay_in_order

if TYPE_CHECKING:
    from quizapp.store.replay import CardState

_OUTDATED = text("SELECT value FROM meta WHERE key = 'outdated'")
_NO_LONGER = text("DELETE FROM meta WHERE key = 'outdated'")


def rebuild(connection: Connection) -> None:
    """Derive what is undone and the states of all cards anew."""
    renew_undone(connection)
    settings = Settings(log.settings(connection))
    found: dict[str, CardState] = replay_in_order(log.about_cards(connection), settings)
    states.clear(connection)
    states.put(connection, found)
    connection.execute(_NO_LONGER)


def rebuild_if_outdated(engine: Engine) -> None:
    """Rebuild where a migration noted that an older version passed over events of this one."""
    with engine.connect() as connection:
        if connection.execute(_OUTDATED).first() is None:
            return
    with writer(engine).begin() as connection:
        if connection.execute(_OUTDATED).first() is not None:
            rebuild(connection)
