"""Cards in Markdown, as hashcards writes them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.study.card_import.found import Found, ImportFileError
from quizapp.study.card_import.markdown_source import read_markdown
from quizapp.study.files import as_text, text_lines


def read(text: str | bytes) -> Found:
    content = text if isinstance(text, bytes) else text.encode()
    with as_text(io.BytesIO(content)) as lines:
        return read_markdown(text_lines(lines), "nets.md")


def given_by(text: str) -> list[dict[str, str]]:
    return [card.given for card in read(text).cards]


def test_a_question_and_an_answer() -> None:
    (card,) = read("Q: What falls?\nA: The energy.\n").cards

    assert card.type == "basic"
    assert card.given == {"question": "What falls?", "answer": "The energy."}
    assert (card.topic, card.place) == (("nets",), "nets.md:1:1")


def test_cards_end_at_the_next_one_or_at_dashes() -> None:
    text = "Q: a\nA: b\n\nQ: c\nA: d\n---\nnot a card\n---\nQ: e\nA: f"
    found = read(text)

    assert [card.given["question"] for card in found.cards] == ["a", "c", "e"]
    assert [(one.place, one.why) for one in found.left_out] == [
        ("nets.md:7:1", "text that is in no card; begin it with Q:, A: or C:")
    ]


def test_texts_go_over_several_lines_and_paragraphs() -> None:
    text = "Q: Name two\nof them:\n\n- one\n- two\nA: First\n\nand $$x$$ second.\n"

    assert given_by(text) == [
        {
            "question": "Name two\nof them:\n\n- one\n- two",
            "answer": "First\n\nand\n\n$x$\n\nsecond.",
        }
    ]


def test_each_bracket_of_a_cloze_is_a_card() -> None:
    assert given_by("C: The [energy] never [rises].") == [
        {"text": "The {{energy}} never rises."},
        {"text": "The energy never {{rises}}."},
    ]


def test_brackets_in_formulas_and_pictures_are_no_blanks() -> None:
    assert given_by("C: In $a[1]$ and ![x](y.png) lies [it].") == [
        {"text": "In $a[1]$ and [image: x] lies {{it}}."}
    ]


def test_the_same_blank_twice_makes_two_cards() -> None:
    first, second = read("C: [a] and [a].").cards

    assert first.id != second.id


def test_a_further_blank_leaves_the_ids_of_the_others() -> None:
    before, after = read("C: the [a] and b").cards, read("C: the [a] and [b]").cards

    assert before[0].id == after[0].id


def test_the_head_names_the_deck() -> None:
    found = read('---\nname = "Hopfield nets"  # as it is\nother = 1\n---\n\nQ: a\nA: b\n')

    assert found.cards[0].topic == ("Hopfield nets",)


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("Q: a\n\nQ: b\nA: c", 1, "a `Q:` without an `A:` behind it"),
        ("A: b", 1, "an `A:` without a `Q:` before it"),
        ("C: nothing hidden", 1, "a `C:` without a [blank]"),
        ("Q: a\nA: b\n\nC: " + "[x] " * 51, 4, "more than 50 blanks; split it"),
        ("\nC: a [$x] and $y$", 2, "a `C:` without a [blank]"),
    ],
)
def test_what_gives_no_card_is_told_with_its_line(text: str, place: int, why: str) -> None:
    found = read(text)

    assert [(one.place, one.why) for one in found.left_out] == [(f"nets.md:{place}:1", why)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nets.md: there is no card here"),
        ("# A heading\n", "nets.md: there is no card here"),
        (b"Q: \xff\nA: b", "nets.md:1:1: this line is no UTF-8 text"),
    ],
)
def test_a_file_without_a_card_is_refused(text: str | bytes, told: str) -> None:
    with pytest.raises(ImportFileError) as caught:
        read(text)
    assert str(caught.value).startswith(told)


def test_a_byte_order_mark_and_other_line_ends_are_fine() -> None:
    assert read(b"\xef\xbb\xbfQ: a\r\nA: b\r\n").cards[0].given == {"question": "a", "answer": "b"}


def test_too_many_cards_are_refused() -> None:
    with pytest.raises(ImportFileError, match="more than 50000 cards"):
        read("Q: a\n" * 60_000)


lines = st.lists(
    st.sampled_from(["Q: ", "A: ", "C: ", "---", "[", "]", "$", "$$", "\\", "{{", "}}", "a", "\n"]),
    max_size=30,
).map("".join)


@given(lines | st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_gives_cards_or_a_sentence(text: str) -> None:
    try:
        found = read(text.encode("utf-8", "surrogatepass"))
    except ImportFileError:
        return
    assert found.cards or found.left_out
