from __future__ import annotations

import numpy as np
import pytest

from quizapp.scheduling.forgetting import Experience
from quizapp.scheduling.horizon import Pace
from quizapp.scheduling.outlook import Deck
from quizapp.scheduling.plan import Exam, Plan, PlanCard
from quizapp.scheduling.standing import ordered
from tests.benchmarks.planning.learners import learner
from tests.benchmarks.planning.policies import DueFirst, Greedy, NewFirst, Planned
from tests.benchmarks.planning.simulation import Budget, Policy, run
from tests.scheduling.plans import deck, exam, in_days, planned

SPREAD = (1.0, 3.0, 9.0, 27.0, 81.0, 120.0, 150.0)


def mean_recall(policy: Policy, kind: str, budget: Budget) -> float:
    seeds = range(6)
    runs = [run(policy, learner(kind, budget.cards, seed), budget, seed).recall for seed in seeds]
    return float(np.mean(runs))


@pytest.mark.parametrize("kind", ["fsrs", "fast", "exponential"])
@pytest.mark.parametrize("minutes", [8, 14])
def test_no_other_policy_recalls_more_on_the_day(kind: str, minutes: int) -> None:
    """A small version of tests/benchmarks/test_planner.py."""
    budget = Budget(100, 7, minutes)
    ours = mean_recall(Planned(), kind, budget)
    for other in (DueFirst(0.9), DueFirst(0.95), NewFirst(), Greedy()):
        assert ours > mean_recall(other, kind, budget) - 0.005


def test_the_forecast_is_about_what_a_learner_like_the_model_recalls() -> None:
    cards = [PlanCard(f"c{index}", "t") for index in range(120)]
    pace = Pace(8, 14 + 8 * 1.21)
    forecast = planned(cards, Exam(in_days(7), 12, pace=pace)).forecast
    assert forecast.overall == pytest.approx(
        mean_recall(Planned(), "fsrs", Budget(120, 7, 12)), abs=0.03
    )


def reviews(count: int, days: int, stability: float, share: float) -> Experience:
    """So many reviews after so many days, of which a share was recalled."""
    return Experience.of((days, stability, index < share * count) for index in range(count))


def test_own_reviews_that_went_badly_lower_the_forecast() -> None:
    cards, until = deck(60, 60), exam(10, minutes=5)
    bad = planned(cards, until, reviews(200, 5, 5.0, 0.5))
    assert bad.forecast.overall < planned(cards, until).forecast.overall - 0.05
    assert bad.idle.overall < planned(cards, until).idle.overall - 0.1


def test_few_reviews_move_the_forecast_little() -> None:
    cards, until = deck(60, 60), exam(10, minutes=5)
    few = planned(cards, until, reviews(2, 5, 5.0, 0.5))
    assert few.idle.overall == pytest.approx(planned(cards, until).idle.overall, abs=0.02)


def test_who_forgets_faster_reviews_more() -> None:
    cards, until = deck(200, 100), exam(20, minutes=12)

    def reviewed(made: Plan) -> int:
        return sum(len(share.reviews) for share in made.days[:10])

    fast = planned(cards, until, reviews(300, 5, 5.0, 0.4))
    assert reviewed(fast) > reviewed(planned(cards, until))


@pytest.mark.parametrize("minutes", [2.5, 3, 6])
def test_a_fast_forgetter_meets_every_item_too(minutes: float) -> None:
    cards = deck(300)
    fast = planned(cards, exam(60, minutes=minutes), reviews(400, 5, 5.0, 0.1))
    assert fast.coverage.feasible
    assert {card for share in fast.days for card in share.new} == {card.card for card in cards}


@pytest.mark.parametrize("minutes", [10, 20, 30])
def test_more_minutes_do_not_lower_the_forecast(minutes: int) -> None:
    """Also not for a learner for whom only the last days count, where all want the same days."""
    cards = deck(400, 200, topics=4)
    told = Experience.of(
        (days, stability, index % 20 < 17)
        for index, (days, stability) in enumerate((d, s) for d in range(1, 60) for s in SPREAD)
    )
    weights = {"t0": 1, "t1": 2, "t2": 4, "t3": 8}
    short, long = (
        planned(cards, exam(40, minutes=m, weights=weights), told).forecast.overall
        for m in (minutes, minutes * 1.5)
    )
    assert long > short - 0.01


def test_new_cards_come_before_reviews_that_gain_nothing_now() -> None:
    seen = np.array([True, True, False])
    ones, days = np.ones(3), np.zeros(3, dtype=np.int64)
    of = Deck(seen, ones, ones, days, ones)
    assert ordered(np.array([-0.1, 0.5, -0.3]), of, np.array([2]), np.array([], int)).tolist() == [
        1,
        2,
        0,
    ]
