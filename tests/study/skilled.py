"""An exercise whose numbers the tests know, and how it is worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.exercises.problem import Problem, read_problem

if TYPE_CHECKING:
    import pytest

    from quizapp.study.practice import PracticeRun

FAMILY = "hopfield-weights"
SKILL = "skill/hopfield-weights"
LINES = {
    "bipolar": "1 -1 -1",
    "outer_sum": "1 -1 -1; -1 1 1; -1 1 1",
    "scaled": "1/3 -1/3 -1/3; -1/3 1/3 1/3; -1/3 1/3 1/3",
    "W": "0 -1/3 -1/3; -1/3 0 1/3; -1/3 1/3 0",
}
DIAGONAL_LEFT = LINES | {"W": LINES["scaled"]}


def problem(level: int = 1) -> Problem:
    return read_problem(
        {
            "family": FAMILY,
            "givens": {"patterns": [[1, -1, -1]], "coding": "bipolar"},
            "level": level,
            "seed": 1,
        }
    )


def known_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every exercise of the review have the same numbers."""

    def drawn(_workspace: Any, _family: str, level: int) -> Problem:
        return problem(level)

    monkeypatch.setattr("quizapp.study.exercise_review.fresh_problem", drawn)


def work(run: PracticeRun, lines: dict[str, str]) -> None:
    """Type and check line after line."""
    for step, text in lines.items():
        run.write(step, text)
        run.check(step)
