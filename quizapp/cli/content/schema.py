"""The JSON Schema of a kind of file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

KINDS = ("pack", "courses", "syllabus", "cards", "discrepancies", "exams")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("kind", choices=KINDS, help="the kind of file, by its folder in a pack")


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    from quizapp.packs.json_schema import json_schema

    print(json.dumps(json_schema(arguments.kind), indent=2, ensure_ascii=False))
    return 0
