"""Horizontal bars of eighth blocks, each with its name and its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from quizapp.tui.say import join, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_REST = "·"
MARK = "┃"
"""Stands in a bar where it was expected to end."""
_MUTED = "$text-muted"
_FILLED = "$text-success"
_MARKED = "bold $text-warning"
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``share`` and ``mark`` are 0 to 1 of the full length."""

    name: str
    share: float | None
    """None draws no bar, only the words."""
    told: str
    mark: float | None = None


def bars(rows: Sequence[Bar], columns: int) -> list[Content]:
    """A line for each bar, as long as there is room between the names and what is told."""
    if not rows:
        return []
    told = max(cell_len(row.told) for row in rows)
    names = max(cell_len(row.name) for row in rows)
    names = min(names, max(columns - told - 2 - columns // 3, _LEAST))
    room = max(columns - names - told - 2, _LEAST)
    return [
        join(
            f"{cut(row.name, names)} ",
            *drawn(row.share, room, row.mark),
            f" {' ' * (told - cell_len(row.told))}{row.told}",
        )
        for row in rows
    ]


def drawn(share: float | None, room: int, mark: float | None = None) -> list[Content]:
    """The bar alone, as wide as the room; dots where it is not filled."""
    if share is None:
        return [say(_REST * room, _MUTED)]
    eighths = round(min(max(share, 0.0), 1.0) * room * 8)
    if share > 0:
        eighths = max(eighths, 1)  # little is not nothing
    full, part = divmod(eighths, 8)
    filled = _FULL * full + (_EIGHTHS[part] if part else "")
    rest = _REST * (room - len(filled))
    if mark is None:
        return [say(filled, _FILLED), say(rest, _MUTED)]
    at = min(int(min(max(mark, 0.0), 1.0) * room), room - 1)
    return _with_mark(filled, rest, at)


def cut(name: str, columns: int) -> str:
    """A name in exactly so many columns."""
    if cell_len(name) > columns:
        return set_cell_size(name, columns - 1) + "…"
    return set_cell_size(name, columns)


def _with_mark(filled: str, rest: str, at: int) -> list[Content]:
    if at < len(filled):
        parts = [(filled[:at], _FILLED), (MARK, _MARKED), (filled[at + 1 :], _FILLED)]
        parts.append((rest, _MUTED))
    else:
        inside = at - len(filled)
        parts = [(filled, _FILLED), (rest[:inside], _MUTED), (MARK, _MARKED)]
        parts.append((rest[inside + 1 :], _MUTED))
    return [say(text, style) for text, style in parts if text]
