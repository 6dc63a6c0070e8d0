"""Where one stands before the exam: what is predicted, the time there is, whether it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.spans import day_of, lasting
from quizapp.tui.pictures.chances import percent
from quizapp.tui.say import heading, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.bars import Bar, bars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from quizapp.study.exam_plan import ExamPlan

_MUTED = "$text-muted"
_WIDEST = 80
_TOLD = (
    "Predicted is the share of the exam that you will recall on the day, each topic weighted as "
    "the exam weights it. What is never met counts 0. The mark in the bar is your goal."
)


def page(plan: ExamPlan, columns: int) -> list[Content]:
    """The prediction with its bars, then the time, what fits, the final pass, today."""
    room = min(columns, _WIDEST)
    out = [heading("On the day"), *_predicted(plan, room), *_decks(plan, columns)]
    out += [say(""), heading("The time")]
    for sentence, style in _time(plan):
        out += wrapped(sentence, room, style)
    return [*out, say(""), *wrapped(_TOLD, room, _MUTED)]


def _predicted(plan: ExamPlan, columns: int) -> list[Content]:
    forecast, more = plan.forecast, plan.more
    rows = [
        Bar("with this plan", forecast.overall, percent(forecast.overall), plan.goal),
        Bar("without further study", forecast.now, percent(forecast.now), plan.goal),
    ]
    if more is not None:
        told = f"{percent(more.overall)} {points(more.gain)}"
        rows.insert(1, Bar(f"{more.minutes:.0f} min more a day", more.overall, told, plan.goal))
    # What is told after the numbers would else push the numbers apart.
    wide = max(len(row.told) for row in rows)
    return bars([Bar(r.name, r.share, f"{r.told:<{wide}}", r.mark) for r in rows], columns)


def _decks(plan: ExamPlan, columns: int) -> list[Content]:
    forecast = plan.forecast
    told = f"goal {percent(plan.goal)} · cards {percent(forecast.cards)}"
    if forecast.skills is not None:
        told += f" · computations {percent(forecast.skills)}"
    return wrapped(told, columns, _MUTED)


def _time(plan: ExamPlan) -> Iterator[tuple[str, str]]:
    """Sentences with their styles."""
    study, off = len(plan.days), plan.days_left - len(plan.days)
    tail = f", {off} off" if off else ""
    each = f"{_counted(study, 'study day')} of {plan.minutes_a_day} min"
    yield f"{_counted(plan.days_left, 'day')} left: {each}{tail}.", ""
    yield feasible(plan), "$text-success" if plan.feasibility.feasible else "bold $text-warning"
    last = [day for day in plan.days if day.final_pass]
    if last:
        yield f"Final pass from {day_of(last[0].day)} on: each card once more, nothing new.", ""
    share = plan.share
    if share.done:
        yield "✓ Today's share is done.", "$text-success"
        return
    counts = [(share.reviews, "review"), (share.new, "new card"), (share.skills, "computation")]
    told = ", ".join(_counted(count, thing) for count, thing in counts if count)
    yield f"Today: {told}; {lasting(share.minutes_left * 60)} left.", ""


def feasible(plan: ExamPlan) -> str:
    """Whether everything can be met once, in a sentence."""
    found = plan.feasibility
    if not found.items_open:
        return "✓ Everything that the exam can ask for was met at least once."
    if found.squeezed is not None:
        return f"⚠ It does not fit: {found.squeezed} 4 shows what to drop."
    one = found.items_open == 1
    them = "1 item or computation was" if one else f"{found.items_open} items and computations were"
    needed, left = lasting(found.minutes_needed * 60), lasting(found.minutes_left * 60)
    told = f"{them} never met; meeting each once takes {needed} of the {left} left."
    if found.feasible:
        return f"✓ It fits: {told}"
    return f"⚠ It does not fit: {told} 4 shows what to drop."


def points(gain: float) -> str:
    """A gain as ``+2 points``."""
    whole = round(100 * gain)
    if not whole:
        return "+0 points" if gain <= 0 else "< +1 point"
    return f"+{whole} point{'' if whole == 1 else 's'}"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
