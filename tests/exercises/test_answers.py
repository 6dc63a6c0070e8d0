"""What may be typed, by example."""

from __future__ import annotations

import math
import re
import subprocess
import sys

import pytest

from quizapp.core.errors import QuizError
from quizapp.exercises.answers import (
    Ambiguous,
    AnswerError,
    Cells,
    Invalid,
    Value,
    calculate,
    read,
    show,
)
from quizapp.exercises.answers.reading import MAX_LENGTH

INF = math.inf
SQUARE: Cells = [[1.0, 2.0], [3.0, 4.0]]

NUMBERS: dict[str, float] = {
    "0": 0,
    "0.5": 0.5,
    ".5": 0.5,
    "5.": 5,
    "+4": 4,
    "-2e-3": -0.002,
    "1E5": 1e5,
    "1/3": 1 / 3,
    "√2": math.sqrt(2),
    "sqrt(2)": math.sqrt(2),
    "np.sqrt(2)": math.sqrt(2),
    "2√3": 2 * math.sqrt(3),
    "√2√3": math.sqrt(2) * math.sqrt(3),
    "√(2π)": math.sqrt(2 * math.pi),
    "1/√2": 1 / math.sqrt(2),
    "√2/2": math.sqrt(2) / 2,
    "e^-1": math.exp(-1),
    "e⁻¹": math.exp(-1),
    "e^(-0.5)": math.exp(-0.5),
    "2e^-1": 2 * math.exp(-1),
    "e - 3": math.e - 3,
    "exp(-1)": math.exp(-1),
    "1/(1+e^-2)": 1 / (1 + math.exp(-2)),
    "e^2/(e^2 + e^0)": math.exp(2) / (math.exp(2) + 1),
    "ln(2)": math.log(2),
    "log2(8)": 3,
    "log₂(8)": 3,
    "log_10(100)": 2,
    "tanh(0.5)": math.tanh(0.5),
    "sigmoid(0)": 0.5,
    "sigma(0)": 0.5,
    "relu(-2)": 0.0,
    "sgn(-3)": -1.0,
    "fact(5)": 120.0,
    "cosh(0)": 1.0,
    "σ(-800)": 0,
    "sin(1)": math.sin(1),
    "cos(π)": -1,
    "abs(-3)": 3,
    "50 %": 0.5,
    "50%": 0.5,
    "100 % - 5 %": 0.95,
    "−3": -3,
    "–3": -3,
    "2e−3": 0.002,
    "10⁻³": 0.001,
    "2²": 4,
    "2 × 10^-3": 0.002,
    "2×10⁻³": 0.002,
    "π": math.pi,
    "pi": math.pi,
    "2π": 2 * math.pi,
    "2 * 3 · 4 × 5": 120,
    "6 ÷ 3": 2,
    "1⁄4": 0.25,
    "½": 0.5,
    "1 - 0.25": 0.75,
    "1 -0.25": 0.75,
    "1 - -2": 3,
    "2(3 + 1)": 8,
    "2 (3)": 6,
    "(1 +\n2)": 3,
    "-2^2": -4,
    "(-2)^2": 4,
    "2^3^2": 512,
    "2**3**2": 512,
    "2^-2": 0.25,
    "2^-2^2": 2**-4,
    "-2²": -4,
    "2 * -3": -6,
    "8/2/2": 2,
    "8 - 2 - 2": 4,
    "inf": INF,
    "-inf": -INF,
    "∞": INF,
    "−∞": -INF,
    "-Inf": -INF,
    "np.float64(-inf)": -INF,
    "np.float64(0.25)": 0.25,
    "array(0.5)": 0.5,
    "[0.5]": 0.5,
    "(0.5)": 0.5,
    "= 0.5": 0.5,
    "≈ 0.33": 0.33,
    "x = 5": 5,
    "ans =\n\n    0.5000\n\n": 0.5,
    "0.5\n": 0.5,
    "0,5": 0.5,
    "-1,5": -1.5,
    "(1,5)": 1.5,
    "0,123": 0.123,
    "1234,567": 1234.567,
    "1,5e-3": 0.0015,
    "sqrt(0,25)": 0.5,
    "1.5 + 2,5": 4,
    "１．５": 1.5,
    "1\u200b": 1,
}

