"""The slips that were made and the computations that were tried, as rows to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.spans import day_of, lasting
from quizapp.tui.say import join, lines, say
from quizapp.tui.widgets.choices import Row
from quizapp.tui.widgets.fitted import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from quizapp.study.slips import SlipRecord
    from quizapp.study.statistics import FamilyRecord, Statistics

_MUTED = "$text-muted"
_HEADING = "bold $text-accent"
_FIGURES = 29
"""Columns of the figures beside the title of a family."""
_MARGINS = 5
_NARROWEST = 16
_INDENT = 6
EMPTY = (
    "Nothing has been practised yet. Every computation that you check is counted here, with the "
    "slips that were found in it. p on the home screen draws fresh numbers."
)


def told(facts: Statistics) -> str:
    """The sums in a line, "" without attempts."""
    if not facts.attempts:
        return ""
    counted = "1 attempt" if facts.attempts == 1 else f"{facts.attempts} attempts"
    return f"{counted} · {facts.right} right · {lasting(facts.seconds)}"


def rows(facts: Statistics, columns: int) -> Iterator[Row]:
    """The slips, then the families, each under a heading."""
    if not facts.attempts:
        return
    if facts.slips:
        hint = "  Enter practises one, m all of them" if columns >= 60 else ""
        yield Row("slips", join(say("Slips", _HEADING), say(hint, _MUTED)), disabled=True)
        for place, slip in enumerate(facts.slips):
            yield Row(f"slip-{place}", _slip(slip, columns - _MARGINS))
        yield Row("gap", say(""), disabled=True)
    room = max(columns - _FIGURES - _MARGINS, _NARROWEST)
    heading = f"{'tries':>5}{'last':>7}{'best':>7}{'time':>10}"
    yield Row(
        "families",
        join(say(f"{'Computations':<{room}}", _HEADING), say(heading, _MUTED)),
        disabled=True,
    )
    for family in facts.families:
        yield Row(f"family-{family.family}", say(_family(family, room)))


def _slip(slip: SlipRecord, room: int) -> Content:
    """How often, what, and below it where and when."""
    since = "" if not slip.right_since else f" · right since then: {slip.right_since}×"
    where = f"{slip.title} · last {day_of(slip.last)}{since}"
    said = wrapped(slip.says, room - _INDENT) + wrapped(where, room - _INDENT, _MUTED)
    times = say(f"{slip.times:>3}×  ", "bold")
    return lines(join(" " * _INDENT if row else times, line) for row, line in enumerate(said))


def _family(family: FamilyRecord, room: int) -> str:
    title = family.title
    shown = title if len(title) < room else f"{title[: room - 2]}…"
    return (
        f"{shown:<{room}}{family.attempts:>5}{family.last:>7.0%}{family.best:>7.0%}"
        f"{lasting(family.seconds):>10}"
    )
