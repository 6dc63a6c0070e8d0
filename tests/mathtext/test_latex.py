"""Formulas for Markdown: plain LaTeX in which Markdown finds nothing of its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.mathtext import MathError, inline, latex, parse
from quizapp.mathtext.latex import has_rows
from tests.mathtext.formulas import FORMULAS

GOLDEN = {
    r"E(y) = -\frac{1}{2}\sum_{i,j} w_{ij} y_i": (
        r"E(y) = -\frac{1}{2} \sum_{i, j} w_{ij} y_{i}"
    ),
    r"\softmax(z) + \argmax_i z_i": r"\mathrm{softmax}(z) + \mathop{\mathrm{argmax}} _ {i} ~ z_{i}",
    r"\log x + \max_i x": r"\log x + \max_{i} x",
    r"\{a\} \, b": r"\lbrace a \rbrace ~ b",
    r"\|x\|_2^2 + |y|": r"\lVert x \rVert_{2}^{2} + \lvert y \rvert",
    r"p(y \mid x), a<b": r"p(y \mid x), a < b",
    r"[x](y)": r"[x] (y)",
    r"\hat{y}_i": r"\hat{y} _ {i}",
    r"\left( \frac{a}{b} \right)_i": r"\left( \frac{a}{b} \right) _ {i}",
    r"a * b": r"a \ast b",
    r"\E[X]": r"\mathbb{E}[X]",
    r"x' + x'^2": r"x^{\prime} + x^{\prime 2}",
    r"\mathrm{loss}(a) \text{ if so }": r"\mathrm{loss}(a) \text{ if so }",
    r"\left\{ a \right.": r"\left\lbrace a \right.",
    r"\begin{bmatrix} 1 & 2 \end{bmatrix}": r"\begin{bmatrix} 1 & 2 \end{bmatrix}",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}": (
        "\\begin{pmatrix}\n1 & 2 \\\\\n3 & 4\n\\end{pmatrix}"
    ),
    r"f = \begin{cases} 1 & x > 0 \\ 0 \end{cases}": (
        "f = \\begin{cases}\n1 & x > 0 \\\\\n0\n\\end{cases}"
    ),
    r"(-1) \cdot (-2) + 0.5": r"(-1) \cdot (-2) + 0.5",
    r"{a+b}^2": r"\left( a + b \right)^{2}",
    r"\sqrt[3]{x} \binom{n}{k} \tfrac{1}{2}": r"\sqrt[{3}]{x} \binom{n}{k} \tfrac{1}{2}",
    r"\underbrace{x}_{n} \overline{xy} \mathcal{L}": (
        r"\underbrace{x} _ {n} \overline{xy} \mathcal{L}"
    ),
    r"3{,}5 = 2 3": r"3 {,} 5 = 2 ~ 3",
}  # fmt: skip


@pytest.mark.parametrize("source", GOLDEN)
def test_real_formulas(source: str) -> None:
    assert latex(source) == GOLDEN[source]


@pytest.mark.parametrize("source", GOLDEN)
def test_what_is_written_is_the_same_formula(source: str) -> None:
    written = latex(source)
    if "mathop" not in written:  # only the courses' subset is read
        assert latex(parse(written)) == written


@given(FORMULAS)
@example("神_{x}")
@example(r"{x {\,}^{x}}")
@settings(max_examples=200, deadline=None)
def test_markdown_finds_nothing_in_a_formula(source: str) -> None:
    written = latex(source)
    outside = re.sub(r"\\\\$", "", written, flags=re.MULTILINE)  # rows end their lines
    assert not re.search(r"\\[^A-Za-z]", outside)  # a backslash before a sign is lost
    assert not re.search(r"(?<![^\W_])(?<! )_|_(?![{ ])", written)  # emphasis
    assert not re.search(r"\]\(", written)  # a link
    assert not re.search(r"<\S", written)  # a tag
    assert not re.search(r"~(?!\s)|(?<!\s)~", written)  # struck out
    assert not set("*`$#|") & set(written)
    assert written == written.strip()
    assert "\n\n" not in written


@given(FORMULAS)
@settings(max_examples=200, deadline=None)
def test_no_sign_is_lost(source: str) -> None:
    written = latex(source)
    for sign, macro in (("W", "W"), ("神", "神"), (r"\alpha", r"\alpha"), ("12", "12")):
        assert written.count(macro) == source.count(sign)
    assert written.count("{") == written.count("}")


@given(FORMULAS)
@settings(max_examples=200, deadline=None)
def test_what_is_written_can_be_read(source: str) -> None:
    assert inline(latex(source)) or not inline(source)


def test_only_a_formula_with_rows_needs_lines() -> None:
    assert has_rows(r"\begin{matrix} 1 \\ 2 \end{matrix}")
    assert not has_rows(r"\begin{matrix} 1 & 2 \end{matrix} + \frac{1}{2}")


@pytest.mark.parametrize("source", [r"\foo", "{", r"\left( x"])
def test_what_cannot_be_read_is_an_error(source: str) -> None:
    with pytest.raises(MathError):
        latex(source)


@given(st.sampled_from(["%", "#", "&", "$", "_"]))
@settings(max_examples=5, deadline=None)
def test_signs_of_latex_are_escaped(sign: str) -> None:
    assert latex(rf"a \{sign} b") == rf"a \{sign} b"