ARRAYS: list[tuple[str, tuple[int | None, ...], Cells]] = [
    ("1 2", (2,), [1, 2]),
    ("1,2", (2,), [1, 2]),
    ("1, 2", (2,), [1, 2]),
    ("(1, 2)", (2,), [1, 2]),
    ("(1 -2)", (2,), [1, -2]),
    ("[1;2]", (2,), [1, 2]),
    ("1\n2\n3", (3,), [1, 2, 3]),
    ("1\r\n2\r\n3", (3,), [1, 2, 3]),
    ("1; 2; 3", (3,), [1, 2, 3]),
    ("[[1], [2], [3]]", (3,), [1, 2, 3]),
    ("[[1, 2, 3]]", (3,), [1, 2, 3]),
    ("0.5", (1,), [0.5]),
    ("1 2 3", (None,), [1, 2, 3]),
    # blanks and signs as in MATLAB
    ("1 -2", (2,), [1, -2]),
    ("1 - 2", (1,), [-1]),
    ("1- 2", (1,), [-1]),
    ("1 -2 + 3", (2,), [1, 1]),
    ("1/3 2√3 e^-1 sqrt (4)", (4,), [1 / 3, 2 * math.sqrt(3), math.exp(-1), 2]),
    ("2 √4", (2,), [2, 2]),
    ("(1 -3) 2", (2,), [-2, 2]),
    ("50 % 25 %", (2,), [0.5, 0.25]),
    ("-inf 0 ∞", (3,), [-INF, 0, INF]),
    # blank cells
    ("1,,3", (3,), [1, None, 3]),
    ("1, , 3", (3,), [1, None, 3]),
    (", 2", (2,), [None, 2]),
    ("1 _ ?", (3,), [1, None, None]),
    ("[1, null, 3]", (3,), [1, None, 3]),
    ("1;;3", (3,), [1, None, 3]),
    ("[_]", (1,), [None]),
    ("1 2;;3 4", (3, 2), [[1, 2], [None, None], [3, 4]]),
    ("1 2\n_\n3 4", (3, 2), [[1, 2], [None, None], [3, 4]]),
    ("[[1, 2], null, [3, 4]]", (3, 2), [[1, 2], [None, None], [3, 4]]),
    ("_ _; _ 1", (2, 2), [[None, None], [None, 1]]),
    # decimal commas
    ("1,5 2,5", (2,), [1.5, 2.5]),
    ("1,5; 2,5", (2,), [1.5, 2.5]),
    ("1,5, 2,5", (2,), [1.5, 2.5]),
    ("1,5\n2,5", (2,), [1.5, 2.5]),
    ("1,5; 2,5", (2, 2), [[1, 5], [2, 5]]),
    ("1,5 2,5\n3,5 4,5", (2, 2), [[1.5, 2.5], [3.5, 4.5]]),
    ("1,5; 2,5\n3,5; 4,5", (2, 2), [[1.5, 2.5], [3.5, 4.5]]),
    ("[[1,2],[3,4]]", (2, 2), SQUARE),
    ("1,234", (2,), [1, 234]),
    ("1,234,567", (3,), [1, 234, 567]),
    ("0,234 5,678", (2,), [0.234, 5.678]),
    ("sqrt(0,25) 2", (2,), [0.5, 2]),
    ("0.5,-1,2", (3,), [0.5, -1, 2]),
    ("1.5; 2,5", (2,), [1.5, 2.5]),
    # matrices
    ("1 2; 3 4", (2, 2), SQUARE),
    ("1 2\n3 4\n", (2, 2), SQUARE),
    ("1, 2,\n3, 4", (2, 2), SQUARE),
    ("1 2;\n3 4;", (2, 2), SQUARE),
    ("[[1, 2], [3, 4]]", (2, 2), SQUARE),
    ("[1 2; 3 4]", (2, 2), SQUARE),
    ("[1 2\n3 4]", (2, 2), SQUARE),
    ("((1, 2), (3, 4))", (2, 2), SQUARE),
    ("(1, 2), (3, 4)", (2, 2), SQUARE),
    ("[1, 2]; [3, 4]", (2, 2), SQUARE),
    ("1 2; 3 4", (None, 2), SQUARE),
    ("1 2; 3 4", (None, None), SQUARE),
    ("1 2 3", (1, 3), [[1, 2, 3]]),
    ("1\n2\n3", (3, 1), [[1], [2], [3]]),
    ("0.5", (1, 1), [[0.5]]),
    ("⎡ 1  2 ⎤\n⎣ 3  4 ⎦", (2, 2), SQUARE),
    # pasted
    ("array([[1., 2.],\n       [3., 4.]])", (2, 2), SQUARE),
    ("array([[1., 2.],\n       [3., 4.]], dtype=float32)", (2, 2), SQUARE),
    ("np.array([[1, 2], [3, 4]])", (2, 2), SQUARE),
    ("tensor([[1., 2.],\n        [3., 4.]])", (2, 2), SQUARE),
    ("[array([1, 2]), array([3, 4])]", (2, 2), SQUARE),
    ("[[1. 2.]\n [3. 4.]]", (2, 2), SQUARE),
    ("[[1. 2.\n  3.]\n [4. 5.\n  6.]]", (2, 3), [[1, 2, 3], [4, 5, 6]]),
    ("[0.1 0.2\n 0.3]", (3,), [0.1, 0.2, 0.3]),
    ("array([0.1, 0.2,\n       0.3])", (3,), [0.1, 0.2, 0.3]),
    ("[np.float64(0.5), np.float64(-inf)]", (2,), [0.5, -INF]),
    ("ans =\n\n     1     2\n     3     4\n\n", (2, 2), SQUARE),
    ("A = [1 2; 3 4];", (2, 2), SQUARE),
    # deeper values
    ("[[[1, 2]], [[3, 4]]]", (2, 1, 2), [[[1, 2]], [[3, 4]]]),
    ("1 2\n3 4\n\n5 6\n7 8", (2, 2, 2), [SQUARE, [[5, 6], [7, 8]]]),
    ("[]", (0,), []),
]

