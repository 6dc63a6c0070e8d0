"""A file of answers of a whole class: everybody marked, whoever cannot be is told where."""

from __future__ import annotations

import csv
import io
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.exercises.catalogue import family
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import plain
from tests.cli.problems import ATTENTION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Outcome, Run

HEADER = "student,scores,scaled,weights,output\n"
RIGHT = '"1 0; 1 1","0.707 0; 0.707 0.707","0.67 0.33; 0.5 0.5","1.67 0.32; 1.5 1"'
UNSCALED = '"1 0; 1 1","1 0; 1 1","0.731 0.269; 0.5 0.5","1.731 0.076; 1.5 1"'
LINES: dict[str, Any] = {
    "right": {
        "scores": "1 0; 1 1",
        "scaled": [[0.707, 0], [0.707, 0.707]],
        "weights": "0.67 0.33; 0.5 0.5",
        "output": "1.67 0.32; 1.5 1",
    },
    "unscaled": {"scores": "1 0; 1 1", "scaled": "1 0; 1 1"},
}


@pytest.fixture
def check(quizapp: Run, tmp_path: Path) -> Run:
    """Mark a file of answers, by its name and content, with further arguments."""
    problem = tmp_path / "own.json"
    problem.write_text(json.dumps(ATTENTION))

    def run(name: str, content: str | bytes, *arguments: str) -> Outcome:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return quizapp("check", str(problem), str(file), *arguments)

    return run


def records(got: Outcome) -> tuple[dict[str, Any], dict[str, Any]]:
    """The records of the students by name, and the summary."""
    *students, summary = got.lines
    return {str(one["student"]): one for one in students}, summary["summary"]


def verdicts(record: dict[str, Any]) -> list[str]:
    return [step["verdict"] for step in record["steps"]]


# CSV ---------------------------------------------------------------------------------------


def test_every_row_is_a_student(check: Run) -> None:
    got = check("a.csv", f"{HEADER}anna,{RIGHT}\nbert,{UNSCALED}\n", "--json")
    assert got.status == 0
    students, summary = records(got)
    assert list(students["anna"]) == ["student", "points", "of", "score", "steps"]
    assert (students["anna"]["points"], students["anna"]["of"]) == (4, 4)
    assert verdicts(students["bert"]) == ["correct", "slip", "carried", "carried"]
    assert list(summary) == [
        "students", "failed", "mean_score", "median_score", "mean_points", "of", "slips",
        "conventions", "lines", "missing",
    ]  # fmt: skip
    assert (summary["students"], summary["mean_score"]) == (2, 0.875)
    (slip,) = summary["slips"]
    assert (slip["step"], slip["slip"], slip["students"]) == ("scaled", "no-scaling", 1)
    assert summary["lines"][0]["step"] == "scaled"
    assert summary["lines"][0]["wrong"] == 1


def test_a_report_for_people(check: Run) -> None:
    content = f"{HEADER}anna,{RIGHT}\nbert,{UNSCALED}\ncarl,,,,\ndora,,,,1.67 0.32; 1.5 x\n"
    got = check("a.csv", content)
    assert got.status == 0
    assert all(len(line) <= 80 for line in got.out.splitlines())
    text = " ".join(got.out.split())
    assert "anna 4 of 4 points, 100%" in text
    assert "2 ✗ Scaled scores: The division by √d_k is missing." in text
    assert "carl 0 of 4 points, 0% · Nothing is written." in text
    assert "4 students marked. Mean score 44% (1.75 of 4 points), median 38%" in text
    assert "Most common slips, by students 1× line 2, Scaled scores: The division" in text
    assert "line 4, Output 0 1 1" in text
    assert "a.csv:5:9)" in text  # where the line that cannot be read stands


def test_the_summary_alone(check: Run) -> None:
    got = check("a.csv", f"{HEADER}anna,{RIGHT}\n,1\n", "--summary")
    assert got.status == 1
    assert "anna" not in got.out
    assert "a.csv:3:1: there is no name of a student" in " ".join(got.out.split())


