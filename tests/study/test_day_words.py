"""Days as somebody types them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.study.day_words import FURTHEST_DAYS, DayError, read_day

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", MONDAY),
        ("Tomorrow", MONDAY + timedelta(days=1)),
        ("in 5 days", MONDAY + timedelta(days=5)),
        ("5 days", MONDAY + timedelta(days=5)),
        ("+5", MONDAY + timedelta(days=5)),
        ("0", MONDAY),
        ("in 2 weeks", MONDAY + timedelta(days=14)),
        ("fri", MONDAY + timedelta(days=4)),
        ("on Sunday", MONDAY + timedelta(days=6)),
        ("monday", MONDAY + timedelta(days=7)),
        (" 2026-12-01 ", date(2026, 12, 1)),
    ],
)
def test_a_day_is_read(typed: str, day: date) -> None:
    assert read_day(typed, MONDAY) == day


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "a day is missing; write tomorrow"),
        ("soon", "'soon' is no day; write tomorrow, in 5 days"),
        ("in five days", "is no day"),
        ("in 5 years", "is no day"),
        ("2026-02-30", "is no day"),
        ("2026-03-01", "2026-03-01 is past"),
        ("in 5000 days", "more than ten years away"),
        ("999999 weeks", "more than ten years away"),
        ("9999-12-31", "more than ten years away"),
    ],
)
def test_what_is_no_day_to_come_is_told(typed: str, told: str) -> None:
    with pytest.raises(DayError) as raised:
        read_day(typed, MONDAY)
    assert told in raised.value.message


@given(st.text(max_size=20), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_is_a_day_to_come_or_a_fault(typed: str, today: date) -> None:
    try:
        found = read_day(typed, today)
    except DayError:
        return
    assert today <= found <= today + timedelta(days=FURTHEST_DAYS)


@given(st.integers(0, FURTHEST_DAYS))
def test_a_day_that_is_written_is_read(days: int) -> None:
    day = MONDAY + timedelta(days=days)

    assert read_day(day.isoformat(), MONDAY) == read_day(f"in {days} days", MONDAY) == day
