"""The cards that fit a query: listed, or all handled at once."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import UsageError, add_json, whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from quizapp.study.browsing import Browser
    from quizapp.study.handling import Handling
    from quizapp.study.query import Query
    from quizapp.study.workspace import Workspace

_SORTS = ("due", "recall", "difficulty", "lapses")
_FORGET = "--forget makes these cards new again ({}); add --yes if you mean it."


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    # argparse would set all deeds on one line, far too long.
    parser.usage = "quizapp cards [QUERY ...] [--sort WHAT] [DEED [--yes]] [--json]"
    parser.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help="which cards, such as topic:hopfield is:due energy; after -- where it begins with a "
        "minus. Without course: those of the chosen course, with 'course:*' all",
    )
    parser.add_argument("--sort", choices=_SORTS, help="what comes first in the list")
    deeds = parser.add_argument_group("what to do to all of them, in one step")
    one = deeds.add_mutually_exclusive_group()
    one.add_argument("--suspend", action="store_true", help="keep them out")
    one.add_argument("--unsuspend", action="store_true", help="take them in again")
    one.add_argument("--bury", action="store_true", help="keep them out until tomorrow")
    one.add_argument("--flag", type=whole(0, 7), metavar="N", help="flag them, 0 for no flag")
    one.add_argument("--tag", metavar="TAG", help="give them a tag")
    one.add_argument("--untag", metavar="TAG", help="take a tag of yours away")
    one.add_argument(
        "--reschedule", metavar="DAY", help="let them come on a day: tomorrow, 'in 5 days', a date"
    )
    one.add_argument("--forget", action="store_true", help="make them new again; needs --yes")
    one.add_argument("--undo", action="store_true", help="take back what was last done to cards")
    parser.add_argument("--yes", action="store_true", help="do what --forget asks about")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the cards, or handle them and say how many."""
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        if arguments.undo:
            _undo(workspace, arguments)
        elif _acts(arguments):
            _handle(workspace, arguments)
        else:
            _list(workspace, arguments)
    finally:
        workspace.close()
    return 0


def _acts(arguments: argparse.Namespace) -> bool:
    plain = (arguments.suspend, arguments.unsuspend, arguments.bury, arguments.forget)
    told = (arguments.flag, arguments.tag, arguments.untag, arguments.reschedule)
    return any(plain) or any(one is not None for one in told)


def _found(workspace: Workspace, arguments: argparse.Namespace) -> tuple[Browser, list[str]]:
    """The cards that are asked for. Raises QueryError."""
    from quizapp.study.browsing import Browser, Chosen
    from quizapp.study.query import parse
    from quizapp.study.query.completing import unknown

    query = parse(" ".join(arguments.query))
    browser = Browser(workspace)
    course = "" if _names_a_course(query) else workspace.course.id
    found = browser.find(Chosen(course=course, query=query), arguments.sort or "pack")
    told = unknown(query, browser.finder.index)
    if told is not None:
        print(f"quizapp: {told}", file=sys.stderr)
    return browser, found


def _names_a_course(query: Query) -> bool:
    from quizapp.study.query.tree import named_in

    return any(named.field == "course" for named in named_in(query))


def _list(workspace: Workspace, arguments: argparse.Namespace) -> None:
    browser, found = _found(workspace, arguments)
    if arguments.json:
        emit([_plain(browser, name) for name in found])
        return
    width = os.get_terminal_size().columns if sys.stdout.isatty() else None
    for name in found:
        print(_line(browser, name)[:width])
    print("1 card" if len(found) == 1 else f"{len(found)} cards")


def _line(browser: Browser, name: str) -> str:
    from quizapp.mathtext import plain

    card = browser.listed(name)
    recall = "" if card.recall is None else f"{card.recall:.0%}"
    flag = f"flag {card.flag}  " if card.flag else ""
    question = " ".join(plain(card.question).split())
    return f"{card.id:<32} {card.due:>9} {recall:>4}  {flag}{question}"


def _plain(browser: Browser, name: str) -> dict[str, Any]:
    card = browser.listed(name)
    state = browser.finder.facts.state(name)
    memory = state.memory
    due = state.wanted if memory is None else memory.due_day
    return {
        "id": card.id,
        "type": card.kind,
        "topic": card.topic,
        "question": card.question,
        "phase": "new" if memory is None else memory.phase,
        "due": due and due.isoformat(),
        "stability": card.stability,
        "difficulty": card.difficulty,
        "recall": card.recall,
        "reps": card.reps,
        "lapses": card.lapses,
        "last": memory and memory.last_day.isoformat(),
        "flag": card.flag,
        "suspended": card.suspended,
        "buried_until": state.buried_until and state.buried_until.isoformat(),
        "tags": list(card.tags),
    }


def _handle(workspace: Workspace, arguments: argparse.Namespace) -> None:
    from quizapp.study.handling import Handling

    if not " ".join(arguments.query).strip():
        raise UsageError("say which cards, as in `quizapp cards is:leech --suspend`.")
    deed = _deed(workspace, arguments)  # first, as it may not be readable
    _, found = _found(workspace, arguments)
    if arguments.forget and not arguments.yes:
        raise UsageError(_FORGET.format(_cards(len(found))))
    changed = deed(Handling(workspace), found)
    if arguments.json:
        emit({"fitting": len(found), "changed": changed})
    else:
        back = "; `quizapp cards --undo` takes it back" if changed else ""
        print(f"{_cards(changed)} changed, of {len(found)} that fit{back}.")


def _deed(
    workspace: Workspace, arguments: argparse.Namespace
) -> Callable[[Handling, list[str]], int]:
    """What is to be done. Raises DayError or TagError."""
    from quizapp.study.day_words import read_day
    from quizapp.study.handling import read_tag

    if arguments.suspend or arguments.unsuspend:
        return lambda handling, cards: handling.suspend(cards, on=arguments.suspend)
    if arguments.bury:
        return lambda handling, cards: handling.bury(cards)
    if arguments.forget:
        return lambda handling, cards: handling.forget(cards)
    if arguments.flag is not None:
        return lambda handling, cards: handling.flag(cards, arguments.flag)
    if arguments.reschedule is not None:
        day = read_day(arguments.reschedule, workspace.today())
        return lambda handling, cards: handling.reschedule(cards, day)
    on = arguments.tag is not None
    tag = read_tag(arguments.tag if on else arguments.untag)
    return lambda handling, cards: handling.tag(cards, tag, on=on)


def _undo(workspace: Workspace, arguments: argparse.Namespace) -> None:
    from quizapp.study.handling import Handling

    turned = Handling(workspace).undo()
    if arguments.json:
        emit({"undone": turned and turned.kind, "cards": turned.cards if turned else 0})
    elif turned is None:
        print("There is nothing to take back.")
    else:
        print(f"Taken back: {turned.kind}, of {_cards(turned.cards)}.")


def _cards(count: int) -> str:
    return "1 card" if count == 1 else f"{count} cards"
