"""The machine interface: keys, order, exit statuses, of every command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizapp.cli.parser import COMMANDS
from quizapp.exercises.catalogue import family_ids
from tests.cli.problems import ATTENTION

if TYPE_CHECKING:
    from tests.cli.conftest import Run

DATA = Path(__file__).parent.parent / "exercises" / "data"
SOLVED: list[dict[str, Any]] = json.loads((DATA / "solve.json").read_text("utf-8"))
SLIPPED: list[dict[str, Any]] = json.loads((DATA / "slips.json").read_text("utf-8"))


def of_families_here(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = set(family_ids())
    return [case for case in cases if case["family"] in known]


def stated(case: dict[str, Any]) -> dict[str, Any]:
    return {name: case[name] for name in ("family", "givens", "conventions")}


def json_lines(values: list[Any]) -> str:
    return "\n".join(json.dumps(value) for value in values)


def alike(got: Any, wanted: Any) -> bool:
    """Whether two values have the same form, words and, up to rounding, numbers."""
    if isinstance(got, list) or isinstance(wanted, list):
        if not (isinstance(got, list) and isinstance(wanted, list) and len(got) == len(wanted)):
            return False
        return all(map(alike, got, wanted))
    if got == wanted:
        return True
    return bool(np.isclose(float(got), float(wanted), rtol=1e-9, atol=1e-13))


# families, generate ------------------------------------------------------------------------


def test_families_have_the_agreed_keys(quizapp: Run) -> None:
    listed = quizapp("families", "--json").json
    assert [entry["id"] for entry in listed] == family_ids()
    for entry in listed:
        assert list(entry) == [
            "id", "topic", "title", "sources", "version", "levels",
            "givens", "conventions", "steps", "slips",
        ]  # fmt: skip
        assert all(isinstance(text, str) for text in entry["givens"].values())
        assert all(isinstance(values, list) for values in entry["conventions"].values())
        assert all(list(step) == ["name", "rule", "final"] for step in entry["steps"])
        assert all(list(slip) == ["name", "step", "says"] for slip in entry["slips"])


def test_generate_prints_one_problem_a_line(quizapp: Run) -> None:
    got = quizapp("generate", "attention", "--seed", "5", "--level", "2", "--count", "3", "--json")
    assert got.status == 0
    assert len(got.lines) == 3
    assert len({json.dumps(line["givens"]) for line in got.lines}) == 3
    for line in got.lines:
        wanted = {"family", "version", "seed", "level", "givens", "conventions", "decimals"}
        assert wanted <= set(line)
        assert (line["family"], line["seed"], line["level"]) == ("attention", 5, 2)


def test_generate_repeats_itself_with_the_same_seed(quizapp: Run) -> None:
    arguments = ("generate", "softmax", "--seed", "9", "--count", "2", "--json")
    assert quizapp(*arguments).out == quizapp(*arguments).out


def test_what_generate_prints_solve_reads(quizapp: Run) -> None:
    drawn = quizapp("generate", "hopfield-recall", "--seed", "1", "--count", "4", "--json").out
    got = quizapp("solve", "-", typed=drawn)
    assert got.status == 0
    assert [list(line) for line in got.lines] == [["family", "conventions", "steps", "final"]] * 4


def test_generate_takes_conventions_by_name(quizapp: Run) -> None:
    got = quizapp("generate", "l2-step", "--convention", "l2=half-lambda", "--json")
    assert got.json["conventions"]["l2"] == "half-lambda"


# solve -------------------------------------------------------------------------------------


def test_public_cases_are_solved_in_order(quizapp: Run) -> None:
    cases = of_families_here(SOLVED)
    got = quizapp("solve", "-", typed=json_lines([stated(case) for case in cases]))
    assert got.status == 0
    assert len(got.lines) == len(cases) > 0
    for case, line in zip(cases, got.lines, strict=True):
        assert list(line) == ["family", "conventions", "steps", "final"]
        assert line["family"] == case["family"]
        assert line["conventions"].items() >= case["conventions"].items()
        assert list(line["steps"]) == list(case["expected"])
        assert set(line["final"]) <= set(line["steps"])
        wrong = [n for n, v in case["expected"].items() if not alike(line["steps"][n], v)]
        assert wrong == [], case["family"]


def test_solve_reads_a_file_in_json_or_yaml(quizapp: Run, tmp_path: Path) -> None:
    in_json, in_yaml = tmp_path / "own.json", tmp_path / "own.yaml"
    in_json.write_text(json.dumps(ATTENTION))
    in_yaml.write_text("family: attention\ngivens:\n  Q: [[1, 0], [0, 1]]\n")
    in_yaml.write_text(in_yaml.read_text() + "  K: [[1, 1], [0, 1]]\n  V: [[2, -1], [1, 3]]\n")
    first = quizapp("solve", str(in_json), "--json")
    assert (first.status, first.json["final"]) == (0, ["output"])
    assert quizapp("solve", str(in_yaml), "--json").out == first.out


def test_solve_writes_the_solution_for_people(quizapp: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text(json.dumps(ATTENTION))
    out = quizapp("solve", str(file)).out
    assert "Keep 3 decimals" in out
    assert "1/√2 = 0.707" in out
    assert all(len(line) <= 80 for line in out.splitlines())


# check -------------------------------------------------------------------------------------


def test_public_slips_are_named_once_on_their_own_step(quizapp: Run) -> None:
    cases = of_families_here(SLIPPED)
    typed = [{"problem": stated(case), "answers": case["expected_wrong"]} for case in cases]
    got = quizapp("check", "-", typed=json_lines(typed))
    assert got.status == 0
    assert len(got.lines) == len(cases) > 0
    for case, line in zip(cases, got.lines, strict=True):
        named = [(step["step"], name) for step in line["steps"] for name in step["slips"]]
        assert [name for _, name in named].count(case["slip"]) == 1, (case["family"], named)
        by_convention = any(step["verdict"] == "convention" for step in line["steps"])
        assert 0 <= line["score"] < 1 or by_convention


def test_check_has_the_agreed_keys(quizapp: Run) -> None:
    answers = {"scores": "1 0; 1 1", "scaled": [[1, 0], [1, 1]], "weights": [[0.731, None], None]}
    got = quizapp("check", "-", typed=json.dumps({"problem": ATTENTION, "answers": answers}))
    assert got.status == 0
    marking = got.json
    assert list(marking) == ["score", "steps"]
    assert [step["step"] for step in marking["steps"]] == ["scores", "scaled", "weights", "output"]
    for step in marking["steps"]:
        assert list(step) == [
            "step", "verdict", "slips", "convention", "cells", "got", "expected", "message",
        ]  # fmt: skip
    assert [step["verdict"] for step in marking["steps"]] == ["correct", "slip", "blank", "blank"]
    assert marking["steps"][1]["slips"] == ["no-scaling"]


def test_all_right_scores_one_and_nothing_scores_zero(quizapp: Run) -> None:
    steps = quizapp("solve", "-", typed=json.dumps(ATTENTION)).json["steps"]
    typed = [{"problem": ATTENTION, "answers": steps}, {"problem": ATTENTION, "answers": {}}]
    assert [line["score"] for line in quizapp("check", "-", typed=json_lines(typed)).lines] == [
        1,
        0,
    ]


def test_a_scheme_weighs_the_lines(quizapp: Run) -> None:
    line = {"problem": ATTENTION, "answers": {"scores": "1 0; 1 1"}}
    scheme = {"scores": 3, "scaled": 0, "weights": 0}
    got = quizapp("check", "-", typed=json_lines([line, {**line, "scheme": scheme}]))
    assert [marking["score"] for marking in got.lines] == [0.25, 0.75]
    bad = [{**line, "scheme": one} for one in (1, {"nosuch": 1}, {"scores": -1}, {"scores": "x"})]
    failed = quizapp("check", "-", typed=json_lines(bad))
    assert failed.status == 1
    assert all("scheme" in marking["error"]["where"] for marking in failed.lines)


def test_a_problem_may_say_more_than_its_numbers(quizapp: Run) -> None:
    told = {**ATTENTION, "title": "Sheet 5", "note": "Easy.", "scheme": {"scores": 9}}
    assert quizapp("solve", "-", typed=json.dumps(told)).json["final"] == ["output"]
    line = {"problem": told, "answers": {"scores": "1 0; 1 1"}}
    scores = [9 / 12, 1 / 4]
    got = quizapp("check", "-", typed=json_lines([line, {**line, "scheme": {}}]))
    assert [marking["score"] for marking in got.lines] == scores


def test_a_wrong_or_unreadable_answer_is_no_failure(quizapp: Run) -> None:
    answers = {"scores": "9 9; 9 9", "scaled": "__import__('os')", "output": "9**9**9"}
    got = quizapp("check", "-", typed=json.dumps({"problem": ATTENTION, "answers": answers}))
    assert got.status == 0
    verdicts = {step["step"]: step["verdict"] for step in got.json["steps"]}
    assert verdicts == {
        "scores": "wrong", "scaled": "invalid", "weights": "blank", "output": "invalid",
    }  # fmt: skip


def test_infinite_values_are_texts(quizapp: Run) -> None:
    answers = {"scores": [["inf", 0], [1, "-inf"]]}
    got = quizapp("check", "-", typed=json.dumps({"problem": ATTENTION, "answers": answers}))
    assert got.json["steps"][0]["got"] == [["inf", 0.0], [1.0, "-inf"]]


def test_check_reads_files(quizapp: Run, tmp_path: Path) -> None:
    problem, answers = tmp_path / "own.json", tmp_path / "lines.yaml"
    problem.write_text(json.dumps(ATTENTION))
    answers.write_text('scores: "1 0; 1 1"\nscaled: "1 0; 1 1"\n')
    got = quizapp("check", str(problem), str(answers), "--json")
    assert [step["slips"] for step in got.json["steps"]][:2] == [[], ["no-scaling"]]
    assert "The division by √d_k is missing." in quizapp("check", str(problem), str(answers)).out


# parse -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shape", "wanted"),
    [
        ("1/3", "scalar", {"value": 1 / 3}),
        ("−2e-3", "scalar", {"value": -0.002}),
        ("-inf", "scalar", {"value": "-inf"}),
        ("", "scalar", {"value": None}),
        ("1 2; 3 _", [2, 2], {"value": [[1.0, 2.0], [3.0, None]]}),
        ("[1, 2, 3]", [3], {"value": [1.0, 2.0, 3.0]}),
        ("1,234", "scalar", {"ambiguous": [1.234, 1234.0]}),
    ],
)
def test_parse_answers_with_value_or_readings(
    quizapp: Run, text: str, shape: Any, wanted: Any
) -> None:
    got = quizapp("parse", "-", typed=json.dumps({"text": text, "shape": shape}))
    assert (got.status, got.json) == (0, wanted)


@pytest.mark.parametrize("text", ["1,234,567", "1 000", "1_000", "nan", "9**9**9", "hello"])
def test_parse_says_why_a_text_is_invalid(quizapp: Run, text: str) -> None:
    got = quizapp("parse", "-", typed=json.dumps({"text": text, "shape": "scalar"}))
    assert got.status == 0
    assert list(got.json) == ["invalid"]


# What is left ------------------------------------------------------------------------------


def test_discrepancies_have_the_agreed_keys(quizapp: Run) -> None:
    listed = quizapp("discrepancies", "--json").json
    wanted = {"id", "topic", "claims", "literature", "verdict", "certainty", "exam_advice"}
    assert listed
    assert all(wanted <= set(entry) and entry["claims"] for entry in listed)
    one = quizapp("discrepancies", listed[0]["id"], "--json").json
    assert one == listed[:1]


def test_discrepancies_for_people_fit_the_screen(quizapp: Run) -> None:
    first = quizapp("discrepancies", "--json").json[0]["id"]
    assert f" {first}\n" in quizapp("discrepancies").out
    told = quizapp("discrepancies", first).out
    assert "Verdict" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_content_check_is_silent_on_the_shipped_pack(quizapp: Run) -> None:
    got = quizapp("content", "check")
    assert (got.status, got.out) == (0, "")


def test_content_check_names_file_line_and_column(quizapp: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: own\nname: twice\n")
    got = quizapp("content", "check", str(tmp_path))
    assert got.status == 1
    assert got.out.startswith(f"{tmp_path / 'pack.yaml'}:2:1: ")
    faults = quizapp("content", "check", str(tmp_path), "--json")
    assert faults.status == 1
    assert list(faults.json[0]) == ["file", "line", "column", "message"]


def test_today_and_review_agree(quizapp: Run) -> None:
    today = quizapp("today", "--json").json
    following = quizapp("review", "--json").json
    assert (today["due"], today["new"]) == (following["due"], following["new"])
    assert set(following["intervals"]) == {"again", "hard", "good", "easy"}
    assert following["front"]


def test_json_without_a_command_is_today(quizapp: Run) -> None:
    assert quizapp("--json").json == quizapp("today", "--json").json


def test_json_counts_before_the_command_too(quizapp: Run) -> None:
    assert quizapp("--json", "today").out == quizapp("today", "--json").out


def test_practice_gives_a_problem_that_solve_reads(quizapp: Run) -> None:
    drawn = quizapp("practice", "softmax", "--json")
    assert drawn.json["family"] == "softmax"
    assert quizapp("solve", "-", typed=drawn.out).status == 0


def test_practice_without_a_family_lists_those_of_the_course(quizapp: Run) -> None:
    listed = quizapp("practice", "--json").json
    ids = [entry["id"] for entry in listed]
    assert {"attention", "hopfield-recall"} <= set(ids) <= set(family_ids())


def test_exam_lists_results(quizapp: Run) -> None:
    assert quizapp("exam", "--json").json == []
    assert quizapp("exam", "--results").out == "No exam has been finished yet.\n"


def test_settings_are_shown_and_changed(quizapp: Run, home: Path) -> None:
    shown = quizapp("settings", "--json").json
    assert shown["file"] == str(home / "settings.toml")
    assert (
        quizapp("settings", "exam_date", "2026-12-24", "--json").json["exam_date"] == "2026-12-24"
    )
    assert quizapp("settings", "--json").json["exam_date"] == "2026-12-24"
    assert quizapp("settings", "exam_date", "", "--json").json["exam_date"] is None
    assert "new_a_day = 15" in quizapp("settings", "new_a_day").out


def test_completion_is_json_too(quizapp: Run) -> None:
    got = quizapp("completion", "bash", "--json").json
    assert got["shell"] == "bash"
    assert "complete" in got["script"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_json_and_has_help(quizapp: Run, command: str) -> None:
    got = quizapp(command, "--help")
    assert got.status == 0
    assert "--json" in got.out
    assert all(len(line) <= 80 for line in got.out.splitlines())


def test_discrepancies_can_be_narrowed(quizapp: Run) -> None:
    every = quizapp("discrepancies", "--json").json
    narrowed = quizapp("discrepancies", "--topic", "hopfield", "--severity", "high", "--json").json

    assert [one["id"] for one in narrowed] == [
        one["id"] for one in every if one["topic"] == "hopfield" and one["severity"] == "high"
    ]
    found = quizapp("discrepancies", "--course", "nnt", "--search", "SQUARES", "--json").json
    assert "squared-error-half-or-not" in {one["id"] for one in found}
    assert "did you mean hopfield" in quizapp("discrepancies", "--topic", "hopfeld").err
