"""What holds for every formula and every text."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.mathtext import (
    Block,
    MathError,
    Node,
    faults,
    inline,
    parse,
    plain,
    prose,
    stacked,
    width,
)
from tests.mathtext.formulas import FORMULAS, SOUP

# A busy machine is no fault of a formula: no deadline.
SETTINGS = settings(max_examples=150, deadline=None)
ANYTHING = st.one_of(SOUP, st.text(max_size=60))


def _is_printable(line: str) -> bool:
    return all(c.isprintable() or unicodedata.category(c) == "Zs" for c in line)


def _parsed(latex: str) -> Node | MathError:
    try:
        return parse(latex)
    except MathError as error:
        return error


@given(FORMULAS)
@SETTINGS
def test_a_formula_is_shown_in_both_forms(latex: str) -> None:
    line, block = inline(latex), stacked(latex)
    assert line == unicodedata.normalize("NFC", line)
    assert _is_printable(line)
    assert all(map(_is_printable, block.lines))
    assert {width(row) for row in block.lines} == {block.width}
    assert 0 <= block.baseline < block.height


@given(ANYTHING)
@SETTINGS
def test_any_text_is_read_or_refused_with_a_place(latex: str) -> None:
    found = _parsed(latex)
    if isinstance(found, MathError):
        assert 1 <= found.column <= len(latex) + 1
        assert found.message.endswith((".", "?"))
        return
    line, block = inline(found), stacked(found)
    assert _is_printable(line)
    assert isinstance(block, Block)
    assert {width(row) for row in block.lines} == {block.width}


@given(FORMULAS)
@SETTINGS
def test_no_sign_is_lost(latex: str) -> None:
    shown = unicodedata.normalize("NFKD", inline(latex))
    for sign in ("W", "神", "α"):
        assert shown.count(sign) == latex.replace(r"\alpha", "α").count(sign)


@given(ANYTHING, st.integers(4, 60), st.booleans(), st.booleans())
@example("\N{NO-BREAK SPACE}", 4, False, False)
@SETTINGS
def test_lines_of_prose_never_exceed_the_columns(
    text: str, columns: int, raw: bool, stack: bool
) -> None:
    for line in prose(text, columns, raw=raw, stack=stack):
        assert width(line) <= columns
        assert _is_printable(line)
        assert line == line.rstrip() or raw


@given(st.lists(FORMULAS, max_size=4))
@SETTINGS
def test_good_formulas_have_no_faults(formulas: list[str]) -> None:
    text = " and ".join(f"${formula} x$" for formula in formulas)
    assert faults(text) == []


@given(ANYTHING)
@SETTINGS
def test_faults_lie_in_the_text_and_plain_is_one_line(text: str) -> None:
    for fault in faults(text):
        assert 0 <= fault.offset <= len(text)
    assert _is_printable(plain(text))


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=8), max_size=20), st.integers(8, 40))
@SETTINGS
def test_wrapping_keeps_every_word(words: list[str], columns: int) -> None:
    text = " ".join(words)
    assert " ".join(prose(text, columns)).split() == text.split()
