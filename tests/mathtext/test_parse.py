"""What the parser reads, refuses, and where it says the fault is."""

from __future__ import annotations

import pytest

from quizapp.core.errors import QuizError
from quizapp.mathtext import MathError, inline, parse, stacked
from quizapp.mathtext.ast import Fraction, Letter, Name, Number, Operator, Row, Scripts, Styled
from quizapp.mathtext.parse import MAX_DEPTH
from quizapp.mathtext.scan import MAX_LENGTH
from quizapp.mathtext.symbols import ACCENTS, FUNCTIONS, LETTERS, STYLES, SYMBOLS

# Every macro that the content may use, written out so that none is lost by accident.
SUBSET = r"""
\frac{a}{b} \tfrac{a}{b} \dfrac{a}{b} \sqrt{a} \sqrt[3]{a} \sum \prod \int \max \min \arg\max
\argmax \argmin \log \ln \exp \sin \cos \tanh \softmax \sign \sgn \ReLU \operatorname{f}
\mathrm{ab} \text{a b} \mathbf{x} \mathbb{R} \mathbb{E} \mathcal{L} \hat{x} \bar{x} \tilde{x}
\vec{x} \dot{x} \varphi \varepsilon \Delta \Sigma \Phi \Omega \cdot \times \odot \otimes \oplus
\circ \star \pm \mp \le \leq \ge \geq \ne \neq \approx \equiv \sim \propto \in \notin \subset
\cup \cap \to \rightarrow \leftarrow \mapsto \Rightarrow \Leftrightarrow \infty \partial \nabla
\forall \exists \top \ldots \cdots \dots \vdots \ddots \prime \left(a\right) \left.a\right|
\left\|a\right\| \left\lfloor a\right\rfloor \left\lceil a\right\rceil \left\langle a\right\rangle
\left[a\right] \left\{a\right\} \| \{ \} \, \; \: \! \quad \qquad a\ b \% \# \& \$ \_
\begin{pmatrix}a & b \\ c & d\end{pmatrix} \begin{bmatrix}a\end{bmatrix}
\begin{vmatrix}a\end{vmatrix} \begin{matrix}a\end{matrix} \begin{cases}a & b \\ c\end{cases}
\begin{aligned}a &= b \\ &= c\end{aligned} \underbrace{a}_{b} \overline{ab} \underline{ab}
\binom{n}{k} \mid \colon \ell \log_{2} \lvert a \rvert \lVert a \rVert \neg \land \lor \sigma \E
a ' 1 + - = < > ( ) [ ] | , . ; : ! / ^ {b} _ {c}
"""


@pytest.mark.parametrize("line", SUBSET.strip().split("\n"))
def test_the_whole_subset_is_read_and_shown(line: str) -> None:
    assert inline(line)
    assert stacked(line).height >= 1


def test_every_macro_of_the_table_is_read() -> None:
    for name in [*LETTERS, *SYMBOLS, *FUNCTIONS]:
        assert inline(f"\\{name}")
    for name in ACCENTS:
        assert inline(f"\\{name}{{x}}")
    for name in STYLES:
        assert inline(f"\\{name}{{R}}")


def test_the_tree_keeps_what_the_line_loses() -> None:
    assert parse(r"\mathbf{x}") == Styled("bold", Letter("x"))
    assert parse(r"\mathbf{Wx}") == Row((Styled("bold", Letter("W")), Styled("bold", Letter("x"))))
    assert parse(r"\mathrm{loss}") == Name("loss")
    assert parse(r"\operatorname{loss}") == Operator("loss")
    assert parse(r"\operatorname*{arg\,max}") == Operator("arg max", limits=True)
    assert parse(r"x'_i^2") == Scripts(Letter("x"), Letter("i"), Number("2"), 1)


def test_one_sign_needs_no_braces() -> None:
    assert parse(r"\frac12") == Fraction(Number("1"), Number("2"))
    assert parse(r"x^\frac ab") == parse(r"x^{\frac{a}{b}}")
    assert parse("0.25") == Number("0.25")


def test_braces_only_group() -> None:
    assert parse("{a}{b c}") == parse("abc")


