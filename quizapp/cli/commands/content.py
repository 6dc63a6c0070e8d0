"""Content packs: checking, writing, using them, and cards from and for other programs."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

ACTIONS = {
    "check": "report every fault of a pack with its place",
    "list": "show the packs in use",
    "add": "use a further pack, from a folder or a .zip",
    "remove": "use a pack no longer",
    "new": "write a new card or start a new pack",
    "edit": "edit a card in your editor, checked when you save",
    "import": "take cards from CSV, Markdown or Anki into a pack",
    "export": "write the cards of a pack as Markdown, CSV or an Anki package",
    "schema": "print the JSON Schema of a file, for completion in an editor",
}
"""What there is to do, each a module of ``quizapp.cli.content``."""
_MODULES = {"import": "import_cards", "export": "export_cards"}
"""Modules that cannot be called as what they do."""


def configure(parser: argparse.ArgumentParser) -> None:
    """A subcommand for each action."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    for name, about in ACTIONS.items():
        described = f"{about[:1].upper()}{about[1:]}."
        action = actions.add_parser(name, help=about, description=described)
        _module(name).configure(action)
        add_json(action)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    status: int = _module(arguments.action).run(arguments)
    return status


def _module(action: str) -> Any:
    return importlib.import_module(f"quizapp.cli.content.{_MODULES.get(action, action)}")
