"""Tags, days set by hand, forgetting, the day chosen for an answer: what each leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.ids import uuid7
from quizapp.scheduling.balance import reach
from quizapp.scheduling.memory import Rating
from quizapp.store.events import CARD_KINDS, Event
from quizapp.store.replay import CardState, default_scheduler, fold
from tests.store.conftest import SCHEDULER

if TYPE_CHECKING:
    from quizapp.store.store import Store
    from tests.store.conftest import Answers, TestClock

DAY = date(2025, 3, 1)
LATER = DAY + timedelta(days=9)
AGAIN, HARD, GOOD, EASY = Rating


def event(kind: str, **payload: Any) -> Event:
    return Event(uuid7(7), "device", 7_000_000, 7_000_000, 0, "2025-03-01", kind, "x", payload)


def after(kind: str, *, state: CardState | None = None, **payload: Any) -> CardState:
    return fold(state or CardState(), event(kind, **payload), default_scheduler())


def test_tags_are_given_and_taken_away(store: Store) -> None:
    store.tag("x", "hard")
    store.tag("x", "for the exam")
    store.tag("y", "hard")
    store.tag("x", "hard", on=False)
    store.tag("z", "hard", on=False)
    assert store.state("x").tags == {"for the exam"}
    assert store.states()["y"].tags == {"hard"}
    assert store.tags() == {"hard": 1, "for the exam": 1}
    assert store.tagged("hard") == {"y"}
    store.undo()
    store.undo()
    assert store.tagged("hard") == {"x", "y"}


def test_an_empty_tag_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        store.tag("x", " ")
    assert store.events() == []


def test_an_answered_card_comes_on_the_day_that_was_set(store: Store, answer: Answers) -> None:
    before = answer("x", EASY)
    store.reschedule("x", LATER)
    assert store.memory("x") == replace(before, due_day=LATER)
    assert store.wanted(LATER) == []


def test_a_card_being_learned_leaves_its_steps_for_the_day_that_was_set(
    store: Store, answer: Answers
) -> None:
    before = answer("x", AGAIN)
    assert before.due_at is not None
    store.reschedule("x", LATER)
    assert store.memory("x") == replace(
        before, phase="review", step=None, due_at=None, due_day=LATER
    )
    assert answer("x").phase == "review"


def test_a_new_card_is_wanted_from_the_day_on_until_it_is_answered(
    store: Store, answer: Answers
) -> None:
    store.reschedule("b", DAY)
    store.reschedule("a", LATER)
    store.reschedule("c", LATER)
    assert store.state("b") == CardState(wanted=DAY, clock=store.state("b").clock)
    assert store.wanted(DAY - timedelta(days=1)) == []
    assert store.wanted(DAY) == ["b"]
    assert store.wanted(LATER) == ["b", "a", "c"]
    assert store.memories() == {}
    answer("b")
    assert store.wanted(LATER) == ["a", "c"]
    store.undo()
    assert store.wanted(LATER) == ["b", "a", "c"]


def test_a_forgotten_card_is_new_again_and_its_answers_stay(store: Store, answer: Answers) -> None:
    answer("x")
    store.flag("x", 2)
    store.tag("x", "hard")
    store.forget("x")
    state = store.state("x")
    assert (state.memory, state.first_day) == (None, None)
    assert (state.flag, state.tags) == (2, frozenset({"hard"}))
    assert len(store.events("review")) == 1
    assert answer("x").reps == 1


def test_the_day_chosen_for_an_answer_holds_within_reach(
    store: Store, answer: Answers, clock: TestClock
) -> None:
    clock.pass_days(answer("x", EASY).stability)
    plain = SCHEDULER.answer(store.memory("x"), GOOD, clock.now, clock.now.date(), "x")
    reached = SCHEDULER.days_in_reach(plain, clock.now.date())
    assert reached is not None
    assert reached[0] < reached[1]
    for due in reached:
        memory = store.review("x", GOOD, ms=1, how="", scheduler=SCHEDULER, due=due)
        assert memory == replace(plain, due_day=due)
        assert store.events("review", "x")[-1].payload["due"] == due.isoformat()
        store.rebuild()
        assert store.memory("x") == memory
        store.undo()


def test_a_day_beyond_reach_or_no_day_at_all_leaves_the_fuzz_of_old(
    store: Store, clock: TestClock
) -> None:
    plain = after("review", rating=4)
    assert plain.memory is not None
    assert plain.memory.due_day is not None
    interval = (plain.memory.due_day - DAY).days
    first, last = reach(interval)
    for day in (first - 1, last + 1, 0, -5):
        due = (DAY + timedelta(days=day)).isoformat()
        assert after("review", rating=4, due=due) == plain
    for unreadable in (None, 7, "soon", ["2025-03-20"], "9999-99-99"):
        assert after("review", rating=4, due=unreadable) == plain
    chosen = after("review", rating=4, due=(DAY + timedelta(days=last)).isoformat())
    assert chosen.memory == replace(plain.memory, due_day=DAY + timedelta(days=last))


def test_a_learning_step_is_not_moved(store: Store) -> None:
    memory = store.review("x", AGAIN, ms=1, how="", scheduler=SCHEDULER, due=LATER)
    assert memory.due_day is None


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("tag", {"tag": "hard"}), ("tag", {"tag": 7, "on": True}), ("tag", {"tag": "", "on": True}),
        ("tag", {"tag": "hard", "on": 1}), ("reschedule", {}), ("reschedule", {"day": None}),
        ("reschedule", {"day": "some day"}), ("cram", {"rating": 1}),
    ],
)  # fmt: skip
def test_what_this_version_cannot_read_changes_nothing(kind: str, payload: dict[str, Any]) -> None:
    state = CardState(flag=3)
    assert after(kind, state=state, **payload) is state


@pytest.mark.parametrize("kind", CARD_KINDS)
def test_kinds_with_a_method_go_by_it_in_a_step_too(store: Store, kind: str) -> None:
    with pytest.raises(ValueError, match="method of their own"), store.step() as step:
        step.append(kind, "x", {})


def test_cramming_leaves_the_schedule_alone(store: Store, answer: Answers) -> None:
    answer("x")
    states = store.states()
    store.append("cram", "x", {"card": "x", "rating": 1, "ms": 400, "why": "flag:1"})
    assert store.states() == states
    assert store.done_today(DAY) == (1, 0)
    assert store.failed_on(DAY) == set()
    assert [e.payload["why"] for e in store.events("cram")] == ["flag:1"]


def test_what_failed_on_a_day(store: Store, answer: Answers, clock: TestClock) -> None:
    answer("x", AGAIN)
    answer("x", GOOD)
    answer("y", GOOD)
    answer("skill/attention", AGAIN)
    answer("z", AGAIN)
    store.undo()
    assert store.failed_on(DAY) == {"x", "skill/attention"}
    assert store.failed_on(DAY + timedelta(days=1)) == set()


def test_skills_are_no_cards_of_the_day(store: Store, answer: Answers) -> None:
    for subject in ("x", "skill/attention", "skill", "skill0", "skills/of-a-pack"):
        answer(subject)
    assert store.done_today(DAY) == (4, 0)


def test_the_load_of_days_counts_what_comes_on_them(store: Store, answer: Answers) -> None:
    for card in ("a", "b", "c", "d", "skill/attention"):
        answer(card)
        store.reschedule(card, LATER)
    store.reschedule("d", LATER + timedelta(days=1))
    store.suspend("b")
    store.reschedule("new", LATER)
    assert store.load(LATER, LATER) == {LATER: 3}
    assert store.load(DAY, LATER + timedelta(days=1)) == {LATER: 3, LATER + timedelta(days=1): 1}
    assert store.load(DAY, LATER - timedelta(days=1)) == {}


def test_the_history_of_a_card_has_what_was_undone(store: Store, answer: Answers) -> None:
    answer("x")
    answer("y")
    store.flag("x", 1)
    store.undo()
    store.append("cram", "x", {"card": "x", "rating": 3, "ms": 1, "why": "topic"})
    found = [(e.kind, undone) for e, undone in store.history("x")]
    assert found == [("review", False), ("flag", True), ("undo", False), ("cram", False)]
