"""Practice exams."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.study.sitting import Result


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--results", action="store_true", help="list the exams taken so far")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Open the exams in the app, or list the results; ``--json`` implies ``--results``."""
    from quizapp.cli.commands.app import open_app

    if not (arguments.results or arguments.json):
        return open_app("exams")
    from quizapp.study.sitting import results
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        taken = results(workspace)
    finally:
        workspace.close()
    if arguments.json:
        emit([as_json(result) for result in taken])
        return 0
    if not taken:
        print("No exam has been finished yet.")
    for result in taken:
        share = f"{result.points:g} of {result.of:g} points ({result.share:.0%})"
        minutes = -(-result.seconds // 60)
        print(f"{result.when:%Y-%m-%d %H:%M}  {result.title}: {share}, {minutes} min")
    return 0


def as_json(result: Result) -> dict[str, Any]:
    """A finished exam as the machine interface writes it."""
    return {
        "sitting": result.sitting,
        "title": result.title,
        "course": result.course,
        "when": result.when.isoformat(),
        "points": result.points,
        "of": result.of,
        "seconds": result.seconds,
    }
