"""The command line: names, arguments and help, nothing that takes time to import."""

from __future__ import annotations

import argparse
import importlib
from typing import TYPE_CHECKING, Any, NoReturn

from quizapp import __version__
from quizapp.cli.sentences import shortened
from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from _typeshed import SupportsWrite

COMMANDS = {
    "review": "review today's cards",
    "cram": "be asked cards now, without touching the schedule",
    "practice": "work on a computation, checked line by line",
    "exam": "sit a practice exam, or list the results",
    "cards": "list cards by a query, or suspend, flag, tag, reschedule them",
    "today": "show what is due today",
    "plan": "show the plan until the exam, and afterwards how it held",
    "statistics": "show answers, recall, load, mastery, slips, scores and time",
    "families": "list the exercise families",
    "generate": "draw problems of a family",
    "solve": "solve a problem, line by line",
    "check": "mark the lines of a hand computation",
    "parse": "read numbers, vectors and matrices as a student types them",
    "discrepancies": "show where slides, courses and textbooks differ",
    "syllabus": "show what the exam may ask for, and how well you know it",
    "content": "check, write, import and export content packs",
    "db": "look after your data: back up, restore, examine, rebuild",
    "sync": "exchange your progress with other computers through a shared folder",
    "export": "write your whole log as JSON Lines",
    "import": "add the entries of an exported log to yours",
    "train": "fit the schedule to your own answers",
    "settings": "show or change the settings",
    "completion": "print a completion script for a shell",
}
_MODULES = {"import": "import_"}
"""Modules that cannot be called as what they do."""
EPILOG = "Without a command the app opens. QUIZAPP_HOME names another folder for all your data."


class UsageError(QuizError):
    """Arguments that do not fit the command."""

    code = "usage"


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are errors like all others."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_formatter, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Raise the complaint as a UsageError."""
        raise UsageError(f"{message}; see `{self.prog} --help`.")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help; unlike argparse's own, a full disk is not passed over in silence."""
        print(self.format_help(), end="", file=file)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Help with room for the longest name of a command."""
    return argparse.HelpFormatter(prog, max_help_position=28)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The chosen command with its arguments; ``run`` on it does the work. Raises UsageError."""
    chosen: argparse.Namespace = build(arguments).parse_args(arguments)
    return chosen


def build(arguments: Sequence[str] = (), *, everything: bool = False) -> Parser:
    """The parser. Only the command that is named is configured, or all with ``everything``."""
    parser = Parser(
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
    return importlib.import_module(f"quizapp.cli.commands.{_MODULES.get(name, name)}")


def _deferred(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        status: int = _module(name).run(arguments)
        return status

    return run


def add_json(parser: argparse.ArgumentParser) -> None:
    """The ``--json`` that every command takes, before its name or after it."""
    # Without a default of its own, the command leaves a --json before its name as it is.
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="print JSON for programs",
    )


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers within bounds, for ``type=`` of an argument."""

    def read(text: str) -> int:
        digits = text.strip()
        # The length first: Python reads no integer of some thousand digits.
        if len(digits) <= 20 and digits.removeprefix("-").isdecimal():
            number = int(digits)
            if least <= number <= most:
                return number
        raise argparse.ArgumentTypeError(
            f"'{shortened(text)}' is no whole number from {least} to {most}"
        )

    return read
