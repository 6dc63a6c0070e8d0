"""What is due today."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the counts by topic, the exam and the most frequent slips."""
    from dataclasses import asdict

    from quizapp.study.overview import overview
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        facts = overview(workspace)
    finally:
        workspace.close()
    if arguments.json:
        emit(
            {
                "course": facts.course,
                "exam_date": facts.exam_date and facts.exam_date.isoformat(),
                "days_left": facts.days_left,
                **asdict(facts.total),
                "topics": {topic: asdict(counts) for topic, counts in facts.topics.items()},
                "minutes": facts.minutes,
                "done_today": facts.done_today,
                "slips": [asdict(slip) for slip in facts.slips],
                "unfinished_exam": facts.unfinished_exam,
            }
        )
        return 0
    print(f"{facts.course}: {facts.total.due + facts.total.learning} due, {facts.total.new} new")
    for topic, counts in facts.topics.items():
        print(f"  {topic:<24}{counts.due + counts.learning:>4} due {counts.new:>4} new")
    if facts.exam_date is not None:
        print(f"Exam on {facts.exam_date.isoformat()}, in {facts.days_left} days.")
    if facts.unfinished_exam:
        print("An exam is waiting to be finished: quizapp exam")
    return 0
