"""The plan until the exam and how it held, as lines of text."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from quizapp.study.exam_plan import Dropped, ExamPlan
    from quizapp.study.held import HeldExam
    from quizapp.study.settings import Settings

_COLUMNS = 79
_DAYS_SHOWN = 14
_DROPS_SHOWN = 12


def no_plan(settings: Settings, today: date) -> Iterator[str]:
    """Why there is no plan, and what to do."""
    from quizapp.study.exam_terms import too_far

    if not settings.plan:
        yield "The plan is switched off: quizapp settings plan true"
    elif settings.exam_date is None:
        yield "There is no plan without a date: quizapp settings exam_date 2026-12-24"
    elif settings.exam_date == today:
        yield "The exam is today: nothing is left to plan."
    elif settings.exam_date < today:
        yield "The exam is over; for another one: quizapp settings exam_date 2026-12-24"
    elif too_far(settings, today):
        yield "The exam is more than a year away; the plan begins a year before. Is the date right?"
    else:
        yield "There is no plan without a time: quizapp settings minutes_a_day 30"


def plan_lines(plan: ExamPlan) -> Iterator[str]:
    """The plan of today."""
    days = "1 day" if plan.days_left == 1 else f"{plan.days_left} days"
    yield plan.course
    yield f"Exam on {plan.exam}, in {days}; {plan.minutes_a_day} minutes a day"
    yield ""
    yield f"Today       {_today(plan)}"
    forecast = plan.forecast
    told = f"predicted {forecast.overall:.0%}, goal {plan.goal:.0%}"
    yield f"On the day  {told}; without any more study {forecast.now:.0%}"
    if plan.more is not None:
        more = f"{plan.more.minutes:.0f} minutes more a day"
        yield f"            {more}: {plan.more.overall:.0%} (+{plan.more.gain * 100:.1f} points)"
    yield ""
    yield f"  {'':<26}{'of the exam':>12}{'now':>7}{'on the day':>13}"
    for topic in plan.forecast.topics:
        mark = "  < weakest" if topic.weakest else ""
        yield (
            f"  {topic.topic:<26}{topic.weight:>12.1%}{topic.now:>7.0%}{topic.recall:>13.0%}{mark}"
        )
    yield ""
    yield from _feasibility(plan)
    yield ""
    yield from _ahead(plan)


def _today(plan: ExamPlan) -> str:
    share = plan.share
    if not (share.new or share.reviews or share.skills):
        return "a day off"
    whole = f"{_parts(share.new, share.reviews, share.skills)}, ~{share.minutes:.0f} min"
    whole += ", final pass" if share.final_pass else ""
    if share.done:
        return f"{whole}; all done"
    left = len(share.left) + len(share.skills_left)
    if left == share.new + share.reviews + share.skills:
        return whole
    return f"{whole}; {left} left, ~{share.minutes_left:.0f} min"


def _parts(new: int, reviews: int, skills: int) -> str:
    computations = "1 computation" if skills == 1 else f"{skills} computations"
    return f"{new} new, {'1 review' if reviews == 1 else f'{reviews} reviews'}, {computations}"


def _feasibility(plan: ExamPlan) -> Iterator[str]:
    told = plan.feasibility
    needed, left = f"{told.minutes_needed:.0f} min", f"{told.minutes_left:.0f} min"
    if told.feasible:
        met = (
            f"{told.items_open} items and computations to go take {needed}"
            if told.items_open
            else "all met"
        )
        yield f"Everything can be met once in time: {met}; there are {left}."
    else:
        why = told.squeezed or f"that takes {needed}, and there are {left}."
        yield f"Not everything can be met once: {why}"
        yield "What to leave out, the lightest first (quizapp plan --drop does):"
        yield from _drops(told.drops)
    if plan.accepted:
        yield "Left out, counted as 0 (quizapp plan --restore takes it back in):"
        yield from _drops(plan.accepted)


def _drops(drops: Sequence[Dropped]) -> Iterator[str]:
    from quizapp.study.spans import lasting

    for one in drops[:_DROPS_SHOWN]:
        what = "computation" if one.deck == "skills" else "card"
        count = f"{len(one.cards)} {what}{'' if len(one.cards) == 1 else 's'}"
        yield (
            f"  {one.topic:<24}{count:>16}{one.weight:>8.1%} of the exam"
            f"{lasting(one.minutes * 60):>12} freed"
        )
    if len(drops) > _DROPS_SHOWN:
        yield f"  and {len(drops) - _DROPS_SHOWN} more topics"
    whole = sum(one.weight for one in drops)
    freed = lasting(60 * sum(one.minutes for one in drops))
    yield f"  together {whole:.0%} of the exam and {freed}"


def _ahead(plan: ExamPlan) -> Iterator[str]:
    from quizapp.study.spans import day_of

    yield f"  {'':<12}{'min':>5}{'new':>6}{'reviews':>9}{'computations':>14}"
    for day in plan.days[:_DAYS_SHOWN]:
        last = "  final pass" if day.final_pass else ""
        yield (
            f"  {day_of(day.day):<12}{day.minutes:>5.0f}{day.new:>6}{day.reviews:>9}"
            f"{day.skills:>14}{last}"
        )
    if len(plan.days) > _DAYS_SHOWN:
        yield f"  and {len(plan.days) - _DAYS_SHOWN} more days"


def held_lines(held: HeldExam) -> Iterator[str]:
    """How the prediction for one exam held."""
    yield held.title
    yield f"Exam on {held.exam}"
    if held.eve is not None:
        yield f"Predicted on the eve: {held.eve.overall:.0%}"
    if held.result is not None:
        off = "" if held.error is None else f", {held.error * 100:+.0f} points against that"
        yield f"Your mark: {held.result.share:.0%}{off}"
    else:
        yield "Your mark is not known: quizapp plan --result 82%"
    if held.predictions:
        told = ", ".join(f"{one.day:%d %b} {one.overall:.0%}" for one in held.predictions)
        yield from wrap(f"Predicted before: {told}", _COLUMNS)
    if held.days:
        yield ""
        yield f"  {'First answers':<26}{'answers':>9}{'predicted':>11}{'recalled':>10}"
        for day in held.days:
            yield _tally(str(day.day), day.answers, day.predicted, day.recalled)
        for topic in held.topics:
            yield _tally(topic.topic, topic.answers, topic.predicted, topic.recalled)
    if held.practice:
        yield ""
        yield "Practice exams of the last weeks"
        for one in held.practice:
            yield f"  {one.day}  {one.share:>5.0%}  {one.title}"


def _tally(name: str, answers: int, predicted: float, recalled: float) -> str:
    return f"  {name:<26}{answers:>9}{predicted:>11.0%}{recalled:>10.0%}"
