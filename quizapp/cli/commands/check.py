"""Marking a hand computation, or those of a whole class."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from quizapp.cli.files import read_file, read_problem_file
from quizapp.cli.lines import LineError, each_line, emit, error_json, numbered_lines
from quizapp.cli.parser import UsageError, add_json
from quizapp.cli.sentences import near, shortened

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from quizapp.exercises.problem import Problem
    from quizapp.study.class_answers import JsonLines, Refused
    from quizapp.study.class_csv import CsvAnswers
    from quizapp.study.class_marks import Marked
    from quizapp.study.marks_file import MarksFile
    from quizapp.study.sharing import Shared

COLUMNS = 80
ROWS = (".csv", ".tsv")
LINES = (".jsonl", ".ndjson")
_EPILOG = (
    "ANSWERS of one student are JSON or YAML, a mapping from step to text or value. Those of a "
    "class are CSV (first column the student, then a column a step, a matrix in a cell as "
    '1 2; 3 4) or JSON Lines ({"student": "...", "answers": {...}}, "problem" and "scheme" '
    "optional); ANSWERS - reads JSON Lines on input. A scheme gives points by step, 1 where it is "
    "silent: that of a line counts before --scheme, that before the one in PROBLEM. Exit status 1 "
    "if somebody could not be marked."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "problem", metavar="PROBLEM", help="a JSON or YAML file, or - for JSON Lines on input"
    )
    parser.add_argument(
        "answers",
        metavar="ANSWERS",
        nargs="?",
        help="the lines of one student (.json, .yaml) or of a class (.csv, .tsv, .jsonl)",
    )
    parser.add_argument("--scheme", metavar="FILE", help="points by step, JSON or YAML")
    parser.add_argument("--csv", metavar="OUT", help="write the marks of a class to this file, too")
    parser.add_argument("--replace", action="store_true", help="OUT may be there already")
    parser.add_argument(
        "--summary", action="store_true", help="of a class, only what it has in common"
    )
    parser.epilog = _EPILOG
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the verdict of every line. A wrong answer is no failure."""
    if arguments.problem == "-":
        if arguments.answers is not None:
            raise UsageError("with - problems and answers both come from the input; name no file.")
        _demand_no(arguments, "scheme", "csv", "summary")
        return each_line(_checked_line)
    if arguments.answers is None:
        raise UsageError("name the file with the answers too, or - for JSON Lines.")
    shared = read_problem_file(arguments.problem)
    scheme = None if arguments.scheme is None else _scheme(arguments.scheme, shared.problem)
    if arguments.answers == "-" or arguments.answers.lower().endswith((*ROWS, *LINES)):
        return _class(arguments, shared, scheme)
    _demand_no(arguments, "csv", "summary")
    _one(arguments, shared, scheme)
    return 0


def _demand_no(arguments: argparse.Namespace, *options: str) -> None:
    for option in options:
        if getattr(arguments, option):
            raise UsageError(f"--{option} goes with the answers of a class, .csv or .jsonl.")


def _scheme(name: str, problem: Problem) -> dict[str, float]:
    """The points of all steps in a file. Raises a QuizError that names its place."""
    from quizapp.exercises.scoring import SchemeError, read_scheme

    file = read_file(name)
    raw = file.data
    within: tuple[str, ...] = ()
    if isinstance(raw, dict) and isinstance(raw.get("scheme"), dict):
        raw, within = raw["scheme"], ("scheme",)  # a whole problem, of which only that counts
    with file.blamed(*within):
        try:
            return read_scheme(problem.family, raw)
        except SchemeError as error:
            known = problem.family.by_name
            unknown = (key for key in raw if key not in known) if isinstance(raw, dict) else ()
            where = (error.where or "").removeprefix("scheme").removeprefix(".")
            raise SchemeError(error.message, where=where or next(iter(unknown), None)) from None


# One student -------------------------------------------------------------------------------


def _one(arguments: argparse.Namespace, shared: Shared, scheme: Mapping[str, float] | None) -> None:
    from quizapp.exercises.grading import as_json, mark
    from quizapp.exercises.scoring import read_scheme
    from quizapp.study.points import points
    from quizapp.study.sheet import marked

    problem = shared.problem
    answers_file = read_file(arguments.answers)
    with answers_file.blamed():
        answers = _answers(problem, answers_file.data)
    weights = scheme or shared.scheme
    marking = mark(problem, answers, weights)
    earned = points(marking, read_scheme(problem.family, weights))
    if arguments.json:
        told = {"points": earned.earned, "of": earned.of} if weights else {}
        emit({**as_json(marking), **told})
        return
    print("\n".join(marked(marking)))
    if weights:
        print(f"     {earned}.")


