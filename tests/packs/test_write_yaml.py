from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.packs.strict_yaml import parse
from quizapp.packs.write_yaml import WIDTH, readable, yaml_line, yaml_text


def back(text: str) -> Any:
    return parse(text.encode(), "f.yaml").tree


def test_a_matrix_has_a_row_a_line_in_columns() -> None:
    text = yaml_text({"W": [[0, 1.5, -1], [1, 0, 1]]})
    assert text == "W:\n  - [0, 1.5, -1]\n  - [1,   0,  1]\n"


def test_a_vector_a_single_row_and_words_stand_on_one_line() -> None:
    text = yaml_text({"b": [0.5, -0.5], "x": [[1, 2]], "kinds": ["a", "b c"]})
    assert text == "b: [0.5, -0.5]\nx: [[1, 2]]\nkinds: [a, b c]\n"


def test_matrices_below_each_other_keep_their_rows() -> None:
    value = {"T": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]}
    text = yaml_text(value)
    assert text.splitlines() == [
        "T:",
        "  - - [1, 2]",
        "    - [3, 4]",
        "  - - [5, 6]",
        "    - [7, 8]",
    ]
    assert back(text) == value


def test_mappings_in_a_list_are_one_line_each_where_they_are_small() -> None:
    value = {"nodes": [{"op": "add", "of": ["a", "b"]}, {"op": "mul", "of": ["c"]}]}
    text = yaml_text(value)
    assert "  - {op: add, of: [a, b]}\n" in text
    assert back(text) == value


def test_long_lists_are_cut_into_lines() -> None:
    value = {"x": [0.123456789] * 60, "X": [[0.12345] * 40] * 2}
    text = yaml_text(value)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert back(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "true", "no", "null", "~", "1e3", ".5", "12", "-", "- a", "a: b", "a #b", "[a]", "'", '"',
        "", " a ", "a\nb", "a\n\nb", "a\n", "\ta", "x" * 200, "word " * 60, "word " * 40 + "x",
        "line\n" * 30, "# a\n" + "long " * 30, "| a", "> " + "b " * 60 + "c", "é ü 中 \\x 'q'",
        "---", "%a", "@a", "`a`", "a\u00a0b" * 40, "&a", "*a", "!a", "{", "?", ": ", ".nan",
        "-.inf", "0x1F", "0o17", "+1", "2026-11-20",
    ],
)  # fmt: skip
def test_text_comes_back_as_it_is(text: str) -> None:
    value = {"key": text, "list": [text, 1], "map": {"in": text}, text or "k": 1}
    assert back(yaml_text(value)) == value


def test_comments_stand_behind_their_keys_where_there_is_room() -> None:
    value = {"givens": {"W": [[1, 2], [3, 4]], "b": [1] * 30}}
    comments: dict[tuple[str | int, ...], str] = {
        ("givens", "W"): "the weights",
        ("givens", "b"): "far too long to stand " * 2,
    }
    text = yaml_text(value, comments)
    assert "  W:  # the weights\n" in text
    assert "far too long" not in text
    assert back(text) == value


def test_nan_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="nan"):
        yaml_text({"x": math.nan})


def test_infinite_values_come_back() -> None:
    value = {"x": [math.inf, -math.inf]}
    assert back(yaml_text(value)) == value


def test_one_line_is_one_line() -> None:
    assert yaml_line([[1, 2], ["a b", None]]) == "[[1, 2], [a b, null]]"


TEXT = st.text(max_size=20).map(readable)
SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | TEXT
NUMBERS = st.floats(allow_nan=False)
VALUES = st.recursive(
    SCALARS | NUMBERS | st.text(alphabet="ab \n:#-'\"\\[]{},|>", max_size=120).map(readable),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=20,
)


@given(st.dictionaries(TEXT, VALUES, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_is_read_back(value: dict[str, Any]) -> None:
    assert back(yaml_text(value)) == value


@given(st.lists(st.lists(NUMBERS | st.integers(-9, 9), min_size=1, max_size=9), min_size=2))
@settings(max_examples=100, deadline=None)
def test_rows_of_numbers_are_read_back_to_the_last_bit(rows: list[list[float]]) -> None:
    assert repr(back(yaml_text({"X": rows}))["X"]) == repr(rows)
