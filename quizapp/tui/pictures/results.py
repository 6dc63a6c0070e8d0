"""How the practice exams went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.spans import day_of, lasting
from quizapp.tui.say import say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.bars import Bar, bars

if TYPE_CHECKING:
    from textual.content import Content

    from quizapp.study.figures.reading import Figures

_MUTED = "$text-muted"
_EMPTY = (
    "No practice exam has been handed in yet. x on the home screen draws one; its mark then "
    "stands here beside those of the others."
)
_MOST = 100


def page(figures: Figures, columns: int, height: int) -> list[Content]:  # noqa: ARG001
    """A bar for every exam, the latest first."""
    facts = figures.exams
    if not facts.marks or facts.mean is None:
        return wrapped(_EMPTY, columns)
    count = "1 exam" if len(facts.marks) == 1 else f"{len(facts.marks)} exams"
    told = f"{count} · last {facts.last:.0%} · best {facts.best:.0%} · on the average "
    rows = [
        Bar(
            f"{day_of(mark.day)}  {mark.title}",
            mark.share,
            f"{mark.share:>4.0%} {mark.points:g}/{mark.of:g} {lasting(mark.seconds)}",
        )
        for mark in reversed(facts.marks[-_MOST:])
    ]
    return [*wrapped(f"{told}{facts.mean:.0%}", columns, _MUTED), say(""), *bars(rows, columns)]
