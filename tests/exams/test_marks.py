from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.cards import Card, ChooseMany, ChooseOne
from quizapp.core.verdicts import Verdict
from quizapp.exams.marks import (
    PaperMarks,
    QuestionMark,
    line_points,
    mark_paper,
    mark_question,
    question_ask,
    unreadable,
)
from quizapp.exams.paper import Paper, Question
from quizapp.exams.responses import has_answer, read_number
from quizapp.exercises.problem import read_problem

SIDES = {"slides": 100.0, "textbook": 13.8}
ENERGY = {
    "family": "hopfield-energy",
    "givens": {
        "W": [[0, 1, -2], [1, 0, 3], [-2, 3, 0]],
        "b": [0.5, 0, -1],
        "y": [1, -1, 1],
    },
    "conventions": {"offset": "bias"},
    "printed": ["offset"],
}
RIGHT = {"local": "-3 4 -5", "quadratic": "-12", "offset_term": "-0.5", "energy": "6.5"}


def card(type_: str, **data: Any) -> Card:
    return Card(type_, type_, "hopfield", ("i",), (), (), (), (), "because", data)


NUMBER = card("numeric", question="How many?", value=0.25, decimals=2, unit="bits")
SPLIT = card("numeric", question="How many?", value=SIDES, tolerance=0.1)
TRUTH = card("true-false", statement="It falls.", answer=True)
ONE = card(
    "choice",
    question="Which?",
    options=[{"text": text, "right": text == "b"} for text in "abcd"],
)
MANY = card(
    "choice",
    question="Which?",
    select="many",
    options=[{"text": text, "right": text in "abc"} for text in "abcde"],
)


def paper(*questions: Question, answer_by: Any = "slides") -> Paper:
    return Paper("b", "c", "Exam", 10, 1, answer_by, questions)


def ask_card(card_: Card, points: float = 1.0, seed: int = 5) -> Question:
    return Question("card", "Section", points, card_.id, seed, card_.digest())


def compute(points: float = 3.0, problem: dict[str, Any] = ENERGY) -> Question:
    return Question("exercise", "Section", points, problem=problem)


def marked(
    question: Question, answer: dict[str, Any], *cards: Card, answer_by: Any = "slides"
) -> QuestionMark:
    by_id = {c.id: c for c in cards}
    return mark_question(paper(question, answer_by=answer_by), question, answer, by_id)


def indices(question: Question, card_: Card, texts: str) -> list[int]:
    asked = question_ask(question, card_, paper(question))
    assert isinstance(asked, ChooseOne | ChooseMany)
    return [n for n, option in enumerate(asked.options) if option.text in texts]


def test_points_add_up_over_the_paper() -> None:
    questions = (ask_card(TRUTH), ask_card(NUMBER, 2.0), compute())
    answers: dict[int, dict[str, Any]] = {0: {"chosen": [0]}, 2: {"lines": RIGHT}}
    marks = mark_paper(paper(*questions), answers, {c.id: c for c in (TRUTH, NUMBER)})
    assert [mark.points for mark in marks.questions] == [1.0, 0.0, 3.0]
    assert (marks.points, marks.of) == (4.0, 6.0)
    assert marks.share == pytest.approx(2 / 3)


def test_the_options_are_marked_in_the_order_of_the_paper() -> None:
    for seed in range(12):
        question = ask_card(ONE, seed=seed)
        chosen = indices(question, ONE, "b")
        assert marked(question, {"chosen": chosen}, ONE).points == 1.0
        assert marked(question, {"chosen": [(chosen[0] + 1) % 4]}, ONE).points == 0.0


@pytest.mark.parametrize(
    ("ticked", "points"),
    [
        ("abc", 3.0),
        ("ab", 2.0),
        ("abd", 1.0),
        ("abcd", 2.0),
        ("de", 0.0),
        ("", 0.0),
        ("abcde", 1.0),
    ],
)
def test_a_choice_of_several_earns_right_ticks_less_wrong_ones(ticked: str, points: float) -> None:
    question = ask_card(MANY, 3.0)
    mark = marked(question, {"chosen": indices(question, MANY, ticked)}, MANY)
    assert mark.points == points
    assert mark.right is (ticked == "abc")


@pytest.mark.parametrize("text", ["0.25", "1/4", "25 %", "0,25", ".26", "0.24"])
def test_a_number_is_right_within_its_decimals(text: str) -> None:
    assert marked(ask_card(NUMBER, 2.0), {"text": text}, NUMBER).points == 2.0


