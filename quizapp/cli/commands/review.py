"""Daily review, in the app or line by line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import UsageError, add_json
from quizapp.cli.sentences import shortened

if TYPE_CHECKING:
    import argparse

    from quizapp.study.workspace import Workspace


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "--plain", action="store_true", help="plain lines, for screen readers and scripts"
    )
    parser.add_argument(
        "--topic", metavar="TOPIC", help="only cards of this topic, such as hopfield"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Review cards. With ``--json``, the card that comes next."""
    from quizapp.cli.commands.app import open_app, require_terminal

    in_app = not (arguments.plain or arguments.json)
    if in_app:
        require_terminal()
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    if arguments.topic is not None:
        _demand_topic(workspace, arguments.topic)
    if in_app:
        return open_app("review", workspace, topic=arguments.topic)
    from quizapp.cli.plain_review import next_card, review
    from quizapp.study.review import ReviewSession

    try:
        session = ReviewSession(workspace, topic=arguments.topic)
        if arguments.json:
            emit(next_card(session))
        else:
            _back_up(workspace)
            review(session)
    finally:
        workspace.close()
    return 0


def _back_up(workspace: Workspace) -> None:
    """Take the backup of a start; that there is none stops nobody from learning."""
    import sys

    from quizapp.core.errors import QuizError
    from quizapp.study.log_care import backup_of_start

    try:
        backup_of_start(workspace)()
    except QuizError as error:
        print(f"No backup could be made. {error}", file=sys.stderr)


def _demand_topic(workspace: Workspace, topic: str) -> None:
    """Raise UsageError where the course has no cards of a topic."""
    from quizapp.study.selection import course_cards

    topics = list(dict.fromkeys(card.topic for card in course_cards(workspace).values()))
    if topic not in topics:
        raise UsageError(
            f"{workspace.course.title} has no cards of the topic '{shortened(topic)}'; "
            f"its topics are {', '.join(topics)}."
        )
