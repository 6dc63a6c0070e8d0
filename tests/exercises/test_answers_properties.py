"""What holds for every text and every value."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from quizapp.exercises.answers import Ambiguous, Cells, Invalid, Value, calculate, read, show

if TYPE_CHECKING:
    from types import FrameType

settings = hypothesis_settings(max_examples=200, deadline=None)

numbers = st.floats(allow_nan=False)
cells = st.none() | numbers
lengths = st.integers(1, 4)
shapes = st.sampled_from(
    [(), (1,), (2,), (3,), (None,), (2, 2), (1, 3), (None, 2), (None, None), (2, 2, 2)]
)
pieces = st.sampled_from(
    [
        *"0123456789.,;+-*/^%√()[] \n_?eπ∞=²⁻'",
        *["1.5", "2,5", "1,234", "sqrt(", "exp(", "array(", "inf", "nan", "null", "[[", "]]", ", "],
    ]
)
answer_like = st.lists(pieces, max_size=25).map("".join)


def same(left: Cells, right: Cells) -> bool:
    """Return whether two values agree to the last bit, the sign of zero included."""
    return repr(left) == repr(right)


def rows(width: int) -> st.SearchStrategy[list[Cells]]:
    return st.lists(cells, min_size=width, max_size=width)


@settings
@given(numbers)
def test_a_shown_number_reads_back(number: float) -> None:
    outcome = read(show(number), ())
    assert isinstance(outcome, Value)
    assert same(outcome.value, number)


@settings
@given(st.lists(cells, max_size=6))
def test_a_shown_vector_reads_back(vector: list[Cells]) -> None:
    for shape in [(len(vector),), (None,)]:
        outcome = read(show(vector), shape)
        assert isinstance(outcome, Value)
        assert same(outcome.value, vector)


@settings
@given(lengths.flatmap(lambda width: st.lists(rows(width), min_size=1, max_size=4)))
def test_a_shown_matrix_reads_back(matrix: list[list[Cells]]) -> None:
    value: Cells = [list(row) for row in matrix]
    outcome = read(show(value), (len(matrix), len(matrix[0])))
    assert isinstance(outcome, Value)
    assert same(outcome.value, value)


@settings
@given(
    st.tuples(lengths, lengths, lengths).flatmap(
        lambda shape: st.tuples(
            st.just(shape),
            st.lists(
                st.lists(rows(shape[2]), min_size=shape[1], max_size=shape[1]),
                min_size=shape[0],
                max_size=shape[0],
            ),
        )
    )
)
def test_shown_blocks_read_back(
    given_blocks: tuple[tuple[int, int, int], list[list[list[Cells]]]],
) -> None:
    shape, blocks = given_blocks
    value: Cells = [[list(row) for row in block] for block in blocks]
    outcome = read(show(value), shape)
    assert isinstance(outcome, Value)
    assert same(outcome.value, value)


@settings
@given(lengths.flatmap(lambda width: st.lists(rows(width), min_size=1, max_size=4)))
def test_rows_and_brackets_say_the_same(matrix: list[list[Cells]]) -> None:
    shape = (len(matrix), len(matrix[0]))
    lines = [[show(cell) for cell in row] for row in matrix]
    texts = [
        "\n".join(" ".join(line) for line in lines),
        "; ".join(" ".join(line) for line in lines),
        "\n".join(", ".join(line) for line in lines),
        "[" + "\n ".join("[" + " ".join(line) + "]" for line in lines) + "]",
    ]
    if all(line == ["_"] for line in lines) and len(lines) == 1:
        return  # an underscore alone is a blank text, not a row
    for text in texts:
        assert read(text, shape) == Value([list(row) for row in matrix])


@settings
@given(st.text(max_size=60) | answer_like, shapes)
def test_every_text_has_one_of_three_outcomes(text: str, shape: tuple[int | None, ...]) -> None:
    outcome = read(text, shape)
    if isinstance(outcome, Invalid):
        assert outcome.reason.endswith(".")
        assert outcome.reason.isprintable()
        assert outcome.at is None or 1 <= outcome.at <= len(text) + 1
    elif isinstance(outcome, Ambiguous):
        assert 2 <= len(outcome.readings) <= 4
        assert len(set(outcome.texts)) == len(outcome.readings)
    else:
        assert has_shape(outcome.value, shape)


def has_shape(value: Cells, shape: tuple[int | None, ...]) -> bool:
    if value is None:
        return True
    if not shape:
        return isinstance(value, float) and not math.isnan(value)
    return (
        isinstance(value, list)
        and shape[0] in {None, len(value)}
        and all(has_shape(cell, shape[1:]) for cell in value)
    )


@settings
@given(answer_like, shapes)
def test_a_reading_shown_is_no_longer_in_doubt(text: str, shape: tuple[int | None, ...]) -> None:
    outcome = read(text, shape)
    readings = outcome.readings if isinstance(outcome, Ambiguous) else ()
    for reading in readings:
        again = read(show(reading), shape)
        assert again == Value(reading) or isinstance(again, Invalid)  # of another shape than asked


@settings
@given(
    st.from_regex(r"[+-]?(0|[1-9][0-9]{0,8})(\.[0-9]{0,8})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)
)
def test_a_plain_float_is_what_python_reads(text: str) -> None:
    assert read(text, ()) == Value(float(text))


@settings
@given(st.integers(0, 999), st.integers(0, 99))
def test_a_decimal_comma_is_a_decimal_point(whole: int, hundredths: int) -> None:
    text = f"{whole},{hundredths:02}"
    assert read(text, ()) == Value(float(text.replace(",", ".")))


terms = st.lists(
    st.tuples(st.sampled_from("+-"), st.lists(st.integers(1, 99), min_size=1, max_size=4)),
    min_size=1,
    max_size=5,
)


@settings
@given(terms)
def test_a_product_binds_tighter_than_a_sum(sums: list[tuple[str, list[int]]]) -> None:
    text, total = "", 0
    for sign, factors in sums:
        text += f" {sign} " + " * ".join(map(str, factors))
        total += math.prod(factors) * (1 if sign == "+" else -1)
    assert calculate(text) == total


@settings
@given(st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_divisions_go_from_the_left(divisors: list[int]) -> None:
    quotient = float(divisors[0])
    for divisor in divisors[1:]:
        quotient /= divisor
    assert calculate("/".join(map(str, divisors))) == quotient


def calls_of(text: str, shape: tuple[int | None, ...]) -> int:
    """Return how many function calls, Python's own included, reading the text takes."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        read(text, shape)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1,", "1,2 ", "1,234,", "2^", "-", "√", "1%", "(1)", "[1],", "1;", "1\n", "a.", "1e"],
)
def test_the_work_grows_with_the_length_not_faster(piece: str) -> None:
    """Counts calls, not seconds: twice the text takes at most about twice the work."""
    once, twice = calls_of(piece * 300, (2, 2)), calls_of(piece * 600, (2, 2))
    assert twice <= 2.1 * once + 200
