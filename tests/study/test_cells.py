"""Cells typed one by one, and whole matrices pasted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.study.cells import PasteError, answer, blank, fault, folded, pasted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "real"), ("1/3", "real"), ("0,5", "real"), ("−2", "real"), ("_", "real"),
        ("+", "sign"), ("-", "sign"), ("−", "sign"), ("-1", "sign"), ("yes", "boolean"),
        ("N", "boolean"), ("", "boolean"), ("3", "integer"),
    ],
)  # fmt: skip
def test_a_cell_that_can_be_read_has_no_fault(text: str, kind: Any) -> None:
    assert fault(text, kind) == ""


@pytest.mark.parametrize(
    ("text", "kind"), [("1 2", "real"), ("x", "real"), ("+", "real"), ("maybe", "boolean")]
)
def test_a_cell_that_cannot_be_read_says_why(text: str, kind: Any) -> None:
    assert fault(text, kind).endswith(".")


def test_shapes_are_folded_into_rows_and_columns() -> None:
    assert folded(()) == (1, 1)
    assert folded((4,)) == (1, 4)
    assert folded((2, 3)) == (2, 3)
    assert folded((2, 3, 4)) == (6, 4)


def test_cells_become_nested_lists() -> None:
    cells = [["1", "2"], ["3", ""], ["5", "6"], ["7", "8"]]
    assert answer(cells, (4, 2), "real") == cells
    assert answer(cells, (2, 2, 2), "real") == [cells[:2], cells[2:]]
    assert answer([["1", "", "3"]], (3,), "real") == ["1", "", "3"]
    assert answer([[" 1/2 "]], (), "real") == "1/2"


def test_blank_cells_are_no_answer() -> None:
    assert answer(blank((2, 2)), (2, 2), "real") == ""


def test_signs_and_words_are_read_as_marking_reads_them() -> None:
    assert answer([["+", "-", "−1"]], (3,), "sign") == ["1", "-1", "−1"]
    assert answer([["no"]], (), "boolean") == "false"


@pytest.mark.parametrize(
    "text",
    [
        "1 2; 3 4",
        "1 2\n3 4",
        "1, 2\n3, 4\n",
        "[[1, 2], [3, 4]]",
        "array([[1, 2],\n       [3, 4]])",
        "1\t2\n3\t4",
        "⎡ 1  2 ⎤\n⎣ 3  4 ⎦",
    ],
)
def test_a_matrix_can_be_pasted_as_rows_or_brackets(text: str) -> None:
    assert pasted(text, (2, 2), "real") == [["1", "2"], ["3", "4"]]


def test_pasted_cells_keep_their_texts() -> None:
    assert pasted("1/3 0.50; √2 -0", (2, 2), "real") == [["1/3", "0.50"], ["√2", "-0"]]


def test_decimal_commas_are_kept_where_only_they_fit() -> None:
    assert pasted("0,5 1,5; 2,5 3,5", (2, 2), "real") == [["0,5", "1,5"], ["2,5", "3,5"]]


def test_a_vector_may_be_pasted_as_a_column() -> None:
    assert pasted("1\n2\n3", (3,), "real") == [["1", "2", "3"]]


def test_fewer_rows_of_a_loop_leave_the_others_blank() -> None:
    assert pasted("1 -1; -1 -1", (3, 2), "sign", loop=True) == [["1", "-1"], ["-1", "-1"], ["", ""]]


def test_signs_alone_can_be_pasted() -> None:
    assert pasted("+ - +; - - +", (2, 3), "sign") == [["+", "-", "+"], ["-", "-", "+"]]


@pytest.mark.parametrize("text", ["1 2 3; 4 5 6", "1 2", "a b; c d", "", "1 2; 3 4; 5 6"])
def test_what_does_not_fit_is_refused_with_a_reason(text: str) -> None:
    if not text:
        assert pasted(text, (2, 2), "real") == blank((2, 2))
        return
    with pytest.raises(PasteError, match=r"\w"):
        pasted(text, (2, 2), "real")


def test_more_rows_than_a_loop_has_are_refused() -> None:
    with pytest.raises(PasteError, match="3 rows"):
        pasted("1 1; 1 1; 1 1", (2, 2), "sign", loop=True)


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="0123456789 ,;\n[]()+-−._/e√xyn\t\x1b\u202e", max_size=40))
def test_any_pasted_text_fills_all_cells_or_is_refused(text: str) -> None:
    try:
        cells = pasted(text, (2, 3), "real")
    except PasteError:
        return
    assert [len(row) for row in cells] == [3, 3]
    assert not any(fault(cell) for row in cells for cell in row)
