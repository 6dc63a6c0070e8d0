from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.exercises.answers.groups import LONGEST_WORD
from quizapp.exercises.answers.outcome import Invalid
from quizapp.exercises.answers.reading import MAX_LENGTH
from quizapp.exercises.answers.words import Asked, read_words
from quizapp.exercises.spelling import folded

PATHS = Asked(2, frozenset("txyz"), folded)
ROUNDS = Asked(3, numbers=True, width=3)
TWO = [["t", "x", "z"], ["t", "y", "z"]]


@pytest.mark.parametrize(
    "text",
    [
        "t x z; t y z",
        "t, x, z; t, y, z",
        "t x z\nt y z\n",
        "t -> x -> z\nt --> y --> z",
        "t→x→z; t→y→z",
        "t->x->z, t->y->z",
        "t x z, t y z",
        "(t, x, z) (t, y, z)",
        '[["t","x","z"], ["t","y","z"]]',
        "[['t', 'x', 'z'], ['t', 'y', 'z']]",
        "txz; tyz",
        "t-x-z\nt - y - z",
    ],
)
def test_paths_however_they_are_written(text: str) -> None:
    assert read_words(text, PATHS) == TWO


@pytest.mark.parametrize("text", ["t x z", "t, x, z", "[t, x, z]", "[[t, x, z]]", "t → x → z"])
def test_one_path_is_one_row(text: str) -> None:
    assert read_words(text, PATHS) == [["t", "x", "z"]]


@pytest.mark.parametrize("text", ["[]", "none", "{}", "∅"])
def test_nothing_can_be_the_answer(text: str) -> None:
    assert read_words(text, PATHS) == []


@pytest.mark.parametrize("text", ["", "  ", "_", "?"])
def test_nothing_typed_is_blank(text: str) -> None:
    assert read_words(text, PATHS) is None


def test_blank_words_and_rows() -> None:
    assert read_words("t _ z; ?; t y z", PATHS) == [["t", None, "z"], None, ["t", "y", "z"]]


SIGNATURES = [[["1", "1", "2"], ["1", "1"], ["2", "1"]], [["2", "1", "2"], ["1", "2"], ["3", "1"]]]


@pytest.mark.parametrize(
    "text",
    [
        "(1,1,2) (1,1) (2,1)\n(2,1,2) (1,2) (3,1)",
        "1 1 2; 1 1; 2 1\n2 1 2; 1 2; 3 1",
        "1: {1, 2}, 1: {1}, 2: {1}\n2: {1, 2}, 1: {2}, 3: {1}",
        "1:{1,2} 1:{1} 2:{1}\n2:{1,2} 1:{2} 3:{1}",
        "(1, {1,2}) (1, {1}) (2, {1})\n(2, {1,2}) (1, {2}) (3, {1})",
        "1: 1 2\n1: 1\n2: 1\n\n2: 1 2\n1: 2\n3: 1",
        "[[[1,1,2],[1,1],[2,1]],[[2,1,2],[1,2],[3,1]]]",
    ],
)
def test_signatures_however_they_are_written(text: str) -> None:
    assert read_words(text, ROUNDS) == SIGNATURES


@pytest.mark.parametrize("text", ["1 1 2; 1 1; 2 1", "(1,1,2) (1,1) (2,1)", "1:1 2\n1:1\n2:1"])
def test_the_first_round_alone_is_a_round(text: str) -> None:
    assert read_words(text, ROUNDS) == SIGNATURES[:1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("MLQ", ["M", "L", "Q"]),
        ("m l q", ["m", "l", "q"]),
        ("M, L\nQ", ["M", "L", "Q"]),
        ("[M, X]", ["M", "X"]),
        ("MX", ["MX"]),
    ],
)
def test_letters_may_be_written_together(text: str, wanted: list[str]) -> None:
    assert read_words(text, Asked(1, frozenset("mlq"), folded)) == wanted


@pytest.mark.parametrize("text", ["New York, b", "new  york; b", '"New York" b'])
def test_a_word_may_hold_a_blank(text: str) -> None:
    out = read_words(text, Asked(1, frozenset({"new-york", "b"}), folded))
    assert isinstance(out, list)
    assert [folded(str(word)) for word in out] == ["new-york", "b"]


@pytest.mark.parametrize("text", ["deep", " 'deep' ", "[deep]", "“deep”"])
def test_a_single_word(text: str) -> None:
    assert read_words(text, Asked(0)) == "deep"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[a, b", "not closed"),
        ("a] b", "closes nothing"),
        ('"a b', "quotation mark at character 1"),
        ("[" * 40 + "]" * 40, "too deeply"),
        ("a" * (LONGEST_WORD + 1), "more than 200 characters"),
        ("a " * MAX_LENGTH, "longer than 20000 characters"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, why: str) -> None:
    out = read_words(text, PATHS)
    assert isinstance(out, Invalid)
    assert why in out.reason


WORDS = st.text("abcxyzMLQ", min_size=2, max_size=5)
NOISE = st.text("ab1_?,;:|->→()[]{}⟨'\"“ \n\t−", max_size=60)


@given(st.text(max_size=200) | NOISE, st.integers(0, 3), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(text: str, depth: int, numbers: bool) -> None:
    out = read_words(text, Asked(depth, frozenset({"a", "b"}), folded, 2, numbers=numbers))
    assert out is None or isinstance(out, (str, list, Invalid))
    if isinstance(out, list):
        assert depth > 0
        assert all(isinstance(row, list) or row is None for row in out) or depth == 1


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_rows_are_read_back(rows: list[list[str]]) -> None:
    asked = Asked(2, frozenset(), folded)
    assert read_words("; ".join(" ".join(row) for row in rows), asked) == rows
    assert read_words("\n".join(" -> ".join(row) for row in rows), asked) == rows
    assert read_words(repr(rows), asked) == rows


@pytest.mark.parametrize("piece", ["-", "[", "a -", "a,", "'", "“", "(a)", "a->", "\n", "=-"])
def test_long_texts_take_no_longer_than_their_length(piece: str) -> None:
    for depth in (1, 2, 3):
        text = (piece * MAX_LENGTH)[:MAX_LENGTH]
        out = read_words(text, Asked(depth, frozenset("a"), folded, numbers=depth == 3))
        assert out is None or isinstance(out, (list, Invalid))
