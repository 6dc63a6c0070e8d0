"""Every computation of the five courses' texts, typed in as a person would and marked.

One file a course under ``sheets/``: the problem with its conventions, the lines as they are
printed, and what is said of them. What a text gets right comes out right; what it gets wrong
is called by its name.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from quizapp.__main__ import main
from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family
from quizapp.exercises.grading import as_json, mark
from quizapp.exercises.problem import read_conventions, read_problem
from quizapp.study.own import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent / "sheets"
SYLLABUS = Path(__file__).parents[2] / "content" / "neural-networks" / "syllabus"
COURSES = ("hub", "mcb", "nnt", "ece493", "nc")
TEXTS: dict[str, Any] = {
    course: yaml.safe_load((FOLDER / f"{course}.yaml").read_text("utf-8")) for course in COURSES
}
EXERCISES = [
    pytest.param(exercise, id=f"{course}-{exercise['id']}")
    for course in COURSES
    for exercise in TEXTS[course]["exercises"]
]


@dataclass(frozen=True)
class Attempt:
    """Lines of one student before a problem, and the verdicts that they should get."""

    name: str
    problem: Mapping[str, Any]
    lines: Mapping[str, str]
    verdicts: Mapping[str, Any]

    def expected(self, step: str) -> dict[str, Any]:
        """What the mark of a line is to hold: correct unless something else is said."""
        if step not in self.lines:
            return {"verdict": "blank"}
        said = self.verdicts.get(step, "correct")
        return {"verdict": said} if isinstance(said, str) else said


def attempts() -> Iterator[Attempt]:
    for course in COURSES:
        for exercise in TEXTS[course]["exercises"]:
            name = f"{course}-{exercise['id']}"
            if "lines" in exercise:
                yield Attempt(name, exercise["problem"], exercise["lines"], {})
            for other in exercise.get("also", ()):
                told = f"{name}: {other['says']}"
                yield Attempt(told, exercise["problem"], other["lines"], other["verdicts"])


ATTEMPTS = list(attempts())
A_HANDFUL = ATTEMPTS[:: len(ATTEMPTS) // 24]


def assert_as_expected(attempt: Attempt, marked: Mapping[str, Any]) -> None:
    got = {line["step"]: line for line in marked["steps"]}
    assert set(attempt.lines) | set(attempt.verdicts) <= set(got)
    for step, line in got.items():
        wanted = attempt.expected(step)
        assert {name: line[name] for name in wanted} == wanted, (step, line)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
def test_what_stands_in_a_course_is_marked_as_it_deserves(attempt: Attempt) -> None:
    problem = read_problem(attempt.problem)

    assert_as_expected(attempt, as_json(mark(problem, attempt.lines)))


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if "refused" in e.values[0]])  # type: ignore[operator]
def test_what_makes_no_sense_is_refused(exercise: dict[str, Any]) -> None:
    with pytest.raises(QuizError) as refused:
        read_problem(exercise["problem"])

    assert refused.value.where == exercise["refused"]


# Typing it in ------------------------------------------------------------------------------


def on_paper(value: Any) -> str:
    """A given as a person types it: one row a line, no brackets where none are needed."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, list):
        return repr(value)
    if all(isinstance(entry, str) for entry in value):
        return ", ".join(value)
    if not any(isinstance(entry, list) for entry in value):
        return " ".join(repr(entry) for entry in value)
    if any(isinstance(cell, list) for entry in value for cell in entry):
        return json.dumps(value)
    return "\n".join(on_paper(row) for row in value)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_given_can_be_typed_into_the_form(exercise: dict[str, Any]) -> None:
    raw = exercise["problem"]
    of = family(raw["family"])
    texts = {name: on_paper(value) for name, value in raw["givens"].items()}
    sheet = Sheet(of, read_conventions(of, raw.get("conventions", {})), 3, texts)

    assert [sheet.misfit(name) for name in texts] == [""] * len(texts)
    if "refused" not in exercise:
        typed = {name: sheet.reading(name).value for name in texts}
        assert read_problem({**raw, "givens": typed}).as_json() == read_problem(raw).as_json()


def test_the_program_marks_files_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, lines = tmp_path / "problem.yaml", tmp_path / "answers.yaml"
    for attempt in A_HANDFUL:
        sheet.write_text(yaml.safe_dump(attempt.problem), encoding="utf-8")
        lines.write_text(yaml.safe_dump(attempt.lines), encoding="utf-8")
        assert main(["check", str(sheet), str(lines), "--json"]) == 0
        assert_as_expected(attempt, json.loads(capsys.readouterr().out))


def test_the_program_marks_a_stream_of_them() -> None:
    typed = [{"problem": attempt.problem, "answers": attempt.lines} for attempt in A_HANDFUL]
    done = subprocess.run(
        [sys.executable, "-m", "quizapp", "check", "-", "--json"],
        input="\n".join(json.dumps(line) for line in typed),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )

    for attempt, line in zip(A_HANDFUL, done.stdout.splitlines(), strict=True):
        assert_as_expected(attempt, json.loads(line))


# The files themselves ----------------------------------------------------------------------


@pytest.mark.parametrize("course", COURSES)
def test_the_file_says_what_it_holds(course: str) -> None:
    text = TEXTS[course]
    names = [exercise["id"] for exercise in text["exercises"]]

    assert text["course"] == course
    assert len(set(names)) == len(names)
    for exercise in text["exercises"]:
        assert exercise["place"]
        assert exercise["asks"].endswith(".")
        assert ("lines" in exercise) != ("refused" in exercise)


@pytest.mark.parametrize("course", COURSES)
def test_an_item_is_computed_or_there_is_a_reason(course: str) -> None:
    text = TEXTS[course]
    computed = {item for exercise in text["exercises"] for item in exercise["items"]}
    elsewhere = {item for entry in text["elsewhere"] for item in entry["items"]}

    assert computed
    assert not computed & elsewhere
    assert all(entry["why"] for entry in text["elsewhere"])


@pytest.mark.parametrize("course", COURSES)
def test_the_items_stand_in_the_syllabus_of_the_pack(course: str) -> None:
    named = {item for exercise in TEXTS[course]["exercises"] for item in exercise["items"]}
    files = [yaml.safe_load(path.read_text("utf-8")) for path in SYLLABUS.glob("*.yaml")]
    listed = [item for file in files for item in file["items"]]

    assert named <= {item["id"] for item in listed if item["course"] == course}
