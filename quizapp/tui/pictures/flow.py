"""Facts beside each other, on as many lines as they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

_BETWEEN = say("  ·  ", "$text-muted")
_CLOSER = say(" · ", "$text-muted")


def flowing(parts: Iterable[Content], columns: int) -> list[Content]:
    """The parts with a dot between them; none is broken, and they move closer where it helps."""
    given = list(parts)
    wide = _set(given, columns, _BETWEEN)
    return wide if len(wide) == 1 else _set(given, columns, _CLOSER)


def _set(parts: Iterable[Content], columns: int, between: Content) -> list[Content]:
    out: list[Content] = []
    for part in parts:
        longer = out[-1] + between + part if out else None
        if longer is not None and longer.cell_length <= columns:
            out[-1] = longer
        else:
            out.append(part)
    return out
