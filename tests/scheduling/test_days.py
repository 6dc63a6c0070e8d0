from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.days import study_day

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [(3, 59, date(2025, 6, 9)), (4, 0, date(2025, 6, 10)), (23, 59, date(2025, 6, 10))],
)
def test_the_day_ends_at_four(hour: int, minute: int, day: date) -> None:
    assert study_day(datetime(2025, 6, 10, hour, minute, tzinfo=BERLIN)) == day


@pytest.mark.parametrize("change", [date(2025, 3, 30), date(2025, 10, 26)])
def test_the_day_of_a_clock_change_begins_at_four_as_the_others_do(change: date) -> None:
    four = datetime(change.year, change.month, change.day, 4, tzinfo=BERLIN)
    assert study_day(four) == change
    just_before = (four.astimezone(UTC) - timedelta(microseconds=1)).astimezone(BERLIN)
    assert study_day(just_before) == change - timedelta(days=1)


@pytest.mark.parametrize("month", [3, 10])
def test_days_around_a_clock_change_are_one_apart(month: int) -> None:
    noons = [datetime(2025, month, day, 12, tzinfo=BERLIN) for day in range(24, 32)]
    days = [study_day(noon) for noon in noons]
    assert [(b - a).days for a, b in pairwise(days)] == [1] * 7


def test_both_two_o_clocks_of_autumn_belong_to_the_day_before() -> None:
    first = datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN)
    assert study_day(first) == study_day(first.replace(fold=1)) == date(2025, 10, 25)


def test_the_rollover_hour_is_a_parameter() -> None:
    moment = datetime(2025, 6, 10, 5, tzinfo=BERLIN)
    assert study_day(moment, 6) == date(2025, 6, 9)
    assert study_day(moment, 0) == date(2025, 6, 10)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        study_day(datetime(2025, 6, 10, 5))  # noqa: DTZ001 - that is the point


@given(
    st.integers(0, 4_000_000_000),
    st.timedeltas(timedelta(0), timedelta(days=400)),
)
def test_days_never_go_back_in_a_zone(second: int, later: timedelta) -> None:
    moment = datetime.fromtimestamp(second, UTC)
    first = study_day(moment.astimezone(BERLIN))
    last = study_day((moment + later).astimezone(BERLIN))
    assert 0 <= (last - first).days <= later.days + 2
