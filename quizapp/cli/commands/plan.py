"""The plan until the exam and how it held: today's share, the forecast, what does not fit."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import UsageError, add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.study.workspace import Workspace

_NONE = "none"
_ABOUT = """\
Shows what today brings, the recall predicted for the day of the exam, what does not fit into the
time, and the days ahead. It takes a date and minutes: quizapp settings exam_date 2026-12-24,
quizapp settings minutes_a_day 30. What is never met counts 0 in every forecast. Once the exam is
over it shows how the prediction held."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.description = _ABOUT
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--drop", action="store_true", help="leave out what does not fit, as the plan says"
    )
    what.add_argument("--restore", action="store_true", help="take all that was left out back in")
    what.add_argument(
        "--result",
        metavar="MARK",
        help="enter the mark of a past exam, as 82%% or 49/60; none takes the last one back",
    )
    what.add_argument("--past", action="store_true", help="show how the predictions held")
    parser.add_argument(
        "--exam", metavar="DATE", help="which past exam is meant; without it, the last one"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the plan, or change what belongs to it and print what came of that."""
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        _change(workspace, arguments)
        told, lines = _told(workspace, arguments)
    finally:
        workspace.close()
    if arguments.json:
        emit(told)
    else:
        print("\n".join(lines))
    return 0


def _change(workspace: Workspace, arguments: argparse.Namespace) -> None:
    """Do what was asked for beside showing."""
    from quizapp.study.exam_results import read_result, take_result_back
    from quizapp.study.held import chosen_exam, enter_mark
    from quizapp.study.planning import accept_drops, restore_drops

    if arguments.drop:
        accept_drops(workspace)
    elif arguments.restore:
        restore_drops(workspace)
    elif arguments.result == _NONE:
        found = chosen_exam(workspace, _exam(arguments))
        take_result_back(workspace, found.course, found.exam)
    elif arguments.result is not None:
        enter_mark(workspace, read_result(arguments.result), _exam(arguments))


def _told(workspace: Workspace, arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    from quizapp.cli.plan_lines import held_lines, no_plan, plan_lines
    from quizapp.study.held import held, past_exams
    from quizapp.study.plan_json import exam_plan_plain, plain
    from quizapp.study.planning import exam_plan

    about_past = arguments.past or arguments.result is not None
    plan = None if about_past else exam_plan(workspace)
    over = past_exams(workspace) if plan is None else []
    exam = _exam(arguments)
    chosen = [terms for terms in over if exam in {None, terms.exam}]
    if not arguments.past:
        chosen = chosen[:1]
    past = [held(workspace, terms) for terms in chosen]
    told = {"plan": plan and exam_plan_plain(plan), "past": [plain(one) for one in past]}
    if plan is not None:
        return told, list(plan_lines(plan))
    lines = [] if about_past else list(no_plan(workspace.settings, workspace.today()))
    for one in past:
        lines += [*([""] if lines else []), *held_lines(one)]
    return told, lines or ["No exam is over yet."]


def _exam(arguments: argparse.Namespace) -> date | None:
    """The exam that is meant."""
    if arguments.exam is None:
        return None
    try:
        return date.fromisoformat(arguments.exam)
    except ValueError:
        raise UsageError(f"'{arguments.exam}' is no date; write it as 2026-12-24.") from None
