"""Practising with a real log: what is recorded, what is said, what is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exercises.catalogue import family
from quizapp.exercises.problem import plain, read_problem
from quizapp.study.asked import asked
from quizapp.study.folders import folders
from quizapp.study.practice import (
    ATTEMPT,
    PracticeRun,
    fresh_problem,
    last_scores,
    leave,
    left,
    own_problem,
)
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ATTENTION = {
    "family": "attention",
    "givens": {
        "Q": [[1, -1, -1, 0], [-1, 1, 1, 0]],
        "K": [[-1, 0, 1, 0], [0, 0, 0, -1]],
        "V": [[3, 3], [1, 0]],
    },
}
RIGHT = {
    "scores": "-2 0; 2 0",
    "scaled": "-1 0; 1 0",
    "weights": "0.269 0.731; 0.731 0.269",
    "output": "1.538 0.807; 2.462 2.193",
}
TRACE = {
    "family": "hopfield-recall",
    "givens": {
        "W": [[0, 1, -1], [1, 0, 1], [-1, 1, 0]],
        "b": [0.5, -0.5, 0.25],
        "start": [1, -1, 1],
        "sweeps": [[1, 2, 3]],
        "patterns": [[1, 1, 1]],
    },
}


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


@pytest.fixture
def run(workspace: Workspace) -> PracticeRun:
    return PracticeRun(workspace, read_problem(ATTENTION))


def attempts(workspace: Workspace) -> list[dict[str, Any]]:
    return [dict(event.payload) for event in workspace.store.events(kind=ATTEMPT)]


def solve(run: PracticeRun) -> None:
    for step, text in RIGHT.items():
        run.write(step, text)
        assert run.check(step).verdict is Verdict.CORRECT


def test_a_checked_line_is_in_the_log_at_once(run: PracticeRun, workspace: Workspace) -> None:
    run.write("scores", RIGHT["scores"])
    assert run.check("scores").verdict is Verdict.CORRECT
    (attempt,) = attempts(workspace)
    assert attempt["checked"] == ["scores"]
    assert attempt["verdicts"]["scores"] == "correct"
    assert attempt["problem"]["family"] == "attention"


def test_checking_the_same_twice_records_it_once(run: PracticeRun, workspace: Workspace) -> None:
    run.write("scores", RIGHT["scores"])
    run.check("scores")
    run.check("scores")
    run.check_all()
    assert len(attempts(workspace)) == 1


@pytest.mark.parametrize("text", ["", "   ", "1 x 2", "1 2; 3"])
def test_a_blank_or_unreadable_line_leaves_no_attempt(
    run: PracticeRun, workspace: Workspace, text: str
) -> None:
    run.write("scores", text)
    assert run.check("scores").typed is None
    run.check_all()
    assert attempts(workspace) == []


def test_cells_are_marked_as_a_text_is(run: PracticeRun) -> None:
    run.write("scores", [["-2", "0"], ["1 + 1", "0/3"]])
    assert run.check("scores").verdict is Verdict.CORRECT


def test_cells_that_are_blank_leave_the_line_unfinished(run: PracticeRun) -> None:
    run.write("scores", [["-2", ""], ["2", ""]])
    assert run.check("scores").verdict is Verdict.BLANK


def test_a_line_that_changes_is_no_longer_checked(run: PracticeRun) -> None:
    run.write("scores", RIGHT["scores"])
    run.check("scores")
    run.write("scores", RIGHT["scores"])
    assert run.checked == {"scores"}
    run.write("scores", "1 2; 3 4")
    assert run.checked == set()


def test_a_mistake_is_named_and_the_next_line_carries_on(run: PracticeRun) -> None:
    run.write("scores", RIGHT["scores"])
    run.write("scaled", RIGHT["scores"])
    run.write("weights", "0.119 0.881; 0.881 0.119")
    marking = run.check_all()
    assert [slip.name for slip in marking.line("scaled").slips] == ["no-scaling"]
    assert marking.line("weights").verdict is Verdict.CARRIED


def test_a_slip_that_was_mended_is_remembered(run: PracticeRun, workspace: Workspace) -> None:
    run.write("scaled", RIGHT["scores"])
    run.check("scaled")
    run.write("scaled", RIGHT["scaled"])
    run.check("scaled")
    assert [attempt["slips"] for attempt in attempts(workspace)] == [{"no-scaling": "scaled"}] * 2


def test_an_attempt_knows_how_long_it_took(
    run: PracticeRun, workspace: Workspace, watch: Watch
) -> None:
    watch.now += timedelta(seconds=90)
    run.write("scores", RIGHT["scores"])
    run.check("scores")
    assert attempts(workspace)[0]["seconds"] == 90


def test_three_hints_then_the_last_again(run: PracticeRun) -> None:
    told = [run.hint("scaled") for _ in range(4)]
    assert told[0] == ("Scaled scores: it needs K and line 1.", "")
    assert told[1] == ("Its formula:", r"\frac{QK^\top}{\sqrt{d_k}}")
    assert told[2][1].endswith("= -1")
    assert told[3] == told[2]


def typed_right(run: PracticeRun) -> None:
    for step, value in run.problem.solve().items():
        run.write(step, texts(plain(value, run.problem.family.by_name[step].kind)))


def test_differences_between_sources_show_only_after_the_answer(workspace: Workspace) -> None:
    run = PracticeRun(workspace, read_problem(TRACE))
    assert run.discrepancies() == []
    typed_right(run)
    assert run.discrepancies() == []
    run.check_all()
    found = run.discrepancies()
    assert "synchronous-vs-asynchronous" in [one.id for one in found]
    ranks = [("high", "medium", "low").index(one.severity) for one in found]
    assert ranks == sorted(ranks)


def test_differences_show_after_the_solution(workspace: Workspace) -> None:
    run = PracticeRun(workspace, read_problem(TRACE))
    assert len(run.solution()) == 6
    assert run.discrepancies() != []


def test_finals_carried_on_from_a_mistake_are_finished_but_not_solved(run: PracticeRun) -> None:
    for step, text in {
        "scores": RIGHT["scores"],
        "scaled": RIGHT["scores"],
        "weights": "0.119 0.881; 0.881 0.119",
        "output": "1.238 0.357; 2.762 2.643",
    }.items():
        run.write(step, text)
    marking = run.check_all()
    assert marking.line("output").verdict is Verdict.CARRIED
    assert run.finished(marking)
    assert not run.solved(marking)
    assert run.discrepancies() == []


def test_a_run_that_was_left_can_be_taken_up_again(run: PracticeRun, workspace: Workspace) -> None:
    leave(run)
    assert left(workspace) == []
    run.write("scores", "1 2; 3 4")
    leave(run)
    assert left(workspace) == [run]
    solve(run)
    leave(run)
    assert left(workspace) == []


def test_the_last_score_of_a_family_counts(run: PracticeRun, workspace: Workspace) -> None:
    run.write("scores", "1 2; 3 4")
    run.check("scores")
    assert last_scores(workspace) == {"attention": 0.0}
    solve(run)
    assert last_scores(workspace) == {"attention": 1.0}


def test_fresh_numbers_follow_the_conventions_of_the_course(workspace: Workspace) -> None:
    problem = fresh_problem(workspace, "hopfield-recall", 1)
    assert problem.conventions == {"update": "async", "tie": "plus", "offset": "bias"}


def test_an_own_problem_takes_the_conventions_it_does_not_name_from_the_course(
    workspace: Workspace,
) -> None:
    problem = own_problem(workspace, {**TRACE, "conventions": {"tie": "keep"}})
    assert problem.conventions == {"update": "async", "tie": "keep", "offset": "bias"}


@pytest.mark.parametrize("conventions", ["async", {"tie": "never"}, {"colour": "red"}])
def test_conventions_that_do_not_exist_are_refused(
    workspace: Workspace, conventions: object
) -> None:
    with pytest.raises(QuizError):
        own_problem(workspace, {**TRACE, "conventions": conventions})


def test_rows_of_a_trace_are_called_by_time_and_unit() -> None:
    lines = {line.step.name: line for line in asked(read_problem(TRACE))}
    assert lines["states"].grid == (3, 3)
    assert lines["states"].labels == ("t=1 unit 1", "t=2 unit 2", "t=3 unit 3")
    assert lines["energies"].labels[0] == "start"
    assert lines["fields"].grid == (3, 1)
    assert lines["end_state"].grid == (1, 3)
    assert lines["recalled"].grid == (1, 1)


def test_rows_of_a_synchronous_trace_are_called_by_time_alone() -> None:
    problem = read_problem({**TRACE, "conventions": {"update": "sync"}})
    assert asked(problem)[1].labels == ("t=1",)


@pytest.mark.parametrize("name", ["attention", "hopfield-recall"])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_right_values_typed_into_the_cells_are_right(
    workspace: Workspace, name: str, level: int
) -> None:
    assert level in family(name).levels
    problem = fresh_problem(workspace, name, level)
    run = PracticeRun(workspace, problem)
    typed_right(run)
    marking = run.check_all()
    assert marking.score == 1.0
    assert run.solved(marking)


def texts(value: Any) -> Any:
    return [texts(part) for part in value] if isinstance(value, list) else str(value)
