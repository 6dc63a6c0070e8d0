"""The calendar of answers, and where the time went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.spans import day_of, lasting
from quizapp.tui.say import heading, join, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.columns import columns as draw_columns
from quizapp.tui.widgets.plots.heatmap import heatmap, legend, weeks_in

if TYPE_CHECKING:
    from textual.content import Content

    from quizapp.study.figures.calendar import Calendar
    from quizapp.study.figures.reading import Figures
    from quizapp.study.figures.time_spent import TimeSpent

_MUTED = "$text-muted"
_EMPTY = (
    "Nothing has been answered yet. r on the home screen begins today's review, p draws a "
    "computation; every day on which you answer something becomes a square here."
)
_MOST_WEEKS = 53
_HIGH = 20
_WEEK = 4
"""Columns of a week in the picture of the time."""


def page(figures: Figures, columns: int, height: int) -> list[Content]:
    """Squares for the last months, the sums, and with room for it the time by week."""
    facts = figures.calendar
    if not facts.days:
        return wrapped(_EMPTY, columns)
    counts = {day.day: day.answers for day in facts.days}
    weeks = min(weeks_in(columns), _MOST_WEEKS)
    out = heatmap(lambda day: facts.shade(counts.get(day, 0)), facts.today, weeks)
    out += [join("     ", legend(_ranges(facts)))]
    if height >= _HIGH:
        out.append(say(""))
    today = counts.get(facts.today, 0)
    row = f"{facts.streak} {_days(facts.streak)} in a row · longest {facts.longest}"
    study = f"{len(facts.days)} {_days(len(facts.days))} of study"
    for told in (f"today {today} · {row} · {study}", _sums(facts)):
        out += wrapped(told, columns)
    return out + _time(figures.time, columns, height - len(out))


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _sums(facts: Calendar) -> str:
    answers = "1 answer" if facts.answers == 1 else f"{facts.answers} answers"
    best = facts.best
    return answers if best is None else f"{answers} · most on {day_of(best.day)}: {best.answers}"


def _ranges(facts: Calendar) -> tuple[str, ...]:
    """The answers of each shade in words; "" for a shade that no day can have."""
    out, low = [], 1
    for limit in facts.limits:
        out.append("" if limit < low else str(limit) if limit == low else f"{low}–{limit}")
        low = max(low, limit + 1)
    most = facts.best.answers if facts.best else 0
    return (*out, f"{low}+" if most >= low else "")


def _time(time: TimeSpent, columns: int, rows: int) -> list[Content]:
    """How long it took, and with some room a picture of the weeks."""
    if not time.seconds:
        return []
    parts = [("cards", time.cards), ("computations", time.computations), ("exams", time.exams)]
    told = " · ".join(f"{name} {lasting(seconds)}" for name, seconds in parts if seconds)
    each = "" if time.a_card is None else f" · {time.a_card:.0f} s a card"
    sums = wrapped(f"{lasting(time.seconds)}: {told}{each}", columns, _MUTED)
    high = min(rows - len(sums) - 4, 8)
    if high < 2:
        return sums if rows > len(sums) else []
    shown = time.weeks[-max((columns - 8) // _WEEK, 1) :]
    minutes = [week.seconds / 60 for week in shown]
    names = [f"{week.monday.day} {week.monday:%b}" for week in shown]
    picture = draw_columns(minutes, height=high, wide=_WEEK, labels=names)
    return [*sums, say(""), heading("Minutes a week"), *picture]
