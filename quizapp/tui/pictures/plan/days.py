"""The days until the exam: what each brings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.study.spans import day_of, lasting
from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.bars import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from quizapp.study.exam_plan import DayAhead, ExamPlan

_MUTED = "$text-muted"
_DAY = 11
_FIGURES = 21
_TIME = 12
_BAR = 14
_LEAST_BAR = 5
_LAST = " final pass"
_TOLD = (
    "Later days assume that your answers go as predicted. In the final pass each card comes for "
    "the last time before the exam and nothing new is met."
)


def page(plan: ExamPlan, columns: int) -> list[Content]:
    """A line for each day, days off among them, and the exam below; the weeks stand apart."""
    ahead = {one.day: one for one in plan.days}
    most = max((one.minutes for one in plan.days), default=0.0) or 1.0
    room = columns - _DAY - _FIGURES - _TIME - len(_LAST) - 2
    room = min(room, _BAR) if room >= _LEAST_BAR else 0
    out = [say(f"{'':<{_DAY}}{'new':>5}{'reviews':>9}{'skills':>7}{'time':>{_TIME}}", _MUTED)]
    for day in (plan.today + timedelta(days=n) for n in range(plan.days_left)):
        if day.weekday() == 0 and day > plan.today:
            out.append(say(""))
        name = say(f"{day_of(day):<{_DAY}}", "bold" if day == plan.today else "")
        out.append(join(name, *_brings(ahead.get(day), most, room)))
    out.append(say(f"{day_of(plan.exam):<{_DAY}}    the exam", "bold"))
    return [*out, say(""), *wrapped(_TOLD, columns, _MUTED)]


def _brings(day: DayAhead | None, most: float, room: int) -> Iterator[Content]:
    if day is None:
        yield say("    –  a day off", _MUTED)
        return
    yield say(f"{_some(day.new):>5}{_some(day.reviews):>9}{_some(day.skills):>7}")
    yield say(f"{lasting(day.minutes * 60) if day.minutes else '·':>{_TIME}}")
    if room:
        yield say("  ")
        yield from drawn(day.minutes / most, room)
    if day.final_pass:
        yield say(_LAST, "bold $text-accent")


def _some(count: int) -> str:
    return str(count) if count else "·"
