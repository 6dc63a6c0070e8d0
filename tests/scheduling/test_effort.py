"""The rating of an exercise and the level of the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.effort import Effort, Rated, known, level_of, rated
from quizapp.scheduling.memory import CardMemory, Rating

USUAL = (100.0, 90.0, 110.0)
TABLE = {
    "all right at once": (Effort([1] * 4, [1] * 4, 100), "GOOD", "right at once"),
    "quick": (
        Effort([1] * 4, [1] * 4, 75, earlier=USUAL),
        "EASY",
        "right at once, in 1:15 min against your usual 1:40 min",
    ),
    "quick, but too few times are known": (
        Effort([1] * 4, [1] * 4, 10, earlier=USUAL[:2]),
        "GOOD",
        "right at once",
    ),
    "as quick as ever": (Effort([1] * 4, [1] * 4, 80, earlier=USUAL), "GOOD", "right at once"),
    "slow": (
        Effort([1] * 4, [1] * 4, 201, earlier=USUAL),
        "HARD",
        "slow, 3:21 min against your usual 1:40 min",
    ),
    "a hint": (Effort([1] * 4, [1] * 4, 50, hints=1, earlier=USUAL), "HARD", "one hint"),
    "a line mended": (Effort([1, 0, 1, 1], [1] * 4, 100), "HARD", "one line mended"),
    "a slip left": (Effort([1, 0, 1, 1], [1, 0, 1, 1], 100), "HARD", "one line not right"),
    "one of two mended": (Effort([0, 1], [1, 1], 100), "HARD", "one line mended"),
    "the only line mended": (Effort([0], [1], 100), "AGAIN", "50% known, less than 60%"),
    "half of it": (Effort([1, 1, 0, 0], [1, 1, 0, 0], 9), "AGAIN", "50% known, less than 60%"),
    "nothing": (Effort([0] * 3, [0] * 3, 5), "AGAIN", "0% known, less than 60%"),
    "given up": (
        Effort([1] * 4, [1] * 4, 9, solution_seen=True),
        "AGAIN",
        "the solution was looked at",
    ),
    "two things": (
        Effort([1, 0, 1, 1], [1] * 4, 100, hints=2),
        "HARD",
        "one line mended, 2 hints",
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_rating_follows_the_table(name: str) -> None:
    effort, rating, why = TABLE[name]
    assert rated(effort) == Rated(Rating[rating], why)


def test_a_line_spoilt_after_it_was_right_does_not_count_as_known() -> None:
    assert known(Effort([1, 1], [0, 1], 9)) == 0.5


def test_only_the_latest_times_are_usual() -> None:
    slow_once = [600.0] * 10 + [60.0] * 7
    assert rated(Effort([1], [1], 130, earlier=slow_once)).rating is Rating.HARD


@given(
    lines=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=9),
    hints=st.integers(0, 3),
)
def test_help_never_makes_a_rating_better(lines: list[tuple[float, float]], hints: int) -> None:
    first, final = zip(*lines, strict=True)
    plain = Effort(first, final, 10)
    assert rated(replace(plain, hints=hints)).rating <= rated(plain).rating
    assert rated(replace(plain, solution_seen=True)).rating is Rating.AGAIN


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=9))
def test_what_is_known_is_a_share(lines: list[tuple[float, float]]) -> None:
    first, final = zip(*lines, strict=True)
    assert 0 <= known(Effort(first, final, 10)) <= max(final) + 1e-12


def memory(stability: float) -> CardMemory:
    day = date(2026, 3, 2)
    return CardMemory("review", None, stability, 5.0, None, day, day, 3, 0)


@pytest.mark.parametrize(
    ("stability", "level"), [(0.5, 1), (3.9, 1), (4.0, 2), (19.9, 2), (20.0, 3), (400.0, 3)]
)
def test_the_level_rises_with_the_stability(stability: float, level: int) -> None:
    assert level_of(memory(stability), (1, 2, 3)) == level


def test_a_new_skill_and_one_being_learned_begin_at_the_easiest_level() -> None:
    assert level_of(None, (1, 2, 3)) == 1
    assert level_of(replace(memory(50.0), phase="relearning", step=0), (1, 2, 3)) == 1


def test_a_family_with_fewer_levels_ends_at_its_hardest() -> None:
    assert level_of(memory(100.0), (1, 2)) == 2
    assert level_of(memory(100.0), (1,)) == 1