def test_a_file_of_a_german_spreadsheet(check: Run) -> None:
    content = (
        "\ufeffName;Scores;scaled ;WEIGHTS;output;#group\r\n"
        'Jürgen Groß;"1 0\n1 1";"0,707 0; 0,707 0,707";"0,670 0,330; 0,5 0,5";'
        '"1,670 0,320; 1,5 1";A\r\n'
    )
    students, summary = records(check("a.csv", content, "--json"))
    assert students["Jürgen Groß"]["score"] == 1
    assert summary["failed"] == 0


@pytest.mark.parametrize(("separator", "score"), [(";", 1), (",", 0)])
def test_a_decimal_comma_is_in_doubt_only_where_commas_separate(
    quizapp: Run, tmp_path: Path, separator: str, score: float
) -> None:
    problem, answers = tmp_path / "own.json", tmp_path / "a.csv"
    problem.write_text('{"family": "softmax", "givens": {"z": [0.25], "alpha": 1}}')
    answers.write_text(f'student{separator}total\nanna{separator}"1,284"\n')
    got = quizapp("check", str(problem), str(answers), "--json").lines[0]
    (total,) = (step for step in got["steps"] if step["step"] == "total")
    assert (total["verdict"] == "correct") == bool(score)
    assert ("can be read as" in total["message"]) != bool(score)


def test_a_bad_row_fails_alone_with_its_place(check: Run, tmp_path: Path) -> None:
    content = (
        f'{HEADER}anna,{RIGHT}\nbert,"1 0; 1 1"x,,,\nANNA,,,,\n,1,,,\ncarl,1,2,3,4,5\n'
        f"dora,{UNSCALED}\n"
    )
    got = check("a.csv", content, "--json")
    assert got.status == 1
    students, summary = records(got)
    assert (summary["students"], summary["failed"]) == (2, 4)
    file = tmp_path / "a.csv"
    where = {name: one["error"]["where"] for name, one in students.items() if "error" in one}
    assert where == {
        "bert": f"{file}:3:16",
        "ANNA": f"{file}:4:1",
        "None": f"{file}:5:1",
        "carl": f"{file}:6:14",
    }
    assert "already" in students["ANNA"]["error"]["message"]
    assert verdicts(students["dora"])[1] == "slip"


BAD_HEADERS = {
    "": "the file is empty",
    "student\nanna\n": "no column is a step of attention",
    "anna,1 2,3\n": "attention has no step '1 2'",
    "scores,scaled\n": "has to name the student",
    "student,scores,softmax\n": "attention has no step 'softmax'",
    "student,scores,scalled\n": "did you mean 'scaled'?",
    "student,scores,Scores\n": "a second column 'scores'",
    'student,"scores\n': "never closed",
    "student,\x00\n": "null character",
}


@pytest.mark.parametrize("content", BAD_HEADERS)
def test_a_wrong_header_is_told(check: Run, tmp_path: Path, content: str) -> None:
    got = check("a.csv", content)
    assert (got.status, got.out) == (2, "")
    assert BAD_HEADERS[content] in got.err
    assert got.err.startswith(f"quizapp: {tmp_path / 'a.csv'}:")
    assert got.err.count("\n") == 1


def test_the_place_of_a_wrong_column_is_its_own(check: Run, tmp_path: Path) -> None:
    got = check("a.csv", "student;scores; softmax\n")
    assert got.err.startswith(f"quizapp: {tmp_path / 'a.csv'}:1:17: attention has no step")


def test_columns_that_are_missing_are_blank_for_everybody(check: Run) -> None:
    content = 'student,output,#mail\nanna,"1.67 0.32; 1.5 1",@x\nbert,,\n'
    got = check("a.csv", content)
    assert got.status == 0
    assert "Blank, and counted as done: a later line shows it." in got.out
    assert "There is no column for scores, scaled, weights" in " ".join(got.out.split())
    students, summary = records(check("a.csv", content, "--json"))
    assert students["anna"]["score"] == 1
    assert summary["missing"] == ["scores", "scaled", "weights"]


