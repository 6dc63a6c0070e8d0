"""Texts of other programs in our own form: HTML, formulas, blanks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.cards.cloze import read_blanks
from quizapp.core.text import clean
from quizapp.mathtext import faults
from quizapp.study.card_import import blanks
from quizapp.study.card_import.formulas import in_dollars, sound
from quizapp.study.card_import.html_text import text_of

# HTML --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a <b>bold</b> &amp; <i>slanted</i> word", "a bold & slanted word"),
        ("one<br>two", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        ("first<ul><li>a</li><li>b</li></ul>last", "first\n- a\n- b\n\nlast"),
        ("<ol><li><div>a</div></li></ol>", "- a"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\n\nc"),
        ("x<sup>2</sup> and w<sub>ij</sub>", "x² and wᵢⱼ"),
        ("x<sub>k</sub>, e<sup>−(z+b)</sup>", "x_k, e^(−(z+b))"),
        ("a&nbsp;&nbsp;b\n c", "a b c"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("x<y", "x<y"),
        ("a<!-- <b>hidden</b> -->b", "ab"),
        ("a<script>alert('<b>')</script>b<style>p {}</style>c", "abc"),
        ('<a title="1 > 0" href="x">link</a>', "link"),
        ("<pre>a\n  b</pre>", "a\n\nb"),
        ("&lt;b&gt; &#8722; &eacute; &unknown;", "<b> − é &unknown;"),
        ("&#" + "9" * 5_000 + ";", "&#" + "9" * 5_000 + ";"),
        ("<", "<"),
        ("<!--", ""),
        ("a <sub>never closed", "a _(never closed)"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert text_of(html) == (text, 0)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<img src="energy.png">', "[image: energy.png]"),
        ("<img alt=x src=a.jpg width=3>", "[image: a.jpg]"),
        ("<img>", "[image: without a name]"),
        ('<IMG SRC="a [1]{{$}}.png"/>', "[image: a 1.png]"),
        ("say [sound:hello.mp3]", "say [sound: hello.mp3]"),
    ],
)
def test_media_are_named_and_counted(html: str, text: str) -> None:
    assert text_of(html) == (text, 1)


@pytest.mark.parametrize(
    "html",
    ["<", "<a ", '<a "', "<!", "<!--", "&", "&#", " \n", "<sub>", "<li>", "[sound:", "<pre>\n"],
)
def test_no_html_takes_a_long_time(html: str) -> None:
    hostile = html * 20_000
    assert len(text_of(hostile)[0]) <= 2 * len(hostile)


tags = (
    st.sampled_from(["<b>", "</b>", "<br>", "<div>", "</div>", "<li>", "<sub>", "</sub>", "<sup>"])
    | st.sampled_from(["</sup>", "<img src=", "<!--", "-->", "<pre>", "<script>", "</script>"])
    | st.sampled_from(["<td>", "[sound:", "&amp;", "&lt;", "&#", '"', "'", ">", "<", "]", "$"])
)


@given(st.lists(tags | st.text(max_size=4), max_size=30).map("".join))
def test_any_html_becomes_text(html: str) -> None:
    text, media = text_of(html)

    assert text == text.strip()
    assert media >= 0


# Formulas ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"an \(x\) here", "an $x$ here"),
        (r"so \[x = 1\] holds", "so\n\n$x = 1$\n\nholds"),
        ("[$]x[/$] and [$$]y[/$$]", "$x$ and\n\n$y$"),
        ("[latex]$x$[/latex]", "$x$"),
        ("[latex]x^2[/latex]", "$x^2$"),
        (r"costs $5", r"costs \$5"),
        (r"\(5\$\)", r"$5\$$"),
        (r"\(a$b\)", r"$a\$b$"),
        (r"\(x", r"\(x"),
        ("$$x$$", r"\$\$x\$\$"),
        (r"\(  \)", ""),
    ],
)
def test_formulas_of_anki_stand_between_dollars(source: str, text: str) -> None:
    assert in_dollars(source, dollars=False) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("an $x$ here", "an $x$ here"),
        ("so $$x = 1$$ holds", "so\n\n$x = 1$\n\nholds"),
        ("$$\nx\n= 1\n$$", "$x = 1$"),
        (r"a \(x\)", "a $x$"),
        (r"5 \$", r"5 \$"),
    ],
)
def test_dollars_of_markdown_stay(source: str, text: str) -> None:
    assert in_dollars(source, dollars=True) == text


@pytest.mark.parametrize(
    ("source", "text", "kept"),
    [
        ("a $x$ b", "a $x$ b", 0),
        (r"a $\unknown{x}$ b $y$", r"a \$\unknown{x}\$ b $y$", 1),
        ("costs $5", r"costs \$5", 0),
        ("$$", r"\$\$", 1),
        ("$x\n\n$y$", "\\$x\n\n$y$", 0),
    ],
)
def test_what_is_no_formula_is_kept_as_text(source: str, text: str, kept: int) -> None:
    assert sound(source) == (text, kept)


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        (r"\displaystyle\sum\limits_{i} x_i", r"\sum _{i} x_i"),
        (r"\Bigl( \mathscr{L} \Bigr)", r"( \mathcal{L}  )"),
        (r"\begin{align*}a&=b\\c&=d\end{align*}", r"\begin{aligned}a&=b\\c&=d\end{aligned}"),
        (r"\begin{array}{cc}1&2\end{array}", r"\begin{matrix}1&2\end{matrix}"),
        (r"\mathop{\mathrm{argmax} } _ x f", r"\operatorname*{argmax} _ x f"),
        (r"\bm{x} \coloneqq \mbox{input}", r"\boldsymbol{x} := \text{input}"),
    ],
)
def test_other_dialects_of_latex_are_translated(source: str, ours: str) -> None:
    assert sound(f"a ${source}$ b") == (f"a ${ours}$ b", 0)


mathy = st.lists(
    st.sampled_from(["$", "$$", "\\", "\\$", "\\(", "\\)", "\\[", "\\]", "{", "}", "\n\n"])
    | st.sampled_from(["x", "\\frac", "\\foo", "^", "_", "&", "[$]", "[/$]", "[latex]", " "]),
    max_size=20,
).map("".join)


@given(mathy, st.booleans())
@settings(max_examples=300)
def test_no_text_comes_out_with_a_fault(source: str, dollars: bool) -> None:
    text, _ = sound(in_dollars(source, dollars=dollars))

    assert faults(text) == []
    assert sound(text) == (text, 0)


def test_a_formula_is_looked_for_once() -> None:
    source = "\\(" * 50_000 + "$$" * 50_000

    assert in_dollars(source, dollars=True).startswith("\\(")


# Blanks ------------------------------------------------------------------------------------


def clozes(source: str) -> dict[int, str]:
    """The text for each number of a field."""
    cloze = blanks.read_cloze(source)
    return {
        number: blanks.braced(
            blanks.around_formulas(in_dollars(cloze.marked(number), dollars=False))[0]
        )
        for number in cloze.numbers
    }


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("a {{c1::b}} c", {1: "a {{b}} c"}),
        ("{{c1::a}} {{c2::b}}", {1: "{{a}} b", 2: "a {{b}}"}),
        ("{{c1::a}} {{c1::b}}", {1: "{{a}} {{b}}"}),
        ("{{c1::a::what?}}", {1: "{{a::what?}}"}),
        ("{{c1::a {{c2::b}} c}}", {1: "{{a b c}}", 2: "a {{b}} c"}),
        ("{{c1,3::a}} {{c2::b}}", {1: "{{a}} b", 2: "a {{b}}", 3: "{{a}} b"}),
        (r"{{c1::\(x\)}}", {1: "{{$x$}}"}),
        (r"\(x = {{c1::5}}\)", {1: "{{$x = 5$}}"}),
        (r"\(x = {{c1::5::n}}\)", {1: "{{$x = 5$::n}}"}),
        (r"{{c1::\(e^{a_{b} }\) }}", {1: "{{$e^{a_{b} }$}}"}),
        (r"{{c1::\(a_{b}\)}}", {1: "{{$a_{b}$}}"}),
        ("{{c1::{a}}}", {1: "{{ {a}} }"}),
        ("{{b}} {{c1::a}}", {1: "{ {b} } {{a}}"}),
        ("no blank", {}),
        ("{{c1::never closed", {}),
        ("{{c0::a}}", {0: "{{a}}"}),
    ],
)
def test_blanks_of_anki(source: str, texts: dict[int, str]) -> None:
    assert clozes(source) == texts


def test_two_colons_in_an_answer_are_no_hint() -> None:
    text = blanks.braced(f"use {blanks.OPEN}std::vector{blanks.CLOSE}")
    (blank,), flaws = read_blanks(text)

    assert (blank.answer, blank.hint, flaws) == ("std::vector", "", [])


def test_a_blank_that_reaches_into_a_formula_is_refused() -> None:
    with pytest.raises(blanks.BlankError, match="begins inside a formula"):
        clozes(r"{{c1::a \(x}} + y\)")


pieces = st.sampled_from(
    ["{{c1::", "{{c2::", "}}", "::", "{", "}", "\\", "$", "\\(", "\\)", "a", " ", "\n\n", "{{"]
)


@given(st.lists(pieces, max_size=16).map("".join))
@settings(max_examples=400)
def test_any_field_gives_blanks_that_can_be_read(source: str) -> None:
    cloze = blanks.read_cloze(source)
    for number in cloze.numbers:
        try:
            grown, _ = blanks.around_formulas(in_dollars(cloze.marked(number), dollars=False))
        except blanks.BlankError:
            continue
        text = blanks.braced(sound(grown)[0])
        assert text == clean(text)
        assert read_blanks(text)[1] == []
