"""Texts of cards: wrapping, lists, raw and stacked formulas, faults."""

from __future__ import annotations

import pytest

from quizapp.mathtext import MathFault, faults, plain, prose, width

ENERGY = r"$E(y) = -\frac{1}{2}\sum_{i,j} w_{ij} y_i y_j - \sum_i b_i y_i$"


def test_paragraphs_wrap_and_stay_apart() -> None:
    assert prose("one two\nthree four\n\n\nfive", 9) == ["one two", "three", "four", "", "five"]


def test_a_formula_moves_to_the_next_line_as_a_whole() -> None:
    assert prose("The net input is $a + b + c$ here.", 20) == [
        "The net input is",
        "a + b + c here.",
    ]


def test_what_touches_a_formula_stays_with_it() -> None:
    assert prose("so ($x = y$), $k$-means", 12) == ["so (x = y),", "k-means"]


def test_a_formula_wider_than_the_line_breaks_before_a_relation() -> None:
    assert prose("$abcdefgh + ij = klmnopqr$", 20) == ["abcdefgh + ij", "= klmnopqr"]


def test_then_before_an_operator() -> None:
    assert prose("$abcdefgh(i = 1) + klmnopqr$", 20) == ["abcdefgh(i = 1)", "+ klmnopqr"]


def test_then_at_a_space_and_at_last_anywhere() -> None:
    assert prose("$(abcdefghij, klmnop)$", 14) == ["(abcdefghij,", "klmnop)"]
    assert prose("$abcdefghijklmnop$", 10) == ["abcdefghij", "klmnop"]
    assert prose("abcdefghijklmnop", 10) == ["abcdefghij", "klmnop"]


def test_list_items_hang() -> None:
    text = "Three:\n- one\n- two goes\n  on $x$\n- $- y$"
    assert prose(text, 10) == ["Three:", "• one", "• two goes", "  on x", "• −y"]


def test_a_minus_at_the_start_of_a_line_of_a_formula_is_no_item() -> None:
    assert prose("$a\n- b$", 20) == ["a − b"]


def test_a_dash_after_a_formula_is_no_item() -> None:
    assert prose("$a$- b", 20) == ["a- b"]


def test_dollars() -> None:
    assert prose(r"It costs \$5, $x$, \$6.", 40) == ["It costs $5, x, $6."]
    assert prose(r"\$\$ and $\$$", 40) == ["$$ and $"]


def test_raw_shows_the_source() -> None:
    assert prose(r"Let $\hat{y}$ be \$1.", 40, raw=True) == [r"Let $\hat{y}$ be \$1."]


def test_a_formula_of_its_own_is_stacked() -> None:
    lines = prose(f"See:\n\n{ENERGY}\n\nIt falls.", 60, stack=True)
    assert lines == [
        "See:",
        "",
        "            1",
        "  E(y) = − ───  Σ  wᵢⱼyᵢyⱼ − Σ bᵢyᵢ",
        "            2  i,j           i",
        "",
        "It falls.",
    ]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (ENERGY, 30),  # too wide when stacked
        (f"{ENERGY}.", 60),  # not alone
        ("$x + y$", 60),  # nothing to gain
        (r"$\frac{a}$", 60),  # cannot be read
    ],
)
def test_otherwise_it_flows(text: str, columns: int) -> None:
    assert prose(text, columns, stack=True) == prose(text, columns)


def test_raw_wins_over_stack() -> None:
    assert prose(ENERGY, 80, raw=True, stack=True) == [ENERGY]


@pytest.mark.parametrize("text", [r"$\nonsense{x}$", "$$", "a $x + y", "${x$", r"$\frac{1}{2$"])
def test_what_cannot_be_read_is_shown_as_it_is(text: str) -> None:
    assert prose(text, 40) == [text]


def test_an_open_dollar_spoils_only_its_paragraph() -> None:
    assert prose("cost $5\n\n$x^2$", 40) == ["cost $5", "", "x²"]


def test_plain_is_one_line() -> None:
    assert plain("One $x_i$\n\n- two\n- three\n") == "One xᵢ • two • three"
    assert plain("") == ""


def test_faults_have_their_offsets() -> None:
    text = r"Let $x$ and $a + \foo$, $$."
    first, second = faults(text)
    assert text[first.offset :].startswith(r"\foo")
    assert r"\foo" in first.message
    assert text[second.offset :].startswith("$$")
    assert "empty" in second.message


def test_an_open_dollar_is_a_fault() -> None:
    text = "fine $x$\n\ncosts $5 and\n\nfine $y$"
    assert faults(text) == [
        MathFault(
            text.index("$5"), "A $ opens a formula that is never closed; close it, or write \\$."
        )
    ]


def test_good_texts_have_no_faults() -> None:
    assert faults(f"Costs \\$5: {ENERGY}\n\n- $\\begin{{matrix}} 1 \\\\ \\end{{matrix}}$") == []
    assert faults("") == []


def test_control_characters_are_cleaned() -> None:
    assert prose("a\x1b[31mb\x07", 40) == ["a[31mb"]
    assert plain("a\x1bb") == "ab"


def test_a_no_break_space_holds_words_together() -> None:
    assert prose("aaa b\u00a0c", 6) == ["aaa", "b\u00a0c"]


def test_wide_characters_count_twice() -> None:
    lines = prose("神経回路網の学習", 7)
    assert lines == ["神経回", "路網の", "学習"]
    assert max(map(width, lines)) <= 7