def test_columns_may_be_called_by_the_titles_of_lines(check: Run) -> None:
    students, _ = records(check("a.csv", 'student,Scaled Scores\nanna,"1 0; 1 1"\n', "--json"))
    assert students["anna"]["steps"][1]["slips"] == ["no-scaling"]


# JSON Lines --------------------------------------------------------------------------------


def json_lines(*values: Any) -> str:
    return "\n".join(value if isinstance(value, str) else json.dumps(value) for value in values)


def test_every_line_is_a_student(check: Run) -> None:
    content = json_lines(
        {"student": "anna", "answers": LINES["right"]},
        "",
        {"student": 4711, "answers": LINES["unscaled"]},
    )
    students, summary = records(check("a.jsonl", content, "--json"))
    assert students["anna"]["score"] == 1
    assert verdicts(students["4711"]) == ["correct", "slip", "blank", "blank"]
    assert summary["students"] == 2


def test_a_line_may_have_a_problem_and_a_scheme_of_its_own(check: Run) -> None:
    softmax = {"family": "softmax", "givens": {"z": [0, 0], "alpha": 1}, "scheme": {"p": 3}}
    content = json_lines(
        {"student": "a", "answers": LINES["right"], "scheme": {"output": 5}},
        {"student": "b", "answers": {"p": "0.5 0.5"}, "problem": softmax},
        {"student": "c", "answers": {"p": "0.4 0.6"}, "problem": softmax},
    )
    got = check("a.jsonl", content, "--json")
    students, summary = records(got)
    assert [students[name]["of"] for name in "abc"] == [8, 7, 7]
    assert [students[name]["points"] for name in "abc"] == [8, 6, 0]
    assert summary["mean_points"] is None
    assert {line["family"] for line in summary["lines"]} == {"attention", "softmax"}
    assert "Softmax of one vector of logits, line" in " ".join(
        check("a.jsonl", content).out.split()
    )


def test_a_bad_line_fails_alone(check: Run, tmp_path: Path) -> None:
    content = json_lines(
        {"student": "anna", "answers": {}},
        "{",
        {"student": "anna", "answers": {}},
        {"student": "", "answers": {}},
        {"student": ["x"], "answers": {}},
        {"student": "b", "answers": []},
        {"student": "c", "answers": {"softmax": 1}},
        {"student": "d"},
        {"student": "e", "answers": {}, "problem": {"family": "attention", "givens": {}}},
        {"student": "f", "answers": {}, "scheme": {"output": -1}},
        "[" * 100_000,
        '{"student": "g", "answers": {"scores": 1e999}}',
        '{"student": "h", "answers": {"scores": NaN}}',
        {"student": "z", "answers": LINES["right"]},
    )
    got = check("a.jsonl", content, "--json")
    assert got.status == 1
    assert got.err == ""
    *lines, summary = got.lines
    assert ["error" in line for line in lines] == [False, *[True] * 12, False]
    assert (summary["summary"]["students"], summary["summary"]["failed"]) == (2, 12)
    for number, line in enumerate(lines, start=1):
        if "error" in line:
            assert line["error"]["where"].startswith(f"{tmp_path / 'a.jsonl'}:{number}")
            assert line["error"]["code"] != "internal"


def test_a_class_on_standard_input(quizapp: Run, tmp_path: Path) -> None:
    problem = tmp_path / "own.json"
    problem.write_text(json.dumps(ATTENTION))
    typed = json_lines({"student": "anna", "answers": LINES["right"]}, "{")
    got = quizapp("check", str(problem), "-", "--json", typed=typed)
    assert got.status == 1
    assert got.lines[0]["score"] == 1
    assert got.lines[1]["error"]["where"].startswith("line 2")


