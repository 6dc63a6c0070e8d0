"""Marking a hand computation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cli.files import read_file
from quizapp.cli.lines import LineError, each_line, emit
from quizapp.cli.parser import UsageError, add_json
from quizapp.cli.sentences import shortened

if TYPE_CHECKING:
    import argparse

    from quizapp.exercises.problem import Problem


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "problem", metavar="PROBLEM", help="a JSON or YAML file, or - for JSON Lines on input"
    )
    parser.add_argument(
        "answers",
        metavar="ANSWERS",
        nargs="?",
        help="a JSON or YAML file with the lines: a mapping from step to text or value",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the verdict of every line. A wrong answer is no failure."""
    from quizapp.exercises.grading import as_json, mark
    from quizapp.exercises.problem import read_problem
    from quizapp.study.sheet import marked

    if arguments.problem == "-":
        if arguments.answers is not None:
            raise UsageError("with - problems and answers both come from the input; name no file.")
        return each_line(_checked_line)
    if arguments.answers is None:
        raise UsageError("name the file with the answers too, or - for JSON Lines.")
    problem_file, answers_file = read_file(arguments.problem), read_file(arguments.answers)
    with problem_file.blamed("givens"):
        problem = read_problem(problem_file.data)
        problem.solve()
    with answers_file.blamed():
        answers = _answers(problem, answers_file.data)
    marking = mark(problem, answers)
    if arguments.json:
        emit(as_json(marking))
    else:
        print("\n".join(marked(marking)))
    return 0


def _checked_line(raw: Any) -> Any:
    from quizapp.exercises.grading import as_json, mark
    from quizapp.exercises.problem import read_problem

    if not isinstance(raw, dict) or set(raw) - {"scheme"} != {"problem", "answers"}:
        raise LineError('each line is {"problem": {...}, "answers": {...}}; "scheme" is optional.')
    problem = read_problem(raw["problem"])
    scheme = raw.get("scheme")
    if not isinstance(scheme, dict | None):
        raise LineError('"scheme" is a mapping from step to points.', where="scheme")
    return as_json(mark(problem, _answers(problem, raw["answers"], within="answers."), scheme))


def _answers(problem: Problem, raw: Any, within: str = "") -> dict[str, Any]:
    """The answers by step. Raises AnswersError that names the step that is none."""
    from quizapp.exercises.submission import AnswersError

    if not isinstance(raw, dict):
        raise AnswersError(
            "the answers are a mapping from step to text or value.",
            where=within.rstrip(".") or None,
        )
    steps = problem.family.by_name
    for name in raw:
        if name not in steps:
            raise AnswersError(
                f"{problem.family.id} has no step '{shortened(name)}'; its steps are "
                f"{', '.join(steps)}.",
                where=f"{within}{shortened(name)}",
            )
    return raw
