"""Problems, marks and solutions as lines of text that fit the screen."""

from __future__ import annotations

import pytest

from quizapp.exercises.catalogue import families, family
from quizapp.exercises.generate import generate
from quizapp.exercises.grading import mark
from quizapp.exercises.problem import read_problem
from quizapp.mathtext import width
from quizapp.study.sheet import marked, size, solution, statement

LEVELS = [(of.id, level) for of in families() for level in of.levels]


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize(("family_id", "level"), LEVELS)
def test_every_problem_and_its_solution_fit(family_id: str, level: int, columns: int) -> None:
    problem = generate(family(family_id), seed=11, level=level)
    lines = [*statement(problem, columns), *solution(problem, columns, everything=True)]
    assert max(map(width, lines)) <= columns
    assert not any(line != line.rstrip() for line in lines)
    told = "\n".join(lines)
    assert all(f"{n}. {step.title}" in told for n, step in enumerate(problem.family.steps, 1))


def test_a_wide_matrix_is_cut_into_groups_of_columns() -> None:
    long = [[1.25 * n for n in range(40)]]
    problem = read_problem({"family": "attention", "givens": {"Q": long, "K": long, "V": [[1, 2]]}})
    lines = statement(problem, 80)
    assert max(map(width, lines)) <= 80
    assert any("(columns 1 to " in line for line in lines)
    assert any(" to 40) = " in line for line in lines)


def test_givens_are_shown_as_they_were_written() -> None:
    problem = read_problem({"family": "softmax", "givens": {"z": [8.44582642, -2], "alpha": 1e-8}})
    told = "\n".join(statement(problem, 80))
    assert "8.44582642" in told
    assert "−2" in told
    assert "1e−08" in told


@pytest.mark.parametrize(
    ("family_id", "step", "words"),
    [
        ("attention", "scores", "rows of"),
        ("softmax", "total", "a number"),
        ("softmax", "p", "entries"),
        ("hopfield-recall", "states", "each −1 or 1"),
        ("hopfield-recall", "stable", "yes or no"),
    ],
)
def test_a_line_says_what_it_asks_for(family_id: str, step: str, words: str) -> None:
    problem = generate(family(family_id), seed=3)
    assert words in size(problem, problem.family.by_name[step])


def test_marks_leave_out_what_was_not_handed_in() -> None:
    problem = generate(family("attention"), seed=3)
    assert marked(mark(problem, {})) == ["     0% of the points."]
    values = problem.solve()
    lines = marked(mark(problem, {"scores": values["scores"].tolist()}))
    assert lines == ["  1  ✓ Scores: Correct.", "     25% of the points."]
