"""Practising a computation, in the app or line by line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.files import read_file
from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.exercises.problem import Problem
    from quizapp.study.workspace import Workspace


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("family", nargs="?", metavar="FAMILY", help="which computation")
    parser.add_argument("--level", type=int, default=1, help="1 is the easiest (default 1)")
    parser.add_argument("--problem", metavar="FILE", help="your own problem, a JSON or YAML file")
    parser.add_argument(
        "--plain", action="store_true", help="plain lines, for screen readers and scripts"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Work on a computation. With ``--json``, a fresh problem under the course's conventions."""
    from quizapp.cli.commands.app import open_app
    from quizapp.study.workspace import Workspace

    if not (arguments.plain or arguments.json):
        if arguments.problem:
            workspace = Workspace.open(os.environ)
            return open_app("exercise", problem=_problem(arguments, workspace))
        if arguments.family:
            return open_app("exercise", family=arguments.family, level=arguments.level)
        return open_app("practice")
    from quizapp.cli.plain_practice import choose, practise
    from quizapp.study.practice import PracticeRun

    workspace = Workspace.open(os.environ)
    try:
        if arguments.family is None and arguments.problem is None:
            if arguments.json:
                from quizapp.cli.commands.families import as_json
                from quizapp.exercises.catalogue import families

                emit([as_json(family) for family in families()])
                return 0
            arguments.family = choose(workspace)
            if arguments.family is None:
                return 0
        problem = _problem(arguments, workspace)
        if arguments.json:
            emit(problem.as_json())
        else:
            practise(PracticeRun(workspace, problem))
    finally:
        workspace.close()
    return 0


def _problem(arguments: argparse.Namespace, workspace: Workspace) -> Problem:
    from quizapp.exercises.problem import ProblemError
    from quizapp.study.practice import fresh_problem, own_problem

    if arguments.problem:
        raw = read_file(arguments.problem)
        if not isinstance(raw, dict):
            raise ProblemError("a problem is a mapping with 'family' and 'givens'.")
        return own_problem(workspace, raw)
    return fresh_problem(workspace, arguments.family, arguments.level)
