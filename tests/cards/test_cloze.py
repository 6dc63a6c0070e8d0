from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import Reveal
from quizapp.cards.cloze import ask, flaws, read_blanks


def fields(text: str) -> Any:
    return {"text": text}


def asked(text: str) -> Reveal:
    assert not list(flaws(fields(text)))
    return ask(fields(text), "slides")


def complaints(text: str) -> list[tuple[int, str]]:
    return [(flaw.offset, flaw.message) for flaw in flaws(fields(text))]


def test_all_blanks_are_hidden_together_and_revealed_behind() -> None:
    reveal = asked("{{Hebb}} wires {{together::adverb}}.")

    assert reveal == Reveal("[...] wires [adverb].", "Hebb wires together.")


def test_whole_maths_stands_in_a_blank() -> None:
    reveal = asked(r"It is {{$\frac{1}{2} y^{\top} W y$::formula}} here.")

    assert reveal.front == "It is [formula] here."
    assert reveal.back == r"It is $\frac{1}{2} y^{\top} W y$ here."


def test_braces_of_maths_are_no_blanks() -> None:
    reveal = asked(r"$\frac{{a}_{1}}{b_{c_{d}}}$ and {{x}}")

    assert reveal.front == r"$\frac{{a}_{1}}{b_{c_{d}}}$ and [...]"


def test_a_dollar_with_a_backslash_opens_no_maths() -> None:
    assert asked(r"It costs \$5 and {{\$6}}.").front == r"It costs \$5 and [...]."


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("no blank", 0, "needs a blank"),
        ("a {{b", 2, "never closed"),
        ("a {{}}", 2, "empty"),
        ("a {{ ::hint}}", 2, "empty"),
        ("a {{b {{c}}", 6, "cannot hold another"),
        ("a {{{b}}}", 2, "exactly two braces"),
        ("a {{b}}}", 5, "exactly two braces"),
        ("a b}} {{c}}", 3, "without a blank"),
        ("so $x_{{a}}$", 6, "cannot stand inside maths"),
        ("so {{$x_{a_{b}}$}}", 13, "cannot hold }}"),
    ],
)
def test_what_is_no_good_blank_is_refused_with_its_offset(
    text: str, offset: int, message: str
) -> None:
    found = complaints(text)

    assert found[0][0] == offset
    assert message in found[0][1]


@given(st.text("ab {}$:\\", max_size=30))
def test_any_text_gives_blanks_or_faults_inside_it(text: str) -> None:
    blanks, faults = read_blanks(text)

    assert all(text[b.start : b.start + 2] == "{{" and text[: b.end].endswith("}}") for b in blanks)
    assert all(0 <= offset < len(text) for offset, _ in faults)


words = st.text("ab c$", min_size=1, max_size=5).filter(
    lambda w: w.strip() and w.count("$") % 2 == 0
)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=4))
def test_what_is_hidden_is_what_the_braces_hold(pairs: list[tuple[str, str]]) -> None:
    pairs = [(around.replace("$", ""), hidden) for around, hidden in pairs]
    reveal = asked("".join(f"{around}{{{{{hidden}}}}}" for around, hidden in pairs))

    assert reveal.front == "".join(f"{around}[...]" for around, _ in pairs)
    assert reveal.back == "".join(f"{around}{hidden}" for around, hidden in pairs)
