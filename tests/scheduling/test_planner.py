from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.forgetting import Experience
from quizapp.scheduling.memory import Rating
from quizapp.scheduling.plan import PlanCard
from tests.scheduling.plans import (
    NOON,
    PACE,
    SCHEDULER,
    TODAY,
    deck,
    exam,
    in_days,
    learned,
    planned,
)


def test_same_arguments_give_the_same_plan() -> None:
    assert planned(deck(60, 30), exam(10)) == planned(deck(60, 30), exam(10))


def test_there_is_a_share_for_each_study_day_until_the_exam() -> None:
    off = frozenset({in_days(2), in_days(3)})
    days = [share.day for share in planned(deck(40), exam(6, days_off=off)).days]
    assert days == [in_days(0), in_days(1), in_days(4), in_days(5)]


def test_todays_share_is_the_first_of_the_days() -> None:
    made = planned(deck(40, 20), exam(6))
    assert made.today == made.days[0]


def test_a_day_off_today_has_an_empty_share() -> None:
    made = planned(deck(40, 20), exam(6, days_off=frozenset({TODAY})))
    assert made.today.cards == ()
    assert made.days[0].day == in_days(1)


@pytest.mark.parametrize("days", [0, -3])
def test_on_the_exams_day_and_after_it_nothing_is_left_to_plan(days: int) -> None:
    made = planned(deck(10, 5), exam(days))
    assert made.days == ()
    assert made.more is None
    assert made.forecast == made.idle


def test_every_item_is_met_once_where_that_is_feasible() -> None:
    made = planned(deck(100), exam(10, minutes=7))
    assert made.coverage.feasible
    assert {card for share in made.days for card in share.new} == {f"c{i}" for i in range(100)}


def test_new_cards_come_in_syllabus_order_where_all_can_be_met() -> None:
    made = planned(deck(50), exam(10))
    assert [card for share in made.days for card in share.new] == [f"c{i}" for i in range(50)]


def test_items_are_covered_before_further_cards_of_the_same_item() -> None:
    cards = [PlanCard(f"c{i}", "t", (f"i{i // 2}",)) for i in range(40)]
    made = planned(cards, exam(3, minutes=4))
    met = [card for share in made.days for card in share.new]
    assert set(met[:20]) == {f"c{i}" for i in range(0, 40, 2)}


def test_an_item_of_a_seen_card_needs_no_covering() -> None:
    cards = [
        PlanCard("a", "t", ("i",), memory=learned(2)),
        PlanCard("b", "t", ("i",)),
        PlanCard("c", "t", ("j", "k")),
    ]
    coverage = planned(cards, exam(5)).coverage
    assert (coverage.items_open, coverage.seconds_needed) == (2, PACE.new)


def test_what_does_not_fit_is_said_with_what_to_drop_lightest_first() -> None:
    made = planned(deck(100, topics=2), exam(2, minutes=20, weights={"t0": 3, "t1": 1}))
    coverage = made.coverage
    assert not coverage.feasible
    assert [(drop.topic, len(drop.items)) for drop in coverage.drops] == [("t1", 20)]
    assert coverage.drops[0].seconds == 20 * PACE.new
    assert coverage.drops[0].weight == pytest.approx(20 / 50 / 4)


def test_dropping_what_is_offered_makes_it_feasible() -> None:
    cards, tight = deck(100, topics=4), exam(2, minutes=20)
    gone = {card for drop in planned(cards, tight).coverage.drops for card in drop.cards}
    rest = [card for card in cards if card.card not in gone]
    assert planned(rest, tight).coverage.feasible


def test_a_dropped_item_is_not_met_before_the_others() -> None:
    made = planned(deck(100), exam(2, minutes=20, weights={"t0": 1, "t1": 9}))
    dropped = {card for drop in made.coverage.drops for card in drop.cards}
    met = {card for share in made.days for card in share.new}
    assert not met & dropped


def test_a_topic_of_more_weight_gets_more_recall() -> None:
    even = planned(deck(80, topics=2), exam(8, minutes=6))
    uneven = planned(deck(80, topics=2), exam(8, minutes=6, weights={"t0": 1, "t1": 6}))
    assert uneven.forecast.topics["t1"] > even.forecast.topics["t1"]


def test_overall_recall_weighs_topics_as_the_blueprint_does() -> None:
    made = planned(deck(80, 40, topics=2), exam(8, weights={"t0": 1, "t1": 3}))
    topics = made.forecast.topics
    assert made.forecast.overall == pytest.approx((topics["t0"] + 3 * topics["t1"]) / 4)