@pytest.mark.parametrize("text", ["0.27", "0", "-0.25"])
def test_another_number_is_wrong(text: str) -> None:
    mark = marked(ask_card(NUMBER), {"text": text}, NUMBER)
    assert (mark.points, mark.right, mark.unreadable) == (0.0, False, "")
    assert mark.shown == "0.25 bits"


@pytest.mark.parametrize("text", ["about a quarter", "1,234", "0.2.5", "nan"])
def test_what_is_no_number_is_said_so(text: str) -> None:
    mark = marked(ask_card(NUMBER), {"text": text}, NUMBER)
    assert mark.points == 0.0
    assert mark.unreadable


def test_the_number_of_the_other_side_is_recognized() -> None:
    question = ask_card(SPLIT)
    assert marked(question, {"text": "100"}, SPLIT).points == 1.0
    by_slides = marked(question, {"text": "13.8"}, SPLIT)
    assert (by_slides.points, by_slides.other) == (0.0, True)
    assert marked(question, {"text": "13.8"}, SPLIT, answer_by="textbook").points == 1.0


def test_a_right_computation_earns_all_its_points() -> None:
    mark = marked(compute(), {"lines": RIGHT})
    assert (mark.points, mark.right) == (3.0, True)


def test_a_slip_costs_its_own_line_only() -> None:
    lines = {**RIGHT, "offset_term": "0.5", "energy": "5.5"}
    mark = marked(compute(4.0), {"lines": lines})
    assert mark.marking is not None
    assert mark.marking.line("energy").verdict is Verdict.CARRIED
    assert (mark.points, mark.right) == (3.0, False)


def test_a_printed_convention_not_kept_earns_nothing() -> None:
    lines = {**RIGHT, "energy": "5.5"}  # the threshold form, though the paper says bias
    mark = marked(compute(4.0), {"lines": lines})
    assert mark.marking is not None
    line = mark.marking.line("energy")
    assert line.verdict is Verdict.CONVENTION
    assert line.share == 0.0
    assert mark.points == 3.0
    open_ = {name: value for name, value in ENERGY.items() if name != "printed"}
    assert marked(compute(4.0, open_), {"lines": lines}).points == 4.0


def test_a_line_may_be_given_cell_by_cell() -> None:
    lines = {"local": ["-3", "4", "-5"], "energy": "13/2"}
    mark = marked(compute(), {"lines": lines})
    assert mark.points == 3.0  # what stands above a right final line need not be written


def test_partial_credit_comes_in_quarters() -> None:
    lines = {"local": "-3 4 -5"}
    mark = marked(compute(3.0), {"lines": lines})
    assert mark.points == 0.75
    assert mark.right is False


def test_only_a_full_solution_earns_all_points() -> None:
    lines = {**RIGHT, "local": "-3 4 5"}
    mark = marked(compute(0.5), {"lines": {**lines, "quadratic": "1"}})
    assert mark.points < 0.5


def weighed(scheme: dict[str, float], points: float = 6.0) -> Question:
    return Question("exercise", "Section", points, problem=ENERGY, scheme=scheme)


@pytest.mark.parametrize(
    ("scheme", "points"),
    [
        ({}, 4.5),
        ({"local": 3, "quadratic": 1, "offset_term": 1, "energy": 1}, 5.0),
        ({"local": 1, "quadratic": 1, "offset_term": 3, "energy": 1}, 3.0),
        ({"offset_term": 0}, 6.0),
        ({"local": 0, "quadratic": 0, "energy": 0}, 0.0),
    ],
)
def test_a_scheme_shares_the_points_out_among_the_lines(
    scheme: dict[str, float], points: float
) -> None:
    lines = {**RIGHT, "offset_term": "0.5", "energy": "5.5"}  # one slip, then carried on
    mark = marked(weighed(scheme), {"lines": lines})
    assert mark.points == points
    assert sum(of for _, of in mark.by_line) == pytest.approx(6.0)
    assert sum(earned for earned, _ in mark.by_line) == pytest.approx(points)


