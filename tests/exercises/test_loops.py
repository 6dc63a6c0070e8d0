from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizapp.exercises.family import Given, Step
from quizapp.exercises.grading import mark
from tests.exercises.small_families import LOOP, declared, posed

GROWING = posed(LOOP, start=1, gain=[2, 4, 3, 5])
RIGHT = {"level": [3, 7, 10, 15], "sign": [1, 1, 1, 1], "end": 15}


def rows(answers: dict[str, Any], step: str = "level", problem: Any = GROWING) -> list[str]:
    return [row.value for row in mark(problem, answers).line(step).loop_rows]


def line(answers: dict[str, Any], step: str = "level", problem: Any = GROWING) -> Any:
    return mark(problem, answers).line(step)


def test_right_rows_are_correct() -> None:
    assert mark(GROWING, RIGHT).score == 1.0
    assert rows(RIGHT) == ["correct"] * 4


def test_one_early_error_costs_one_row() -> None:
    answers = {**RIGHT, "level": [3.5, 7.5, 10.5, 15.5], "end": 15.5}
    assert rows(answers) == ["wrong", "carried", "carried", "carried"]
    assert line(answers, "end").verdict == "carried"


def test_a_slip_in_one_row_is_named() -> None:
    found = line({**RIGHT, "level": [3, 3, 6, 11], "end": 11})
    assert found.verdict == "slip"
    assert [slip.name for slip in found.slips] == ["forgotten"]
    assert [row.value for row in found.loop_rows] == ["correct", "slip", "carried", "carried"]


def test_a_slip_in_every_row_is_named_once() -> None:
    found = line({**RIGHT, "level": [2, 4, 3, 5], "end": 5})
    assert [slip.name for slip in found.slips] == ["lost"]


def test_two_slips_in_two_rows_are_both_named() -> None:
    found = line({**RIGHT, "level": [1, 5, 3, 8]})
    assert [slip.name for slip in found.slips] == ["forgotten", "lost"]


def test_a_convention_in_every_row_is_named() -> None:
    found = line({"level": [5, 13, 19, 29], "end": 29})
    assert found.verdict == "convention"
    assert found.convention == {"way": "twice"}
    assert line({"level": [5, 13, 19, 29], "end": 29}, "end").verdict == "carried"


def test_a_trace_cut_short_is_blank_and_its_rows_count() -> None:
    found = line({"level": [3, 7]})
    assert found.verdict == "blank"
    assert found.share == 0.5


def test_a_trace_cut_short_after_a_wrong_row_keeps_the_right_rows() -> None:
    found = line({"level": [3, 7.5]})
    assert found.verdict == "wrong"
    assert found.share == 0.25


def test_a_blank_row_is_bridged() -> None:
    assert rows({"level": [3, None, 10, 15]}) == ["correct", "blank", "correct", "correct"]


def test_a_row_with_a_blank_cell_earns_nothing_yet() -> None:
    of = declared(
        [Given("x", "x", "numbers", "n")],
        [
            Step("y", "y", "y", lambda y, row: y[row - 1] + row, loop="t", before="x"),
            Step("end", "end", "end", lambda y: y[-1], final=True),
        ],
        rows=lambda x: 2 * len(x) // len(x),
    )
    found = line({"y": [[2, None], [4, 5]]}, "y", posed(of, x=[1, 2]))
    assert [row.value for row in found.loop_rows] == ["blank", "correct"]
    assert found.share == 0.5


def test_rows_of_one_number_everywhere_earn_nothing() -> None:
    found = line({"level": [3, 3, 3, 3], "sign": [3, 3, 3, 3], "end": 3})
    assert found.share == 0.0  # not even for the first row, which is right by chance
    assert line({"level": [7, 7, 7, 7], "end": 7}).share == 0.0


def test_a_line_below_a_blank_loop_is_computed_from_it() -> None:
    assert line({"end": 15}, "end").verdict == "correct"


def test_a_slip_on_a_blank_loop_is_found_from_the_line_below() -> None:
    found = line({"end": 5}, "end")
    assert [slip.name for slip in found.slips] == ["lost"]
    assert found.inferred


def test_a_slip_on_a_blank_member_is_found_from_the_member_below() -> None:
    falling = posed(LOOP, start=1, gain=[2, -9, 3])
    found = line({"sign": [1, 1, -1]}, "sign", falling)
    assert found.verdict == "slip"
    assert "forgotten" in [slip.name for slip in found.slips]
    assert found.inferred


def test_rows_that_cannot_be_read_are_invalid() -> None:
    assert line({"level": "3 six"}).verdict == "invalid"


def test_a_rule_undefined_at_the_rows_above_proves_nothing() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [
            Step("pre", "pre", "pre", lambda a: a),
            Step(
                "y",
                "y",
                "y",
                lambda y, pre, row: 1.0 / float(y[row - 1]) + float(pre),
                loop="t",
                before="a",
            ),
            Step("end", "end", "end", lambda y: float(y[-1]), final=True),
        ],
        rows=lambda a: 2 if a else 0,
    )
    marking = mark(posed(of, a=1), {"pre": 1, "y": [0, 5], "end": 7})
    assert [m.verdict.value for m in marking.lines] == ["correct", "wrong", "wrong"]


def test_lines_above_a_loop_may_be_undefined_at_the_students_numbers() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [
            Step("x", "x", "x", lambda a: a),
            Step("inverse", "1/x", "1/x", lambda x: 1.0 / float(x)),
            Step(
                "y",
                "y",
                "y",
                lambda y, inverse, row: y[row - 1] + inverse,
                loop="t",
                before="a",
                final=True,
            ),
        ],
        rows=lambda a: 2 if a else 0,
    )
    marking = mark(posed(of, a=2), {"x": 0, "y": [2.5, 3]})
    assert marking.line("y").verdict == "correct"


@pytest.mark.parametrize("count", [40])
def test_every_row_is_moved_once(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = 0

    def counting(value: Any, *args: Any, **more: Any) -> Any:
        nonlocal moved
        moved += 1
        return np.asarray(value, dtype=float)

    monkeypatch.setattr("quizapp.exercises.rows.shake", counting)
    problem = posed(LOOP, start=1, gain=np.linspace(0.1, 0.9, count).tolist())
    off = [float(v) + 0.02 * (k % 2) for k, v in enumerate(problem.solve()["level"])]
    mark(problem, {"level": off})
    assert 0 < moved <= 5 * 2 * (count + 1)
