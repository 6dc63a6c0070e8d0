"""What is due today."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from quizapp.study.overview import Overview


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the counts by topic, the exam and the most frequent slips."""
    from quizapp.study.overview import overview
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        facts = overview(workspace)
    finally:
        workspace.close()
    if arguments.json:
        emit(_plain(facts))
    else:
        print("\n".join(_lines(facts)))
    return 0


def _plain(facts: Overview) -> dict[str, Any]:
    share = facts.share
    return {
        "course": facts.course,
        "exam_date": facts.exam_date and facts.exam_date.isoformat(),
        "days_left": facts.days_left,
        **asdict(facts.total),
        "topics": {topic: asdict(counts) for topic, counts in facts.topics.items()},
        "minutes": facts.minutes,
        "done_today": facts.done_today,
        "skills_today": facts.skills_today,
        "share": share and {**asdict(share), "done": share.done},
        "slips": [asdict(slip) for slip in facts.slips],
        "unfinished_exam": facts.unfinished_exam,
    }


def _lines(facts: Overview) -> Iterator[str]:
    total = facts.total
    told = f"{total.due + total.learning} due, {total.new} new, {total.skills} to compute"
    yield f"{facts.course}: {told}, ~{facts.minutes} min"
    for topic, counts in facts.topics.items():
        compute = f"{counts.skills:>4} to compute" if counts.skills else ""
        yield f"  {topic:<24}{counts.due + counts.learning:>4} due {counts.new:>4} new{compute}"
    if facts.share is not None and facts.share.done:
        yield "The plan's share of today is done."
    if facts.exam_date is not None and facts.days_left is not None:
        yield f"Exam on {facts.exam_date.isoformat()}, {_until(facts.days_left)}."
    if facts.unfinished_exam:
        yield "An exam is waiting to be finished: quizapp exam"


def _until(days: int) -> str:
    if days < 0:
        return "it is over; quizapp plan takes your mark"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
