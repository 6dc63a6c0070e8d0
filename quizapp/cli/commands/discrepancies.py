"""Where slides, courses and textbooks differ."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import LineError, emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.packs.model import Discrepancy

COLUMNS = 80


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("id", nargs="?", help="show one entry in full")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the entries, or show one."""
    from quizapp.study.workspace import Workspace

    entries = Workspace.open(os.environ).pack.discrepancies
    if arguments.id is not None and arguments.id not in entries:
        raise LineError(f"there is no discrepancy '{arguments.id}'.", where="id")
    chosen = [entries[arguments.id]] if arguments.id else list(entries.values())
    if arguments.json:
        emit([as_json(entry) for entry in chosen])
    elif arguments.id:
        print("\n".join(_full(chosen[0])))
    else:
        for entry in chosen:
            print(f"{entry.severity:<7} {entry.id}")
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


def _full(entry: Discrepancy) -> list[str]:
    from quizapp.mathtext import prose

    parts = [entry.title, *(f"{c.course} ({c.place}): {c.says}" for c in entry.claims)]
    parts += [f"Literature: {entry.literature.says}", *entry.literature.references]
    parts += [f"Verdict ({entry.certainty}): {entry.verdict}"]
    parts += [f"In the exam ({course}): {text}" for course, text in entry.exam_advice.items()]
    if entry.example:
        parts.append(f"Example: {entry.example.text}")
    return [line for part in parts for line in [*prose(part, COLUMNS), ""]]
