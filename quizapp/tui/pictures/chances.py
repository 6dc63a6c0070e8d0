"""The topics of the exam as bars: how much of each is predicted to be recalled on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.names import topic_name
from quizapp.tui.say import join, say
from quizapp.tui.widgets.plots.bars import Bar, bars

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content

    from quizapp.study.exam_plan import TopicForecast

WEAKEST = "◂"
"""Stands beside the weakest topic."""
_MUTED = "$text-muted"
_LONGEST = 56
"""A bar is no easier to read when it is longer."""
_SHORTEST = 24
"""Narrower than that there are no bars."""


def by_importance(topics: Iterable[TopicForecast]) -> list[TopicForecast]:
    """The topics in the order of the points they cost; those the exam leaves out are left out."""
    counted = [one for one in topics if one.weight > 0]
    return sorted(counted, key=lambda one: (-one.weight * (1 - one.recall), -one.weight))


def topic_bars(topics: Iterable[TopicForecast], columns: int, most: int) -> list[Content]:
    """A bar for each of the most important topics, the weakest marked.

    So many lines at most: topics that find no room are counted in the last one. Where it is
    narrow the bars are left out and the numbers stay.
    """
    ordered = by_importance(topics)
    # Where one topic is too many its own line takes no more room than counting it.
    shown = ordered if len(ordered) <= most else ordered[: max(most - 1, 1)]
    rows = [_bar(one) for one in shown]
    out = bars(rows, min(columns, _LONGEST)) if columns >= _SHORTEST else _words(rows)
    if len(shown) < len(ordered):
        count = len(ordered) - len(shown)
        out.append(say(f"and {count} more topic{'s' if count > 1 else ''}", _MUTED))
    return out


def percent(share: float) -> str:
    """A share as ``81 %``; only all is 100 % and only nothing is 0 %."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        whole = 99
    return f"{whole or int(share > 0)} %"


def _bar(one: TopicForecast) -> Bar:
    told = f"{percent(one.recall):>5} {WEAKEST if one.weakest else ' '}"
    return Bar(topic_name(one.topic), one.recall, told)


def _words(rows: Sequence[Bar]) -> list[Content]:
    return [join(f"{row.told} ", row.name) for row in rows]
