"""How a prediction held, once the exam is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.memory import Rating
from quizapp.study.exam_results import ResultError, read_result, result_of, take_result_back
from quizapp.study.held import enter_mark, held, past_exams
from quizapp.study.planning import exam_plan, forecast_as_known
from tests.study.planned import EXAM, TODAY, Watch, student, study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.study.workspace import Workspace


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    opened = student(tmp_path, watch, exam_date=TODAY + timedelta(days=4))
    yield opened
    opened.close()


def after_the_exam(workspace: Workspace, watch: Watch) -> list[float]:
    """Study until the exam, then wait for its day; what was predicted on each morning."""
    told = []
    for _ in range(4):
        plan = exam_plan(workspace)
        assert plan is not None
        told.append(plan.forecast.overall)
        study(workspace, watch)
        watch.on(days=1)
    return told


def test_predictions_are_those_of_each_morning(workspace: Workspace, watch: Watch) -> None:
    told = after_the_exam(workspace, watch)
    found = held(workspace, past_exams(workspace)[0])
    assert [one.day for one in found.predictions] == [TODAY + timedelta(days=n) for n in range(4)]
    assert [one.overall for one in found.predictions] == pytest.approx(told)
    assert found.eve is not None
    assert found.eve.overall == found.eve.now > 0


def test_first_answers_are_set_against_what_was_predicted(
    workspace: Workspace, watch: Watch
) -> None:
    after_the_exam(workspace, watch)
    found = held(workspace, past_exams(workspace)[0])
    assert found.days
    assert sum(day.answers for day in found.days) == sum(one.answers for one in found.topics)
    for tally in found.days:
        assert 0.5 < tally.predicted < 1
        assert tally.recalled == 1  # old cards were all answered well


def test_what_comes_after_a_day_does_not_change_what_it_knew(
    workspace: Workspace, watch: Watch
) -> None:
    study(workspace, watch)
    watch.on(days=1)
    terms = past_exams(workspace)
    assert terms == []
    plan = exam_plan(workspace)
    assert plan is not None
    study(workspace, watch)
    workspace.store.review(
        next(iter(workspace.pack.cards)),
        Rating.AGAIN,
        ms=900,
        how="reveal",
        scheduler=workspace.scheduler,
    )
    watch.on(days=4)
    over = past_exams(workspace)[0]
    assert forecast_as_known(workspace, over, plan.today) == plan.forecast


def test_a_past_exam_stays_readable_when_a_new_date_is_set(
    workspace: Workspace, watch: Watch
) -> None:
    after_the_exam(workspace, watch)
    first = past_exams(workspace)[0]
    workspace.change(exam_date=EXAM + timedelta(days=100))
    assert past_exams(workspace) == [first]
    assert held(workspace, first).eve is not None


def test_a_past_exam_of_another_course_is_seen_with_its_cards(
    workspace: Workspace, watch: Watch
) -> None:
    after_the_exam(workspace, watch)
    before = held(workspace, past_exams(workspace)[0])
    workspace.change(course="hub")
    found = held(workspace, next(t for t in past_exams(workspace) if t.course == "nnt"))
    assert found.predictions == before.predictions
    assert workspace.course.id == "hub"


def test_the_mark_can_be_replaced_and_taken_back(workspace: Workspace, watch: Watch) -> None:
    after_the_exam(workspace, watch)
    terms = enter_mark(workspace, 0.7)
    enter_mark(workspace, 0.82, terms.exam)
    found = held(workspace, terms)
    assert found.result is not None
    assert found.result.share == 0.82
    assert found.eve is not None
    assert found.error == pytest.approx(0.82 - found.eve.overall)
    assert take_result_back(workspace, terms.course, terms.exam)
    again = result_of(workspace, terms.course, terms.exam)
    assert again is not None
    assert again.share == 0.7
    assert take_result_back(workspace, terms.course, terms.exam)
    assert not take_result_back(workspace, terms.course, terms.exam)
    assert held(workspace, terms).error is None


def test_no_mark_before_the_exam(workspace: Workspace, watch: Watch) -> None:
    with pytest.raises(ResultError, match="no exam is over"):
        enter_mark(workspace, 0.5)
    after_the_exam(workspace, watch)
    with pytest.raises(ResultError, match="there were exams on"):
        enter_mark(workspace, 0.5, TODAY)


def test_an_exam_without_answers_has_no_prediction(workspace: Workspace, watch: Watch) -> None:
    watch.on(days=10)
    found = held(workspace, past_exams(workspace)[0])
    assert found.eve is None
    assert not found.predictions
    assert not found.days


@pytest.mark.parametrize(
    ("text", "share"),
    [("82%", 0.82), (" 82,5 % ", 0.825), ("49/60", 49 / 60), ("30 of 60", 0.5), ("0%", 0)],
)
def test_marks_are_read(text: str, share: float) -> None:
    assert read_result(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["", "82", "1.3", "101%", "70/60", "5/0", "-3%", "nan%", "٣%"])
def test_what_is_no_mark_is_told(text: str) -> None:
    with pytest.raises(ResultError, match="82%"):
        read_result(text)


@given(st.text(max_size=30))
def test_any_text_is_a_share_or_refused(text: str) -> None:
    try:
        share = read_result(text)
    except ResultError:
        return
    assert 0 <= share <= 1
