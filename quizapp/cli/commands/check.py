"""Marking a hand computation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cli.files import read_file
from quizapp.cli.lines import LineError, each_line, emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.exercises.marks import Marking


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
    from quizapp.exercises.grading import as_json
    from quizapp.study.sheet import marked

    if arguments.problem == "-":
        return each_line(_checked_line)
    if arguments.answers is None:
        raise LineError("name the file with the answers too, or - for JSON Lines.", where="check")
    marking = _mark(read_file(arguments.problem), read_file(arguments.answers))
    if arguments.json:
        emit(as_json(marking))
    else:
        print("\n".join(marked(marking)))
    return 0


def _checked_line(raw: Any) -> Any:
    from quizapp.exercises.grading import as_json

    if not isinstance(raw, dict) or set(raw) != {"problem", "answers"}:
        raise LineError('each line is {"problem": {...}, "answers": {...}}.')
    return as_json(_mark(raw["problem"], raw["answers"]))


def _mark(problem: Any, answers: Any) -> Marking:
    from quizapp.exercises.grading import mark
    from quizapp.exercises.problem import read_problem

    read = read_problem(problem)
    if not isinstance(answers, dict):
        raise LineError("the answers are a mapping from step to text or value.", where="answers")
    unknown = [name for name in answers if name not in read.family.by_name]
    if unknown:
        raise LineError(
            f"{read.family.id} has no step '{unknown[0]}'; its steps are "
            f"{', '.join(read.family.by_name)}.",
            where=f"answers.{unknown[0]}",
        )
    return mark(read, answers)
