from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.spelling import FORGIVING_FROM, essence, misspelt

WORDS = st.text(alphabet="abcdexyz", min_size=FORGIVING_FROM, max_size=12)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Feed-Forward   network ", "feedforward network"),
        ("the Hebb's rule.", "Hebb’s rule"),
        ("An autoencoder", "autoencoder"),
        ("Tschebyschöw", "tschebyschow"),
        ("“softmax”", "softmax"),
        ("L_1", "L1"),
        ("Ｓｉｇｍｏｉｄ", "sigmoid"),
        ("max–pooling", "max-pooling"),
        ("ﬁne tuning", "fine-tuning"),
        ("10⁻³", "10-3"),
    ],
)
def test_spellings_that_do_not_matter(typed: str, meant: str) -> None:
    assert essence(typed) == essence(meant)


@pytest.mark.parametrize(
    ("one", "another"),
    [("L1", "L2"), ("x-1", "x1"), ("x+1", "x1"), ("10", "100"), ("a theory", "a the ory x")],
)
def test_what_matters_stays(one: str, another: str) -> None:
    assert essence(one) != essence(another)


@pytest.mark.parametrize("text", ["", " ", "?!", "“…”", "$$", "_", "\\"])
def test_a_text_of_signs_has_no_essence(text: str) -> None:
    assert essence(text) == ""


@given(st.text())
def test_an_essence_can_be_taken_of_any_text(text: str) -> None:
    found = essence(text)

    assert not any(one.isspace() or unicodedata.combining(one) for one in found)
    assert essence(f"  {text}\n") == found


@given(st.text(), st.text())
def test_a_misspelling_can_be_looked_for_in_any_texts(one: str, another: str) -> None:
    one, another = essence(one), essence(another)

    assert misspelt(one, another) == misspelt(another, one)
    assert not misspelt(one, one)


@given(WORDS, st.data())
def test_one_letter_less_is_a_misspelling_of_a_long_word(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    shorter = word[:at] + word[at + 1 :]

    assert misspelt(word, shorter) == (len(shorter) >= FORGIVING_FROM)


@given(WORDS, st.data())
def test_another_letter_or_two_swapped_are_a_misspelling(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    other = f"{word[:at]}q{word[at + 1 :]}"
    assert misspelt(other, word)
    if at + 1 < len(word) and word[at] != word[at + 1]:
        assert misspelt(word[:at] + word[at + 1] + word[at] + word[at + 2 :], word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("asynchronous", "synchronous"),
        ("overfitting", "underfitting"),
        ("tanh", "tank"),
        ("layer1", "layer2"),
        ("linear", "nonlinear"),
        ("supervised", "unsupervised"),
        ("encoder", "decoder"),
        ("heteroassociative", "autoassociative"),
    ],
)
def test_another_word_is_no_misspelling(typed: str, meant: str) -> None:
    assert not misspelt(essence(typed), essence(meant))
    assert not misspelt(essence(meant), essence(typed))


@pytest.mark.parametrize(
    ("one", "another"), [("1.5", "15"), ("0.5", "05"), (".5", "5"), ("0.25 s", "025 s")]
)
def test_the_point_of_a_number_matters(one: str, another: str) -> None:
    assert essence(one) != essence(another)


@pytest.mark.parametrize(("one", "another"), [("e.g.", "eg"), ("Fig.3", "Fig 3"), ("0.5.", "0.5")])
def test_the_point_of_a_sentence_does_not(one: str, another: str) -> None:
    assert essence(one) == essence(another)
