"""Old backups grow fewer, and none is lost too early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.store.thinning import Keep, superfluous

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


def kept(moments: list[datetime], keep: Keep | None = None) -> list[datetime]:
    useless = superfluous(moments, NOW, keep)
    return [moment for n, moment in enumerate(moments) if n not in useless]


def ago(**amount: float) -> datetime:
    return NOW - timedelta(**amount)


def test_all_of_today_and_yesterday_stay() -> None:
    moments = [ago(hours=n / 2) for n in range(72)]
    assert kept(moments) == moments


def test_of_an_older_day_the_last_one_stays() -> None:
    morning, evening = ago(days=5, hours=4), ago(days=5)
    assert kept([morning, evening], Keep(5, 0, 0)) == [evening]


def test_days_then_weeks_then_months() -> None:
    moments = [ago(days=n) for n in range(600)]
    left = kept(moments)
    # Two recent days, then 12 days, 10 weeks and 9 months.
    assert len(left) == 2 + 12 + 10 + 9
    assert left[:14] == moments[:14]
    weeks = [moment.isocalendar()[:2] for moment in left[14:24]]
    assert len(set(weeks)) == 10
    months = [(moment.year, moment.month) for moment in left[24:]]
    assert len(set(months)) == 9
    assert left[-1] > ago(days=400)


def test_a_backup_a_day_over_two_years_keeps_a_long_reach() -> None:
    """Thinned each day, as it happens, and not once at the end."""
    files: list[datetime] = []
    start = datetime(2024, 6, 1, 9, tzinfo=UTC)
    for n in range(730):
        now = start + timedelta(days=n)
        files.append(now)
        useless = superfluous(files, now)
        files = [moment for place, moment in enumerate(files) if place not in useless]
    assert len(files) <= 33
    assert now - files[0] > timedelta(days=250)
    assert sum(now - moment < timedelta(days=13) for moment in files) == 13


def test_days_are_those_of_the_reader() -> None:
    zone = timezone(timedelta(hours=10))
    # 20:00 and 22:00 of one day in UTC are two days there.
    moments = [datetime(2026, 6, 1, 13, tzinfo=UTC), datetime(2026, 6, 1, 15, tzinfo=UTC)]
    assert superfluous(moments, NOW.astimezone(zone), Keep(5, 0, 0)) == set()
    assert superfluous(moments, NOW, Keep(5, 0, 0)) == {0}


def test_a_backup_of_the_future_stays() -> None:
    assert kept([ago(days=-400), ago(days=0)]) == [ago(days=-400), ago(days=0)]


@settings(max_examples=200)
@given(st.lists(st.floats(min_value=-5, max_value=900), max_size=60))
def test_the_newest_stays_and_thinning_twice_is_thinning_once(days: list[float]) -> None:
    moments = [ago(days=n) for n in days]
    left = kept(moments)
    assert kept(left) == left
    assert bool(left) == bool(moments)
    assert not moments or max(moments) in left
