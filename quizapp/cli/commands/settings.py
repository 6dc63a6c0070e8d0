"""Showing and changing the settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="a setting; without it, all are shown"
    )
    parser.add_argument(
        "value", metavar="VALUE", nargs="?", help="its new value; '' clears an optional one"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print settings, or change one in the file."""
    from quizapp.study.plan_json import plain
    from quizapp.study.settings import NAMES, SettingsError, about, as_typed, changed
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    if workspace.complaint:
        raise SettingsError(workspace.complaint)
    name = arguments.name
    if name is not None and name not in NAMES:
        raise SettingsError(f"there is no setting '{name}'; there are {', '.join(NAMES)}.")
    if name is not None and arguments.value is not None:
        new = changed(workspace.settings, name, arguments.value)
        if name == "course" and new.course not in workspace.pack.courses:
            known = ", ".join(workspace.pack.courses)
            raise SettingsError(
                f"there is no course '{new.course}'; there are {known}.", where=name
            )
        workspace.change(**{name: getattr(new, name)})
    settings, chosen = workspace.settings, [key for key in NAMES if name in {None, key}]
    if arguments.json:
        shown: dict[str, Any] = {key: plain(getattr(settings, key)) for key in chosen}
        emit({"file": str(workspace.settings_file), **shown})
    else:
        print(f"# {workspace.settings_file}")
        for key in chosen:
            print(f"{key} = {as_typed(settings, key)}    # {about(key)}")
    return 0
