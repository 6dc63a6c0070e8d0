"""Completion scripts for shells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

SHELLS = ("bash", "zsh", "tcsh")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help="bash, zsh or tcsh")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the script, to be sourced by the shell."""
    import shtab

    from quizapp.cli.parser import build

    script = shtab.complete(build(everything=True), shell=arguments.shell)
    if arguments.json:
        emit({"shell": arguments.shell, "script": script})
    else:
        print(script)
    return 0
