"""If all items fit into the time left, each is met: whoever learns, whatever the answers."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.forgetting import Experience
from quizapp.scheduling.horizon import Pace
from quizapp.scheduling.memory import Rating
from quizapp.scheduling.plan import Exam, Plan, PlanCard
from quizapp.scheduling.planner import plan
from quizapp.scheduling.standing import pressing
from tests.scheduling.plans import NOON, SCHEDULER, TODAY, in_days, learned, planned

FAST = Experience.of((days, 5.0, days % 10 == 0) for days in range(1, 200))
"""Somebody who forgets nearly everything within days."""
BROKEN_OFF = SCHEDULER.answer(None, Rating.AGAIN, NOON, in_days(-1), "c")


@dataclass
class Case:
    cards: list[PlanCard]
    exam: Exam
    experience: Experience


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Decks in which cards share items and notes, about as large as the time there is."""
    count = draw(st.integers(1, 24))
    pool, notes = draw(st.integers(1, count)), draw(st.integers(1, 3 * count))
    chance = random.Random(draw(st.integers(0, 999)))
    cards = [
        PlanCard(
            f"c{place}",
            f"t{chance.randrange(3)}",
            tuple({f"i{chance.randrange(pool)}" for _ in range(chance.randrange(3))}),
            note=f"n{chance.randrange(notes)}",
            memory=chance.choice([None] * 7 + [learned(chance.randrange(1, 40)), BROKEN_OFF]),
        )
        for place in range(count)
    ]
    days = draw(st.integers(1, 9))
    pace = Pace(review=draw(st.floats(4, 90)), new=draw(st.floats(8, 300)))
    off = draw(st.frozensets(st.integers(0, days - 1), max_size=3))
    study = max(1, days - len(off))
    exam = Exam(
        in_days(days),
        count * pace.new / 60 / study * draw(st.floats(0.1, 3)),
        days_off=frozenset(map(in_days, off)),
        easy_days={2: draw(st.sampled_from([0.0, 0.1, 0.5, 1.0]))},
        weights=draw(st.dictionaries(st.sampled_from(["t0", "t1", "t2"]), st.floats(0, 10))),
        pace=pace,
        more_minutes=1,
    )
    return Case(cards, exam, draw(st.sampled_from([FAST, Experience.of(())])))


def unmet(cards: list[PlanCard], made: Plan) -> set[str]:
    """The items that neither the past nor the days of a plan meet."""
    brought = {card for share in made.days for card in share.new}
    known = [card for card in cards if card.memory is not None or card.card in brought]
    every = {item for card in cards for item in card.covers}
    return every - {item for card in known for item in card.covers}


def dropped(made: Plan) -> set[str]:
    return {item for drop in made.coverage.drops for item in drop.items}


@settings(max_examples=120, deadline=None)
@given(case=cases())
def test_what_a_plan_does_not_meet_it_offers_to_drop(case: Case) -> None:
    made = plan(case.cards, case.exam, TODAY, SCHEDULER, case.experience)
    assert unmet(case.cards, made) <= dropped(made)
    assert made.coverage.feasible == (not dropped(made))


def answered(card: PlanCard, day: int, chance: random.Random) -> PlanCard:
    """A card after an answer at random, its learning steps done."""
    memory = SCHEDULER.answer(
        card.memory, chance.choice(list(Rating)), NOON, in_days(day), card.card
    )
    while memory.phase != "review":
        memory = SCHEDULER.answer(memory, Rating.GOOD, NOON, in_days(day), card.card)
    return replace(card, memory=memory)


def studied(
    cards: list[PlanCard], made: Plan, day: int, part: float, chance: random.Random
) -> list[PlanCard]:
    """The cards after the first part of a day's share was answered."""
    done = set(made.today.cards[: round(part * len(made.today.cards))])
    return [answered(card, day, chance) if card.card in done else card for card in cards]


@settings(max_examples=40, deadline=None)
@given(case=cases(), seed=st.integers(0, 999), diligent=st.booleans())
def test_made_anew_each_day_a_plan_keeps_its_word(case: Case, seed: int, diligent: bool) -> None:
    """Who does each day's share meets every item; who does less is told what does not fit."""
    chance, cards, feasible = random.Random(seed), case.cards, True
    for day in range((case.exam.day - TODAY).days):
        made = plan(cards, case.exam, in_days(day), SCHEDULER, case.experience)
        assert unmet(cards, made) <= dropped(made)
        assert not (diligent and day and feasible) or made.coverage.feasible
        feasible = made.coverage.feasible
        cards = studied(cards, made, day, 1.0 if diligent else chance.random(), chance)
    if diligent and feasible:
        assert not unmet(cards, plan(cards, case.exam, case.exam.day, SCHEDULER))


def test_new_items_press_only_when_later_days_do_not_hold_them() -> None:
    assert pressing(10, np.array([300.0, 300.0]), 30.0) == 0
    assert pressing(30, np.array([300.0, 300.0]), 30.0) == 11


def test_on_the_last_day_all_that_is_needed_presses() -> None:
    assert pressing(7, np.array([]), 30.0) == 7


def test_days_too_short_for_a_card_are_not_counted_on() -> None:
    assert pressing(2, np.array([10.0, 10.0, 10.0]), 30.0) == 2


def test_siblings_come_on_one_day_where_items_would_stay_unmet_else() -> None:
    cards = [PlanCard(f"c{place}", "t", (f"i{place}",), note="n") for place in range(3)]
    made = planned(cards, Exam(in_days(1), 20))
    assert set(made.today.new) == {"c0", "c1", "c2"}


def test_items_of_a_light_topic_are_met_in_time() -> None:
    cards = [PlanCard(f"c{place}", f"t{place // 50}", (f"i{place // 2}",)) for place in range(100)]
    weights = {"t0": 20.0, "t1": 1.0}
    made = planned(cards, Exam(in_days(10), 3, weights=weights, pace=Pace(10, 30)), FAST)
    assert made.coverage.feasible
    assert not unmet(cards, made)
