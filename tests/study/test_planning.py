"""The plan until the exam over a real log and a small course."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling import planner
from quizapp.scheduling.memory import Rating
from quizapp.scheduling.skills import family_of
from quizapp.study import planning
from quizapp.study.exam_terms import note_terms, noted_terms
from quizapp.study.plan_cache import FILE, PlanCache
from quizapp.study.planning import (
    ExamPlan,
    accept_drops,
    day_plan,
    exam_plan,
    restore_drops,
)
from quizapp.study.review import ReviewSession
from quizapp.study.skills import course_skills
from tests.study.planned import EXAM, TODAY, Watch, student, study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.study.workspace import Workspace


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    opened = student(tmp_path, watch)
    yield opened
    opened.close()


def planned(workspace: Workspace) -> ExamPlan:
    plan = exam_plan(workspace)
    assert plan is not None
    return plan


@pytest.mark.parametrize(
    "settings",
    [
        {"exam_date": None},
        {"minutes_a_day": None},
        {"plan": False},
        {"exam_date": TODAY},
        {"exam_date": TODAY - timedelta(days=1)},
        {"exam_date": TODAY + timedelta(days=367)},
    ],
)
def test_without_an_exam_ahead_or_minutes_there_is_no_plan(
    workspace: Workspace, settings: dict[str, object]
) -> None:
    workspace.change(**settings)
    assert exam_plan(workspace) is None
    assert day_plan(workspace) is None


def test_the_plan_has_all_study_days(workspace: Workspace) -> None:
    off = TODAY + timedelta(days=3)
    workspace.change(days_off=(off,), easy_days={"sat": 0.0, "sun": 0.5})
    days = {day.day: day for day in planned(workspace).days}
    all_days = [TODAY + timedelta(days=n) for n in range((EXAM - TODAY).days)]
    assert set(days) == {day for day in all_days if day != off and day.weekday() != 5}
    sunday, monday = date(2026, 3, 8), date(2026, 3, 9)
    assert days[sunday].minutes < 0.8 * days[monday].minutes


def test_minutes_are_divided_as_the_blueprint_does(workspace: Workspace) -> None:
    plan = planned(workspace)
    assert plan.share.skills > 0
    assert plan.share.new > 0
    assert plan.share.minutes == pytest.approx(20, abs=6)


def test_a_forecast_is_the_sum_of_its_topics(workspace: Workspace, watch: Watch) -> None:
    study(workspace, watch)
    forecast = planned(workspace).forecast
    assert sum(topic.weight for topic in forecast.topics) == pytest.approx(1)
    total = sum(topic.weight * topic.recall for topic in forecast.topics)
    assert forecast.overall == pytest.approx(total)
    now = sum(topic.weight * topic.now for topic in forecast.topics)
    assert forecast.now == pytest.approx(now)
    assert sum(topic.weakest for topic in forecast.topics) == 1


def test_what_is_never_met_counts_nothing(workspace: Workspace) -> None:
    forecast = planned(workspace).forecast
    assert forecast.now == 0
    assert all(topic.now == 0 for topic in forecast.topics)


def test_more_time_brings_more(workspace: Workspace) -> None:
    plan = planned(workspace)
    assert plan.more is not None
    assert plan.more.minutes == pytest.approx(15)
    assert plan.more.overall == pytest.approx(plan.forecast.overall + plan.more.gain, abs=0.001)


def test_the_same_log_gives_the_same_plan(workspace: Workspace, tmp_path: Path) -> None:
    first = planned(workspace)
    (tmp_path / "cache" / FILE).unlink()
    again = student(tmp_path, Watch())
    assert planned(again) == first
    again.close()


def test_a_second_start_computes_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = planned(workspace)
    monkeypatch.delattr(planner, "plan")
    again = student(tmp_path, Watch())
    assert planned(again) == first
    again.close()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}', '{"version": null, "plans": 3}'])
def test_a_damaged_cache_is_computed_anew(workspace: Workspace, tmp_path: Path, text: str) -> None:
    first = planned(workspace)
    (tmp_path / "cache" / FILE).write_text(text, "utf-8")
    again = student(tmp_path, Watch())
    assert planned(again) == first
    again.close()


@pytest.mark.parametrize("enough", ["many", float("inf")])
def test_a_cache_with_other_plans_in_it_is_not_believed(
    workspace: Workspace, tmp_path: Path, enough: object
) -> None:
    first = planned(workspace)
    file = tmp_path / "cache" / FILE
    told = json.loads(file.read_text("utf-8"))
    for plan in told["plans"].values():
        plan["today"]["enough"] = enough
    file.write_text(json.dumps(told), "utf-8")
    again = student(tmp_path, Watch())
    assert planned(again) == first
    again.close()


def test_a_cache_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way", "utf-8")
    cache = PlanCache(tmp_path / "cache")
    opened = student(tmp_path / "data", Watch())
    plan = exam_plan(opened)
    assert plan is not None
    assert plan.cards is not None
    assert cache.once("x", 1, lambda: 2) == 2
    opened.close()


def test_an_answer_changes_the_forecast_but_not_the_share(
    workspace: Workspace, watch: Watch
) -> None:
    before = planned(workspace)
    study(workspace, watch, most=3)
    after = planned(workspace)
    assert after.forecast.now > before.forecast.now
    assert (after.share.new, after.share.skills) == (before.share.new, before.share.skills)
    assert len(after.share.left) < len(before.share.left)
    assert set(after.share.left) <= set(before.share.left)


def test_an_undo_gives_the_share_back(workspace: Workspace, watch: Watch) -> None:
    before = planned(workspace).share
    session = ReviewSession(workspace)
    while family_of(session.current().id):  # type: ignore[union-attr]
        session.bury()
    session.rate(Rating.EASY)
    while session.undo() is not None:
        pass
    assert planned(workspace).share == before


def test_the_share_is_done_when_its_cards_are(workspace: Workspace, watch: Watch) -> None:
    study(workspace, watch)
    share = planned(workspace).share
    assert share.left == ()
    assert share.done  # exercises were put off until tomorrow


def test_cards_beyond_the_share_count_against_it(workspace: Workspace, watch: Watch) -> None:
    workspace.change(minutes_a_day=6)
    morning = planned(workspace).share
    others = [card for card in workspace.pack.cards if card not in morning.left]
    scheduler = workspace.scheduler
    for card in others[: len(morning.left)]:
        workspace.store.review(card, Rating.EASY, ms=5000, how="reveal", scheduler=scheduler)
    assert planned(workspace).share.left == ()


def test_tomorrow_brings_another_share(workspace: Workspace, watch: Watch) -> None:
    first = planned(workspace)
    study(workspace, watch)
    watch.on(days=1)
    second = planned(workspace)
    assert second.today == TODAY + timedelta(days=1)
    assert not set(first.share.left) & set(second.share.left) or second.share.reviews


def test_a_suspended_card_leaves_the_plan_of_tomorrow(workspace: Workspace, watch: Watch) -> None:
    card = planned(workspace).share.left[0]
    workspace.store.suspend(card)
    assert card not in planned(workspace).share.left
    watch.on(days=1)
    plan = planned(workspace)
    assert plan.cards is not None
    assert all(card not in day.cards for day in plan.cards.days)


# What does not fit -------------------------------------------------------------------------


def test_what_does_not_fit_is_named(workspace: Workspace) -> None:
    workspace.change(minutes_a_day=2, exam_date=TODAY + timedelta(days=3))
    told = planned(workspace).feasibility
    assert not told.feasible
    assert told.minutes_needed > told.minutes_left
    assert told.drops
    assert all(drop.cards and drop.minutes > 0 for drop in told.drops)
    assert {drop.deck for drop in told.drops} == {"cards", "skills"}


def test_accepted_drops_leave_the_plan_until_they_are_taken_back(workspace: Workspace) -> None:
    workspace.change(minutes_a_day=2, exam_date=TODAY + timedelta(days=3))
    before = planned(workspace)
    dropped = accept_drops(workspace)
    gone = {card for one in dropped for card in one.cards}
    after = planned(workspace)
    assert after.accepted == dropped
    assert after.feasibility.feasible
    plans = [plan for plan in (after.cards, after.skills) if plan is not None]
    assert plans
    assert not gone & {card for plan in plans for day in plan.days for card in day.cards}
    assert restore_drops(workspace) == len(gone)
    assert planned(workspace) == before


def test_what_is_left_out_counts_nothing(workspace: Workspace) -> None:
    workspace.change(minutes_a_day=2, exam_date=TODAY + timedelta(days=3))
    before = planned(workspace).forecast
    accept_drops(workspace)
    after = planned(workspace).forecast
    assert after.overall < before.overall + 0.1


@pytest.mark.parametrize("days", [1, 2, 3])
@pytest.mark.parametrize("minutes", [5, 10])
def test_leaving_out_asks_for_hardly_more_and_takes_nothing_from_the_forecast(
    workspace: Workspace, days: int, minutes: int
) -> None:
    workspace.change(minutes_a_day=minutes, exam_date=TODAY + timedelta(days=days))
    before = planned(workspace)
    assert accept_drops(workspace)
    after = planned(workspace)
    # Without it the days may hold an exercise less than before.
    assert sum(len(drop.cards) for drop in after.feasibility.drops) <= 1
    assert after.forecast.overall > before.forecast.overall - 0.01


def test_drops_belong_to_one_exam(workspace: Workspace) -> None:
    workspace.change(minutes_a_day=2, exam_date=TODAY + timedelta(days=3))
    accept_drops(workspace)
    workspace.change(exam_date=TODAY + timedelta(days=4))
    assert planned(workspace).accepted == ()


def test_nothing_to_drop_is_nothing_done(workspace: Workspace) -> None:
    workspace.change(minutes_a_day=90, exam_date=TODAY + timedelta(days=30))
    assert accept_drops(workspace) == ()
    assert restore_drops(workspace) == 0


# The terms ---------------------------------------------------------------------------------


def test_the_log_keeps_by_which_plan_somebody_studied(workspace: Workspace, watch: Watch) -> None:
    study(workspace, watch, most=1)
    study(workspace, watch, most=1)
    workspace.change(minutes_a_day=35)
    note_terms(workspace)
    assert [terms.minutes for _, terms in noted_terms(workspace)] == [20, 35]


def test_terms_that_cannot_be_read_are_passed_over(workspace: Workspace) -> None:
    workspace.store.append("exam-plan", "nnt", {"exam": "soon", "minutes": 3})
    assert noted_terms(workspace) == []


def test_without_cards_only_skills_are_planned(workspace: Workspace) -> None:
    workspace.take(replace(workspace.pack, cards={}))
    plan = planned(workspace)
    assert plan.cards is None
    assert plan.skills is not None
    assert plan.share.left == ()
    assert plan.share.skills_left


def test_a_plan_of_yesterday_is_not_kept_for_today(
    workspace: Workspace, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = planning.day_plan

    def across_the_night(one: Workspace) -> object:
        found = made(one)
        watch.on(days=1)
        return found

    monkeypatch.setattr(planning, "day_plan", across_the_night)
    assert planned(workspace).today == TODAY
    monkeypatch.undo()
    assert planned(workspace).today == TODAY + timedelta(days=1)


@pytest.mark.parametrize("draw", ["exercises", "cards"])
def test_an_exam_may_ask_for_cards_alone_or_computations_alone(
    workspace: Workspace, draw: str
) -> None:
    pack = workspace.pack
    exams = {
        name: replace(one, sections=tuple(s for s in one.sections if s.draw == draw))
        for name, one in pack.blueprints.items()
    }
    workspace.take(replace(pack, blueprints=exams))
    plan = planned(workspace)
    assert plan.forecast.overall > 0.5
    assert plan.feasibility.feasible
    workspace.change(minutes_a_day=1440)
    plan = planned(workspace)
    assert plan.share.new > 0  # what the one leaves the other may use
    assert plan.share.skills > 0


def test_skills_that_no_day_has_room_for_leave_their_minutes_to_the_cards(
    workspace: Workspace, watch: Watch
) -> None:
    for skill in course_skills(workspace):
        workspace.store.review(
            skill.card, Rating.EASY, ms=900, how="exercise", scheduler=workspace.scheduler
        )
    watch.on(days=1)
    workspace.change(minutes_a_day=1, exam_date=TODAY + timedelta(days=5))
    assert planned(workspace).share.new > 0
