"""Cramming: cards asked now, in the app or line by line, without touching the schedule."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import UsageError, add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.study.cram import Offer
    from quizapp.study.workspace import Workspace


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "query",
        nargs="?",
        metavar="QUERY",
        help="which cards, such as 'topic:hopfield', 'is:leech', 'failed:1' or 'energy'",
    )
    parser.add_argument(
        "--plain", action="store_true", help="plain lines, for screen readers and scripts"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ask cards. With ``--json``, what there is to cram, or the cards that a query asks for."""
    from quizapp.cli.commands.app import open_app, require_terminal

    in_app = not (arguments.plain or arguments.json)
    if in_app:
        require_terminal()
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    if in_app:
        return open_app("cram", workspace, query=arguments.query)
    try:
        if arguments.query is None:
            _list(workspace, as_json=arguments.json)
        else:
            _cram(workspace, arguments.query, as_json=arguments.json)
    finally:
        workspace.close()
    return 0


def _list(workspace: Workspace, *, as_json: bool) -> None:
    from quizapp.study.cram import Crammer

    offers = Crammer(workspace).offers()
    if as_json:
        emit([{"what": one.why, "cards": len(one.cards)} for one in offers])
        return
    print("Name the cards to cram, such as `quizapp cram --plain 'topic:hopfield'`. There are")
    for offer in offers:
        print(f"{len(offer.cards):6}  {_named(offer)}")


def _named(offer: Offer) -> str:
    """What asks for the cards of an offer."""
    match offer.kind:
        case "failed":
            return "failed:1"
        case "leeches":
            return "is:leech"
        case "course":
            return "''  (all cards of the course)"
        case _:
            return offer.why


def _cram(workspace: Workspace, query: str, *, as_json: bool) -> None:
    import secrets

    from quizapp.cli.plain_cram import cram
    from quizapp.study.cram import Crammer
    from quizapp.study.quiz import Quiz

    offer = Crammer(workspace).search(query)
    if as_json:
        emit({"query": query, "cards": list(offer.cards)})
        return
    if not offer.cards:
        raise UsageError("no card of this course fits; `quizapp cram --plain` lists what there is.")
    cram(Quiz(workspace, offer.cards, seed=secrets.randbelow(2**32), why=offer.why))
