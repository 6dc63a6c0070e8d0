"""How learning has gone: answers, recall, load, mastery, slips, scores, time."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from quizapp.study.statistics import Statistics

_COLUMNS = 79
_INDENT = 7
_TITLE = 50


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the slips, the attempts at each computation, and what else the log shows."""
    from quizapp.cli.figure_lines import figure_lines
    from quizapp.study.figures.reading import figures
    from quizapp.study.statistics import statistics
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        facts, drawn = statistics(workspace), figures(workspace)
    finally:
        workspace.close()
    if arguments.json:
        emit({**_plain(asdict(facts)), **_plain(asdict(drawn))})
    else:
        print("\n".join([*_lines(facts), *figure_lines(drawn)]))
    return 0


def _plain(value: Any) -> Any:
    """Nested data as JSON knows it, days as ISO text."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _lines(facts: Statistics) -> Iterator[str]:
    from quizapp.study.spans import day_of, lasting

    if not facts.attempts:
        yield "Nothing has been practised yet: quizapp practice"
        return
    attempts = "1 attempt" if facts.attempts == 1 else f"{facts.attempts} attempts"
    yield f"{attempts}, {facts.right} right, {lasting(facts.seconds)}"
    if facts.slips:
        yield ""
        yield "Slips (quizapp practice --slips practises them)"
    for slip in facts.slips:
        since = f", right since then: {slip.right_since}×" if slip.right_since else ""
        where = f"{slip.title}, last {day_of(slip.last)}{since}"
        said = [*_wrapped(slip.says), *_wrapped(where)]
        yield f"{slip.times:>4}×  {said[0].strip()}"
        yield from said[1:]
    yield ""
    yield f"{'Computations':<{_TITLE}}{'tries':>5}{'last':>7}{'best':>7}{'time':>10}"
    for family in facts.families:
        title = family.title if len(family.title) < _TITLE else f"{family.title[: _TITLE - 2]}…"
        yield (
            f"{title:<{_TITLE}}{family.attempts:>5}{family.last:>7.0%}{family.best:>7.0%}"
            f"{lasting(family.seconds):>10}"
        )


def _wrapped(text: str) -> list[str]:
    indent = " " * _INDENT
    return wrap(text, _COLUMNS, initial_indent=indent, subsequent_indent=indent)