@pytest.mark.parametrize(
    ("latex", "column", "words"),
    [
        (r"a + \fra{1}{2}", 5, r"\frac?"),
        (r"\qwertz", 1, r"\qwertz is not known"),
        ("{a", 1, "never closed"),
        ("a}b", 2, "closes nothing"),
        (r"x + \frac{a}", 5, r"write \frac{a}{b}"),
        (r"\hat", 1, r"\hat{x}"),
        ("x^", 2, "lacks an argument"),
        ("x_}", 2, "lacks an argument"),
        ("x^a^b", 4, "Two superscripts"),
        ("x_a_b", 4, "Two subscripts"),
        ("x^a'", 4, "Two superscripts"),
        ("x^10", 2, "only the first digit"),
        (r"\frac123", 1, "only the first digit"),
        (r"a & b", 3, r"\&"),
        (r"a \\ b", 3, "rows of an environment"),
        (r"\left( a", 1, r"\right"),
        (r"a \right)", 3, r"\left"),
        (r"\left a", 7, "lacks a delimiter"),
        (r"\begin{pmatrix} 1", 1, r"\end{pmatrix}"),
        (r"\begin{pmatrix} 1 \end{bmatrix}", 19, "make them agree"),
        (r"\begin{tikz} 1 \end{tikz}", 1, "tikz is not known"),
        (r"\begin pmatrix", 1, "lacks a name"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix}", 1, "make them equal"),
        (r"\begin{cases} 1 & 2 & 3 \end{cases}", 1, "value & condition"),
        (r"\begin{matrix} \end{matrix}", 1, "empty"),
        (r"\end{matrix}", 1, r"\begin"),
        (r"\sqrt[3{x}", 1, "never closed"),
        (r"\text{a \alpha}", 1, "words only"),
        (r"\text a", 1, "lacks its words"),
        (r"\hat{ab}", 1, "one letter"),
        (r"\mathbb{r}", 1, "capital letters"),
        (r"\mathbf{}", 1, "empty"),
        (r"\operatorname{+}", 1, "name of letters"),
        ("50%", 3, r"\%"),
        ("a # b", 3, r"\#"),
        ("a $ b", 3, r"\$"),
        ('"a"', 1, r"\text"),
        ("a \\", 3, "backslash"),
        ("a\x1b[0m", 2, "U+001B"),
        ("a\u202eb", 2, "U+202E"),
    ],
)
def test_a_fault_has_its_place_and_a_way_out(latex: str, column: int, words: str) -> None:
    with pytest.raises(MathError) as caught:
        parse(latex)
    assert caught.value.column == column
    assert words in caught.value.message
    assert isinstance(caught.value, QuizError)
    assert caught.value.code == "maths"


def test_a_long_formula_is_refused_before_it_is_read() -> None:
    parse("x" * MAX_LENGTH)
    with pytest.raises(MathError) as caught:
        parse("x" * (MAX_LENGTH + 1))
    assert caught.value.column == MAX_LENGTH + 1


NESTING = [
    ("{", "}"),
    ("x^{q", "}"),
    ("x_{", "}"),
    (r"\frac{1}{", "}"),
    (r"\binom{1}{", "}"),
    (r"\sqrt{", "}"),
    (r"\sqrt[q]{", "}"),
    (r"\overline{a", "}"),
    (r"\underbrace{a", "}"),
    (r"\mathbf{a", "}"),
    (r"\hat{", "}"),
    (r"\left(a", r"\right)"),
    (r"\begin{pmatrix}a", r"\end{pmatrix}"),
    (r"\begin{cases}a", r"\end{cases}"),
]


@pytest.mark.parametrize(("opening", "closing"), NESTING)
def test_deep_nesting_is_refused(opening: str, closing: str) -> None:
    with pytest.raises(MathError, match="nests deeper"):
        parse(opening * (MAX_DEPTH + 1) + "x" + closing * (MAX_DEPTH + 1))


@pytest.mark.parametrize(("opening", "closing"), NESTING)
def test_deep_formulas_are_shown(opening: str, closing: str) -> None:
    # Were any node rendered twice at every level, 2²⁸ renderings would never end.
    levels = MAX_DEPTH // 2 - 2
    latex = opening * levels + "x" + closing * levels
    assert "x" in inline(latex)
    assert stacked(latex).height >= 1


def test_the_scanner_passes_every_token_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from quizapp.mathtext import scan

    moves = []
    advance = scan.Scanner.advance

    def counted(self: scan.Scanner) -> None:
        moves.append(self.end)
        advance(self)

    monkeypatch.setattr(scan.Scanner, "advance", counted)
    parse(r"\frac{a_1}{b} + \begin{pmatrix} 1 & 22 \\ x^2 & \text{if so} \end{pmatrix}")
    assert moves == sorted(set(moves))
