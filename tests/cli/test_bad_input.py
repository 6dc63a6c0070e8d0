"""Hostile JSON Lines: every line gets one answer, and none of them is a traceback."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.__main__ import main
from quizapp.cli.lines import LONGEST_LINE
from quizapp.core.json_text import DEEPEST, JsonError, decode
from quizapp.exercises.catalogue import families
from quizapp.exercises.generate import generate
from tests.cli.problems import ATTENTION

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome, Run

GOOD = json.dumps(ATTENTION)


def assert_answered(got: Outcome, count: int) -> list[Any]:
    assert got.err == ""
    lines = got.lines
    assert len(lines) == count
    failed = [line["error"] for line in lines if "error" in line]
    assert all(set(error) == {"code", "message", "where"} for error in failed)
    assert all(error["code"] != "internal" for error in failed), failed
    assert all(len(error["message"]) < 600 for error in failed)
    assert got.status == int(bool(failed))
    return lines


BAD_LINES = [
    "{", "[", "nan", "NaN", "1e999", "null", "[]", '""', "\x00", "9" * 5_000, "[" * 100_000,
    '{"a":' * 100_000, "x" * 1_000_000, '"' + "\\" * 999_999, "\ufeff{}", "'a'",
    '{"family": "softmax", "family": "softmax"}',
]  # fmt: skip


@pytest.mark.parametrize("command", ["solve", "check", "parse"])
def test_bad_lines_are_answered_and_the_run_goes_on(quizapp: Run, command: str) -> None:
    good = {
        "solve": GOOD,
        "check": json.dumps({"problem": ATTENTION, "answers": {}}),
        "parse": '{"text": "1"}',
    }[command]
    lines = assert_answered(
        quizapp(command, "-", typed="\n".join([good, *BAD_LINES, good])), len(BAD_LINES) + 2
    )
    assert ["error" in line for line in lines] == [False, *[True] * len(BAD_LINES), False]
    assert [line["error"]["where"] for line in lines[1:-1]] == [
        f"line {number}" for number in range(2, len(BAD_LINES) + 2)
    ]


@pytest.mark.parametrize("command", ["solve", "check", "parse"])
def test_nothing_in_is_nothing_out(quizapp: Run, command: str) -> None:
    for typed in ("", "\n", "\r\n\n  \n"):
        got = quizapp(command, "-", typed=typed)
        assert (got.status, got.out, got.err) == (0, "", "")


def test_a_line_that_is_no_utf8_fails_alone(quizapp: Run) -> None:
    lines = assert_answered(quizapp("parse", "-", typed=b'\xff\n{"text": "2"}\n'), 2)
    assert "UTF-8" in lines[0]["error"]["message"]
    assert lines[1] == {"value": 2.0}


def test_a_byte_order_mark_in_front_is_read_over(quizapp: Run) -> None:
    assert_answered(quizapp("parse", "-", typed=b'\xef\xbb\xbf{"text": "2"}\r\n'), 1)


def test_a_line_of_ten_megabytes_is_refused_and_the_next_one_read(quizapp: Run) -> None:
    long = '{"text": "' + "1" * 10_000_000 + '"}'
    lines = assert_answered(quizapp("parse", "-", typed=f'{long}\n{{"text": "2"}}'), 2)
    assert str(LONGEST_LINE) in lines[0]["error"]["message"]
    assert lines[1] == {"value": 2.0}


HOSTILE = [
    "9**9**9", "__import__('os').system('id')", "1" * 1_000_000, "(" * 19_000, "1+" * 9_000 + "1",
    "e^" * 9_000 + "1", "[" * 19_000, "1 " * 9_000, "exec('x')", "{}.__class__", "sqrt" * 4_000,
    "\u202e1", "\x1b[31m1", "1e999", "0/0", "9" * 19_000, "!" * 19_000, "√" * 19_000, "lambda: 1",
]  # fmt: skip


def test_hostile_answers_are_refused(quizapp: Run) -> None:
    typed = [json.dumps({"text": text, "shape": "scalar"}) for text in HOSTILE]
    answers = [
        json.dumps({"problem": ATTENTION, "answers": {"scores": text, "output": [[text]]}})
        for text in HOSTILE
    ]
    assert_answered(quizapp("parse", "-", typed="\n".join(typed)), len(HOSTILE))
    for line in assert_answered(quizapp("check", "-", typed="\n".join(answers)), len(HOSTILE)):
        assert line["score"] == 0


def test_hostile_answers_to_every_family_are_refused(quizapp: Run) -> None:
    typed: list[str] = []
    for number, of in enumerate(families()):
        problem = generate(of, seed=1, level=of.levels[0]).as_json()
        answers = dict.fromkeys(of.by_name, HOSTILE[number % len(HOSTILE)][:3_000])
        typed.append(json.dumps({"problem": problem, "answers": answers}))
    for line in assert_answered(quizapp("check", "-", typed="\n".join(typed)), len(typed)):
        assert line["score"] == 0
        assert {step["verdict"] for step in line["steps"]} <= {"invalid", "wrong"}


def test_hostile_givens_of_every_family_are_refused(quizapp: Run) -> None:
    typed: list[str] = []
    names: list[str] = []
    for number, of in enumerate(families()):
        problem = generate(of, seed=1, level=of.levels[0]).as_json()
        for stated in of.givens:
            text = HOSTILE[(number + len(typed)) % len(HOSTILE)]
            for bad in (text, {"x": text}, [[[[[[text]]]]]]):
                givens = {**problem["givens"], stated.name: bad}
                typed.append(json.dumps({**problem, "givens": givens}))
                names.append(stated.name)
    lines = assert_answered(quizapp("solve", "-", typed="\n".join(typed)), len(typed))
    wrong = [
        (line, name)
        for line, name in zip(lines, names, strict=True)
        if "error" in line and line["error"]["where"] != name
    ]
    assert wrong == []
    assert sum("error" in line for line in lines) > 0.99 * len(lines)


BAD_GIVENS: list[Any] = [
    None, True, "1", 1, [], [[]], [[[]]], [[None]], [[1], [1, 2]], [["9**9**9", 1]],
    [["__import__('os')", 1], [0, 1]], {"a": 1}, [[1, 2, 3]], [[{}, 1]], [[10**299, []]],
]  # fmt: skip
BAD_PROBLEMS: list[Any] = [
    {"family": "attention"},
    {"givens": {}},
    {"family": "nosuch", "givens": {}},
    {"family": "../../etc/passwd", "givens": {}},
    {"family": ["attention"], "givens": {}},
    {"family": "attention", "givens": []},
    {**ATTENTION, "nosuch": 1},
    {**ATTENTION, "x" * 1_000_000: 1},
    {**ATTENTION, "decimals": 99},
    {**ATTENTION, "decimals": True},
    {**ATTENTION, "decimals": "3"},
    {**ATTENTION, "seed": -1},
    {**ATTENTION, "conventions": {"nosuch": "x"}},
    {**ATTENTION, "conventions": ["x"]},
    {**ATTENTION, "printed": ["nosuch"]},
    {**ATTENTION, "givens": {**ATTENTION["givens"], "nosuch": 1}},
    *({**ATTENTION, "givens": {**ATTENTION["givens"], "K": bad}} for bad in BAD_GIVENS),
]  # fmt: skip


def test_bad_problems_are_told_what_is_wrong(quizapp: Run) -> None:
    typed = [json.dumps(problem) for problem in BAD_PROBLEMS]
    lines = assert_answered(quizapp("solve", "-", typed="\n".join(typed)), len(BAD_PROBLEMS))
    assert all("error" in line for line in lines)
    assert all(line["error"]["where"] for line in lines)


BAD_TYPED: list[Any] = [
    True, 5, [], [[]], {}, {"a": 1}, [None], [[None, 1], 2], [[[[[1]]]]], "x", ["x"], [["1/0"]],
    10**299, [[1, 2], [3, 4], [5, 6]], "1 2; 3 4; 5 6", [[1e308, 1e308], [1e308, -1e308]],
]  # fmt: skip


def test_lines_of_any_kind_are_marked(quizapp: Run) -> None:
    typed = [
        json.dumps({"problem": ATTENTION, "answers": {step: bad}})
        for bad in BAD_TYPED
        for step in ("scores", "output")
    ]
    for line in assert_answered(quizapp("check", "-", typed="\n".join(typed)), len(typed)):
        assert line["score"] < 1


NAMES = [
    "family", "givens", "conventions", "decimals", "problem", "answers", "text", "shape",
    "Q", "K", "V", "z", "alpha", "scores", "output",
]  # fmt: skip
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["attention", "softmax", "1 2; 3 4", "9**9**9", "scores"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(NAMES) | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
GIVENS = st.fixed_dictionaries(
    {}, optional={"Q": JSON, "K": JSON, "V": JSON | st.just([[1.0, 2.0]])}
)
PROBLEMS = st.fixed_dictionaries(
    {"family": st.just("attention"), "givens": GIVENS | st.just(ATTENTION["givens"])},
    optional={"decimals": JSON, "conventions": JSON, "level": JSON, "seed": JSON},
)
ANSWERS = st.dictionaries(st.sampled_from(["scores", "scaled", "weights", "output"]), JSON)
LINES = {
    "solve": JSON | PROBLEMS,
    "check": JSON | st.fixed_dictionaries({"problem": PROBLEMS, "answers": ANSWERS | JSON}),
    "parse": JSON | st.fixed_dictionaries({"text": st.text(), "shape": JSON | st.just("scalar")}),
}


def answered(command: str, typed: str) -> list[Any]:
    """The answers to lines, for hypothesis, which shares no fixtures between examples."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main([command, "-"])
    finally:
        sys.stdin = before
    assert err.getvalue() == ""
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert status == int(any("error" in line for line in lines))
    for line in lines:
        assert line.get("error", {}).get("code") != "internal", line
    return lines


@pytest.mark.parametrize("command", ["solve", "check", "parse"])
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_json_gets_one_answer_a_line(command: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(LINES[command], min_size=1, max_size=3))
    assert len(answered(command, "\n".join(map(json.dumps, values)))) == len(values)


@pytest.mark.parametrize("command", ["solve", "check", "parse"])
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(alphabet=st.sampled_from('[]{}":,\\ eE+-.019naulltrf\t\x00é')))
def test_any_text_gets_one_answer(command: str, text: str) -> None:
    assert len(answered(command, text)) == int(bool(text.strip()))


@given(value=JSON.filter(lambda value: "NaN" not in json.dumps(value)))
def test_what_json_writes_decode_reads(value: Any) -> None:
    text = json.dumps(value)
    try:
        assert decode(text) == json.loads(text)
    except JsonError:
        assert "Infinity" in text or any(len(part) > 300 for part in text.split())


def test_depth_counts_brackets_outside_of_texts() -> None:
    assert decode(json.dumps("[" * 1_000)) == "[" * 1_000
    fits = "[" * DEEPEST + "]" * DEEPEST
    assert json.dumps(decode(fits)) == fits
    with pytest.raises(JsonError, match="nested"):
        decode(f"[{fits}]")
