"""Days off and easy days, as they are typed and as the file has them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.study.settings import NAMES, Settings, SettingsError, as_typed, changed, load, save
from quizapp.study.settings.calendar import WEEKDAYS

if TYPE_CHECKING:
    from pathlib import Path

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SHARES = st.integers(0, 9999).map(lambda parts: parts / 10_000)
WEEKS = st.dictionaries(st.sampled_from(WEEKDAYS), SHARES, max_size=6)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", ()),
        ("2026-12-24", (date(2026, 12, 24),)),
        ("2026-12-31, 2026-12-24", (date(2026, 12, 24), date(2026, 12, 31))),
        (
            "2026-12-30..2027-01-01; 2026-12-31",
            (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)),
        ),
        (" 2026-12-24 .. 2026-12-24 ,", (date(2026, 12, 24),)),
    ],
)
def test_days_off_are_dates_and_ranges(typed: str, days: tuple[date, ...]) -> None:
    assert changed(Settings(), "days_off", typed).days_off == days


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("24.12.2026", "is no date"),
        ("2026-02-30", "is no date"),
        ("20261224", "is no date"),
        ("2026-W52-4", "is no date"),
        ("2026-12-24..", "is no date"),
        ("2026-12-26..2026-12-24", "ends before it begins"),
        ("2026-01-01..2027-06-01", "longer than a year"),
    ],
)
def test_what_is_no_day_off_is_named(typed: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        changed(Settings(), "days_off", typed)
    assert caught.value.where == "days_off"


def test_days_off_are_no_lifetime() -> None:
    years = ", ".join(f"{year}-01-01..{year}-12-31" for year in range(2026, 2029))
    with pytest.raises(SettingsError, match="at most 1000"):
        changed(Settings(), "days_off", years)


@pytest.mark.parametrize(
    ("typed", "shares"),
    [
        ("", {}),
        ("sat 50 %, sun off", {"sat": 0.5, "sun": 0.0}),
        ("Sunday 25%; monday 33,5 %", {"mon": 0.335, "sun": 0.25}),
        ("fri 100 %", {}),
        ("wed 0 %", {"wed": 0.0}),
    ],
)
def test_easy_days_are_weekdays_with_a_share(typed: str, shares: dict[str, float]) -> None:
    assert changed(Settings(), "easy_days", typed).easy_days == shares


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("sat", "no share"),
        ("sat 50", "no share"),
        ("sat 150 %", "no share"),
        ("sat -5 %", "no share"),
        ("caturday off", "no weekday"),
        ("saturn off", "no weekday"),
        ("s off", "no weekday"),
        ("sat off, saturday 50 %", "twice"),
        (", ".join(f"{day} off" for day in WEEKDAYS), "not all days"),
    ],
)
def test_what_is_no_easy_day_is_named(typed: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        changed(Settings(), "easy_days", typed)
    assert caught.value.where == "easy_days"


@given(st.lists(DAYS, max_size=40), WEEKS)
def test_what_is_shown_can_be_typed(days: list[date], week: dict[str, float]) -> None:
    ordered = {day: week[day] for day in WEEKDAYS if day in week}
    settings = Settings(days_off=tuple(sorted(set(days))), easy_days=ordered)
    for name in ("days_off", "easy_days"):
        assert changed(Settings(), name, as_typed(settings, name)) == changed(
            settings, name, as_typed(settings, name)
        ).__class__(**{name: getattr(settings, name)})


def test_every_setting_that_is_typed_comes_back() -> None:
    settings = Settings(
        exam_date=date(2026, 12, 24), minutes_a_day=40, plan=False, easy_days={"sun": 0.5}
    )
    for name in NAMES:
        if name != "packs":
            assert changed(settings, name, as_typed(settings, name)) == settings


def test_the_file_keeps_them(tmp_path: Path) -> None:
    kept = Settings(
        days_off=(date(2026, 12, 24), date(2026, 12, 25)),
        easy_days={"sat": 0.5, "sun": 0.0},
        plan=False,
        skills_a_day=5,
    )
    save(tmp_path / "settings.toml", kept)
    assert load(tmp_path / "settings.toml") == kept


@pytest.mark.parametrize(
    "text",
    [
        'days_off = "2026-12-24"',
        "days_off = [2026-12-24T10:00:00]",
        "days_off = [1]",
        "easy_days = [1]",
        "easy_days = {sat = 2.0}",
        "easy_days = {sat = true}",
        "easy_days = {someday = 0.5}",
        "plan = 1",
        "skills_a_day = 99",
    ],
)
def test_a_file_with_other_values_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text + "\n", "utf-8")
    with pytest.raises(SettingsError, match=text.split(" ", maxsplit=1)[0]):
        load(tmp_path / "settings.toml")
