"""The exercise families."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.exercises.family import Family


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the families with their names, as a table or as JSON."""
    from quizapp.exercises.catalogue import families

    if arguments.json:
        emit([as_json(family) for family in families()])
        return 0
    topic = ""
    for family in families():
        if family.topic != topic:
            topic = family.topic
            print(topic)
        print(f"  {family.id:<22}{family.title}")
    return 0


def as_json(family: Family) -> dict[str, Any]:
    """A family as the machine interface describes it."""
    return {
        "id": family.id,
        "topic": family.topic,
        "title": family.title,
        "sources": list(family.sources),
        "version": family.version,
        "levels": list(family.levels),
        "givens": {given.name: given_text(given.shape, given.about) for given in family.givens},
        "conventions": {name: list(values) for name, values in family.conventions.items()},
        "steps": [
            {"name": step.name, "rule": step.formula, "final": step.final} for step in family.steps
        ],
        "slips": [
            {"name": slip.name, "step": slip.step, "says": slip.says} for slip in family.slips
        ],
    }


def given_text(shape: Any, about: str) -> str:
    """What a given is and its shape, in words."""
    if isinstance(shape, str):
        return f"{shape}: {about}" if shape else about
    return f"{', '.join(f'{name}: {text}' for name, text in shape.items())}; {about}"
