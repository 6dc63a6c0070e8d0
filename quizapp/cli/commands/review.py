"""Daily review, in the app or line by line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "--plain", action="store_true", help="plain lines, for screen readers and scripts"
    )
    parser.add_argument("--topic", help="only cards of this topic, such as hopfield")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Review cards. With ``--json``, the card that comes next."""
    from quizapp.cli.commands.app import open_app, require_terminal

    if not (arguments.plain or arguments.json):
        require_terminal()
    from quizapp.cli.plain_review import next_card, review
    from quizapp.study.review import ReviewSession
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        session = ReviewSession(workspace, topic=arguments.topic)
        if arguments.json:
            emit(next_card(session))
        else:
            review(session)
    finally:
        workspace.close()
    return 0
