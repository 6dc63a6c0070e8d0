"""How the prediction for an exam held: against the mark, answers of the last days, practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.spans import day_of
from quizapp.tui.names import topic_name
from quizapp.tui.pictures.chances import percent
from quizapp.tui.say import heading, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.bars import MARK, Bar, bars
from quizapp.tui.widgets.plots.line import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.content import Content

    from quizapp.study.held import HeldExam

_MUTED = "$text-muted"
_WIDEST = 80
_HIGH = 5
_MARGIN = 6
"""Columns of the scale beside the line."""
_CLOSE = 5
"""So many points from the prediction are close to it."""
NONE_YET = (
    "No exam is over yet. After the day this page sets what was predicted against the answers of "
    "the last days, practice exams and your mark."
)
_UNKNOWN = "Nothing was answered before this exam, so nothing was predicted for it."
_LAST = (
    "The first answers of each of the last days to what was met before: recalled, and with "
    f"{MARK} what was predicted that morning."
)


def page(held: HeldExam | None, columns: int) -> list[Content]:
    """The mark beside the prediction, then the prediction by day, answers and practice exams."""
    if held is None:
        return wrapped(NONE_YET, columns)
    room = min(columns, _WIDEST)
    out = [heading(f"{held.title} · {day_of(held.exam)}"), *_marks(held, room)]
    for part in (_by_day(held, room), _answers(held, room), _practice(held, room)):
        lines = list(part)
        out += [say(""), *lines] if lines else []
    return out


def verdict(held: HeldExam) -> str:
    """What the mark says about the prediction, in a sentence."""
    if held.eve is None:
        return _UNKNOWN
    if held.error is None:
        return "How did it go? m enters your mark, and it is set against this."
    off = round(100 * held.error)
    if not off:
        return "The mark is what was predicted on the eve."
    side = "above" if off > 0 else "below"
    told = f"The mark is {abs(off)} point{'' if abs(off) == 1 else 's'} {side} the prediction"
    close = abs(off) <= _CLOSE
    return f"{told} of the eve{', which is close' if close else ''}. m changes the mark."


def _marks(held: HeldExam, columns: int) -> list[Content]:
    rows = []
    if held.eve is not None:
        rows.append(Bar("predicted on the eve", held.eve.overall, percent(held.eve.overall)))
    if held.result is not None:
        mark = None if held.eve is None else held.eve.overall
        rows.append(Bar("your mark", held.result.share, percent(held.result.share), mark))
    return [*bars(rows, columns), *wrapped(verdict(held), columns)]


def _by_day(held: HeldExam, columns: int) -> Iterator[Content]:
    """A line through the predictions, the days at their distance."""
    days = held.predictions
    if len(days) < 2:
        return
    yield heading("Predicted on each day")
    count = (days[-1].day - days[0].day).days
    at = [(one.day - days[0].day).days for one in days]
    values = _between(at, [one.overall for one in days], count)
    low = 0.5 if min(values) >= 0.5 else 0.0
    scale = (f"{low:.0%}", "100%")
    yield from line(values, columns=columns, height=_HIGH, low=low, high=1.0, scale=scale)
    first, last = (f"{day_of(one.day)} {percent(one.overall)}" for one in (days[0], days[-1]))
    gap = columns - _MARGIN - len(first)
    yield say(" " * _MARGIN + first + (last.rjust(gap) if gap > len(last) else ""), _MUTED)


def _between(at: Sequence[int], values: Sequence[float], count: int) -> list[float]:
    """A value for each day; those between two predictions lie on the line between them."""
    out = []
    place = 0
    for day in range(count + 1):
        while at[place + 1] < day:
            place += 1
        share = (day - at[place]) / (at[place + 1] - at[place])
        out.append(values[place] + share * (values[place + 1] - values[place]))
    return out


def _answers(held: HeldExam, columns: int) -> Iterator[Content]:
    if not held.days:
        return
    yield heading("Answers of the last days")
    rows = [(day_of(one.day), one.recalled, one.predicted, one.answers) for one in held.days]
    topics = [
        (topic_name(one.topic), one.recalled, one.predicted, one.answers) for one in held.topics
    ]
    drawn = [
        Bar(name, recalled, f"{percent(recalled)} of {answers}", predicted)
        for name, recalled, predicted, answers in [*rows, *topics]
    ]
    lines = bars(drawn, columns)
    yield from lines[: len(rows)]
    if topics:
        yield say("")
        yield from lines[len(rows) :]
    yield from wrapped(_LAST, columns, _MUTED)


def _practice(held: HeldExam, columns: int) -> Iterator[Content]:
    if not held.practice:
        return
    yield heading("Practice exams")
    rows = [
        Bar(f"{day_of(one.day)}  {one.title}", one.share, percent(one.share))
        for one in held.practice
    ]
    yield from bars(rows, columns)
