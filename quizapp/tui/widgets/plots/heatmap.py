"""A calendar of shades: a column a week, a row a weekday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from quizapp.tui.say import join, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

SHADES = ("·", "░", "▒", "▓", "█")
"""From nothing to most; they differ in form, so no colour is needed to tell them apart."""
_WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_MARGIN = 5
_CELL = 2
_MUTED = "$text-muted"
_FILLED = "$text-success"
_AHEAD = "  "


def weeks_in(columns: int) -> int:
    """How many weeks fit in a width."""
    return max((columns - _MARGIN) // _CELL, 1)


def heatmap(shade: Callable[[date], int], today: date, weeks: int) -> list[Content]:
    """The months, then seven rows; the last column is the week of ``today``.

    ``shade`` says 0 to 4 for a day.
    """
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    mondays = [first + timedelta(days=7 * n) for n in range(weeks)]
    rows = [say(" " * _MARGIN + _months(mondays), _MUTED)]
    for weekday, name in enumerate(_WEEKDAYS):
        cells = [_cell(shade, monday + timedelta(days=weekday), today) for monday in mondays]
        rows.append(join(say(f"{name:<{_MARGIN}}", _MUTED), *cells))
    return rows


def legend(words: tuple[str, ...]) -> Content:
    """What the shades mean, as ``░ 1 to 9``; one word a shade from the lightest on."""
    parts = [
        join(say(SHADES[n] * _CELL, _FILLED), say(f" {word}   ", _MUTED))
        for n, word in enumerate(words, 1)
        if word
    ]
    return join(*parts)


def _cell(shade: Callable[[date], int], day: date, today: date) -> Content:
    if day > today:
        return say(_AHEAD)
    level = shade(day)
    drawn = SHADES[level] + (" " if not level else SHADES[level])
    return say(drawn, _FILLED if level else _MUTED)


def _months(mondays: list[date]) -> str:
    """The name of a month over the week in which it begins, where there is room for it."""
    line, room = "", len(mondays) * _CELL
    for place, monday in enumerate(mondays):
        begins = place == 0 or monday.month != mondays[place - 1].month
        name, at = f"{monday:%b}", place * _CELL
        if begins and len(line) <= at and at + len(name) <= room:
            line = f"{line:<{at}}{name} "
    return line.rstrip()
