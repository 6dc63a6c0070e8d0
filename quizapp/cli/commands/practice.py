"""Practising a computation, in the app or line by line."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import UsageError, add_json, whole

if TYPE_CHECKING:
    import argparse

    from quizapp.study.practice import PracticeRun
    from quizapp.study.slips import Drill
    from quizapp.study.workspace import Workspace

_NAME = re.compile(r"[A-Za-z0-9_-]*")
"""Names of families look so; whatever has a point or a slash in it is a file."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "family",
        nargs="?",
        metavar="FAMILY|FILE",
        help="which computation, such as attention, or a file with a problem, such as "
        "sheet.yaml; `quizapp families` lists the computations",
    )
    parser.add_argument(
        "--level", metavar="L", type=whole(1, 9), default=1, help="1 is the easiest (default 1)"
    )
    parser.add_argument("--problem", metavar="FILE", help="your own problem, a JSON or YAML file")
    parser.add_argument(
        "--slips",
        action="store_true",
        help="numbers on which a slip that you often make would show, of FAMILY or any",
    )
    parser.add_argument(
        "--plain", action="store_true", help="plain lines, for screen readers and scripts"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Work on a computation. With ``--json``, a fresh problem under the course's conventions.

    With ``--json`` and no family, the families of the course.
    """
    if arguments.family is not None and arguments.problem is not None:
        raise UsageError("name a family, or a file with --problem, not both.")
    if arguments.family is not None and not _NAME.fullmatch(arguments.family):
        arguments.problem, arguments.family = arguments.family, None
    if arguments.slips and arguments.problem is not None:
        raise UsageError("--slips draws its own numbers: name no file with it.")
    if not (arguments.plain or arguments.json):
        return _in_app(arguments)
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        if arguments.json:
            _as_json(arguments, workspace)
        else:
            _on_lines(arguments, workspace)
    finally:
        workspace.close()
    return 0


def _in_app(arguments: argparse.Namespace) -> int:
    from quizapp.cli.commands.app import open_app, require_terminal

    require_terminal()
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    if arguments.problem is not None:
        return open_app("exercise", workspace, run=_own(arguments.problem, workspace))
    if arguments.slips:
        return open_app("exercise", workspace, drill=_drill(arguments, workspace))
    if arguments.family is None:
        return open_app("practice", workspace)
    from quizapp.exercises.catalogue import family

    family(arguments.family)  # an unknown one is said before the screen is taken
    return open_app("exercise", workspace, family=arguments.family, level=arguments.level)


def _as_json(arguments: argparse.Namespace, workspace: Workspace) -> None:
    from quizapp.study.practice import fresh_problem

    if arguments.problem is not None:
        emit(_own(arguments.problem, workspace).problem.as_json())
    elif arguments.slips:
        emit(_drill(arguments, workspace).problem().as_json())
    elif arguments.family is not None:
        emit(fresh_problem(workspace, arguments.family, arguments.level).as_json())
    else:
        from quizapp.cli.commands.families import as_json
        from quizapp.exercises.catalogue import family
        from quizapp.study.selection import course_families

        emit([as_json(family(family_id)) for family_id in course_families(workspace)])


def _on_lines(arguments: argparse.Namespace, workspace: Workspace) -> None:
    from quizapp.cli.plain_practice import choose, practise, practise_slip
    from quizapp.study.practice import PracticeRun, fresh_problem

    if arguments.problem is not None:
        practise(_own(arguments.problem, workspace))
        return
    if arguments.slips:
        practise_slip(_drill(arguments, workspace))
        return
    family = choose(workspace) if arguments.family is None else arguments.family
    if family is not None:
        practise(PracticeRun(workspace, fresh_problem(workspace, family, arguments.level)))


def _drill(arguments: argparse.Namespace, workspace: Workspace) -> Drill:
    """The slips to practise. Raises SlipError where none was made."""
    from quizapp.exercises.catalogue import family
    from quizapp.study.slips import Drill

    if arguments.family is not None:
        family(arguments.family)  # an unknown one is said as such
    return Drill.of_mine(workspace, arguments.family)


def _own(name: str, workspace: Workspace) -> PracticeRun:
    """The problem in a file, to be worked on. Raises a QuizError that names the file."""
    from quizapp.study.practice import PracticeRun
    from quizapp.study.problem_files import open_problem

    shared = open_problem(workspace, name)
    return PracticeRun(workspace, shared.problem, shared)
