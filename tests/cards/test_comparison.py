from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import Match, Row, ask, judge, shuffled
from tests.cards.making import card, complaints

seeds = st.integers() | st.text()


def table(rows: int, columns: int) -> Match:
    names = "ABCD"[:columns]
    entries = tuple(Row(f"r{n}", tuple(f"{n}{name}" for name in names)) for n in range(rows))
    return Match("?", tuple(names), entries, right=(0,) * rows)


tables = st.builds(table, st.integers(2, 6), st.integers(2, 4))


def rows(*cells: list[str]) -> list[dict[str, Any]]:
    return [{"aspect": f"aspect {n}", "cells": row} for n, row in enumerate(cells)]


def test_a_comparison_card_is_a_table() -> None:
    written = rows(["a", "b"], ["c", "d"])
    asked = ask(card("comparison", question="?", columns=["L", "R"], rows=written), "slides")

    assert isinstance(asked, Match)
    assert asked.columns == ("L", "R")
    assert asked.rows == (Row("aspect 0", ("a", "b")), Row("aspect 1", ("c", "d")))


@given(tables, seeds)
def test_the_rows_shown_are_never_of_one_column_only(whole: Match, seed: int | str) -> None:
    drawn = shuffled(whole, seed)
    assert isinstance(drawn, Match)

    assert len(set(drawn.right)) > 1
    assert set(drawn.rows) == set(whole.rows)
    assert [entry[-1] for entry in drawn.shown] == [drawn.columns[n] for n in drawn.right]


@given(tables, seeds)
def test_the_same_seed_draws_the_same_rows(whole: Match, seed: int | str) -> None:
    assert shuffled(whole, seed) == shuffled(whole, seed)


@given(st.builds(table, st.integers(2, 4), st.integers(2, 3)), seeds)
def test_only_the_right_column_of_every_row_is_right(whole: Match, seed: int | str) -> None:
    drawn = shuffled(whole, seed)
    assert isinstance(drawn, Match)
    columns = [None, *range(len(drawn.columns))]
    responses = list(product(columns, repeat=len(drawn.rows)))

    assert [one for one in responses if judge(drawn, one).right] == [drawn.right]
    assert judge(drawn, None).right is False


def test_the_right_columns_are_shown() -> None:
    judgement = judge(Match("?", ("L", "R"), (Row("size", ("s", "m")),), right=(1,)), (0,))

    assert judgement.shown == "- size: m: R"


@pytest.mark.parametrize(
    ("columns", "cells", "message"),
    [
        (["A"], [["a"], ["b"]], "2 to 4 columns, this one has 1"),
        (list("ABCDE"), [list("abcde"), list("fghij")], "2 to 4 columns, this one has 5"),
        (["A", "B"], [["a", "b"]], "2 to 6 rows, this one has 1"),
        (["A", "B"], [["a", "b"]] * 7, "2 to 6 rows, this one has 7"),
        (["A", "B"], [["a"], ["b", "c"]], "1 cells under 2 columns"),
        (["A", "B"], [["a", " A"], ["b", "c"]], "the same as in column 1"),
    ],
)
def test_a_table_has_a_size_and_entries_of_one_column(
    columns: list[str], cells: list[list[str]], message: str
) -> None:
    (complaint,) = complaints("comparison", question="?", columns=columns, rows=rows(*cells))

    assert message in complaint
