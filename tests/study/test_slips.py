"""Slips: how often they were made, and problems on which they would show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.exercises.catalogue import UnknownFamily, family
from quizapp.exercises.problem import plain, read_problem
from quizapp.exercises.world import World
from quizapp.study.attempts import attempts
from quizapp.study.folders import folders
from quizapp.study.overview import frequent_slips
from quizapp.study.practice import ATTEMPT, PracticeRun
from quizapp.study.slips import Drill, SlipError, can_be_made, most_frequent, problem_showing
from quizapp.study.statistics import statistics
from quizapp.study.workspace import Workspace
from tests.study.test_practice import ATTENTION, RIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_ROOT = {**RIGHT, "scaled": RIGHT["scores"]}
OTHER = {**RIGHT, "weights": "0.731 0.269; 0.269 0.731"}


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path / "home")}), watch)
    yield opened
    opened.close()


def attempt(
    workspace: Workspace, watch: Watch, lines: dict[str, str], *, minutes: float = 2
) -> None:
    run = PracticeRun(workspace, read_problem(ATTENTION))
    for step, text in lines.items():
        watch.now += timedelta(minutes=minutes)
        run.write(step, text)
    run.check_all()


def test_a_slip_is_counted_once_a_problem_and_said_in_words(
    workspace: Workspace, watch: Watch
) -> None:
    attempt(workspace, watch, NO_ROOT)
    attempt(workspace, watch, NO_ROOT)
    attempt(workspace, watch, RIGHT)
    (slip,) = most_frequent(workspace, 3)
    assert (slip.family, slip.slip, slip.times) == ("attention", "no-scaling", 2)
    assert slip.title == "Scaled dot-product attention"
    assert slip.says == "The division by √d_k is missing."
    assert slip.last == date(2026, 3, 2)
    assert slip.right_since == 1
    assert [one.times for one in frequent_slips(workspace)] == [2]


def test_only_the_slips_since_a_day_count(workspace: Workspace, watch: Watch) -> None:
    attempt(workspace, watch, NO_ROOT)
    watch.now += timedelta(days=7)
    assert frequent_slips(workspace) == ()
    assert most_frequent(workspace, 3, since=date(2026, 3, 3)) == []
    assert len(most_frequent(workspace, 3)) == 1


def test_a_slip_of_a_version_that_knew_more_keeps_its_name(workspace: Workspace) -> None:
    payload = {"run": "r", "problem": {}, "score": 0.5, "slips": {"odd": "line"}}
    workspace.store.append(ATTEMPT, "no-such-family", payload)
    (slip,) = most_frequent(workspace, 3)
    assert (slip.title, slip.says, slip.level) == ("no-such-family", "odd", 1)
    assert statistics(workspace).families[0].title == "no-such-family"
    with pytest.raises(SlipError, match="no slip is in your log yet"):
        Drill.of_mine(workspace)


def test_an_attempt_is_the_last_word_on_its_problem(workspace: Workspace, watch: Watch) -> None:
    run = PracticeRun(workspace, read_problem(ATTENTION))
    for lines in (NO_ROOT, RIGHT):
        for step, text in lines.items():
            run.write(step, text)
        run.check_all()
    (only,) = attempts(workspace)
    assert only.score == 1.0
    assert only.slips == ("no-scaling",)
    assert only.right


def test_a_break_does_not_count_as_time(workspace: Workspace, watch: Watch) -> None:
    run = PracticeRun(workspace, read_problem(ATTENTION))
    watch.now += timedelta(minutes=3)
    run.write("scores", RIGHT["scores"])
    watch.now += timedelta(hours=9)
    run.write("scaled", RIGHT["scaled"])
    run.check_all()
    assert attempts(workspace)[0].seconds == 3 * 60 + 5 * 60


def test_statistics_sum_up_a_family(workspace: Workspace, watch: Watch) -> None:
    attempt(workspace, watch, {"scores": RIGHT["scores"]})
    watch.now += timedelta(days=1)
    attempt(workspace, watch, RIGHT)
    attempt(workspace, watch, OTHER)
    facts = statistics(workspace)
    assert (facts.attempts, facts.right) == (3, 1)
    (record,) = facts.families
    assert (record.family, record.attempts, record.best) == ("attention", 3, 1.0)
    assert record.last < 1.0
    assert record.seconds == facts.seconds == 9 * 120
    assert record.last_day == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("name", "slip", "level"),
    [
        ("attention", "no-scaling", 1),
        ("masked-attention", "no-scaling", 1),  # exists from level 2 on
        ("dropout", "test-unscaled", 1),  # exists under another convention than the course's
        ("hopfield-energy", "offset-forgotten", 3),
        ("early-stopping", "ties-improve", 2),
        ("wl-test", "set-for-multiset", 2),
    ],
)
def test_a_slip_shows_on_the_problem_that_is_drawn_for_it(
    workspace: Workspace, name: str, slip: str, level: int
) -> None:
    declared = {one.name: one for one in family(name).slips}
    problem = problem_showing(workspace, name, slip, level)
    assert can_be_made(problem, declared[slip])
    step = declared[slip].step
    wrong = World(
        problem.family, problem.env, problem.decimals,
        replaced={step: declared[slip].rule}, upto=step,
    ).values[step]  # fmt: skip
    assert plain(wrong) != plain(problem.solve()[step])


def test_the_level_is_kept_where_the_slip_exists_there(workspace: Workspace) -> None:
    assert problem_showing(workspace, "attention", "no-scaling", 3).level == 3


def test_unknown_slips_and_families_are_refused(workspace: Workspace) -> None:
    with pytest.raises(SlipError, match="knows no slip 'nonsense'"):
        problem_showing(workspace, "attention", "nonsense", 1)
    with pytest.raises(UnknownFamily):
        problem_showing(workspace, "nonsense", "nonsense", 1)


def test_a_slip_that_cannot_show_is_said_in_words(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.study.slips.can_be_made", lambda *_: False)
    with pytest.raises(SlipError, match="no numbers were found on which this slip would show: The"):
        problem_showing(workspace, "attention", "no-scaling", 1)


def test_slips_that_were_not_mended_are_practised_first_and_then_in_turn(
    workspace: Workspace, watch: Watch
) -> None:
    attempt(workspace, watch, NO_ROOT)
    attempt(workspace, watch, NO_ROOT)
    attempt(workspace, watch, RIGHT)
    run = PracticeRun(workspace, problem_showing(workspace, "hopfield-energy", "no-half", 1))
    slip = next(s for s in run.problem.family.slips if s.name == "no-half")
    world = World(
        run.problem.family, run.problem.env, run.problem.decimals, replaced={slip.step: slip.rule}
    )
    for name, value in world.values.items():
        run.write(name, str(plain(value)))
    run.check_all()
    drill = Drill.of_mine(workspace)
    assert [one.slip for one in drill.slips] == ["no-half", "no-scaling"]
    asked = [drill.problem().family.id for _ in range(3)]
    assert asked == ["hopfield-energy", "attention", "hopfield-energy"]
    assert [one.slip for one in Drill.of_mine(workspace, "attention").slips] == ["no-scaling"]
    assert [one.slip for one in Drill.of_run(run).slips] == ["no-half"]