def test_lines_share_the_points_of_the_question() -> None:
    problem = read_problem(ENERGY)
    assert line_points(compute(4.0), problem) == dict.fromkeys(RIGHT, 1.0)
    worth = line_points(weighed({"local": 0, "energy": 2}, 2.0), problem)
    assert worth == {"local": 0, "quadratic": 0.5, "offset_term": 0.5, "energy": 1}
    assert sum(line_points(weighed(dict.fromkeys(RIGHT, 0)), problem).values()) == 0


def test_a_line_that_cannot_be_read_earns_by_the_scheme_above_a_right_one() -> None:
    mark = marked(weighed({"local": 3}), {"lines": {**RIGHT, "local": "-3 4 what"}})
    assert mark.points == 6.0
    assert mark.by_line[0] == (3.0, 3.0)


def test_a_scheme_of_another_version_takes_the_question_out_of_the_total() -> None:
    mark = marked(weighed({"no-such-step": 3}), {"lines": RIGHT})
    assert (mark.of, mark.right) == (0.0, None)


def test_an_unreadable_line_above_a_right_final_line_costs_nothing() -> None:
    mark = marked(compute(), {"lines": {**RIGHT, "local": "-3 4 what"}})
    assert mark.points == 3.0
    assert mark.marking is not None
    assert mark.marking.line("local").verdict is Verdict.INVALID


def test_nothing_answered_earns_nothing() -> None:
    for question, card_ in ((ask_card(TRUTH), TRUTH), (ask_card(MANY), MANY), (compute(), TRUTH)):
        mark = marked(question, {}, card_)
        assert (mark.points, mark.right) == (0.0, False)


def test_a_question_whose_card_is_gone_is_out_of_the_total() -> None:
    mark = marked(ask_card(TRUTH), {"chosen": [0]})
    assert (mark.points, mark.of, mark.right) == (0.0, 0.0, None)
    assert "no longer" in mark.shown


@pytest.mark.parametrize("problem", [{"family": "gone", "givens": {}}, {**ENERGY, "givens": {}}])
def test_a_computation_this_version_cannot_set_is_out_of_the_total(problem: dict[str, Any]) -> None:
    mark = marked(compute(problem=problem), {"lines": RIGHT})
    assert (mark.points, mark.of, mark.right) == (0.0, 0.0, None)
    assert "cannot be marked" in mark.shown


def test_the_points_given_at_the_time_outlast_an_edit_of_the_card() -> None:
    marks = PaperMarks((QuestionMark(0.0, 1.0, right=False), QuestionMark(2.0, 2.0, right=True)))
    kept = marks.as_given([(1.0, 1.0), (2.0, 2.0)])
    assert [(mark.points, mark.right) for mark in kept.questions] == [(1.0, True), (2.0, True)]
    assert marks.as_given([]) is marks


def test_what_cannot_be_read_is_named_without_a_verdict() -> None:
    question = compute()
    assert unreadable(question, None, {}) == ""
    assert unreadable(question, None, {"lines": {**RIGHT, "energy": "99"}}) == ""
    told = unreadable(question, None, {"lines": {"local": "1 2", "energy": "x y"}})
    assert told.startswith("Line 1: ")
    assert "Line 4: " in told
    number = question_ask(ask_card(NUMBER), NUMBER, paper())
    assert unreadable(ask_card(NUMBER), number, {"text": "7"}) == ""
    assert "can be read as" in unreadable(ask_card(NUMBER), number, {"text": "1,234"})


def test_blanks_are_no_answer() -> None:
    blanks: list[dict[str, Any]] = [{}, {"chosen": []}, {"text": "  "}, {"lines": {"a": " "}}]
    blanks += [{"lines": {"a": [["", " "], [""]]}}, {"text": None}]
    assert not any(map(has_answer, blanks))
    answers: list[dict[str, Any]] = [{"chosen": [0]}, {"text": "x"}, {"lines": {"a": "", "b": "1"}}]
    answers += [{"lines": {"a": [["", "x"]]}}]
    assert all(map(has_answer, answers))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30))
def test_any_text_in_a_number_is_a_number_a_sentence_or_blank(text: str) -> None:
    found = read_number(text)
    assert found is None or isinstance(found, float) or found.endswith((".", "?"))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from([*RIGHT, "unheard"]), st.text(max_size=20)))
def test_any_text_in_the_lines_earns_between_none_and_all(lines: dict[str, str]) -> None:
    mark = marked(compute(), {"lines": lines})
    assert 0 <= mark.points <= 3.0
    assert mark.points * 4 == int(mark.points * 4)
