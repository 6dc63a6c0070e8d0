"""How many cards the next weeks bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.columns import columns as draw_columns

if TYPE_CHECKING:
    from textual.content import Content

    from quizapp.study.figures.reading import Figures

_MUTED = "$text-muted"
_EMPTY = (
    "No card is in review yet, so none will come by itself. r on the home screen brings new ones; "
    "this then shows how many fall due on each of the next days."
)
_TALLEST = 16
_MARGIN = 8


def page(figures: Figures, columns: int, height: int) -> list[Content]:
    """What is overdue in words, then a column for each day."""
    facts = figures.load
    if not facts.cards:
        return wrapped(_EMPTY, columns)
    wide = 3 if columns >= _MARGIN + 3 * len(facts.days) else 2
    days = facts.days[: max((columns - _MARGIN) // wide, 1)]
    sums = [
        (str(facts.overdue), "overdue", "bold $text-warning" if facts.overdue else "bold"),
        (str(days[0].cards), "today", "bold"),
        (str(days[1].cards) if len(days) > 1 else "0", "tomorrow", "bold"),
        (f"{sum(day.cards for day in days[:7])}", "in 7 days", "bold"),
    ]
    told = [part for value, name, style in sums for part in (say(value, style), f" {name}   ")]
    labels = [
        f"{day.day.day} {day.day:%b}" if place == 0 or day.day.weekday() == 0 else ""
        for place, day in enumerate(days)
    ]
    after = facts.cards - facts.overdue - sum(day.cards for day in days)
    tail = f"Mondays are named. {after} cards fall due later." if after else "Mondays are named."
    warn = f" ⚠ {facts.overdue} waited longer than they should: r reviews them first."
    tail += warn if facts.overdue else ""
    words = wrapped(tail + " New cards are not in it.", columns, _MUTED)
    tall = min(max(height - len(words) - 5, 3), _TALLEST)
    picture = draw_columns([day.cards for day in days], height=tall, wide=wide, labels=labels)
    return [join(*told), say(""), *picture, *words]
