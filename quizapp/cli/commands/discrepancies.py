"""Where slides, courses and textbooks differ."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import UsageError, add_json
from quizapp.cli.sentences import near, shortened

if TYPE_CHECKING:
    import argparse

    from quizapp.packs.model import Discrepancy

COLUMNS = 80


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("id", metavar="ID", nargs="?", help="show one entry in full")
    parser.add_argument("--course", default="", metavar="KEY", help="what concerns this course")
    parser.add_argument("--topic", default="", metavar="TOPIC", help="only this topic")
    parser.add_argument(
        "--severity", default="", choices=("high", "medium", "low"), help="only what is so grave"
    )
    parser.add_argument("--search", default="", metavar="WORDS", help="what holds all these words")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the entries, or show one."""
    from quizapp.study.differences import Narrowing
    from quizapp.study.differences import entries as narrowed
    from quizapp.study.workspace import Workspace

    pack = Workspace.open(os.environ).pack
    entries = pack.discrepancies
    for what, name, known in (
        ("course", arguments.course, pack.courses),
        ("topic", arguments.topic, {entry.topic for entry in entries.values()}),
    ):
        if name and name not in known:
            raise UsageError(f"there is no {what} '{shortened(name)}'{near(name, known)}.")
    narrowing = Narrowing(arguments.course, arguments.topic, arguments.severity, arguments.search)
    if arguments.id is not None and arguments.id not in entries:
        raise UsageError(
            f"there is no discrepancy '{shortened(arguments.id)}'{near(arguments.id, entries)}; "
            "`quizapp discrepancies` lists them."
        )
    listed = narrowed(pack, narrowing) if narrowing.narrows else list(entries.values())
    chosen = [entries[arguments.id]] if arguments.id else listed
    if arguments.json:
        emit([as_json(entry) for entry in chosen])
    elif arguments.id:
        print("\n".join(_full(chosen[0])))
    else:
        print("\n".join(_listed(chosen)) or "Nothing has all of this.")
    return 0


def as_json(entry: Discrepancy) -> dict[str, Any]:
    """An entry as the machine interface writes it."""
    return {
        "id": entry.id,
        "topic": entry.topic,
        "title": entry.title,
        "kind": entry.kind,
        "severity": entry.severity,
        "claims": [
            {"course": c.course, "place": c.place, "says": c.says, "quote": c.quote}
            for c in entry.claims
        ],
        "literature": {
            "says": entry.literature.says,
            "references": list(entry.literature.references),
        },
        "verdict": entry.verdict,
        "certainty": entry.certainty,
        "exam_advice": dict(entry.exam_advice),
        "example": entry.example and entry.example.text,
        "items": list(entry.items),
        "families": list(entry.families),
    }


def _listed(entries: list[Discrepancy]) -> list[str]:
    """A line with severity and id for each entry, its title below, under its topic."""
    from quizapp.mathtext import prose

    lines: list[str] = []
    for topic in dict.fromkeys(entry.topic for entry in entries):
        lines.append(topic)
        for entry in entries:
            if entry.topic == topic:
                lines.append(f"  {entry.severity:<8}{entry.id}")
                lines += [f"          {line}" for line in prose(entry.title, COLUMNS - 10)]
    return lines


def _full(entry: Discrepancy) -> list[str]:
    from quizapp.mathtext import prose

    parts = [entry.title, *(f"{c.course} ({c.place}): {c.says}" for c in entry.claims)]
    parts += [f"Literature: {entry.literature.says}", *entry.literature.references]
    parts += [f"Verdict ({entry.certainty}): {entry.verdict}"]
    parts += [f"In the exam ({course}): {text}" for course, text in entry.exam_advice.items()]
    if entry.example:
        parts.append(f"Example: {entry.example.text}")
    return [line for part in parts for line in [*prose(part, COLUMNS), ""]]
