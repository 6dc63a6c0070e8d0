"""What a day brings with a plan and without: skills, what is wanted, more, undo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.scheduling.skills import family_of
from quizapp.study.overview import overview
from quizapp.study.planning import exam_plan
from quizapp.study.review import ReviewSession, Shown, ShownSkill
from tests.study.planned import TODAY, Watch, student, study

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


def card_in_front(session: ReviewSession) -> Shown:
    """The first card; exercises before it are put off."""
    while True:
        shown = session.current()
        if isinstance(shown, Shown):
            return shown
        session.bury()


def test_the_day_is_the_plans_share(workspace: Workspace) -> None:
    plan = exam_plan(workspace)
    assert plan is not None
    session = ReviewSession(workspace)
    assert session.cards_left() == {*plan.share.left, *plan.share.skills_left}
    assert session.counts.new == plan.share.new
    assert session.counts.skills == plan.share.skills
    assert session.share == plan.share


def test_without_a_plan_the_limits_hold(workspace: Workspace) -> None:
    workspace.change(plan=False, new_a_day=5, skills_a_day=2)
    counts = ReviewSession(workspace).counts
    assert (counts.new, counts.skills) == (5, 2)


def test_skills_done_count_against_their_limit(workspace: Workspace, watch: Watch) -> None:
    workspace.change(plan=False, new_a_day=0, skills_a_day=2)
    skill = ReviewSession(workspace).current()
    assert isinstance(skill, ShownSkill)
    scheduler = workspace.scheduler
    workspace.store.review(skill.id, Rating.GOOD, ms=1, how="exercise", scheduler=scheduler)
    facts = overview(workspace)
    assert facts.total.skills == 1
    assert facts.skills_today == 1
    assert facts.done_today == 0


def test_one_topic_goes_by_what_is_due(workspace: Workspace) -> None:
    topic = next(iter(workspace.pack.cards.values())).topic
    session = ReviewSession(workspace, topic=topic)
    assert session.share is None
    assert all(counts.total == 0 for t, counts in session.counts_by_topic().items() if t != topic)


def test_more_goes_on_beyond_the_share(workspace: Workspace, watch: Watch) -> None:
    workspace.change(minutes_a_day=5)
    study(workspace, watch)
    session = ReviewSession(workspace)
    assert session.current() is None
    added = session.more()
    assert added > 0
    assert session.counts.total == added
    assert session.current() is not None


def test_more_without_a_plan_raises_the_limits(workspace: Workspace) -> None:
    workspace.change(plan=False, new_a_day=5, skills_a_day=0)
    session = ReviewSession(workspace)
    assert session.more() == 11
    assert session.counts.new == 15


def test_more_ends_with_the_course(workspace: Workspace) -> None:
    session = ReviewSession(workspace)
    while session.more():
        pass
    asked = {card for card in session.cards_left() if family_of(card) is None}
    assert asked <= set(workspace.pack.cards)


def test_wanted_cards_come_first_with_a_plan_and_without(
    workspace: Workspace, watch: Watch
) -> None:
    session = ReviewSession(workspace)
    known = card_in_front(session).id
    session.rate(Rating.EASY)
    watch.on(days=1)
    today = TODAY + timedelta(days=1)
    fresh = [card for card in workspace.pack.cards if card != known][-1]
    with workspace.store.step() as step:
        step.reschedule(known, today, why="failed-skill")
        step.reschedule(fresh, today, why="failed-skill")
    for plan in (True, False):
        workspace.change(plan=plan)
        session = ReviewSession(workspace)
        shown = session.current()
        assert shown is not None
        assert shown.id == known
    session.rate(Rating.GOOD)
    shown = session.current()
    assert shown is not None
    assert shown.id == fresh


def test_an_undone_answer_is_in_front_and_counted_again(workspace: Workspace) -> None:
    session = ReviewSession(workspace)
    card = card_in_front(session).id
    before = session.counts
    session.rate(Rating.EASY)
    assert session.counts.total == before.total - 1
    assert session.undo() == card
    shown = session.current()
    assert shown is not None
    assert shown.id == card
    assert session.counts == before
    assert session.redo() == card
    assert session.counts.total == before.total - 1


def test_an_undo_takes_the_whole_step_back(workspace: Workspace, watch: Watch) -> None:
    before = ReviewSession(workspace).cards_left()
    cards = [card for card in workspace.pack.cards if card in before][:2]
    with workspace.store.step() as step:
        for card in cards:
            step.suspend(card)
    session = ReviewSession(workspace)
    assert not session.cards_left() & set(cards)
    assert session.undo() in cards
    assert session.cards_left() == before


def test_the_answer_that_makes_a_leech_says_so(workspace: Workspace, watch: Watch) -> None:
    workspace.change(plan=False, skills_a_day=0, new_a_day=1)
    session = ReviewSession(workspace)
    card = card_in_front(session).id
    session.rate(Rating.EASY)
    told = []
    for _ in range(9):
        watch.on(days=400)
        session = ReviewSession(workspace, topic=workspace.pack.cards[card].topic)
        while card_in_front(session).id != card:
            session.bury()
        session.rate(Rating.AGAIN)
        told.append(session.leech)
        watch.on(minutes=30)
        while card_in_front(session).id != card:
            session.bury()
        session.rate(Rating.GOOD)
        assert session.leech is None
    assert told == [*[None] * 7, card, None]


def test_a_flag_leaves_the_card_in_front(workspace: Workspace) -> None:
    session = ReviewSession(workspace)
    shown = card_in_front(session)
    session.flag(4)
    assert session.current() is shown
    assert workspace.store.state(shown.id).flag == 4
    with pytest.raises(ValueError, match="0 to 7"):
        session.flag(8)


def test_the_day_chosen_for_a_card_is_the_one_on_the_button(workspace: Workspace) -> None:
    session = ReviewSession(workspace)
    shown = card_in_front(session)
    assert session.rate(Rating.EASY).due_day == shown.due[Rating.EASY]


def test_a_day_off_brings_only_learning_steps(workspace: Workspace, watch: Watch) -> None:
    workspace.change(days_off=(TODAY,))
    session = ReviewSession(workspace)
    assert session.current() is None
    assert session.more() > 0
