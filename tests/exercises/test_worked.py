from __future__ import annotations

import pytest

from quizapp.core.errors import QuizError
from quizapp.exercises.family import Given, Step, Work
from quizapp.exercises.worked import HINTS, hint, matters, rounded, worked
from tests.exercises.small_families import CHAIN, declared, posed
from tests.exercises.variants import drawn

ATTENTION = drawn("attention", 1, 0)


@pytest.mark.parametrize(
    ("value", "decimals", "wanted"),
    [
        (0.5, 3, "0.5"),
        (2.0, 3, "2"),
        (1 / 3, 3, "0.333"),
        (-0.0, 3, "0"),
        (-0.0001, 3, "0.000"),
        (0.00234, 3, "0.002"),
        (2.5, 0, "2"),
        (100.0, 0, "100"),
        (123_456.5, 1, "123456.5"),
        (1e300, 3, "1e+300"),
        (float("-inf"), 3, "-inf"),
    ],
)
def test_numbers_are_written_as_a_student_does(value: float, decimals: int, wanted: str) -> None:
    assert rounded(value, decimals) == wanted


def test_small_numbers_can_be_written_in_figures() -> None:
    assert rounded(0.00234567, 3, figures=True) == "0.00235"


def test_the_solution_has_every_line_with_its_value() -> None:
    lines = worked(posed(CHAIN, a=[1, 3]))
    assert [line.number for line in lines] == [1, 2, 3]
    assert lines[-1].value == 10.0


def test_work_that_cannot_be_written_is_left_out() -> None:
    def broken(a: float) -> list[Work]:
        return [Work((), f"{1 / (a - 1):g}")]

    of = declared(
        [Given("a", "a", "a number")],
        [Step("y", "y", "y", lambda a: a, final=True, work=broken)],
    )
    assert worked(posed(of, a=1))[0].work == ()
    assert worked(posed(of, a=3))[0].work == (Work((), "0.5"),)


def test_hints_go_from_what_is_needed_to_the_first_entry() -> None:
    sentences = [hint(ATTENTION, "scaled", n) for n in range(1, HINTS + 1)]
    assert "line 1" in sentences[0][0]
    assert sentences[1][1] == ATTENTION.family.by_name["scaled"].formula
    assert " = " in sentences[2][1]


def test_a_hint_for_no_line_is_refused() -> None:
    with pytest.raises(QuizError, match="no line 'sclaed'"):
        hint(ATTENTION, "sclaed", 1)


def test_only_conventions_that_change_a_number_matter() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [Step("y", "y", "y", lambda a, p, q: a * int(p) + (q == "2") * 0, final=True)],
        conventions={"p": ("1", "2"), "q": ("1", "2")},
    )
    assert matters(posed(of, a=3)) == ["p"]
    assert matters(posed(of, a=0)) == []
