"""Cards in CSV and TSV, bare, with names, or as Anki exports them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.study.card_import.csv_source import read_csv
from quizapp.study.card_import.found import Found, ImportFileError, question_id
from quizapp.study.files import as_text, text_lines


def read(text: str | bytes, *, tabs: bool = False) -> Found:
    content = text if isinstance(text, bytes) else text.encode()
    with as_text(io.BytesIO(content)) as lines:
        return read_csv(text_lines(lines), "nets.csv", tabs=tabs)


def given_by(text: str) -> list[dict[str, object]]:
    found = read(text)
    assert found.left_out == []
    return [card.given for card in found.cards]


QA = {"question": "a", "answer": "b"}


@pytest.mark.parametrize(
    "text",
    [
        "a,b",
        "a;b",
        "a\tb",
        "a|b",
        '"a","b"',
        "a,b\n\n",
        "question,answer\na,b",
        "Front;Back\na;b",
        "Answer\tQuestion\nb\ta",
        "sep=;\na;b",
        "#separator:Pipe\na|b",
        "#separator:;\na;b",
    ],
)
def test_two_columns_are_question_and_answer(text: str) -> None:
    assert given_by(text) == [QA]


def test_the_separator_is_the_one_that_cuts_evenly() -> None:
    text = "one, two; yes\nthree, four, five; no\nsix; maybe\n"

    assert [card["answer"] for card in given_by(text)] == ["yes", "no", "maybe"]


def test_only_tabs_separate_where_that_is_said() -> None:
    (card,) = read("a, b\tc, d", tabs=True).cards

    assert card.given == {"question": "a, b", "answer": "c, d"}


def test_a_third_bare_column_holds_tags() -> None:
    assert given_by("a,b,x y") == [{**QA, "tags": ["x", "y"]}]


def test_a_cell_in_quotes_goes_over_lines_and_holds_quotes() -> None:
    (card,) = given_by('"a\n""b"", c",d')

    assert card["question"] == 'a\n"b", c'


def test_named_columns_may_come_in_any_order() -> None:
    text = (
        "topic,type,answer,question,explanation,tags,id\n"
        "hopfield,typed,energy,What falls?,It never rises.,a b,what-falls\n"
    )
    (card,) = read(text).cards

    assert (card.id, card.type, card.topic) == ("what-falls", "typed", ("hopfield",))
    assert card.given == {
        "answer": "energy",
        "question": "What falls?",
        "explanation": "It never rises.",
        "tags": ["a", "b"],
    }


@pytest.mark.parametrize(
    ("header", "row", "kind", "given"),
    [
        ("statement,answer", "s,yes", "true-false", {"statement": "s", "answer": True}),
        ("type,question,answer", "true-false,s,F", "true-false",
         {"statement": "s", "answer": False}),
        ("question,value,decimals,type", "a,0.5,2,numeric", "numeric",
         {"question": "a", "value": 0.5, "decimals": 2}),
        ("text,tags", "a {{b}},x", "cloze", {"text": "a {{b}}", "tags": ["x"]}),
        ("question,tags", "a {{b}},x", "cloze", {"text": "a {{b}}", "tags": ["x"]}),
        ("question,steps,type", 'a,"[""x"", ""y"", ""z""]",ordering', "ordering",
         {"question": "a", "steps": ["x", "y", "z"]}),
        ("question,answer,reverse_question,reverse_answer", "a,b,c,d", "reversed",
         {**QA, "reverse_question": "c", "reverse_answer": "d"}),
        ("question,answer,type", "a,b,Basic", "basic", QA),
        ("question,answer", 'a,"{""slides"": ""x"", ""textbook"": ""y""}"', "basic",
         {"question": "a", "answer": '{"slides": "x", "textbook": "y"}'}),
    ],
)  # fmt: skip
def test_the_type_follows_from_the_row(
    header: str, row: str, kind: str, given: dict[str, object]
) -> None:
    (card,) = read(f"{header}\n{row}\n").cards

    if kind == "basic" and "slides" in row:
        given = {"question": "a", "answer": {"slides": "x", "textbook": "y"}}
    assert (card.type, card.given) == (kind, given)


def test_an_id_follows_from_the_question_alone() -> None:
    first, second = read("a,b").cards[0], read("question;answer;tags\na;other;t").cards[0]

    assert first.id == second.id == question_id("a")


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("question,answer\na,b,c", 2, "3 cells under 2 columns; quote a cell that holds the"),
        ("question,answer\n,b", 2, "no question stands in this row"),
        ("question,answer,type\na,b,nosuch", 2, "unknown card type 'nosuch'; known are basic"),
        ("question,value,type\na,one,numeric", 2, "`value` cannot be read: a number with a point"),
        ("statement,answer\na,perhaps", 2, "`answer` cannot be read: true or false belongs"),
        ("question,steps,type\na,[,ordering", 2, "`steps` cannot be read: a list in JSON"),
        ("question,steps,type\na," + "[" * 9_000 + ",ordering", 2, "`steps` cannot be read"),
        ("question,steps,type\na,b,basic", 2, "a basic card has no `steps`"),
        ("text,type\na b,cloze", 2, "a cloze needs a blank"),
        ('question,answer\na,"b', 2, "a quote is opened here and never closed"),
        ("question,answer\na,b\0", 2, "a null character stands in this line"),
        ("question,answer,colour\na,b,red", 1, "the column 'colour' means nothing here"),
        ("question,answer\na," + "x" * 100_001, 2, "a cell of more than 100000 characters"),
    ],
)
def test_what_gives_no_card_is_told_with_its_line(text: str, line: int, why: str) -> None:
    (told,) = read(text).left_out

    assert told.place.startswith(f"nets.csv:{line}:")
    assert told.why.startswith(why)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nets.csv: there is no card here"),
        ("question,answer\n", "nets.csv: there is no card here"),
        ("only one column\nand no more", "nets.csv:1:1: one column only"),
        ("a,b,c,d", "nets.csv:1:1: 4 columns without names"),
        ("#separator:two\na,b", "nets.csv:1:1: a separator is one character or one of comma"),
        ("#separator:tab\n#deck column:x\na\tb", "nets.csv:2:1: a column is a number from 1"),
        ("a,b\n" * 50_001, "nets.csv: there are more than 50000 cards here; split the file."),
        ("\n" * 1_000_001, "nets.csv: there are more than 50000 cards here; split the file."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(text: str, told: str) -> None:
    with pytest.raises(ImportFileError) as caught:
        read(text)
    assert str(caught.value).startswith(told)


def test_a_line_that_is_no_utf_8_is_left_out() -> None:
    found = read(b"a,b\n\xff,c\nd,e")

    assert len(found.cards) == 2
    assert found.left_out[0].place == "nets.csv:2:1"
    assert found.left_out[0].why.startswith("this line is no UTF-8 text")


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert read(b"\xef\xbb\xbfquestion,answer\r\na,b\r\n").cards[0].given == QA


# Anki's text export ------------------------------------------------------------------------


def test_notes_of_anki_with_html_type_deck_tags_and_guid() -> None:
    text = (
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
        "#tags column:6\n"
        "g1\tBasic\tNets::Hopfield\t<b>a</b>\tb<br>c\tx y\n"
        "g2\tBasic (and reversed card)\tNets::CNN\ta\tb\t\n"
        "g3\tCloze\tNets\t{{c1::a}} {{c2::b}}\textra\t\n"
    )
    found = read(text)

    assert [card.type for card in found.cards] == ["basic", "reversed", "cloze", "cloze"]
    assert found.cards[0].given == {"question": "a", "answer": "b\n\nc", "tags": ["x", "y"]}
    assert found.cards[0].topic == ("Nets", "Hopfield")
    assert found.cards[1].given["reverse_question"] == "b"
    assert [card.given["text"] for card in found.cards[2:]] == ["{{a}} b", "a {{b}}"]
    assert found.cards[3].given["explanation"] == "extra"
    assert found.cards[2].id.removesuffix("-c1") == found.cards[3].id.removesuffix("-c2")


def test_without_html_signs_stand_for_themselves() -> None:
    (card,) = read("#separator:tab\n#html:false\n1 <b> 2\t$5").cards

    assert card.given == {"tags": [], "question": "1 <b> 2", "answer": r"\$5"}


def test_headers_give_deck_tags_and_columns_of_all_rows() -> None:
    (card,) = read("#html:true\n#deck:A::B\n#tags:x y\n#columns:Front,Back\na,b").cards

    assert (card.topic, card.given["tags"]) == (("A", "B"), ["x", "y"])


cells = st.lists(
    st.sampled_from(['"', '""', ",", ";", "\t", "\n", "\r\n", "a", "#html:true\n", "{{c1::", "}}"])
    | st.sampled_from(["question", "answer", "type", "cloze", "id", "[", "{", "$", "\\", "1e999"])
    | st.sampled_from(["#columns:a,b\n", "#deck column:2\n", "#separator:", "statement", "\0"]),
    max_size=30,
).map("".join)


@given(cells | st.text(max_size=60), st.booleans())
@settings(max_examples=400)
def test_any_text_gives_cards_or_a_sentence(text: str, tabs: bool) -> None:
    try:
        found = read(text.encode("utf-8", "surrogatepass"), tabs=tabs)
    except ImportFileError:
        return
    assert found.cards or found.left_out
