"""The ways in which a card is answered on plain lines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizapp.cards import Match, Order, Row, Words
from quizapp.cli.plain_answers import UnreadableError, read_answer
from quizapp.packs.load import load_pack
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from tests.cli.conftest import Run

FORMS = Path(__file__).parents[1] / "tui" / "packs" / "forms"
THREE = Order("?", ("b", "c", "a"), right=(2, 0, 1))
ROWS = (Row("x", ("1", "2")), Row("y", ("3", "4")), Row("z", ("5", "6")))
TABLE = Match("?", ("left", "right"), ROWS, right=(0, 1, 0))


@pytest.mark.parametrize("text", ["3 1 2", "3,1,2", "312", " 3  1, 2 "])
def test_an_order_is_typed_as_numbers(text: str) -> None:
    assert read_answer(THREE, text) == (2, 0, 1)


@pytest.mark.parametrize("text", ["", "3 1", "3 1 1", "3 1 2 4", "0 1 2", "31", "a b c", "3-1-2"])
def test_an_order_names_every_step_once(text: str) -> None:
    with pytest.raises(UnreadableError, match="each number from 1 to 3 once"):
        read_answer(THREE, text)


@pytest.mark.parametrize("text", ["1 2 1", "121", "1,2,1"])
def test_columns_are_typed_as_numbers(text: str) -> None:
    assert read_answer(TABLE, text) == (0, 1, 0)


@pytest.mark.parametrize("text", ["", "1 2", "1 2 3", "1 2 1 2", "left"])
def test_there_is_one_column_for_each_row(text: str) -> None:
    with pytest.raises(UnreadableError, match="3 numbers from 1 to 2"):
        read_answer(TABLE, text)


def test_a_word_needs_a_letter() -> None:
    assert read_answer(Words("?", "query"), "Q") == "Q"
    with pytest.raises(UnreadableError):
        read_answer(Words("?", "query"), "?!")


# Whole sessions ----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace.__dict__["pack"], "func", lambda _: load_pack(FORMS))


def come_to(quizapp: Run, kind: str) -> None:
    """Put away the cards before one of a type."""
    for _ in range(4):
        if quizapp("review", "--json").json["type"] == kind:
            return
        quizapp("review", "--plain", typed="-\nq\n")
    raise AssertionError(f"no card is {kind}")


def test_a_typed_word_is_right_or_its_mistake_is_named(quizapp: Run) -> None:
    come_to(quizapp, "typed")
    wrong = quizapp("review", "--plain", typed="backpropagation\nq\n").out
    assert "Not right.\nIt needs no gradient" in wrong
    assert "Answer: Hebbian learning" in wrong
    other = quizapp("review", "--plain", typed="outer product rule\nq\n").out
    assert "The textbook would count your answer." in other
    right = quizapp("review", "--plain", typed="hebian learning\n\nq\n").out
    assert "Correct.\nIt is spelled Hebbian learning." in right
    assert "1 answered." in right


def test_a_word_that_is_a_key_is_typed_in_quotes(quizapp: Run) -> None:
    come_to(quizapp, "typed")
    assert "Not right." in quizapp("review", "--plain", typed='"q"\nq\n').out
    assert "Not right." not in quizapp("review", "--plain", typed="q\n").out


def test_an_order_is_judged_step_by_step(quizapp: Run) -> None:
    come_to(quizapp, "ordering")
    shown = quizapp("review", "--json").json
    right = [
        shown["steps"].index(next(s for s in shown["steps"] if s.startswith(start))) + 1
        for start in ("Choose", "Sum", "Take", "Write")
    ]
    turned = [right[1], right[0], *right[2:]]
    wrong = quizapp("review", "--plain", typed=" ".join(map(str, turned)) + "\nq\n").out
    assert "1. Choose a unit i. (not right: you put it at 2)" in wrong
    assert "3. Take the sign of the sum.\n" in wrong
    good = quizapp("review", "--plain", typed=" ".join(map(str, right)) + "\nq\n").out
    assert "Correct.\nThe right order:\n1. Choose a unit i.\n" in good


def test_a_comparison_is_judged_row_by_row_and_shown_whole(quizapp: Run) -> None:
    come_to(quizapp, "comparison")
    shown = quizapp("review", "--json").json
    assert shown["columns"] == ["Asynchronous", "Synchronous"]
    entries = {row["entry"] for row in shown["rows"]}
    second = {"all of them", "may rise and fall", "in a fixed point or a cycle of length 2"}
    right = ["2" if row["entry"] in second else "1" for row in shown["rows"]]
    got = quizapp("review", "--plain", typed=" ".join(right) + "\nq\n").out
    assert "Correct.\nThe whole comparison:\n" in got
    wrong = " ".join("1" if column == "2" else "2" for column in right)
    got = quizapp("review", "--plain", typed=f"{wrong}\nq\n").out
    assert len(re.findall("Not right: .* belongs to", got)) == len(entries) == 3
    assert "  Synchronous: may rise and fall" in got
