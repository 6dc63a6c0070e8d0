"""The command line: names, arguments and help, nothing that takes time to import."""

from __future__ import annotations

import argparse
import importlib
from typing import TYPE_CHECKING, Any

from quizapp import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMANDS = {
    "review": "review today's cards",
    "practice": "work on a computation, checked line by line",
    "exam": "sit a practice exam, or list the results",
    "today": "what is due today",
    "families": "list the exercise families",
    "generate": "draw problems of a family",
    "solve": "solve a problem, line by line",
    "check": "mark the lines of a hand computation",
    "parse": "read numbers, vectors and matrices as a student types them",
    "discrepancies": "where slides, courses and textbooks differ",
    "content": "check a content pack",
    "settings": "show or change the settings",
    "completion": "print a completion script for a shell",
}
EPILOG = "Without a command the app opens. QUIZAPP_HOME names another folder for all your data."


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The chosen command with its arguments; ``run`` on it does the work."""
    chosen: argparse.Namespace = build(arguments).parse_args(arguments)
    return chosen


def build(arguments: Sequence[str] = (), *, everything: bool = False) -> argparse.ArgumentParser:
    """The parser. Only the command that is named is configured, or all with ``everything``."""
    parser = argparse.ArgumentParser(
        prog="quizapp",
        description="Prepare for an exam on neural networks, in the terminal.",
        epilog=EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"quizapp {__version__}")
    parser.add_argument(
        "--json", action="store_true", help="with no command: the same as today --json"
    )
    parser.set_defaults(run=_deferred("app"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about.capitalize() + ".")
        if everything or name in arguments:
            _module(name).configure(command)
        command.set_defaults(run=_deferred(name))
    return parser


def _module(name: str) -> Any:
    return importlib.import_module(f"quizapp.cli.commands.{name}")


def _deferred(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        status: int = _module(name).run(arguments)
        return status

    return run


def add_json(parser: argparse.ArgumentParser) -> None:
    """The ``--json`` that every command takes."""
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
