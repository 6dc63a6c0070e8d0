"""What a class has in common."""

from __future__ import annotations

from typing import Any

import pytest

from quizapp.exercises.grading import mark
from quizapp.exercises.scoring import read_scheme
from quizapp.study.class_answers import HandedIn, Refused
from quizapp.study.class_marks import ClassMarks, Marked, mark_all
from quizapp.study.class_text import class_lines, student_lines
from quizapp.study.marks_file import inert
from quizapp.study.points import points, shown
from quizapp.study.sharing import Shared, read_shared

L2: dict[str, Any] = {
    "family": "l2-step",
    "givens": {"w": [1, 2], "g": [0.5, 1], "loss": 1, "lam": 0.5, "eta": 0.1},
}
SHARED = read_shared(L2)
OTHER = read_shared({**L2, "conventions": {"l2": "half-lambda"}})


def solved(shared: Shared) -> dict[str, Any]:
    return {name: _plain(value) for name, value in shared.problem.solve().items()}


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def handed_in(student: str, answers: dict[str, Any], shared: Shared = SHARED) -> HandedIn:
    scheme = read_scheme(shared.problem.family, {})
    return HandedIn(student, shared, scheme, answers, f"f.csv:{student}")


def of_class(*all_of_them: HandedIn | Refused) -> tuple[ClassMarks, list[Marked | Refused]]:
    marks, found = ClassMarks(), list(mark_all(all_of_them))
    for one in found:
        marks.add(one)
    return marks, found


def test_another_convention_is_no_slip_and_counted_as_what_it_is() -> None:
    marks, _ = of_class(handed_in("a", solved(OTHER)), handed_in("b", solved(SHARED)))
    assert marks.slips() == []
    assert marks.conventions() == [("l2", "half-lambda", 1)]
    assert marks.mean == 1.0
    assert any("another convention" in line for line in class_lines(marks, [], 80))


def test_a_class_of_nobody() -> None:
    marks, _ = of_class()
    assert (marks.students, marks.mean, marks.median, marks.mean_points) == (0, 0.0, 0.0, None)
    assert class_lines(marks, [], 80) == ["0 students marked."]
    assert marks.as_json()["summary"]["mean_score"] is None


def test_blank_lines_that_count_as_done_are_no_trouble() -> None:
    finals = {name: solved(SHARED)[name] for name in SHARED.problem.family.finals}
    marks, (one,) = of_class(handed_in("a", finals))
    assert marks.mean == 1.0
    assert all(line.counts["blank"] == 0 for line in marks.lines())
    assert isinstance(one, Marked)
    assert any("counted as done" in line for line in student_lines(one, 80))


def test_answers_that_name_no_step_fail_alone() -> None:
    marks, found = of_class(handed_in("a", {"nosuch": 1}), handed_in("b", solved(SHARED)))
    assert isinstance(found[0], Refused)
    assert found[0].error.where == "f.csv:a: answers"
    assert (marks.students, marks.refused) == (1, 1)


def test_lines_most_often_wrong_come_first() -> None:
    right = solved(SHARED)
    last = SHARED.problem.family.steps[-1].name
    wrong = {**right, last: [91, 92]}
    marks, _ = of_class(*(handed_in(str(n), wrong if n else right) for n in range(4)))
    assert marks.lines()[0].step == last
    assert marks.lines()[0].counts["wrong"] == 3


def test_points_are_those_of_the_scheme() -> None:
    scheme = read_scheme(SHARED.problem.family, {"sq_norm": 2.5})
    marking = mark(SHARED.problem, {"sq_norm": solved(SHARED)["sq_norm"]}, scheme)
    got = points(marking, scheme)
    assert str(got) == "2.5 of 6.5 points"
    assert got.by_step == {**dict.fromkeys(scheme, 0.0), "sq_norm": 2.5}
    assert got.earned / got.of == pytest.approx(marking.score)


@pytest.mark.parametrize(
    ("number", "text"), [(4.5, "4.5"), (6.0, "6"), (2 / 3, "0.67"), (0.0, "0"), (10.0, "10")]
)
def test_points_have_no_needless_digits(number: float, text: str) -> None:
    assert shown(number) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=1", "'=1"),
        ("  =1", "'=1"),
        ("\t@x", "'@x"),
        ("−5", "−5"),
        ("anna", "anna"),
        ("a=1", "a=1"),
        ("＝1", "'＝1"),
        ("\x00=1", "'=1"),
    ],
)
def test_text_that_would_be_a_formula_is_text(text: str, wanted: str) -> None:
    assert inert(text) == wanted