REFUSED_NUMBERS: dict[str, tuple[int | None, str]] = {
    "nan": (1, "nan is no number"),
    "NaN": (1, "nan is no number"),
    "1_000": (2, "underscore"),
    "1 000": (3, "group of digits"),
    "1\u00a0000": (3, "group of digits"),
    "12 345": (4, "without blanks"),
    "1,234,567": (2, "group digits"),
    "1,234.5": (2, "group digits"),
    "1.234,5": (1, "both a point and a comma"),
    "1.234.567": (1, "second point"),
    "1,5,2": (1, "more than one comma"),
    "007": (1, "write 7"),
    "00.5": (1, "write 0.5"),
    "-": (2, "missing"),
    "1 +": (4, "the text ends"),
    "* 2": (1, "missing"),
    "log(2)": (1, "ln, log2 or log10"),
    "sqrt 2": (1, "sqrt(2)"),
    "foo": (1, "not known"),
    "E": (1, "not known"),
    "5j": (2, "not known"),
    "2x10^-3": (2, "no product sign"),
    "2e": (2, "2*e or 2e-3"),
    "1 e-3": (3, "2*e or 2e-3"),
    "e-3": (1, "1e-3"),
    "1/2√3": (4, "1/(2√3)"),
    "√2π": (3, "√(2π)"),
    "√2 %": (4, "√(2 %)"),
    "50 % (3)": (6, "product sign"),
    "50 % 3": (6, "does not continue"),
    "2½": (2, "does not continue"),
    "(2)3": (4, "does not continue"),
    "2²^3": (3, "parentheses"),
    "1/0": (2, "by zero"),
    "0^-1": (2, "divides by zero"),
    "(-8)^(1/3)": (5, "not real"),
    "√(-1)": (1, "no real value"),
    "ln(0)": (1, "no real value"),
    "1e999": (1, "too large"),
    "exp(1000)": (1, "too large"),
    "1e308 * 10": (7, "too large"),
    "9**9**9": (2, "too large"),
    "1 + inf": (3, "alone in its cell"),
    "exp(-inf)": (1, "alone in its cell"),
    "2²²³⁴": (2, "too large"),
    "((1)": (1, "not closed"),
    "1)": (2, "closes nothing"),
    "(1]": (3, "another kind"),
    "()": (2, "missing"),
    "1/3 = 0.33": (5, "only the value"),
    "0.5 ± 0.1": (5, "write one of them"),
    "3!": (2, "cannot be read"),
    "\x1b[31m1": (1, "U+001B"),
    "__import__('os')": (12, "cannot be read"),
    "().__class__": (3, "no digit beside it"),
    "1; 2": (None, "a single number is asked for"),
    "0.5, 0.6": (None, "a single number is asked for"),
    "[]": (None, "This has 0 entries"),
}

