"""Solving a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cli.files import read_file
from quizapp.cli.lines import each_line, emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.exercises.problem import Problem

COLUMNS = 80


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "problem", metavar="PROBLEM", help="a JSON or YAML file, or - for JSON Lines on input"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the worked solution, or the values of all steps as JSON."""
    from quizapp.exercises.problem import read_problem
    from quizapp.study.sheet import solution, statement

    if arguments.problem == "-":
        return each_line(lambda raw: solved(read_problem(raw)))
    file = read_file(arguments.problem)
    with file.blamed("givens"):
        problem = read_problem(file.data)
        problem.solve()
    if arguments.json:
        emit(solved(problem))
    else:
        print("\n".join([*statement(problem, COLUMNS), "", *solution(problem, COLUMNS)]))
    return 0


def solved(problem: Problem) -> dict[str, Any]:
    """The values of all steps at full precision."""
    from quizapp.exercises.problem import plain

    steps = problem.family.by_name
    return {
        "family": problem.family.id,
        "conventions": dict(problem.conventions),
        "steps": {name: plain(v, steps[name].kind) for name, v in problem.solve().items()},
        "final": list(problem.family.finals),
    }
