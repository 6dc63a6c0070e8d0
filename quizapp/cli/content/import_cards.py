"""Cards from CSV, Markdown or Anki into a pack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from quizapp.cli.anki_past import as_data, told
from quizapp.cli.lines import emit
from quizapp.cli.sentences import as_argument, spoken

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from quizapp.study.anki_past import Moved
    from quizapp.study.card_import.importing import Report

FORMS = ("csv", "tsv", "markdown", "apkg")
_MOST_TOLD = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="a .csv, .tsv, .txt, .md or .apkg file")
    parser.add_argument(
        "--into", metavar="FOLDER", help="the pack; a new one if there is none (default: as FILE)"
    )
    parser.add_argument("--course", metavar="KEY", help="the course of the pack that they are for")
    parser.add_argument("--topic", metavar="TOPIC", help="put all cards into one topic")
    parser.add_argument(
        "--as", dest="form", choices=FORMS, help="what FILE is, if its ending does not say it"
    )
    parser.add_argument(
        "--history",
        action="store_true",
        help="use the pack from now on and take over the answers of the Anki package, too",
    )


def run(arguments: argparse.Namespace) -> int:
    """What is new, has changed or was left out; exit status 1 where there is no card."""
    from pathlib import Path

    from quizapp.study.card_import.found import ImportFileError
    from quizapp.study.card_import.importing import form_of, import_cards

    form = arguments.form or form_of(Path(arguments.file))
    if arguments.history and form != "apkg":
        raise ImportFileError("only an Anki package has a history.", where=arguments.file)
    report = import_cards(
        Path(arguments.file),
        None if arguments.into is None else Path(arguments.into),
        form=form,
        course=arguments.course,
        topic=arguments.topic,
    )
    moved = _move_in(report, arguments.file) if arguments.history else None
    if arguments.json:
        emit({**_data(report), **({"history": as_data(moved)} if moved else {})})
    else:
        _print(report, used=moved is not None)
        for line in told(moved) if moved else _hint(arguments.file, form):
            print(line)
    return int(not report.new + report.changed + report.same)


def _move_in(report: Report, file: str) -> Moved:
    """Use the pack, and take over what was answered about its cards."""
    from quizapp.study import shelf
    from quizapp.study.anki_past import move_in
    from quizapp.study.files import opened
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        shelf.add(workspace, report.folder)
        with opened(file) as stream:
            return move_in(workspace, stream, file)
    finally:
        workspace.close()


def _hint(file: str, form: str) -> Iterator[str]:
    """What one could take over besides the cards."""
    from quizapp.study.anki_past import answers_in
    from quizapp.study.files import opened

    if form != "apkg":
        return
    with opened(file) as stream:
        answers = answers_in(stream, file)
    if answers:
        yield f"It holds {answers} answers, too; to take them over, add --history."


def _data(report: Report) -> dict[str, Any]:
    return {
        "folder": str(report.folder),
        "made": report.made,
        "new": report.new,
        "changed": report.changed,
        "same": report.same,
        "left_out": [{"where": one.place, "why": one.why} for one in report.left_out],
        "remarks": list(report.remarks),
        "topics": list(report.topics),
    }


def _print(report: Report, *, used: bool) -> None:
    counts = f"{report.new} new, {report.changed} changed, {report.same} the same"
    print(f"{spoken(str(report.folder))}: {counts}, {len(report.left_out)} left out.")
    if report.topics:
        print(f"New cards in: {spoken(', '.join(report.topics))}.")
    if report.made and not used:
        print(f"To study them: quizapp content add {as_argument(str(report.folder))}")
    for remark in report.remarks:
        print(f"{remark}.")
    for one in report.left_out[:_MOST_TOLD]:
        print(spoken(f"{one.place}: {one.why}"))
    more = len(report.left_out) - _MOST_TOLD
    if more > 0:
        print(f"… and {more} more left out; --json lists them all.")
