"""Lines of words, and of rows of lengths of their own: read and marked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.verdicts import Verdict
from quizapp.exercises.family import Step
from quizapp.exercises.grading import as_json, mark
from quizapp.exercises.marks import wrong_entries
from quizapp.exercises.problem import read_problem
from quizapp.exercises.spelling import Words
from quizapp.exercises.submission import read_line
from quizapp.exercises.typed import Unreadable
from quizapp.exercises.values import FILLING, encoded, said
from quizapp.exercises.wording import message

RIGHT = {Verdict.CORRECT, Verdict.CARRIED}


def step(**more: Any) -> Step:
    return Step("y", "y", "y", lambda: 1.0, **more)


FIXED, LOOP = step(ragged=True), step(ragged=True, loop="layer")
WORD, WORDS = step(kind="text"), step(kind="text")
PATHS = step(kind="text", ragged=True)
SIZES = step(kind="integer", open=True)
ROUNDS = step(kind="integer", ragged=True, open=True, loop="rounds")


def read(of: Step, raw: Any, like: Any) -> Any:
    words = Words()
    words.learn(like)
    out = read_line(of, raw, encoded(of, like), words)
    assert not isinstance(out, Unreadable), out
    return None if out is None else said(of, out, words)


def refused(of: Step, raw: Any, like: Any) -> str:
    words = Words()
    words.learn(like)
    out = read_line(of, raw, encoded(of, like), words)
    assert isinstance(out, Unreadable), out
    return out.reason


# Reading -----------------------------------------------------------------------------------

TWO_AND_ONE = [[0.5, -1.0], [2.0]]


@pytest.mark.parametrize(
    "raw",
    [
        "0.5 -1; 2",
        "0.5, -1\n2",
        "0,5 -1; 2",
        "[[1/2, -1], [2]]",
        "(0.5, -1), (2)",
        "(0.5, -1)\n(2)",
        "0.5 -1 2",
        [[0.5, -1], [2]],
        [[0.5, -1], 2],
        ["0.5 -1", "2"],
        [["1/2", "-1"], ["2"]],
        [0.5, -1, 2],
    ],
)
def test_rows_of_lengths_that_the_problem_tells(raw: Any) -> None:
    assert read(FIXED, raw, TWO_AND_ONE) == TWO_AND_ONE


def test_rows_may_be_blank_and_those_of_a_loop_missing() -> None:
    assert read(FIXED, [[None, 1], None], TWO_AND_ONE) == [[None, 1], [None]]
    assert read(LOOP, "0.5 -1", TWO_AND_ONE) == [[0.5, -1], [None]]
    assert read(FIXED, [[None, None], [None]], TWO_AND_ONE) is None


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("1 2; 3 4", "rows of 2, 1 entries are asked for"),
        ("1 2; 3; 4", "rows of 2, 1 entries are asked for"),
        ([[1], [2]], "rows of 2, 1 entries are asked for"),
        ([[1, 2]], "rows of 2, 1 entries are asked for"),
        (3, "rows of 2, 1 entries are asked for"),
        ("1 inf; 3", "infinite"),
        ([[1, "x"], [2]], "x"),
        ([[1, [2, 3]], [2]], "a list stands where a number is asked for"),
        ([[1, True], [2]], "true or false"),
    ],
)
def test_other_rows_are_refused_with_the_reason(raw: Any, why: str) -> None:
    assert why in refused(FIXED, raw, TWO_AND_ONE)


@pytest.mark.parametrize("raw", ["Deep", "  deep ", "'deep'", ["deep"], "DEEP"])
def test_a_word(raw: Any) -> None:
    assert read(WORD, raw, "deep") == "deep"


def test_a_number_may_stand_for_a_word() -> None:
    assert read(WORD, 18, "18") == "18"
    assert read(WORD, 18.0, "18") == "18"
    assert read(WORDS, [18, 9.5], ["18"]) == ["18", "9.5"]


@pytest.mark.parametrize("raw", ["MLQ", "m l q", ["M", "L", "Q"], [["M"], ["L"], ["Q"]], "M,L,Q"])
def test_words_in_a_list(raw: Any) -> None:
    assert read(WORDS, raw, ["M", "L", "Q"]) == ["M", "L", "Q"]


@pytest.mark.parametrize("raw", ["s z; s a z", [["s", "z"], ["s", "a", "z"]], ["s z", "s->a->z"]])
def test_lists_of_words(raw: Any) -> None:
    assert read(PATHS, raw, [["s", "a", "z"], ["s", "z"]]) == [["s", "z"], ["s", "a", "z"]]


def test_an_empty_list_is_an_answer() -> None:
    assert read(PATHS, [], [["s", "z"]]) == []
    assert read(PATHS, "[]", [["s", "z"]]) == []
    assert read(WORDS, [], ["M"]) == []


def test_as_many_numbers_as_there_are() -> None:
    assert read(SIZES, "3 1 1", [4, 1]) == [3, 1, 1]
    assert read(SIZES, [5], [4, 1]) == [5]
    assert read(SIZES, 5, [4, 1]) == [5]


SIGNATURES = [[[1, 1], [1, 1, 1]], [[1, 2], [2, 1, 1]]]


@pytest.mark.parametrize(
    "raw",
    [
        "(1,1) (1,1,1)\n(1,2) (2,1,1)",
        "1: 1; 1: 1 1\n1: 2; 2: 1 1",
        SIGNATURES,
        [["1 1", "(1, 1, 1)"], ["1: 2", "2: {1, 1}"]],
    ],
)
def test_lists_of_numbers_in_every_round(raw: Any) -> None:
    assert read(ROUNDS, raw, SIGNATURES) == SIGNATURES


def test_rounds_may_be_missing() -> None:
    assert read(ROUNDS, "(1,1) (1,1,1)", SIGNATURES) == [SIGNATURES[0], [None, None]]
    assert read(ROUNDS, [None, SIGNATURES[1]], SIGNATURES) == [[None, None], SIGNATURES[1]]


@pytest.mark.parametrize(
    ("of", "like", "raw", "why"),
    [
        (WORD, "deep", ["deep", "shallow"], "a list stands where one word"),
        (WORD, "deep", True, "True is no word"),
        (WORD, "deep", {"a": 1}, "a mapping is no word"),
        (WORD, "deep", "x" * 201, "more than 200 characters"),
        (WORDS, ["a"], ["a"] * 10_001, "more than 10000 entries"),
        (PATHS, [["a"]], [["a", ["b", "c"]]], "a list stands"),
        (ROUNDS, SIGNATURES, "(1) (2) (3)\n(1) (2)", "row 1 has 3 lists, but 2 are asked for"),
        (ROUNDS, SIGNATURES, [SIGNATURES[0]] * 3, "3 rows, but 2 are asked for"),
        (ROUNDS, SIGNATURES, "(1, x) (2)", "x"),
        (SIZES, [2], [1, [2, 3]], "a list stands"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    of: Step, like: Any, raw: Any, why: str
) -> None:
    assert why in refused(of, raw, like)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=10,
)
ASKED = [
    (FIXED, TWO_AND_ONE),
    (LOOP, TWO_AND_ONE),
    (WORD, "deep"),
    (WORDS, ["M", "L"]),
    (PATHS, [["s", "z"], ["s", "a", "z"]]),
    (PATHS, []),
    (SIZES, [2, 1]),
    (ROUNDS, SIGNATURES),
]


@given(JSON | st.text("ab12 ,;:()[]{}\n-", max_size=30), st.sampled_from(ASKED))
@settings(max_examples=300, deadline=None)
def test_anything_is_read_or_refused(raw: Any, asked: tuple[Step, Any]) -> None:
    of, like = asked
    words = Words()
    words.learn(like)
    out = read_line(of, raw, encoded(of, like), words)
    assert out is None or isinstance(out, Unreadable) or out.dtype == float
    if isinstance(out, np.ndarray):
        said(of, out, words)
        assert not of.loop or len(out) == len(like)
        assert of is not FIXED or ((out == FILLING) == (encoded(of, like) == FILLING)).all()


# Marking -----------------------------------------------------------------------------------

GRAPH = read_problem(
    {
        "family": "computation-graph",
        "givens": {
            "edges": [["t", "x", 2], ["t", "y", 3], ["x", "z", 5], ["y", "z", 7], ["t", "z", 0.5]],
            "source": "t",
            "target": "z",
        },
    }
)


def verdicts(answers: dict[str, Any], problem: Any = GRAPH) -> dict[str, str]:
    return {line.step.name: line.verdict.value for line in mark(problem, answers).lines}


def test_paths_are_right_in_any_order_and_the_products_follow() -> None:
    answers = {"paths": "t z; t y z; t x z", "products": "0.5 21 10", "derivative": "31.5"}
    marking = mark(GRAPH, answers)
    assert [line.verdict for line in marking.lines] == [Verdict.CORRECT] * 3
    assert marking.score == 1.0


def test_a_forgotten_path_is_one_mistake() -> None:
    answers = {"paths": "t x z; t y z", "products": "10 21", "derivative": "31"}
    marking = mark(GRAPH, answers)
    assert verdicts(answers) == {"paths": "wrong", "products": "carried", "derivative": "carried"}
    paths = marking.line("paths")
    assert as_json(marking)["steps"][0]["cells"] == [[True] * 3] * 2
    assert message(marking, paths) == "What stands here is right, but 2 entries are missing."


def test_a_path_too_many_is_not_right() -> None:
    marking = mark(GRAPH, {"paths": "t x z; t y z; t z; t x y z"})
    told = as_json(marking)["steps"][0]
    assert told["verdict"] == "wrong"
    assert told["cells"] == [[True] * 3, [True] * 3, [True] * 2, [False] * 4]
    assert told["got"] == [["t", "x", "z"], ["t", "y", "z"], ["t", "z"], ["t", "x", "y", "z"]]
    assert wrong_entries(marking.line("paths")) == [False, False, False, True]


def test_a_path_that_does_not_exist_carries_nothing_on() -> None:
    answers = {"paths": "t q z", "products": "1", "derivative": "1"}
    assert verdicts(answers)["derivative"] != "carried"


def test_blank_paths_are_filled_in_from_the_right_ones() -> None:
    answers = {"paths": [["t", "x", "z"], None, ["t", "z"]], "products": [10, 21, 0.5]}
    assert verdicts(answers) == {"paths": "blank", "products": "correct", "derivative": "blank"}


DEEP = read_problem(
    {
        "family": "deep-mlp-forward",
        "givens": {
            "x": [1, 2],
            "weights": [[[1, -1], [0.5, 0.25]], [[1, 1]]],
            "biases": [[0, 1], [0.5]],
            "f": "sigmoid",
            "out": "identity",
        },
    }
)


def test_rows_of_their_own_lengths_are_marked_up_to_rounding() -> None:
    answers = {"z": "-1 2; 1.65", "h": "0.269 0.881; 1.65", "y": "1.65"}
    assert set(verdicts(answers, DEEP).values()) == {"correct"}


def test_a_wrong_row_carries_on() -> None:
    answers = {"z": "-1 3; 1.722", "h": "0.269 0.953; 1.722", "y": "1.722"}
    marking = mark(DEEP, answers)
    assert [row.value for row in marking.line("z").loop_rows] == ["wrong", "carried"]
    assert [row.value for row in marking.line("h").loop_rows] == ["carried", "carried"]
    assert marking.line("y").verdict is Verdict.CARRIED
    assert as_json(marking)["steps"][0]["cells"] == [[False, False], [True]]
    assert as_json(marking)["steps"][0]["got"] == [[-1.0, 3.0], [1.722]]


COLOURS = read_problem(
    {
        "family": "wl-colouring",
        "givens": {
            "A": [[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 1], [0, 0, 1, 0]],
            "start": [1, 1, 1, 1],
            "rounds": 2,
        },
    }
)


def test_the_names_of_colours_are_free_in_every_round() -> None:
    answers = {
        "signatures": [
            [[1, 1, 1], [1, 1], [1, 1, 1], [1, 1]],
            [[7, 3, 7], [3, 7], [7, 7, 3], [3, 7]],
        ],
        "colours": [[7, 3, 7, 3], [1, 2, 1, 2]],
        "classes": [1, 2, 2],
        "histogram": [2, 2],
    }
    assert set(verdicts(answers, COLOURS).values()) == {"correct"}
    alone = {"signatures": answers["signatures"]}
    assert verdicts(alone, COLOURS)["signatures"] == "correct"


def test_other_partitions_are_wrong_and_carry_on() -> None:
    answers = {
        "signatures": "(1,1,1) (1,1) (1,1,1) (1,1)\n(1,2,1) (2,1) (1,1,3) (3,1)",
        "colours": "1 2 1 3; 1 2 3 4",
        "classes": "1 3 4",
        "histogram": "1 1 1 1",
    }
    marking = mark(COLOURS, answers)
    assert [row.value for row in marking.line("signatures").loop_rows] == ["correct", "carried"]
    assert [row.value for row in marking.line("colours").loop_rows] == ["wrong", "carried"]
    assert marking.line("classes").verdict is Verdict.CARRIED
    assert marking.line("histogram").verdict is Verdict.CARRIED


def test_one_word_everywhere_is_no_answer() -> None:
    answers = {"windows": ["AAA"] * 5, "centres": ["A"] * 5}
    problem = read_problem(
        {"family": "sliding-window", "givens": {"sequences": ["CYMLT"], "w": 3, "A": 21}}
    )
    assert verdicts(answers, problem)["centres"] == "wrong"