# Points ------------------------------------------------------------------------------------


def test_points_come_from_the_problem_or_a_file_or_the_line(quizapp: Run, tmp_path: Path) -> None:
    problem, scheme = tmp_path / "own.json", tmp_path / "scheme.yaml"
    answers, one = tmp_path / "a.csv", tmp_path / "anna.yaml"
    problem.write_text(json.dumps({**ATTENTION, "scheme": {"scaled": 2.5, "output": 1.5}}))
    scheme.write_text("scaled: 0\noutput: 0\n")
    answers.write_text(f"{HEADER}bert,{UNSCALED}\n")
    one.write_text('scores: "1 0; 1 1"\nscaled: "1 0; 1 1"\n')
    assert "3.5 of 6 points, 58%" in quizapp("check", str(problem), str(answers)).out
    got = quizapp("check", str(problem), str(answers), "--scheme", str(scheme))
    assert "2 of 2 points, 100%" in got.out
    assert "1 of 6 points." in quizapp("check", str(problem), str(one)).out
    marking = quizapp("check", str(problem), str(one), "--json").json
    assert (marking["points"], marking["of"]) == (1, 6)
    with_problem = quizapp("check", str(problem), str(one), "--scheme", str(problem))
    assert "1 of 6 points." in with_problem.out


def test_a_bad_scheme_is_told_with_its_place(check: Run, tmp_path: Path) -> None:
    scheme = tmp_path / "scheme.yaml"
    for text, place in (
        ("scores: 1\nsoftmax: 2\n", ":2:1"),
        ("scores: 1\nscaled: -1\n", ":2:1"),
        ("scores: .nan\n", ":1:1"),
        ("- 1\n", ""),
    ):
        scheme.write_text(text)
        got = check("a.csv", HEADER, "--scheme", str(scheme))
        assert got.status == 2
        assert got.err.startswith(f"quizapp: {scheme}{place}")


# The file of marks -------------------------------------------------------------------------

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "a;=1"]


def test_marks_are_written_for_a_spreadsheet(check: Run, tmp_path: Path) -> None:
    out = tmp_path / "marks.csv"
    content = f"{HEADER}anna,{RIGHT}\nbert,{UNSCALED}\n,1\n"
    got = check("a.csv", content, "--csv", str(out))
    assert got.out.endswith(f"The marks are in {out}.\n")
    table = list(csv.reader(io.StringIO(out.read_text("utf-8"))))
    assert table[0] == [
        "student", "points", "of", "percent", "scores", "scaled", "weights", "output", "remark",
    ]  # fmt: skip
    assert table[1] == ["anna", "4", "4", "100", "1", "1", "1", "1", ""]
    assert table[2] == ["bert", "3", "4", "75", "1", "0", "1", "1", ""]
    assert table[3][:3] == ["", "", ""]
    assert table[3][-1].startswith(f"not marked: {tmp_path / 'a.csv'}:4:1: there is no name")


def test_marks_have_a_decimal_comma_where_the_answers_have_semicolons(
    check: Run, tmp_path: Path
) -> None:
    out = tmp_path / "marks.csv"
    check("a.csv", "name;scores;scaled\nMüller;1 0;\n", "--csv", str(out), "--json")
    text = out.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert '"Müller";"0";"4";"0"' in text.decode("utf-8-sig")


def test_nothing_in_the_marks_is_a_formula(check: Run, tmp_path: Path) -> None:
    out = tmp_path / "marks.csv"
    names = [*FORMULAS, '"=1', "a,=1", "=1\n=2"]
    content = json_lines(*({"student": name, "answers": {}} for name in [*names, "=1+1"]))
    check("a.jsonl", content, "--csv", str(out))
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(out.read_text("utf-8")), delimiter=delimiter):
            assert not any(cell.startswith(("=", "+", "-", "@", "＝", "\t")) for cell in row), row


