"""Every fault of a pack, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.lines import emit

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "path", metavar="PATH", nargs="?", help="a pack's folder or .zip (default: the shipped one)"
    )


def run(arguments: argparse.Namespace) -> int:
    """One ``file:line:column: message`` per fault; exit status 1 if there is any."""
    from pathlib import Path

    from quizapp.exercises.catalogue import family_ids
    from quizapp.packs.check import check

    path = None if arguments.path is None else Path(arguments.path)
    faults = check(path, families=frozenset(family_ids()))
    if arguments.json:
        emit(
            [
                {
                    "file": fault.place.file,
                    "line": fault.place.line,
                    "column": fault.place.column,
                    "message": fault.message,
                }
                for fault in faults
            ]
        )
    else:
        for fault in faults:
            print(fault)
    return int(bool(faults))
