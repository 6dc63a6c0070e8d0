"""The syllabus on the command line: coverage, and mastery once there are reviews."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_a_line_for_each_topic_and_one_for_all(quizapp: Run) -> None:
    pack = load_pack(shipped_pack())
    asked = [item for item in pack.items.values() if item.course == "hub" and item.examinable]
    lines = quizapp("syllabus").out.splitlines()

    assert {line.split()[0] for line in lines[1:-2]} == {item.topic for item in asked}
    assert lines[-2].split()[:3] == ["all", str(len(asked)), "100%"]
    assert "not asked for in the exam" in lines[-1]


def test_the_items_of_a_topic_stand_with_their_places(quizapp: Run) -> None:
    out = quizapp("syllabus", "--topic", "optimizers").out

    assert "✓ hub-sgd-l2  (Algorithm 5, L192-194)" in out
    assert "not yet studied" in out


def test_every_course_has_its_items(quizapp: Run) -> None:
    counts = {
        course: len(quizapp("syllabus", "--course", course, "--json").json)
        for course in ("hub", "mcb", "nnt", "ece493", "nc")
    }

    assert sum(counts.values()) == 513


def test_a_reviewed_card_gives_its_items_a_mastery(quizapp: Run) -> None:
    workspace = Workspace.open(os.environ)
    workspace.store.review(
        "hop-kind-of-memory", Rating.GOOD, ms=900, how="checked", scheduler=Scheduler()
    )
    workspace.close()
    found = quizapp("syllabus", "--json").json

    known = [item for item in found if item["mastery"] is not None]
    assert known
    assert all(0 < item["mastery"] <= 1 and item["seen"] >= 1 for item in known)
    assert "%" in quizapp("syllabus", "--items").out


def test_an_unknown_topic_is_told_with_the_nearest(quizapp: Run) -> None:
    got = quizapp("syllabus", "--topic", "optimisers")

    assert got.status == 2
    assert "did you mean optimizers?" in got.err
