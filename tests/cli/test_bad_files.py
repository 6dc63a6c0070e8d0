"""Wrong arguments and hostile files: one sentence, exit status 2, never a traceback."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.cli.problems import ATTENTION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Outcome, Run

GOOD = json.dumps(ATTENTION)


def assert_one_sentence(got: Outcome) -> None:
    assert got.status == 2
    assert got.out == ""
    assert got.err.startswith("quizapp: ")
    assert got.err.count("\n") == 1
    assert len(got.err) < 1_200
    assert "fault of its own" not in got.err
    assert got.err.isprintable() or got.err[:-1].isprintable()


# Arguments ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["--nosuch"],
        ["solve"],
        ["solve", "a", "b"],
        ["check", "-", "lines.json"],
        ["parse"],
        ["parse", "1 2"],
        ["generate"],
        ["generate", "nosuch"],
        ["generate", "\x1b[31m" + "x" * 100_000],
        ["generate", "attention", "--seed", "-1"],
        ["generate", "attention", "--seed", "9" * 5_000],
        ["generate", "attention", "--seed", "1.5"],
        ["generate", "attention", "--count", "nan"],
        ["generate", "attention", "--level", "9"],
        ["generate", "attention", "--convention", "x"],
        ["generate", "attention", "--convention", "x=y"],
        ["discrepancies", "nosuch"],
        ["content"],
        ["content", "mend"],
        ["content", "check", "no/such/folder"],
        ["settings", "nosuch"],
        ["settings", "new_a_day", "9" * 5_000],
        ["settings", "retention", "nan"],
        ["settings", "retention", "1e999"],
        ["settings", "exam_date", "tomorrow"],
        ["settings", "course", "nosuch"],
        ["completion", "fish"],
        ["review", "--plain", "--topic", "nosuch"],
        ["practice", "nosuch", "--plain"],
        ["practice", "attention", "--plain", "--level", "9"],
        ["practice", "attention", "--plain", "--problem", "own.yaml"],
        ["practice", "--plain", "--problem", "no/such.yaml"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_wrong_arguments(quizapp: Run, arguments: list[str]) -> None:
    assert_one_sentence(quizapp(*arguments))


@pytest.mark.parametrize(
    "command", [[], ["review"], ["practice"], ["practice", "softmax"], ["exam"]]
)
def test_the_app_asks_for_a_terminal(quizapp: Run, command: list[str]) -> None:
    got = quizapp(*command)
    assert_one_sentence(got)
    assert "--plain" in got.err


# Files -------------------------------------------------------------------------------------

FILES = {
    "empty.json": b"",
    "empty.yaml": b"",
    "text.json": b'"attention"',
    "list.yaml": b"- 1\n",
    "binary.json": bytes(range(256)),
    "binary.yaml": bytes(range(256)),
    "latin.json": '{"family": "é"}'.encode("latin-1"),
    "deep.json": b"[" * 100_000,
    "deep-mapping.json": b'{"a":' * 100_000,
    "deep.yaml": b"[" * 100_000,
    "bomb.yaml": b"a: &a [1, 1]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
    "twice.json": b'{"family": "softmax", "family": "attention"}',
    "twice.yaml": b"family: softmax\nfamily: attention\n",
    "tag.yaml": b"family: !!python/object/apply:os.system [id]\n",
    "nan.json": b'{"family": "softmax", "givens": {"z": [NaN], "alpha": 1}}',
    "nan.yaml": b"family: softmax\ngivens: {z: [.nan], alpha: 1}\n",
    "infinite.json": b'{"family": "softmax", "givens": {"z": [Infinity], "alpha": 1}}',
    "infinite.yaml": b"family: softmax\ngivens: {z: [.inf], alpha: 1}\n",
    "large.json": b'{"family": "softmax", "givens": {"z": [1e999], "alpha": 1}}',
    "large.yaml": b"family: softmax\ngivens: {z: [1e999], alpha: 1}\n",
    "digits.json": b'{"family": "softmax", "givens": {"z": [%b], "alpha": 1}}' % (b"9" * 5_000),
    "digits.yaml": b"family: softmax\ngivens: {z: [%b], alpha: 1}\n" % (b"9" * 5_000),
    "ragged.yaml": b"family: attention\ngivens: {Q: [[1, 2], [3]], K: [[1, 2]], V: [[1]]}\n",
    "no-given.yaml": b"family: softmax\ngivens: {}\n",
    "no-family.yaml": b"givens: {}\n",
    "long-name.json": b'{"%b": 1}' % (b"x" * 1_000_000),
    "escapes.json": b'{"family": "\\u001b[31mred\\u0007\\u202e", "givens": {}}',
    "surrogate.json": b'{"family": "\\ud800", "givens": {}}',
    "long.json": b'"' + b"x" * 10_000_000 + b'"',
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_hostile_files(quizapp: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name])
    for arguments in (
        ["solve", str(file)],
        ["practice", "--plain", "--problem", str(file)],
        ["practice", "--plain", str(file)],
    ):
        got = quizapp(*arguments)
        assert_one_sentence(got)
        assert got.err.startswith(f"quizapp: {file}:")


@pytest.mark.parametrize("name", FILES)
def test_hostile_answers_and_schemes(quizapp: Run, tmp_path: Path, name: str) -> None:
    problem, bad, good = tmp_path / "own-problem.json", tmp_path / name, tmp_path / "good-one.yaml"
    problem.write_text(GOOD)
    bad.write_bytes(FILES[name])
    good.write_text("scores: 1\n")
    for arguments in ([str(bad)], [str(good), "--scheme", str(bad)]):
        got = quizapp("check", str(problem), *arguments)
        assert_one_sentence(got)
        assert got.err.startswith(f"quizapp: {bad}:")


@pytest.mark.parametrize("name", ["missing.yaml", ".", "", "a\nb\x1b[31m.json", "nul\0.yaml"])
def test_what_is_no_file(quizapp: Run, name: str) -> None:
    assert_one_sentence(quizapp("solve", name))


def test_a_pipe_that_nobody_writes_to_keeps_nobody_waiting(quizapp: Run, tmp_path: Path) -> None:
    pipe, good = tmp_path / "pipe.yaml", tmp_path / "good-one.json"
    os.mkfifo(pipe)
    good.write_text(GOOD)
    for arguments in (
        ["solve", str(pipe)],
        ["practice", "--plain", str(pipe)],
        ["check", str(pipe), str(good)],
        ["check", str(good), str(pipe)],
        ["check", str(good), str(good), "--scheme", str(pipe)],
    ):
        got = quizapp(*arguments)
        assert_one_sentence(got)
        assert "pipe" in got.err


def test_what_a_shell_hands_over_is_read(quizapp: Run) -> None:
    reading, writing = os.pipe()
    os.write(writing, GOOD.encode())
    os.close(writing)
    got = quizapp("solve", f"/dev/fd/{reading}", "--json")
    os.close(reading)
    assert got.json["family"] == "attention"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("title: 5", ":1:1: 'title' is text"),
        ("titel: a", ":1:1: a problem has no field 'titel'; did you mean 'title'?"),
        ("scheme: {nosuch: 1}", ":1:1: attention has no step 'nosuch'"),
        ("scheme: {output: -1}", ":1:10: the points of 'output' are -1"),
        ("decimals: 1e9", ":1:1: 'decimals' is a whole number"),
        ("conventions: {layout: row}", ":1:1: attention has no convention 'layout'"),
    ],
)
def test_what_stands_beside_the_numbers_has_its_place(
    quizapp: Run, tmp_path: Path, line: str, place: str
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(f"{line}\nfamily: attention\ngivens: {{Q: [[1]], K: [[1]], V: [[1]]}}\n")
    for arguments in (["solve", str(file)], ["practice", "--plain", str(file)]):
        got = quizapp(*arguments)
        assert_one_sentence(got)
        assert got.err.startswith(f"quizapp: {file}{place}")


def test_a_device_without_an_end_is_not_read_to_its_end(quizapp: Run) -> None:
    assert_one_sentence(quizapp("solve", "/dev/zero"))


def test_shapes_that_do_not_fit_name_the_given_and_both_shapes(
    quizapp: Run, tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "family: attention\ngivens:\n  Q: [[1, 0], [0, 1]]\n"
        "  K: [[1, 1, 2], [0, 1, 2]]\n  V: [[1], [1]]\n"
    )
    for arguments in (["solve", str(file)], ["practice", "--plain", "--problem", str(file)]):
        got = quizapp(*arguments)
        assert_one_sentence(got)
        assert got.err.startswith(f"quizapp: {file}:4:3: 'K' has the shape 2 x 3, but ")
        assert "2 x 2" in got.err


def test_an_unknown_step_is_named_with_its_line(quizapp: Run, tmp_path: Path) -> None:
    problem, answers = tmp_path / "own.json", tmp_path / "lines.yaml"
    problem.write_text(GOOD)
    answers.write_text("scores: 1\nsoftmax: 1\n")
    got = quizapp("check", str(problem), str(answers))
    assert_one_sentence(got)
    assert f"{answers}:2:1: attention has no step 'softmax'; its steps are scores" in got.err


def test_where_json_breaks_off_is_named(quizapp: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text('{"family": "softmax",\n "givens": [}\n')
    assert quizapp("solve", str(file)).err.startswith(f"quizapp: {file}:2:13: this is no JSON")
