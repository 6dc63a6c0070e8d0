"""The line to calculate on: values, ans, what is refused."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exercises.catalogue import family
from quizapp.study.scratch import KEPT, LONGEST, Scratch, ScratchError, digits, for_cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3*0.25 + exp(-1)", 0.75 + math.exp(-1)),
        ("= 2/3", 2 / 3),
        ("2/3 =", 2 / 3),
        ("√2·sqrt(2)", 2.0),
        ("ln(e)", 1.0),
        ("tanh(0.5) + σ(1) + sigmoid(1)", math.tanh(0.5) + 2 / (1 + math.exp(-1))),
        ("1,5 + 0,5", 2.0),
        ("−2²", -4.0),
        ("50 %", 0.5),
    ],
)
def test_an_expression_has_its_value(text: str, value: float) -> None:
    assert Scratch().value(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", ["", "  ", "=", "_"])
def test_nothing_is_no_value(text: str) -> None:
    scratch = Scratch()
    assert scratch.keep(text) is None
    assert scratch.count == 0


def test_ans_is_the_last_result_in_full() -> None:
    scratch = Scratch()
    scratch.keep("1/3")
    assert scratch.value("ans*3") == 1.0
    assert scratch.value("2ans + Ans") == pytest.approx(1.0)
    scratch.keep("-2")
    assert scratch.value("ans^2") == 4.0  # as a number, not as the text -2


def test_the_first_ans_is_refused() -> None:
    with pytest.raises(ScratchError, match="no ans yet"):
        Scratch().value("ans + 1")


def test_places_count_what_was_typed_not_what_ans_stands_for() -> None:
    scratch = Scratch()
    scratch.keep("1/3")
    with pytest.raises(ScratchError, match=r"character 7\b"):
        scratch.value("ans + q")
    with pytest.raises(ScratchError, match=r"character 13\b"):
        scratch.value("ans + ans + q")
    with pytest.raises(ScratchError, match=r"character 1\b"):
        scratch.value("q + ans")


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9",
        "1" * 1_000_000,
        "(" * 99 + ")" * 99,
        "__import__('os').system('ls')",
        "1/0",
        "log(2)",
        "1,234",
        "[1, 2]",
        "\x1b]0;x\x07",
    ],
)
def test_what_has_no_value_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ScratchError) as refused:
        Scratch().value(text)
    assert len(str(refused.value)) < 300
    assert str(refused.value).isprintable()


@given(st.text(max_size=LONGEST + 10))
def test_any_text_has_a_value_or_is_refused(text: str) -> None:
    scratch = Scratch()
    scratch.keep("-1.5e-7")
    try:
        value = scratch.value(text)
    except ScratchError:
        return
    assert value is None or not math.isnan(value)


def test_the_log_keeps_the_last_expressions_short() -> None:
    scratch = Scratch({"count": 2, "expressions": ["1+1", "ans*2"]})
    for number in range(KEPT + 5):
        scratch.keep(f"{number} + " + "+".join("1" * 60))
    logged = scratch.as_json()
    assert logged["count"] == KEPT + 7
    assert len(logged["expressions"]) == KEPT
    assert max(map(len, logged["expressions"])) == 80


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (2 / 3, 3, "0.667"),
        (0.5, 3, "0.5"),
        (-1e-9, 3, "0.000"),
        (3.0, 3, "3"),
        (123456.789, 2, "123456.79"),
    ],
)
def test_a_cell_gets_the_decimals_to_keep(value: float, decimals: int, written: str) -> None:
    step = family("attention").by_name["weights"]
    assert for_cell(value, step, decimals) == written


def test_a_cell_in_figures_gets_figures_and_a_whole_number_no_point() -> None:
    step = family("attention").by_name["weights"]
    assert for_cell(0.000123456, replace(step, figures=True), 3) == "0.000123"
    assert for_cell(3.0, replace(step, kind="integer"), 3) == "3"


def test_digits_are_those_of_a_pocket_calculator() -> None:
    assert digits(1 / 3) == "0.3333333333"
    assert digits(-0.0) == "0"
