"""What the blueprint says of topics and families, and how long answers take."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.horizon import Pace
from quizapp.scheduling.memory import Rating
from quizapp.study.exam_weights import UNNAMED, exam_weights
from quizapp.study.pace import paces
from quizapp.study.skills import course_skills
from tests.study.planned import TODAY, Watch, student

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.study.workspace import Workspace

TOPICS = ("activations", "backprop", "losses")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    opened = student(tmp_path, watch)
    yield opened
    opened.close()


def families(workspace: Workspace) -> list[str]:
    return [skill.family for skill in course_skills(workspace)]


def test_shares_add_up_to_one(workspace: Workspace) -> None:
    found = exam_weights(workspace, TOPICS, families(workspace))
    assert sum(found.topics.values()) == pytest.approx(1)
    assert sum(found.families.values()) == pytest.approx(1)
    assert 0.3 < found.computing < 0.8


def test_the_exam_is_the_blueprint_with_most_points(workspace: Workspace) -> None:
    drawn = {
        family
        for section in workspace.pack.blueprints["nnt-full"].sections
        for family in section.families
    }
    found = exam_weights(workspace, TOPICS, families(workspace))
    others = set(found.families) - drawn
    assert others
    assert sum(found.families[family] for family in others) == pytest.approx(UNNAMED)


def test_without_a_blueprint_all_topics_count_alike(workspace: Workspace) -> None:
    workspace.take(replace(workspace.pack, blueprints={}))
    found = exam_weights(workspace, TOPICS, ["adam"])
    assert found.topics == {}
    assert found.families == {"adam": 1}
    assert exam_weights(workspace, TOPICS, []).computing == 0


def test_without_answers_the_usual_pace_holds(workspace: Workspace) -> None:
    assert paces(workspace, TODAY).cards == Pace()


def answer(workspace: Workspace, card: str, seconds: float) -> None:
    scheduler = workspace.scheduler
    workspace.store.review(
        card, Rating.EASY, ms=int(seconds * 1000), how="reveal", scheduler=scheduler
    )


def test_many_answers_outweigh_what_is_usual(workspace: Workspace, watch: Watch) -> None:
    for number in range(200):
        answer(workspace, f"c{number}", 50)
    watch.on(days=20)
    for number in range(200):
        answer(workspace, f"c{number}", 4)
    tomorrow = workspace.today() + timedelta(days=1)
    measured = paces(workspace, tomorrow).cards
    assert 45 < measured.new < 50
    assert 4 < measured.review < 6


def test_a_few_answers_hardly_move_it(workspace: Workspace) -> None:
    answer(workspace, "c1", 60)
    assert paces(workspace, TODAY + timedelta(days=1)).cards.new == pytest.approx(31.4, abs=0.1)


def test_answers_of_the_day_itself_do_not_count(workspace: Workspace) -> None:
    answer(workspace, "c1", 60)
    assert paces(workspace, TODAY).cards == Pace()
