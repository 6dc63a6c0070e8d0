from __future__ import annotations

from typing import Any

import pytest

from quizapp.exercises.grading import mark
from quizapp.exercises.wording import message
from tests.exercises.small_families import CHAIN, LOOP, posed

NUMBERS = posed(CHAIN, a=[1, 3])


@pytest.mark.parametrize(
    ("answers", "step", "wanted"),
    [
        ({}, "double", ""),
        ({"double": [2, 6]}, "double", "Correct."),
        ({"double": [2, None]}, "double", "Right so far; 1 of 2 entries are still blank."),
        ({"double": [2, 7]}, "double", "1 of 2 entries is not right."),
        ({"double": [5, 7]}, "double", "2 of 2 entries are not right."),
        ({"total": 9.25}, "total", "Not right, and no mistake I know by name."),
        ({"double": [3, 9]}, "double", "Twice, not three times."),
        ({"double": [2, 7], "moved": [3, 8]}, "moved", "Right, carried on from your line 1."),
        ({"total": 14}, "total", "This is what one gets if: “Twice, not three times.”"),
        ({"moved": [12, 16]}, "moved", "Right under another convention: by = ten."),
    ],
)
def test_the_sentence_under_a_line(answers: dict[str, Any], step: str, wanted: str) -> None:
    marking = mark(NUMBERS, answers)
    assert message(marking, marking.line(step)) == wanted


def test_coinciding_slips_are_an_either_or() -> None:
    threes = posed(CHAIN, a=[3, 3])
    marking = mark(threes, {"double": [9, 9]})
    assert message(marking, marking.line("double")) == (
        "Either: Twice, not three times. Or: Twice, not the square."
    )


def test_wrong_rows_are_named() -> None:
    marking = mark(posed(LOOP, start=1, gain=[2, 3]), {"level": [3.5, 6.5]})
    assert message(marking, marking.line("level")) == (
        "Not right in row 1; the other row follows from what stands above it."
    )


def test_no_row_follows_where_all_are_wrong() -> None:
    marking = mark(posed(LOOP, start=1, gain=[2, 3]), {"level": [9.5, 99.5]})
    assert message(marking, marking.line("level")) == "Not right in rows 1, 2."
