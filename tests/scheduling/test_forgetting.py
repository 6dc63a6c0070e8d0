from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.forgetting import Experience, Forgetting
from quizapp.scheduling.memory import Scheduler
from quizapp.scheduling.twin import Twin

if TYPE_CHECKING:
    from quizapp.scheduling.twin import Floats

TWIN = Twin.of(Scheduler())
DECAY = -TWIN.decay
PROBES = np.array([1.0, 3.0, 10.0, 40.0])


def lived(recall: Floats, stability: Floats, elapsed: Floats) -> Experience:
    """Reviews recalled with these probabilities, by fixed luck."""
    luck = np.random.default_rng(1).random(len(recall))
    return Experience(elapsed, stability, luck < recall)


def reviews(count: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(2)
    return np.exp(rng.uniform(0, 4, count)), np.ceil(np.exp(rng.uniform(0, 3.4, count)))


def test_without_reviews_it_is_nearly_the_schedules_own_curve() -> None:
    expected = TWIN.recall(np.array(10.0), PROBES)
    found = Forgetting(DECAY, Experience.of(())).recall(np.array(10.0), PROBES)
    assert found == pytest.approx(expected, abs=0.07)


def test_who_forgets_as_the_schedule_says_confirms_it() -> None:
    stability, elapsed = reviews(3000)
    found = Forgetting(DECAY, lived(TWIN.recall(stability, elapsed), stability, elapsed))
    expected = TWIN.recall(np.array(10.0), PROBES)
    assert found.recall(np.array(10.0), PROBES) == pytest.approx(expected, abs=0.03)


def test_exponential_forgetting_is_found_out() -> None:
    stability, elapsed = reviews(1000)
    found = Forgetting(DECAY, lived(0.9 ** (2 * elapsed / stability), stability, elapsed))
    expected = 0.9 ** (2 * PROBES / 10)
    assert found.recall(np.array(10.0), PROBES) == pytest.approx(expected, abs=0.06)


def test_repetition_that_adds_nothing_is_found_out() -> None:
    stability, elapsed = reviews(2000)
    found = Forgetting(DECAY, lived(0.9 ** (elapsed / 5), stability, elapsed))
    young, old = (float(found.recall(np.array(days), 10)) for days in (3.0, 50.0))
    assert old - young < 0.1


def test_within_the_day_nothing_is_forgotten() -> None:
    assert Forgetting(DECAY, Experience.of(())).recall(np.array(0.5), 0) == 1


def test_what_is_no_review_after_a_day_is_left_out() -> None:
    told = Experience.of([(0, 3.0, True), (2, 4.0, False), (3, float("nan"), True)])
    assert (told.elapsed.tolist(), told.recalled.tolist()) == ([2.0], [False])


@settings(max_examples=50, deadline=None)
@given(
    told=st.lists(
        st.tuples(st.integers(1, 5000), st.floats(0.001, 40000), st.booleans()), max_size=30
    ),
    decay=st.floats(0.05, 1.0),
)
def test_recall_never_rises_with_time_nor_falls_with_stability(
    told: list[tuple[float, float, bool]], decay: float
) -> None:
    curve = Forgetting(decay, Experience.of(told))
    stability, elapsed = np.geomspace(0.02, 2000, 25)[:, None], np.arange(0, 400, 7)
    recall = curve.recall(stability, elapsed)
    assert ((recall >= 0) & (recall <= 1)).all()
    assert (np.diff(recall, axis=1) <= 1e-12).all()
    assert (np.diff(recall, axis=0) >= -1e-12).all()
