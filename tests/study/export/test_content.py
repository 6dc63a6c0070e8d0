"""What a sheet says: numbers as formulas, large values in pieces."""

from __future__ import annotations

import pytest

from quizapp.exercises.catalogue import family
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import read_problem
from quizapp.mathtext import inline, latex
from quizapp.study.export.content import equation, named, number, sheet

ATTENTION = {
    "family": "attention",
    "givens": {"Q": [[1, 0], [0, 1]], "K": [[1, 1], [0, 1]], "V": [[2, -1], [1, 3]]},
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0.5", "0.5"),
        ("−3", "-3"),
        ("1e−08", r"1 \cdot 10^{-8}"),
        ("−2.5e+20", r"-2.5 \cdot 10^{20}"),
        ("inf", r"\infty"),
        ("−inf", r"-\infty"),
        ("yes", r"\text{yes}"),
        ("#import", r"\text{\#import}"),
    ],
)
def test_what_stands_in_a_cell_as_a_formula(text: str, shown: str) -> None:
    assert latex(number(text)) == shown


def test_an_equation_may_lack_its_left_side() -> None:
    assert inline(equation(number("1"), number("2"))) == "1 = 2"
    assert inline(equation(None, number("−2"))).split() == ["=", "−2"]
    assert inline(named(number("1"), "2")) == "1[2]"


def test_a_sheet_has_everything() -> None:
    of = sheet(generate(family("attention"), seed=7, level=2))
    assert of.title == "Scaled dot-product attention"
    assert of.keep == "Keep 3 decimals on every line."
    assert of.origin == "attention, level 2, seed 7"
    assert [inline(given.symbol) for given in of.givens] == ["Q", "K", "V"]
    assert [line.number for line in of.lines] == [1, 2, 3, 4]
    assert [line.final for line in of.lines] == [False, False, False, True]
    assert all(line.pieces for line in of.lines)
    assert of.lines[0].more == 6
    assert len(of.lines[0].entries) == 3


def test_every_entry_is_worked_out_where_all_are_asked_for() -> None:
    of = sheet(generate(family("attention"), seed=7, level=2), everything=True)
    assert all(line.more == 0 for line in of.lines)
    assert len(of.lines[0].entries) == 9


def test_an_own_problem_has_its_own_title_and_no_origin() -> None:
    of = sheet(read_problem(ATTENTION), title="Sheet 3", note="From the lecture.\n\n Part b.")
    assert (of.title, of.origin) == ("Sheet 3", "")
    assert of.note == ("From the lecture.", "Part b.")


def test_where_all_is_exact_no_decimals_are_kept() -> None:
    assert sheet(generate(family("mp-gate"), seed=7)).keep == ""


def test_a_substitution_that_is_only_the_value_is_left_out() -> None:
    padded = sheet(generate(family("conv2d"), seed=7, level=2)).lines[0]
    assert padded.entries == ()
    assert padded.more == 0


def test_entries_of_a_loop_are_called_by_its_rows() -> None:
    trace = sheet(generate(family("hopfield-recall"), seed=7, level=1))
    assert trace.lines[0].entries[0].place.startswith("t=1 unit ")
    assert trace.lines[1].pieces[0].labels[0].startswith("t=1 unit ")
    assert [entry.place for entry in sheet(read_problem(ATTENTION)).lines[0].entries] == [
        "(1, 1)", "(1, 2)", "(2, 1)",
    ]  # fmt: skip


def test_a_large_matrix_comes_in_pieces_that_fit_a_page() -> None:
    long = [[1.25 * (n + m) for n in range(30)] for m in range(50)]
    of = sheet(read_problem({"family": "attention", "givens": {"Q": long, "K": long, "V": long}}))
    pieces = of.givens[0].pieces
    assert len(pieces) > 4
    assert pieces[0].part == "columns 1 to 10, rows 1 to 24"
    assert sum(len(piece.rows) * len(piece.rows[0]) for piece in pieces) == 30 * 50
    assert all(sum(map(len, piece.rows[0])) < 70 for piece in pieces)


def test_the_matrices_of_a_deeper_value_have_names() -> None:
    of = sheet(generate(family("multi-head"), seed=7, level=2))
    heads = [piece.name for given in of.givens for piece in given.pieces if piece.name]
    assert heads[:2] == ["1", "2"]
    assert [piece.name for piece in of.lines[0].pieces] == ["1", "2"]
