"""What is predicted of each topic, beside what it weighs in the exam."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.names import topic_name
from quizapp.tui.pictures.chances import WEAKEST, by_importance, percent
from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.bars import MARK, cut, drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.content import Content

    from quizapp.study.exam_plan import ExamPlan, TopicForecast
    from quizapp.study.met import Met

_MUTED = "$text-muted"
_WEIGHT, _MET, _NOW, _THEN = 7, 9, 8, 8
_FIGURES = _WEIGHT + _MET + _NOW + _THEN
_MARK = 2
_BAR = 16
_LEAST_BAR = 6
_NAME = 28
_LEAST_NAME = 12


def page(plan: ExamPlan, met: Mapping[str, Met], columns: int) -> list[Content]:
    """A line for each topic, the one that costs most first; what the exam leaves out is counted."""
    shown = by_importance(plan.forecast.topics)
    names = min(max((len(topic_name(one.topic)) for one in shown), default=0), _NAME)
    names = max(min(names, columns - _FIGURES - _MARK), _LEAST_NAME)
    room = columns - names - _FIGURES - _MARK - 1
    room = min(room, _BAR) if room >= _LEAST_BAR else 0
    heads = f"{'exam':>{_WEIGHT}}{'met':>{_MET}}{'idle':>{_NOW}}{'plan':>{_THEN}}"
    rows = [
        join(cut(topic_name(one.topic), names), *_line(one, met.get(one.topic), room))
        for one in shown
    ]
    told = wrapped(_told(plan, len(shown), bars=room > 0), columns, _MUTED)
    return [say(f"{'':<{names}}{heads}", _MUTED), *rows, say(""), *told]


def _line(one: TopicForecast, met: Met | None, room: int) -> Iterator[Content]:
    seen = f"{met.items}/{met.of}" if met else "·"
    yield say(f"{percent(one.weight):>{_WEIGHT}}{seen:>{_MET}}", _MUTED)
    yield say(f"{percent(one.now):>{_NOW}}", _MUTED)
    yield say(f"{percent(one.recall):>{_THEN}}", "bold")
    yield say(f" {WEAKEST}" if one.weakest else "  ", "bold $text-warning")
    if room:
        yield say(" ")
        yield from drawn(one.recall, room, one.now)


def _told(plan: ExamPlan, shown: int, *, bars: bool) -> str:
    told = (
        "exam: its share of the points. met: items of which something was answered. idle: "
        "predicted if you stopped now"
        f"{f' ({MARK} in the bar)' if bars else ''}. plan: predicted with this plan; what is never "
        f"met counts 0. {WEAKEST} the weakest that weighs something. First comes what costs most "
        "points."
    )
    others = len(plan.forecast.topics) - shown
    if others:
        told += f" {others} topic{' counts' if others == 1 else 's count'} nothing in the exam."
    return told
