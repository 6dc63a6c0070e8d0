"""The entries of an exported log, or the past of an Anki package, added to one's own log."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.study.workspace import Workspace

ANKI_ENDINGS = (".apkg", ".colpkg")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="an exported log, - for standard input, or an Anki package with its review history",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Add what is new, all or nothing, and say how much it was."""
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        if arguments.file.lower().endswith(ANKI_ENDINGS):
            return _past(workspace, arguments)
        return _log(workspace, arguments)
    finally:
        workspace.close()


def _log(workspace: Workspace, arguments: argparse.Namespace) -> int:
    import io
    import sys
    from dataclasses import asdict

    from quizapp.study.log_files import import_from, import_log

    if arguments.file == "-":
        stream = io.BytesIO() if sys.stdin is None else sys.stdin.buffer
        done = import_log(workspace, stream, "standard input")
    else:
        done = import_from(workspace, arguments.file)
    if arguments.json:
        emit(asdict(done))
        return 0
    print(f"{done.new} new entries; {done.known} were known already.")
    if not done.sealed:
        print("The last line is missing, so some may be missing before it, too.", file=sys.stderr)
    return 0


def _past(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from quizapp.cli.anki_past import as_data, told
    from quizapp.study.anki_past import move_in
    from quizapp.study.files import opened

    with opened(arguments.file) as stream:
        moved = move_in(workspace, stream, arguments.file)
    if arguments.json:
        emit(as_data(moved))
    else:
        for line in told(moved):
            print(line)
    return 0
