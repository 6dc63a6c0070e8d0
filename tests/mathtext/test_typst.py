"""Formulas on paper: the source is fixed here for real ones, and whatever can be shown is set."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import get_args

import pytest
import typst as engine
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.mathtext import MathError, Node, parse, stacked, typst
from quizapp.mathtext.typst import aligned_cells, literal
from tests.mathtext.formulas import FORMULAS, SOUP

GOLDEN = {
    r"E(y) = -\frac{1}{2}\sum_{i,j} w_{ij} y_i": (
        r"E \( y \) \= − frac(1, 2) attach(∑, b: i \, j) attach(w, b: i j) attach(y, b: i)"
    ),
    r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V": (
        r'op("softmax") lr(\( frac(Q attach(K, t: ⊤), sqrt(attach(d, b: k))) \)) V'
    ),
    r"\|x\|_2^2": (
        r'class("opening", \‖) x attach(class("closing", \‖), t: 2, b: 2)'
    ),
    r"p(y \mid x)": r'p \( y class("relation", \|) x \)',
    r"\begin{bmatrix} 1 & -0.25 \\ 0.5 & 10 \end{bmatrix}": (
        r'mat(delim: #("[", "]"), align: #right, 1#hide(".0"), − 0.25 ; 0.5, 10#hide(".00"))'
    ),
    r"\begin{pmatrix} a \\ b, c \end{pmatrix}": r'mat(delim: #("(", ")"), a; b \, c)',
    r"\begin{cases} 1 & \text{if } z \ge 0 \\ 0 \end{cases}": (
        r'cases(1 & quad "if "z ≥ 0, 0)'
    ),
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}": r"a & \= b \ c & \= d",
    r"x + \begin{aligned} a &= b \end{aligned}": r"x \+ mat(delim: #none, a & \= b)",
    r"\max_{a'} Q": r'attach(op("max", limits: #true), b: attach(a, t: primes(#1))) Q',
    r"\underbrace{x}_{\text{net input}}": r'underbrace(x, "net input")',
    r"{a+b}^2": r"attach(lr(\( a \+ b \)), t: 2)",
    r"\tfrac{1}{2}\binom{n}{k}\sqrt[3]{x}": r"inline(frac(1, 2)) binom(n, k) root(3, x)",
    r"\hat{y} \overline{xy} \mathbb{R} \mathbf{x}": (
        r"accent(y, hat) overline(x y) bb(R) bold(x)"
    ),
    r"2 3 \quad 4": r"2 med 3 quad 4",
    r"3{,}5 \% \$ \# \& \_ * /": r'3 class("normal", \,) 5 \% \$ \# \& \_ ∗ \/',
    r"\left\{ a \right.": r"lr(\{ a )",
    r"{}^2": r'attach("", t: 2)',
}  # fmt: skip

HOSTILE = [
    '#import "@preview/x:1.0.0"', '#eval("1")', "$x$", "\\", '"', "// no comment", "/* none */",
    "`raw`", "*bold*", "_em_", "<label>", "@ref", "😀", "שלום", "مرحبا", "\u202e", "\n", "#{", "]",
    "\\u{41}", "a\tb", "~", "--", "...", "=>", "", " ", "\x00", "\ud7ff", "神",
]  # fmt: skip

PAGE = """
#set page(width: auto, height: auto)
#for source in json(bytes(sys.inputs.formulas)) {
  math.equation(block: true, eval(source, mode: "math"))
}
"""


def compiled(sources: list[str]) -> bytes:
    """The sources as formulas of one document."""
    inputs = {"formulas": json.dumps(sources)}
    out = engine.compile(PAGE.encode(), sys_inputs=inputs, ignore_system_fonts=True)
    assert isinstance(out, bytes)
    return out


@pytest.mark.parametrize("latex", GOLDEN)
def test_real_formulas(latex: str) -> None:
    assert typst(latex) == GOLDEN[latex]


def test_the_real_formulas_are_set() -> None:
    assert compiled(list(GOLDEN.values())).startswith(b"%PDF")


def test_every_kind_of_node_is_among_them() -> None:
    seen: set[type] = set()

    def look(value: object) -> None:
        if isinstance(value, tuple):
            for part in value:
                look(part)
        elif is_dataclass(value):
            seen.add(type(value))
            for field in fields(value):
                look(getattr(value, field.name))

    for latex in GOLDEN:
        look(parse(latex))
    assert seen == set(get_args(Node))


@given(st.lists(FORMULAS, min_size=8, max_size=24))
@settings(max_examples=60, deadline=None)
def test_what_is_shown_in_two_dimensions_is_set(formulas: list[str]) -> None:
    assert all(stacked(formula).height for formula in formulas)
    assert compiled([typst(formula) for formula in formulas])


@given(st.lists(SOUP, min_size=8, max_size=24))
@settings(max_examples=60, deadline=None)
def test_what_can_be_read_at_all_is_set(soup: list[str]) -> None:
    readable = []
    for latex in soup:
        try:
            readable.append(typst(latex))
        except MathError:
            with pytest.raises(MathError):
                stacked(latex)
    assert compiled(readable)


def test_deep_formulas_are_set() -> None:
    wraps = [
        (r"\frac{1}{", "}"), (r"\sqrt{", "}"), (r"\left(", r"\right)"), ("x^{", "}"),
        (r"\begin{cases}", r"\end{cases}"), (r"\begin{aligned}", r"\end{aligned}"),
    ]  # fmt: skip
    assert compiled([typst(left * 59 + "x" + right * 59) for left, right in wraps])


@pytest.mark.parametrize("latex", [r"\foo", r"\softmacks(x)", r"\begin{tabular} a \end{tabular}"])
def test_an_unknown_macro_is_an_error(latex: str) -> None:
    with pytest.raises(MathError):
        typst(latex)


def values(texts: list[str]) -> list[str]:
    """What Typst reads in the literals of these texts."""
    literals = ", ".join(map(literal, texts))
    source = f"#metadata(({literals},)) <texts>"
    found = engine.query(source.encode(), "<texts>", field="value", one=True)
    return [str(text) for text in json.loads(found)]


def test_hostile_texts_are_what_they_are() -> None:
    assert values(HOSTILE) == HOSTILE


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_every_text_is_what_it_is(texts: list[str]) -> None:
    assert values(texts) == texts


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable()])
def test_hostile_words_in_a_formula_are_set(text: str) -> None:
    escaped = "".join(f"\\{sign}" if sign in "#$%&_{}" else sign for sign in text)
    if "\\" in text:
        with pytest.raises(MathError):
            typst(rf"x \text{{{escaped}}}")
        return
    source = typst(rf"x \text{{{escaped}}}")
    shown = " ".join(text.split())
    assert source.endswith(literal(shown)) or shown.strip() == ""
    assert compiled([source])


def test_cells_of_a_column_stand_on_their_points() -> None:
    column = [parse(text) for text in ("1", "-0.25", "10.5", r"\text{yes}", "")]
    assert aligned_cells(column) == [
        '1#hide(".00")', "− 0.25", '10.5#hide("0")', '"yes"', '""',
    ]  # fmt: skip
