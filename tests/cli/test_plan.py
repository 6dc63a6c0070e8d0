"""`quizapp plan` and what it changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def in_days(count: int) -> str:
    return (date.today() + timedelta(days=count)).isoformat()  # noqa: DTZ011 - as the student's


@pytest.fixture
def soon(quizapp: Run) -> None:
    """A small course, too little time."""
    for name, value in (("course", "nnt"), ("exam_date", in_days(8)), ("minutes_a_day", "8")):
        assert quizapp("settings", name, value).status == 0


def test_without_a_date_it_says_what_is_missing(quizapp: Run) -> None:
    assert "settings exam_date" in quizapp("plan").out
    quizapp("settings", "exam_date", in_days(8))
    assert "settings minutes_a_day" in quizapp("plan").out
    quizapp("settings", "plan", "false")
    assert "settings plan true" in quizapp("plan").out
    assert quizapp("plan", "--json").json == {"plan": None, "past": []}


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, "The exam is today"), (-1, "The exam is over"), (5000, "more than a year away")],
)
def test_without_days_to_plan_it_says_why(quizapp: Run, days: int, told: str) -> None:
    quizapp("settings", "exam_date", in_days(days))
    quizapp("settings", "minutes_a_day", "20")
    assert told in quizapp("plan").out


@pytest.mark.usefixtures("soon")
def test_the_plan_is_shown(quizapp: Run) -> None:
    got = quizapp("plan")
    assert got.status == 0
    for told in ("Today", "predicted", "15 minutes more a day", "weakest", "--drop", "reviews"):
        assert told in got.out
    assert max(map(len, got.out.splitlines())) <= 80


@pytest.mark.usefixtures("soon")
def test_json_has_all_of_it(quizapp: Run) -> None:
    plan = quizapp("plan", "--json").json["plan"]
    assert plan["exam"] == in_days(8)
    assert set(plan) >= {"share", "forecast", "feasibility", "more", "days", "accepted"}
    assert plan["feasibility"]["feasible"] is False
    assert plan["days"][0]["day"] == plan["today"]


@pytest.mark.usefixtures("soon")
def test_what_does_not_fit_can_be_left_out_and_taken_back(quizapp: Run) -> None:
    dropped = quizapp("plan", "--drop", "--json").json["plan"]
    assert dropped["accepted"]
    assert dropped["feasibility"]["feasible"] is True
    assert "Left out" in quizapp("plan").out
    assert quizapp("plan", "--restore", "--json").json["plan"]["accepted"] == []


@pytest.mark.usefixtures("soon")
def test_today_tells_the_share(quizapp: Run) -> None:
    today = quizapp("today", "--json").json
    plan = quizapp("plan", "--json").json["plan"]
    assert today["share"]["left"] == plan["share"]["left"]
    assert today["share"]["done"] is False
    assert today["new"] == plan["share"]["new"]
    assert today["skills"] == plan["share"]["skills"]


@pytest.mark.usefixtures("soon")
def test_a_mark_needs_an_exam_that_is_over(quizapp: Run) -> None:
    got = quizapp("plan", "--result", "82%")
    assert got.status != 0
    assert "no exam is over yet" in got.err


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, ", today."), (1, ", tomorrow."), (2, ", in 2 days."), (-1, ", it is over;")],
)
def test_today_says_how_far_the_exam_is(quizapp: Run, days: int, told: str) -> None:
    quizapp("settings", "exam_date", in_days(days))
    assert f"Exam on {in_days(days)}{told}" in quizapp("today").out


def test_what_is_left_out_is_summed_up(quizapp: Run, soon: None) -> None:
    assert "  together " in quizapp("plan").out


def test_a_mark_is_entered_replaced_and_taken_back(quizapp: Run) -> None:
    quizapp("settings", "exam_date", in_days(-1))
    quizapp("settings", "minutes_a_day", "20")
    assert "quizapp plan --result 82%" in quizapp("plan", "--past").out
    assert "Your mark: 82%" in quizapp("plan", "--result", "82%").out
    assert quizapp("plan", "--result", "49/70", "--json").json["past"][0]["result"]["share"] == 0.7
    assert "Your mark: 82%" in quizapp("plan", "--result", "none").out
    assert "The exam is over" in quizapp("plan").out


@pytest.mark.parametrize("mark", ["82", "bad", "120%"])
def test_a_mark_that_cannot_be_read_is_told(quizapp: Run, mark: str) -> None:
    quizapp("settings", "exam_date", in_days(-1))
    quizapp("settings", "minutes_a_day", "20")
    assert "is no mark" in quizapp("plan", "--result", mark).err
    assert "is no date" in quizapp("plan", "--result", "5%", "--exam", "soon").err