def _checked_line(raw: Any) -> Any:
    from quizapp.exercises.grading import as_json, mark
    from quizapp.study.sharing import read_shared

    if not isinstance(raw, dict) or set(raw) - {"scheme"} != {"problem", "answers"}:
        raise LineError('each line is {"problem": {...}, "answers": {...}}; "scheme" is optional.')
    shared = read_shared(raw["problem"])
    scheme = raw.get("scheme", shared.scheme)
    if not isinstance(scheme, dict | None):
        raise LineError('"scheme" is a mapping from step to points.', where="scheme")
    answers = _answers(shared.problem, raw["answers"], within="answers.")
    return as_json(mark(shared.problem, answers, scheme))


def _answers(problem: Problem, raw: Any, within: str = "") -> dict[str, Any]:
    """The answers by step. Raises AnswersError that names the step that is none."""
    from quizapp.exercises.submission import AnswersError

    if not isinstance(raw, dict):
        several = "; those of a class stand in a .csv or .jsonl file" * isinstance(raw, list)
        raise AnswersError(
            f"the answers are a mapping from step to text or value{several}.",
            where=within.rstrip(".") or None,
        )
    steps = problem.family.by_name
    for name in raw:
        if name not in steps:
            raise AnswersError(
                f"{problem.family.id} has no step '{shortened(name)}'{near(name, steps)}; its "
                f"steps are {', '.join(steps)}.",
                where=f"{within}{shortened(name)}",
            )
    return raw


# A class -----------------------------------------------------------------------------------


def _class(
    arguments: argparse.Namespace, shared: Shared, scheme: Mapping[str, float] | None
) -> int:
    """Mark one after the other; what cannot be marked fails alone."""
    from quizapp.study.class_answers import JsonLines
    from quizapp.study.class_csv import CsvAnswers
    from quizapp.study.files import as_text, opened, text_lines

    name = arguments.answers
    if name == "-":
        typed = numbered_lines(sys.stdin)
        return _marked(arguments, shared, JsonLines(typed, "", shared, scheme))
    with as_text(opened(name)) as stream:
        lines = text_lines(stream)
        if name.lower().endswith(ROWS):
            return _marked(arguments, shared, CsvAnswers(lines, name, shared, scheme))
        return _marked(arguments, shared, JsonLines(lines, name, shared, scheme))


def _marked(arguments: argparse.Namespace, shared: Shared, answers: CsvAnswers | JsonLines) -> int:
    from quizapp.study.class_answers import Refused
    from quizapp.study.class_marks import ClassMarks, mark_all
    from quizapp.study.class_text import class_lines, refused_lines, student_lines

    file = _marks_file(arguments, shared, answers)
    marks = ClassMarks()
    for one in mark_all(answers):
        marks.add(one)
        if file is not None:
            file.add(one)
        if arguments.json:
            if isinstance(one, Refused) or not arguments.summary:
                emit(_record(one))
        elif isinstance(one, Refused):
            print("\n".join([*refused_lines(one, COLUMNS), ""]))
        elif not arguments.summary:
            print("\n".join([*student_lines(one, COLUMNS), ""]))
    if file is not None:
        file.write(replace=arguments.replace)
    if arguments.json:
        emit(marks.as_json(answers.missing))
    else:
        print("\n".join(class_lines(marks, answers.missing, COLUMNS)))
        if file is not None:
            print(f"\nThe marks are in {arguments.csv}.")
    return int(marks.refused > 0)


def _record(one: Marked | Refused) -> dict[str, Any]:
    from quizapp.study.class_answers import Refused

    if isinstance(one, Refused):
        return {"student": one.student or None, **error_json(one.error)}
    return one.as_json()


def _marks_file(
    arguments: argparse.Namespace, shared: Shared, answers: CsvAnswers | JsonLines
) -> MarksFile | None:
    if arguments.csv is None:
        return None
    from quizapp.study.marks_file import MarksFile

    file = MarksFile(arguments.csv, shared.problem.family, answers.separator)
    file.demand_free(replace=arguments.replace, but_not=(arguments.problem, arguments.answers))
    return file