REFUSED_ARRAYS: list[tuple[str, tuple[int | None, ...], str]] = [
    ("1 2 3; 4 5 6", (3, 3), "This has 2 rows of 3, but 3 rows of 3 are asked for"),
    ("1 2 3; 4 5 6", (3, 2), "This has 2 rows of 3, but 3 rows of 2 are asked for"),
    ("1 2 3", (3, 1), "This has 1 row of 3, but 3 rows of 1 are asked for"),
    ("1 2; 3", (2, 2), "The row at character 6 has 1 entry, but 2 rows of 2 are asked for"),
    ("1 2; 3", (None, None), "has 1 entry, but rows of equal length are asked for"),
    ("1 2; 3 4", (4,), "This has 2 rows of 2, but 4 entries are asked for"),
    ("1 - 2", (2,), "This has 1 entry, but 2 entries are asked for"),
    ("1, 2", (1,), "This has 2 entries, but 1 entry is asked for"),
    ("1,5 2,5", (3,), "This has 4 entries (2 entries with decimal commas), but 3 entries"),
    ("1 2; 3 4", (2, 2, 2), "but entries in the shape 2 × 2 × 2 are asked for"),
    ("[]", (2, 2), "This has 0 rows, but 2 rows of 2"),
    ("[[1;2],[3;4]]", (2, 2), "2 blocks of rows"),
    ("[1, [2, 3]]", (2, 2), "put every row in brackets"),
    ("1 000", (2,), "group of digits"),
    ("1 nan", (2,), "nan is no number"),
    ("1.5½", (2,), "touch at character 4"),
    ("[1, 2]'", (2,), "transposes are not read"),
    ("[1, 2]²", (2,), "no number before it"),
    ("1, -, 3", (3,), "missing at character 5"),
    ("1:3", (3,), "a range is not read"),
    ("[0. 1. ... 9.]", (10,), "every entry in full"),
    ("1.0e+03 *\n\n 1 2\n 3 4", (2, 2), "where the line ends"),
    ("2(1, 2)", (2,), "inside parentheses"),
    ("2 * (1 +\n2) 3", (2, 2), "missing at character 9"),
    ("2 * (1\n) 3", (2, 2), "The line ends inside parentheses"),
    ("[1, 2", (2,), "not closed"),
    ("{1, 2}", (2,), "square brackets"),
]

AMBIGUOUS: list[tuple[str, tuple[int | None, ...], list[Cells]]] = [
    ("1,234", (), [1.234, 1234]),
    ("-1,234", (), [-1.234, -1234]),
    ("1,234", (1,), [[1.234], [1234]]),
    ("1,234 5,678", (2,), [[1.234, 5.678], [1234, 5678]]),
    ("[1.5, 2,5]", (2,), [[1.5, 2, 5], [1.5, 2.5]]),
    ("[1.5, 2,5]", (3,), [[1.5, 2, 5], [1.5, 2.5]]),
    ("1,5 2,5", (None,), [[1, 5, 2, 5], [1.5, 2.5]]),
    ("[[1,2],[3,4]]", (None, None), [SQUARE, [[1.2], [3.4]]]),
    ("1; 2\n3; 4", (None, None), [[[1], [2], [3], [4]], SQUARE]),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_a_number_is_read(text: str, value: float) -> None:
    outcome = read(text, ())
    assert isinstance(outcome, Value)
    assert outcome.value == pytest.approx(value, rel=1e-15, abs=1e-300)
    assert isinstance(outcome.value, float)


@pytest.mark.parametrize(("text", "shape", "value"), ARRAYS)
def test_an_array_is_read(text: str, shape: tuple[int | None, ...], value: Cells) -> None:
    assert read(text, shape) == Value(value)


@pytest.mark.parametrize("text", ["", "  ", "\n\n", "_", " ___ ", "?", "null", "None", "\ufeff"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 2), (None,)])
def test_a_blank_text_is_a_blank_value(text: str, shape: tuple[int | None, ...]) -> None:
    assert read(text, shape) == Value(None)


