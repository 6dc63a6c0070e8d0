"""What a query means, and what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.study.query import QueryError, parse, read, write
from quizapp.study.query.tokens import LONGEST
from quizapp.study.query.tree import (
    And,
    Everything,
    Flagged,
    Introduced,
    Is,
    Measured,
    Named,
    Not,
    Or,
    Query,
    Rated,
    Text,
)
from tests.study.query.queries import queries


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Everything()),
        ("energy", Text("energy")),
        ('"net   input"', Text("net input")),
        ('"say ""no"""', Text('say "no"')),
        ("E(y)", Text("E(y)")),
        ("(E(y))", Text("E(y)")),
        ("a b", And((Text("a"), Text("b")))),
        ("a and b", And((Text("a"), Text("b")))),
        ("a (b c)", And((Text("a"), Text("b"), Text("c")))),
        ("a b or c", Or((And((Text("a"), Text("b"))), Text("c")))),
        ("a (b OR c)", And((Text("a"), Or((Text("b"), Text("c")))))),
        ("-a", Not(Text("a"))),
        ("-(a b)", Not(And((Text("a"), Text("b"))))),
        ("--a", Not(Not(Text("a")))),
        ("well-known", Text("well-known")),
        ('"or"', Text("or")),
        ("-or", Not(Text("or"))),
        ("3:1", Text("3:1")),
        ("topic:Hopfield", Named("topic", "hopfield")),
        ("Topic:hop*", Named("topic", "hop*")),
        ('tag:"deep  learning"', Named("tag", "deep learning")),
        ("tag:none", Not(Named("tag", "*"))),
        ("id:deck:gd-name", Named("id", "deck:gd-name")),
        ("disc:yes", Named("disc", "*")),
        ("disc:no", Not(Named("disc", "*"))),
        ("disc:capacity", Named("disc", "capacity")),
        ("is:DUE", Is("due")),
        ("flag:1", Flagged(1)),
        ("flag:any", Flagged(None)),
        ("flag:red", Flagged(1)),
        ("flag:none", Flagged(0)),
        ("rated:7", Rated(7)),
        ("rated:7:1", Rated(7, 1)),
        ("failed:1", Rated(1, 1)),
        ("introduced:7", Introduced(7)),
        ("prop:stability>20", Measured("stability", ">", 20)),
        ("prop:difficulty>=7", Measured("difficulty", ">=", 7)),
        ("prop:lapses!=3", Measured("lapses", "!=", 3)),
        ("prop:due<=-3", Measured("due", "<=", -3)),
        ("prop:recall<0.8", Measured("recall", "<", 0.8)),
        ("prop:r<80%", Measured("recall", "<", 0.8)),
        ("prop:s<2,5", Measured("stability", "<", 2.5)),
    ],
)
def test_a_query_is_read(typed: str, meant: Query) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "place", "told"),
    [
        ("is:do", 1, "there is no is:do; did you mean is:due?"),
        ("energy is:sus", 8, "did you mean is:suspended?"),
        ("is:zzz", 1, "there are due, new, learning,"),
        ("topic:", 1, "give a topic or its beginning, as in topic:hopfield"),
        ('topic:""', 1, "after topic: something is missing"),
        ("topi:hopfield", 1, "there is no topi: (put it in quotes to look for it as text)"),
        ("topi:hopfield", 1, "did you mean topic:?"),
        ("flag:9", 1, "there is no flag 9; give a number from 0 to 7, a colour, or any"),
        ("rated:0", 1, "'0' is no number of days"),
        ("rated:7:5", 1, "there is no rating 5"),
        ("failed:x", 1, "'x' is no number of days"),
        ("rated:99999999999999999999", 1, "is no number of days"),
        ("prop:lapse>3", 1, "did you mean prop:lapses?"),
        ("prop:lapses", 1, "prop:lapses needs a sign and a number, as in prop:lapses>3"),
        ("prop:lapses>", 1, "a number is missing; write one as in prop:lapses>3"),
        ("prop:lapses>many", 1, "'many' is no number; write one as in prop:lapses>3"),
        ("prop:stability>1e9", 1, "'1e9' is no number; write one as in prop:stability>20"),
        ("prop:recall<8", 1, "a recall lies between 0 and 1"),
        ("prop:due<=٣", 1, "is no number"),
        ("a (b", 3, "this parenthesis is never closed"),
        ("a b)", 4, "this parenthesis was never opened"),
        ("()", 1, "nothing stands between these parentheses"),
        ('a "b', 3, "these quotes are never closed"),
        ('""', 1, "nothing stands between these quotes"),
        ("a - b", 3, "a minus stands right before what it leaves out"),
        ("a or", 3, "'or' stands between two things"),
        ("or a", 1, "'or' stands between two things"),
        ("a and", 3, "'and' stands between two things"),
        ("(" * 50, 41, "at most 40 parentheses"),
        ("-" * 50 + "a", 41, "at most 40 parentheses and minus signs"),
        ("a" * (LONGEST + 1), LONGEST + 1, "a query has at most 1000 characters"),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(typed: str, place: int, told: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(typed)
    assert told in raised.value.message
    assert raised.value.message.endswith((".", "?"))
    assert raised.value.where == f"character {place}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("energy topic:", "energy"),
        ("energy is:d", "energy"),
        ('net "inp', "net inp"),
        ('tag:"deep le', 'tag:"deep le"'),
        ("(energy or net", "energy or net"),
        ("energy or", "energy"),
        ("energy -", "energy"),
        ("energy (", "energy"),
        ("deck:gd-name", '"deck:gd-name"'),
        ("rated:", ""),
        ("-prop:lapses>", ""),
        ("a) b", "a b"),
    ],
)
def test_what_is_not_finished_is_read_as_far_as_it_goes(typed: str, meant: str) -> None:
    reading = read(typed)

    assert write(reading.query) == meant
    assert reading.fault is not None


@given(queries)
@example(Not(And((Text("a"), Not(Or((Text("or"), Text('"'))))))))
def test_a_query_that_is_written_and_read_is_the_same(query: Query) -> None:
    assert parse(write(query)) == query


@given(st.text(max_size=60) | st.text(alphabet='ab:"()- oris<>=1.\\*', max_size=60))
def test_any_text_can_be_typed(typed: str) -> None:
    reading = read(typed)

    assert parse(write(reading.query)) == reading.query
    if reading.fault is None:
        assert parse(typed) == reading.query


@given(st.lists(st.sampled_from(["is:", "prop:", "flag:", "rated:", "topic:"])), st.text())
def test_any_text_may_stand_behind_a_colon(keys: list[str], text: str) -> None:
    reading = read(" ".join(f'{key}"{text}"' for key in keys))

    assert parse(write(reading.query)) == reading.query


def test_the_longest_query_is_read_at_once() -> None:
    for piece in ("(", "-", '""" ', "a(", "or ", "is:", "x:y "):
        assert read(piece * LONGEST).fault is not None
