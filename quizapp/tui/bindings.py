"""Bindings in one line each."""

from __future__ import annotations

from textual.binding import Binding


def bound(screen: str, *rows: tuple[str, str, str, str]) -> list[Binding]:
    """The bindings of a screen from rows of keys, action, name in the footer and explanation.

    Without a name a key works and is explained, but does not stand in the footer. The ids are
    ``screen.action``, with the argument of an action after a dash.
    """
    return [
        Binding(keys, action, name or told, id=_id(screen, action), tooltip=told, show=bool(name))
        for keys, action, name, told in rows
    ]


def _id(screen: str, action: str) -> str:
    return f"{screen}.{action.removeprefix('app.').replace('(', '-').rstrip(')')}"