def test_marks_never_take_the_place_of_another_file_in_silence(check: Run, tmp_path: Path) -> None:
    out = tmp_path / "marks.csv"
    out.write_text("mine")
    got = check("a.csv", f"{HEADER}anna,{RIGHT}\n", "--csv", str(out))
    assert got.status == 2
    assert "--replace" in got.err
    assert out.read_text() == "mine"
    assert check("a.csv", HEADER, "--csv", str(out), "--replace").status == 0
    assert out.read_text("utf-8").startswith('"student"')
    for name in ("a.csv", "own.json"):
        got = check("a.csv", HEADER, "--csv", str(tmp_path / name), "--replace")
        assert got.status == 2
        assert "made from" in got.err
    for name in (str(tmp_path), str(tmp_path / "no" / "folder.csv"), "a\0b", ""):
        got = check("a.csv", HEADER, "--csv", name, "--replace")
        assert got.status == 2
        assert got.err.count("\n") == 1


# What does not go together -----------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["--csv", "x.csv"], ["--summary"]],
)
def test_options_of_a_class_need_a_class(
    quizapp: Run, tmp_path: Path, arguments: list[str]
) -> None:
    problem, answers = tmp_path / "own.json", tmp_path / "a.yaml"
    problem.write_text(json.dumps(ATTENTION))
    answers.write_text("scores: 1\n")
    for call in (["check", str(problem), str(answers)], ["check", "-"]):
        got = quizapp(*call, *arguments)
        assert got.status == 2
        assert arguments[0] in got.err


def test_a_list_of_students_in_yaml_is_told_the_formats(quizapp: Run, tmp_path: Path) -> None:
    problem, answers = tmp_path / "own.json", tmp_path / "a.yaml"
    problem.write_text(json.dumps(ATTENTION))
    answers.write_text("- student: anna\n")
    assert ".csv or .jsonl" in quizapp("check", str(problem), str(answers)).err


@pytest.mark.parametrize("name", ["pipe.csv", "pipe.jsonl"])
def test_a_pipe_that_nobody_writes_to_is_no_file(quizapp: Run, tmp_path: Path, name: str) -> None:
    problem = tmp_path / "own.json"
    problem.write_text(json.dumps(ATTENTION))
    os.mkfifo(tmp_path / name)
    got = quizapp("check", str(problem), str(tmp_path / name))
    assert got.status == 2
    assert "pipe or a device" in got.err


# In general --------------------------------------------------------------------------------


def test_large_files_are_marked_as_they_are_read(check: Run) -> None:
    rows = "".join(f"s{n},{UNSCALED if n % 3 else RIGHT}\n" for n in range(300))
    students, summary = records(check("a.csv", HEADER + rows, "--json"))
    assert len(students) == summary["students"] == 300
    assert summary["slips"][0]["students"] == 200


@pytest.mark.parametrize("family_id", ["hopfield-recall", "onehot-flatten", "mha-params"])
def test_right_answers_of_other_families(quizapp: Run, tmp_path: Path, family_id: str) -> None:
    problem = generate(family(family_id), seed=2)
    file, answers = tmp_path / "own.json", tmp_path / "a.csv"
    file.write_text(json.dumps(problem.as_json()))
    values = {name: plain(value) for name, value in problem.solve().items()}
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerows([["student", *values], ["anna", *map(json.dumps, values.values())]])
    answers.write_text(table.getvalue())
    got = quizapp("check", str(file), str(answers), "--json")
    assert got.lines[0]["score"] == 1


@given(content=st.text(alphabet='studen,coras;"\n\r\t 01.=é\x00', max_size=80) | st.text())
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_csv_is_marked_or_refused(check: Run, content: str) -> None:
    for head in ("", "student,scores\n"):
        got = check("a.csv", (head + content).encode(errors="surrogatepass"), "--json")
        assert got.status in {0, 1, 2}
        assert "fault of its own" not in got.err
        assert "internal" not in got.out
