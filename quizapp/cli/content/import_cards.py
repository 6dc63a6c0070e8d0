"""Cards from CSV, Markdown or Anki into a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.sentences import as_argument, spoken

if TYPE_CHECKING:
    import argparse

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


def run(arguments: argparse.Namespace) -> int:
    """What is new, has changed or was left out; exit status 1 where there is no card."""
    from pathlib import Path

    from quizapp.study.card_import.importing import import_cards

    report = import_cards(
        Path(arguments.file),
        None if arguments.into is None else Path(arguments.into),
        form=arguments.form,
        course=arguments.course,
        topic=arguments.topic,
    )
    if arguments.json:
        emit(_data(report))
    else:
        _print(report)
    return int(not report.new + report.changed + report.same)


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


def _print(report: Report) -> None:
    counts = f"{report.new} new, {report.changed} changed, {report.same} the same"
    print(f"{spoken(str(report.folder))}: {counts}, {len(report.left_out)} left out.")
    if report.topics:
        print(f"New cards in: {spoken(', '.join(report.topics))}.")
    if report.made:
        print(f"To study them: quizapp content add {as_argument(str(report.folder))}")
    for remark in report.remarks:
        print(f"{remark}.")
    for one in report.left_out[:_MOST_TOLD]:
        print(spoken(f"{one.place}: {one.why}"))
    more = len(report.left_out) - _MOST_TOLD
    if more > 0:
        print(f"… and {more} more left out; --json lists them all.")
