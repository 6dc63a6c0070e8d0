"""Cards of a pack as Markdown, CSV or an Anki package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.lines import emit

if TYPE_CHECKING:
    import argparse

FORMS = ("markdown", "csv", "apkg")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "path", metavar="PACK", nargs="?", help="a pack's folder or .zip (default: the shipped one)"
    )
    parser.add_argument("--as", dest="form", choices=FORMS, required=True, help="the form")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to (default: text is printed)"
    )
    parser.add_argument("--course", metavar="KEY", help="only the cards of this course")
    parser.add_argument("--topic", metavar="TOPIC", help="only the cards of this topic")
    parser.add_argument("--replace", action="store_true", help="replace FILE where it is there")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say so, or print the text."""
    from pathlib import Path

    from quizapp.core.clock import system_clock
    from quizapp.packs.load import load_pack
    from quizapp.packs.shipped import shipped_pack
    from quizapp.study.card_export.exporting import ENDINGS, export_cards
    from quizapp.study.export.files import write

    pack = load_pack(shipped_pack() if arguments.path is None else Path(arguments.path))
    content, count = export_cards(
        pack, arguments.form, system_clock(), arguments.course, arguments.topic
    )
    name: str | None = arguments.output
    if name is None and (arguments.json or arguments.form == "apkg"):
        name = pack.name + ENDINGS[arguments.form]
    if name is None:
        print(content.decode(), end="")
        return 0
    write(Path(name), content, replace=arguments.replace)
    if arguments.json:
        emit({"file": name, "cards": count, "faults": len(pack.faults)})
        return 0
    print(f"{count} cards written to {name}.")
    if pack.faults:
        print(f"{len(pack.faults)} faults of the pack; `quizapp content check` lists them.")
    return 0
