"""What holds for every formula and every text."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
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
from quizapp.mathtext.symbols import KNOWN

ATOMS = st.sampled_from(
    ["x", "y_i", "W", "12", "0.5", r"\alpha", r"\hat{y}", r"\mathbf{x}", r"\mathrm{loss}", "神",
     r"\text{if so}", r"\mathbb{R}", "+", "-", "=", ",", "(", ")", "|", "/", "!", r"\cdot", r"\to",
     r"\log", r"\sum", r"\max", r"\ldots", r"\,", r"\quad", "x'", r"{}", "é"]
)  # fmt: skip


FORMS = (
    r"\frac{A}{B}", r"\tfrac{A}{B}", r"\binom{A}{B}", r"\sqrt[A]{B}", r"\sqrt{A}",
    r"{A}^{B}", r"{A}_{B}", r"\sum_{A}^{B}", r"\max_{A}", r"\overline{A}",
    r"\underline{A}", r"\underbrace{A}_{B}", r"\left(A\right)", r"\left\{A\right.",
    r"\left\langle A \right\|", r"\begin{pmatrix}A & B \\ B & A\end{pmatrix}",
    r"\begin{bmatrix}A, z\end{bmatrix}", r"\begin{cases}A & B \\ B\end{cases}",
    r"\begin{aligned}A &= B \\ &+ A\end{aligned}", r"\int_{A}^{B}",
)  # fmt: skip


def _filled(form: str, first: str, second: str) -> str:
    return re.sub("[AB]", lambda match: first if match[0] == "A" else second, form)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, max_size=4).map(" ".join),
        inner.map(lambda formula: f"{{{formula}}}"),
        st.builds(_filled, st.sampled_from(FORMS), inner, inner),
    )


FORMULAS = st.recursive(ATOMS, _grown, max_leaves=12)
# Pieces of LaTeX in any order: mostly wrong, often nearly right.
SOUP = st.lists(
    st.one_of(
        ATOMS,
        st.sampled_from(sorted(KNOWN)).map(lambda name: f"\\{name}"),
        st.sampled_from(["{", "}", "^", "_", "&", r"\\", "$", r"\$", "[", "]", "\n", "\\", " "]),
    ),
    max_size=30,
).map("".join)
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
