"""The plan until the exam, from the settings, the course and the log.

Cards and computations are two decks, each planned by ``scheduling.planner`` with its own pace and
its part of the minutes, which is its part of the exam in the blueprint; a deck that cannot use its
minutes leaves them to the other. What a day brings is fixed by the log as it stood in the morning,
so that the share does not move while it is worked on; the forecast is that of now.

In every forecast what is never met counts 0, and so does what was left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.study.day_share import DayPlan
from quizapp.study.exam_plan import (
    DayAhead,
    Dropped,
    ExamForecast,
    ExamPlan,
    Feasibility,
    MoreTime,
    TodayShare,
    TopicForecast,
)
from quizapp.study.exam_terms import ExamTerms, exam_terms
from quizapp.study.left_out import leave_out, left_out, take_back_in
from quizapp.study.pace import paces
from quizapp.study.plan_cache import cache_of
from quizapp.study.plan_decks import plan_decks
from quizapp.study.plan_division import Planner
from quizapp.study.plan_join import DeckPlan, days_ahead, feasibility, forecast, more_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from quizapp.scheduling.forgetting import Experience
    from quizapp.scheduling.memory import Scheduler
    from quizapp.store.replay import CardState
    from quizapp.study.workspace import Workspace

__all__ = [
    "DayAhead",
    "Dropped",
    "ExamForecast",
    "ExamPlan",
    "Feasibility",
    "MoreTime",
    "TodayShare",
    "TopicForecast",
    "accept_drops",
    "day_plan",
    "exam_plan",
    "forecast_as_known",
    "restore_drops",
]


def day_plan(workspace: Workspace) -> DayPlan | None:
    """What the plan gives this study day, None without a plan; quick once it was made today.

    May be called in a thread. Raises StoreError.
    """
    from quizapp.store.as_of import mark, this_morning

    terms, day = exam_terms(workspace), workspace.today()
    if terms is None or terms.exam <= day:
        return None
    gone = left_out(workspace, terms)
    at, scheduler = mark(workspace.store, day), workspace.scheduler
    key = (terms, day, gone, at.before, at.undone_before, scheduler, *_content(workspace))

    def made() -> DayPlan:
        states = this_morning(workspace.store, day)
        return _day_plan(workspace, terms, states, day, scheduler, gone)

    return cache_of(workspace).once("day", key, made)


def exam_plan(workspace: Workspace) -> ExamPlan | None:
    """The plan of this moment.

    None without a date or minutes, on the exam's day and after it, and with ``plan = false``.
    The first one of a day may take a second: call it in a thread. Raises StoreError.
    """
    from quizapp.store.as_of import mark

    morning, terms = day_plan(workspace), exam_terms(workspace)
    if morning is None or terms is None:
        return None
    # Not today's: the study day may have turned over meanwhile.
    day = morning.day
    last = mark(workspace.store, day).last
    key = (terms, day, last, workspace.scheduler, *_content(workspace))
    return cache_of(workspace).once("exam", key, lambda: _exam_plan(workspace, terms, morning))


def forecast_as_known(workspace: Workspace, terms: ExamTerms, day: date) -> ExamForecast:
    """The forecast that the morning of a study day had, from the log before it alone.

    On the exam's day it is what all studying has come to. Raises StoreError.
    """
    from quizapp.scheduling.memory import Scheduler
    from quizapp.store.as_of import as_known_before

    states, scheduler = as_known_before(workspace.store, day)
    kept = Scheduler(scheduler.parameters, terms.goal)
    gone = left_out(workspace, terms)
    plan = _day_plan(workspace, terms, states, day, kept, gone, keep=False)
    return forecast(plan.plans, tuple(workspace.course.topics))


def accept_drops(workspace: Workspace) -> tuple[Dropped, ...]:
    """Leave out what the plan says does not fit; return it, nothing where all fits.

    ``restore_drops`` takes that back. Raises StoreError.
    """
    plan, terms = exam_plan(workspace), exam_terms(workspace)
    if plan is None or terms is None or not plan.feasibility.drops:
        return ()
    leave_out(workspace, terms, plan.feasibility.drops)
    return plan.feasibility.drops


def restore_drops(workspace: Workspace) -> int:
    """Take all that was left out back into the plan; return how many cards and skills that is.

    Raises StoreError.
    """
    terms = exam_terms(workspace)
    return 0 if terms is None else take_back_in(workspace, terms)


def _content(workspace: Workspace) -> tuple[object, ...]:
    """What of the content and the settings makes another plan; the pack itself, so it stays."""
    return workspace.pack, workspace.settings.beyond_exam


def _day_plan(
    workspace: Workspace,
    terms: ExamTerms,
    states: Mapping[str, CardState],
    day: date,
    scheduler: Scheduler,
    gone: Sequence[Dropped],
    *,
    keep: bool = True,
) -> DayPlan:
    measured = paces(workspace, day)
    known = frozenset(card for card, state in states.items() if state.memory is not None)
    learned = _experience(workspace, day)
    planner = Planner(workspace, terms, day, scheduler, measured, learned, keep)
    decks = plan_decks(workspace, states, gone)
    return DayPlan(day, planner.divided(decks), measured, known, learned)


def _experience(workspace: Workspace, day: date) -> Experience:
    """What the reviews before a study day say about how the student forgets."""
    from quizapp.scheduling.experience import experience

    return experience(workspace.store.past().answers, before=day.toordinal())


def _exam_plan(workspace: Workspace, terms: ExamTerms, morning: DayPlan) -> ExamPlan:
    day, store = morning.day, workspace.store
    gone = left_out(workspace, terms)
    states = store.states()
    memories = {card: state.memory for card, state in states.items() if state.memory is not None}
    share = morning.share(memories, store.held(day))
    plans = _now(workspace, terms, morning, states, share)
    return ExamPlan(
        course=workspace.course.title,
        exam=terms.exam,
        today=day,
        days_left=(terms.exam - day).days,
        minutes_a_day=terms.minutes,
        goal=terms.goal,
        share=share,
        forecast=forecast(plans, tuple(workspace.course.topics)),
        feasibility=feasibility(plans),
        more=more_time(plans),
        days=_days(morning, plans),
        accepted=gone,
        cards=next((one.plan for one in plans if one.deck.name == "cards"), None),
        skills=next((one.plan for one in plans if one.deck.name == "skills"), None),
    )


def _now(
    workspace: Workspace,
    terms: ExamTerms,
    morning: DayPlan,
    states: Mapping[str, CardState],
    share: TodayShare,
) -> tuple[DeckPlan, ...]:
    """The decks as they are now, with the minutes divided as in the morning."""
    planner = Planner(
        workspace,
        terms,
        morning.day,
        workspace.scheduler,
        morning.paces,
        morning.experience,
    )
    decks = {deck.name: deck for deck in plan_decks(workspace, states, left_out(workspace, terms))}
    out = []
    for one in morning.plans:
        deck = decks[one.deck.name]
        if not deck.entries or one.plan is None:
            out.append(replace(one, deck=deck, plan=None))
            continue
        left = share.skills_left if deck.name == "skills" else share.left
        done = 1 - len(left) / max(len(one.plan.today.cards), 1)
        usual = terms.deck_exam(one.part, {}, morning.paces.cards)
        minutes = usual.minutes_a_day * usual.share_of(morning.day)
        out.append(planner.planned(deck, one.part, spent=round(done * minutes * 60, 1)))
    return tuple(out)


def _days(morning: DayPlan, plans: Sequence[DeckPlan]) -> tuple[DayAhead, ...]:
    """The days ahead as they are now, with the whole share of today."""
    ahead = [one for one in days_ahead(plans) if one.day > morning.day]
    return (*(one for one in days_ahead(morning.plans) if one.day == morning.day), *ahead)
