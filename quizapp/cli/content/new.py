"""A new card to start from, or a whole new pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json
from quizapp.cli.sentences import as_argument

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    what = parser.add_subparsers(title="what", metavar="WHAT", dest="what", required=True)
    card = what.add_parser("card", help="append a card and open it in your editor")
    card.add_argument("--topic", required=True, help="the topic, as the syllabus names it")
    card.add_argument("--type", default="basic", help="the type of the card (default: basic)")
    card.add_argument("--id", metavar="ID", help="its id, which never changes")
    card.add_argument("--pack", metavar="FOLDER", help="the pack (default: the shipped one)")
    card.add_argument("--no-edit", action="store_true", help="write it, open no editor")
    pack = what.add_parser("pack", help="copy the small example pack to a new folder")
    pack.add_argument("folder", metavar="FOLDER")
    add_json(card)
    add_json(pack)


def run(arguments: argparse.Namespace) -> int:
    """Write it; open the editor on a card."""
    from pathlib import Path

    from quizapp.packs.shipped import example_pack, shipped_pack
    from quizapp.study.authoring import new_card, new_pack

    if arguments.what == "pack":
        files = new_pack(Path(arguments.folder), example_pack())
        if arguments.json:
            emit({"files": [str(path) for path in files]})
            return 0
        for path in files:
            print(path)
        folder = as_argument(arguments.folder)
        print(f"Check it with `quizapp content check {folder}`,")
        print(f"use it with `quizapp content add {folder}`.")
        return 0
    root = Path(arguments.pack) if arguments.pack else shipped_pack()
    at = new_card(root, arguments.type, arguments.topic, arguments.id)
    if arguments.json:
        emit({"file": str(at.file), "line": at.line})
        return 0
    if arguments.no_edit:
        print(f"{at.file}:{at.line}")
        return 0
    from quizapp.cli.editing import edit

    return edit(at)