@pytest.mark.parametrize(("text", "expected"), REFUSED_NUMBERS.items())
def test_a_number_is_refused_with_place_and_reason(
    text: str, expected: tuple[int | None, str]
) -> None:
    at, reason = expected
    outcome = read(text, ())
    assert isinstance(outcome, Invalid)
    assert outcome.at == at
    assert reason in outcome.reason
    assert at is None or f"character {at}" in outcome.reason


@pytest.mark.parametrize(("text", "shape", "reason"), REFUSED_ARRAYS)
def test_an_array_is_refused_with_the_reason(
    text: str, shape: tuple[int | None, ...], reason: str
) -> None:
    outcome = read(text, shape)
    assert isinstance(outcome, Invalid)
    assert reason in outcome.reason


@pytest.mark.parametrize(("text", "shape", "readings"), AMBIGUOUS)
def test_two_readings_are_shown_and_asked(
    text: str, shape: tuple[int | None, ...], readings: list[Cells]
) -> None:
    outcome = read(text, shape)
    assert isinstance(outcome, Ambiguous)
    assert list(outcome.readings) == readings
    assert outcome.texts == tuple(show(reading) for reading in outcome.readings)


def test_at_most_four_readings_are_given() -> None:
    outcome = read("1,234; 1,234\n1,234; 1,234", (None, None))
    assert isinstance(outcome, Ambiguous)
    assert len(outcome.readings) == 4


def test_a_place_counts_lines_and_look_alikes_as_they_were_typed() -> None:
    outcome = read("−1 2\n3 foo", (2, 2))
    assert isinstance(outcome, Invalid)
    assert outcome.at == 8


@pytest.mark.parametrize(
    "text",
    ["9" * (MAX_LENGTH + 1), "(" * 1_000_000, "1 " * 500_000],
    ids=["digits", "brackets", "cells"],
)
def test_a_long_text_is_refused_before_it_is_read(text: str) -> None:
    outcome = read(text, ())
    assert outcome == Invalid(
        "This is longer than 20000 characters; write only the answer.", MAX_LENGTH + 1
    )


@pytest.mark.parametrize("bracket", ["(", "[", "√(", "-(", "exp(", "array(["])
def test_deep_nesting_is_refused(bracket: str) -> None:
    outcome = read(bracket * 200, (2, 2))
    assert isinstance(outcome, Invalid)
    assert "nest too deeply" in outcome.reason


@pytest.mark.parametrize("text", ["-" * 9999 + "1", "√" * 9999 + "1", "1" + "^1" * 9999])
def test_what_repeats_without_brackets_does_not_recurse(text: str) -> None:
    assert isinstance(read(text, ()), Value)


def test_a_calculation_gives_a_number() -> None:
    assert calculate("2^10 - 24") == 1000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1/0", "by zero"),
        ("1,234", "This can be read as 1.234 or 1234; write one of them."),
        (" ", "There is nothing to calculate"),
    ],
)
def test_a_calculation_without_one_result_is_an_error(text: str, message: str) -> None:
    with pytest.raises(AnswerError, match=re.escape(message)) as caught:
        calculate(text)
    assert isinstance(caught.value, QuizError)
    assert caught.value.code == "answer"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "_"),
        (1.0, "1"),
        (-0.5, "-0.5"),
        (1e-7, "1e-07"),
        (-INF, "-inf"),
        ([1.0, None], "[1, _]"),
        ([[1.0, 2.5], [INF, 0.0]], "[[1, 2.5], [inf, 0]]"),
    ],
)
def test_a_value_is_shown_in_one_way(value: Cells, text: str) -> None:
    assert show(value) == text


def test_nan_is_never_shown() -> None:
    with pytest.raises(ValueError, match="nan"):
        show(math.nan)


def test_reading_needs_no_numpy() -> None:
    program = (
        "import sys, quizapp.exercises.answers;"
        "print(sorted({'numpy', 'rich', 'yaml', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
