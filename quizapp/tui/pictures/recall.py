"""How much was recalled, week by week, young and mature cards apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.spans import day_of
from quizapp.tui.say import heading, join, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.line import line

if TYPE_CHECKING:
    from textual.content import Content

    from quizapp.study.figures.reading import Figures
    from quizapp.study.figures.retention import Recall, Retention

_MUTED = "$text-muted"
_EMPTY = (
    "No card has come back for review yet. From the second day on this shows how many of the "
    "answers were not Again: about nine in ten is what the schedule aims at."
)
_TOLD = "Weeks of review answers that were not Again. Mature: the stability was 21 days or more."
_MOST_WEEKS = 104
_TALLEST = 10
_AXIS = 3


def page(figures: Figures, columns: int, height: int) -> list[Content]:
    """A line for young cards and one for mature ones, from 50 to 100 percent or from 0."""
    facts = figures.retention
    if not facts.weeks:
        return wrapped(_EMPTY, columns)
    weeks = facts.weeks[-_MOST_WEEKS:]
    shares = {
        "Young": [week.young.share for week in weeks],
        "Mature": [week.mature.share for week in weeks],
    }
    low = 0.5 if all(s is None or s >= 0.5 for part in shares.values() for s in part) else 0.0
    words = wrapped(_TOLD, columns, _MUTED)
    high = min(max((height - len(words) - 3) // 2, 2), _TALLEST)
    out: list[Content] = []
    for name, whole in (("Young", facts.young), ("Mature", facts.mature)):
        out.append(join(heading(name), say(f"  {_sums(whole)}", _MUTED)))
        out += line(
            shares[name], columns=columns, height=high, low=low, high=1.0,
            scale=(f"{low:.0%}", "100%"),
        )  # fmt: skip
    out.append(say(_axis(facts, columns), _MUTED))
    return out + words


def _sums(whole: Recall) -> str:
    if whole.share is None:
        return "no answers yet"
    return f"{whole.share:.1%} of {whole.answers} answers"


def _axis(facts: Retention, columns: int) -> str:
    """The first and the last week under the ends of the lines."""
    weeks = facts.weeks[-_MOST_WEEKS:]
    first, last = (f"week of {day_of(week.monday)}" for week in (weeks[0], weeks[-1]))
    if len(weeks) == 1:
        return " " * (_AXIS + 3) + first
    return " " * (_AXIS + 3) + first + last.rjust(columns - _AXIS - 3 - len(first))
