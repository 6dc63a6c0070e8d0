"""Completion scripts for shells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

SHELLS = ("bash", "zsh", "tcsh")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help="bash, zsh or tcsh")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the script, to be sourced by the shell."""
    import shtab

    script = shtab.complete(_complete_parser(), shell=arguments.shell)
    if arguments.json:
        emit({"shell": arguments.shell, "script": script})
    else:
        print(script)
    return 0


def _complete_parser() -> argparse.ArgumentParser:
    """The parser of all commands, with what the shell may put in for each argument."""
    import shtab

    from quizapp.cli.parser import build
    from quizapp.exercises.catalogue import family_ids
    from quizapp.study.settings import NAMES

    parser = build(everything=True)
    files: dict[str, Any] = {"PROBLEM": shtab.FILE, "ANSWERS": shtab.FILE, "FILE": shtab.FILE}
    files["PATH"] = shtab.DIRECTORY
    words = {"FAMILY": family_ids(), "NAME": NAMES}
    for action in _actions(parser):
        name = str(action.metavar)
        if name in files:
            action.complete = files[name]  # type: ignore[attr-defined]
        elif name in words:
            action.choices = words[name]
    return parser


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to list them
        yield action
        for command in (action.choices or {}) if action.nargs == "A..." else ():
            yield from _actions(action.choices[command])  # type: ignore[index]
