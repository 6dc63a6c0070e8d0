"""The entries of an exported log, added to one's own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="an exported log, or - for standard input")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Add what is new, all or nothing, and say how much it was."""
    import io
    import sys
    from dataclasses import asdict

    from quizapp.study.log_files import import_from, import_log
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        if arguments.file == "-":
            stream = io.BytesIO() if sys.stdin is None else sys.stdin.buffer
            done = import_log(workspace, stream, "standard input")
        else:
            done = import_from(workspace, arguments.file)
    finally:
        workspace.close()
    if arguments.json:
        emit(asdict(done))
        return 0
    print(f"{done.new} new entries; {done.known} were known already.")
    if not done.sealed:
        print("The last line is missing, so some may be missing before it, too.", file=sys.stderr)
    return 0
