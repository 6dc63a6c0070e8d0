"""Both numbers in a solution, as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.exercises.catalogue import family
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import read_problem
from quizapp.exercises.worked import worked
from quizapp.mathtext import width
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.study.asked import asked
from quizapp.study.otherwise import HEADING, Otherwise, otherwise
from quizapp.study.sheet import solution, statement, under_others
from quizapp.study.usage import usage

if TYPE_CHECKING:
    from quizapp.exercises.problem import Problem

FACTS = usage(load_pack(shipped_pack()).courses.values(), "hub")
SQUARED = {"family": "squared-error", "givens": {"z": [1.0, 3.0, 0.5], "t": [0.0, 1.0, 0.0]}}


def others(problem: Problem) -> dict[str, list[Otherwise]]:
    return otherwise(problem, worked(problem), asked(problem), FACTS)


def shown(problem: Problem) -> dict[str, list[str]]:
    return {step: [one.short for one in found] for step, found in others(problem).items()}


def drawn(family_id: str, level: int = 1) -> Problem:
    return generate(family(family_id), seed=7, level=level)


def test_every_line_that_differs_has_both_numbers() -> None:
    assert shown(read_problem(SQUARED)) == {
        "E": ["5.25", "1.75"], "gradient": ["2 4 1", "0.667 1.333 0.333"],
    }  # fmt: skip


def test_the_words_name_the_course() -> None:
    first, second = others(read_problem(SQUARED))["E"]
    assert first.words == (
        "squared error without 1/2 "
        "(ECE 493: autoencoder and diffusion; NNt: slide of error functionals)"
    )
    assert second.words == (
        "mean squared error: divided by the number of terms (ECE 493: linear regression)"
    )
    assert first.whole
    assert first.remark == ""
    assert others(read_problem(SQUARED))["gradient"][0].words == (
        "squared error without 1/2 (ECE 493, NNt)"  # the place was said above
    )


def test_two_conventions_with_the_same_numbers_are_told_together() -> None:
    single = {"family": "squared-error", "givens": {"z": [1.0], "t": [0.5]}}
    (only,) = others(read_problem(single))["E"]
    assert only.short == "0.25"
    assert ", or mean squared error: divided by the number of terms (ECE 493" in only.words


def test_where_the_result_is_the_same_that_is_said_once() -> None:
    found = others(drawn("softmax"))
    assert list(found) == ["exponents", "exps", "total"]
    assert [one.remark for told in found.values() for one in told] == [
        "the final lines stay the same", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(("factor", "told"), [(1e-5, []), (0.5, ["penalty", "loss_reg"])])
def test_what_rounding_hides_is_left_out(factor: float, told: list[str]) -> None:
    numbers = drawn("l2-step").as_json()
    problem = read_problem({**numbers, "givens": {**numbers["givens"], "lam": factor}})
    assert list(others(problem))[:2] == told


@pytest.mark.parametrize(
    ("tables", "short"),
    [
        ([[["0.5"]]], "0.5"),
        ([[["1", "2"], ["3", "4"]]], "1 2; 3 4"),
        ([[["1"], ["2"]]], "1 2"),
        ([[["1", "2"]], [["3", "4"]]], "1 2  |  3 4"),
    ],
)
def test_a_value_on_one_line_is_as_one_types_it(tables: list[list[list[str]]], short: str) -> None:
    assert Otherwise("w", tables, whole=True).short == short


def test_the_problem_prints_the_course_with_its_convention() -> None:
    told = " ".join(statement(drawn("l2-step"), 80, FACTS))
    assert "penalty with factor λ (Methods of AI)" in told


def test_the_solution_has_both_after_the_line_where_they_part() -> None:
    lines = solution(drawn("l2-step"), 80, FACTS)
    at = next(n for n, line in enumerate(lines) if line.startswith("2."))
    assert HEADING not in " ".join(lines[:at])
    step = " ".join(lines[at : lines.index("", at)])
    assert HEADING in step
    assert "penalty with factor λ/2 (ECE 493): " in step


BIG = [[f"{n}.{k}25" for k in range(12)] for n in range(9)]


@pytest.mark.parametrize("columns", [60, 80])
def test_a_long_value_is_cut_where_it_is_not_the_point(columns: int) -> None:
    short = under_others([Otherwise("words " * 9, [BIG], whole=False)], columns, everything=False)
    assert short[-1].endswith(" …")
    assert len(short) <= 4
    full = under_others([Otherwise("words " * 9, [BIG], whole=True)], columns, everything=False)
    assert "8.1125" in " ".join(full)
    assert max(map(width, [*short, *full])) <= columns
    assert under_others([], columns, everything=False) == []
