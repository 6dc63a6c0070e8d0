"""The whole log as JSON Lines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="a file, or - for standard output")
    parser.add_argument("--replace", action="store_true", help="replace FILE where it is there")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the log; to standard output nothing but its lines are written."""
    import sys
    from pathlib import Path

    from quizapp.cli.sentences import spoken
    from quizapp.study.log_files import export_log, export_to
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        if arguments.file == "-":
            sys.stdout.flush()
            export_log(workspace, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return 0
        count = export_to(workspace, Path(arguments.file), replace=arguments.replace)
    finally:
        workspace.close()
    if arguments.json:
        emit({"file": arguments.file, "events": count})
    else:
        print(f"{count} entries written to {spoken(arguments.file)}.")
    return 0