def test_idle_recall_is_that_of_the_live_scheduler_on_the_exam_day() -> None:
    cards = deck(9, 9, topics=1)
    memories = [card.memory for card in cards if card.memory]
    there = [SCHEDULER.retrievability(memory, in_days(12)) for memory in memories]
    assert planned(cards, exam(12)).idle.overall == pytest.approx(sum(there) / 9)


def test_studying_beats_idling() -> None:
    made = planned(deck(60, 30), exam(10))
    assert made.forecast.overall > made.idle.overall


def test_a_quarter_of_an_hour_more_helps_most_where_time_is_short() -> None:
    short, long = (planned(deck(100), exam(5, minutes=minutes)).more for minutes in (5.0, 60.0))
    assert short is not None
    assert long is not None
    assert short.gain > 0.2
    assert 0 <= long.gain < 0.02


def test_a_share_keeps_within_its_minutes_but_for_the_last_card() -> None:
    for share in planned(deck(200, 100), exam(10, minutes=8)).days:
        assert share.seconds < 8 * 60 + PACE.new


def test_what_was_studied_today_is_taken_off_todays_share() -> None:
    whole = planned(deck(100), exam(10, minutes=10)).today
    rest = planned(deck(100), exam(10, minutes=10, spent_today=300.0)).today
    assert rest.seconds == pytest.approx(whole.seconds - 300, abs=PACE.new)


def test_a_card_answered_today_is_not_asked_again_today() -> None:
    cards = [PlanCard("a", "t", memory=learned(0)), PlanCard("b", "t", memory=learned(3))]
    assert planned(cards, exam(5)).today.cards == ("b",)


def test_steps_broken_off_yesterday_come_first() -> None:
    broken_off = SCHEDULER.answer(None, Rating.AGAIN, NOON, in_days(-1), "c")
    cards = [*deck(20, 10), PlanCard("late", "t1", memory=broken_off)]
    assert planned(cards, exam(5)).today.cards[0] == "late"


def test_a_day_brings_one_card_of_a_note() -> None:
    cards = [PlanCard(f"c{i}", "t", note=f"n{i // 2}") for i in range(20)]
    notes = {card.card: card.note for card in cards}
    for share in planned(cards, exam(6, minutes=60)).days:
        shown = [notes[card] for card in share.cards]
        assert len(shown) == len(set(shown))


def test_the_last_days_are_a_final_pass_without_new_cards_or_repetition() -> None:
    days = planned(deck(150, 50), exam(20, minutes=12)).days
    final = [share for share in days if share.final_pass]
    cards = [card for share in final for card in share.cards]
    assert final == list(days[-len(final) :])
    assert len(cards) == len(set(cards))
    assert not any(share.new for share in final)


def test_a_clock_set_back_does_no_harm() -> None:
    ahead = replace(learned(0), last_day=in_days(3))
    made = planned([PlanCard("a", "t", memory=ahead), *deck(5)], exam(6))
    assert 0 < made.forecast.overall < 1


@pytest.mark.parametrize("minutes", [0.0, -5.0])
def test_minutes_must_be_positive(minutes: float) -> None:
    with pytest.raises(ValueError, match="minutes a day"):
        planned(deck(3), exam(5, minutes=minutes))


def test_a_plan_needs_cards() -> None:
    with pytest.raises(ValueError, match="at least one card"):
        planned([], exam(5))


@settings(max_examples=12, deadline=None)
@given(
    seen=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(list(Rating))), max_size=12),
    new=st.integers(1, 12),
    days=st.integers(1, 40),
    minutes=st.floats(0.1, 90),
    weights=st.dictionaries(st.sampled_from(["t0", "t1"]), st.floats(0, 10)),
    told=st.lists(st.tuples(st.integers(0, 900), st.floats(0.01, 900), st.booleans()), max_size=20),
)
def test_any_deck_has_a_plan_that_keeps_its_word(
    seen: list[tuple[int, Rating]],
    new: int,
    days: int,
    minutes: float,
    weights: dict[str, float],
    told: list[tuple[float, float, bool]],
) -> None:
    cards = deck(new) + [
        PlanCard(f"s{index}", "t1", memory=learned(ago, rating))
        for index, (ago, rating) in enumerate(seen)
    ]
    until = exam(days, minutes=minutes, weights=weights)
    made = planned(cards, until, Experience.of(told))
    known = {card.card for card in cards if card.memory}
    for share in made.days:
        assert len(set(share.cards)) == len(share.cards)
        assert set(share.new).isdisjoint(known)
        assert set(share.new) | set(share.reviews) == set(share.cards)
        assert 0 <= share.enough <= len(share.cards)
        known.update(share.new)
    assert 0 <= made.idle.overall <= 1
    assert 0 <= made.forecast.overall <= 1
