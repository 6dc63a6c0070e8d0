"""What the exam may ask for: every item, what covers it, how well it is known."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import UsageError, add_json
from quizapp.cli.sentences import near, shortened

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterator

    from quizapp.study.syllabus import Standing

_COLUMNS = 79
_INDENT = 6
_BAR = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--course", metavar="KEY", help="another course than the chosen one")
    parser.add_argument("--topic", metavar="TOPIC", help="only this topic, item by item")
    parser.add_argument(
        "--items", action="store_true", help="every item, not only a line for each topic"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """A line for each topic, or the items; what is not covered is marked."""
    from quizapp.study.syllabus import standings
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        _require("course", arguments.course, workspace.pack.courses)
        found = standings(workspace, arguments.course)
    finally:
        workspace.close()
    _require("topic", arguments.topic, dict.fromkeys(one.item.topic for one in found))
    chosen = [one for one in found if arguments.topic in {None, one.item.topic}]
    if arguments.json:
        emit([_plain(one) for one in chosen])
    else:
        listed = arguments.items or arguments.topic is not None
        print("\n".join(_items(chosen) if listed else _topics(chosen)))
    return 0


def _require(what: str, name: str | None, known: Collection[str]) -> None:
    if name is not None and name not in known:
        raise UsageError(
            f"there is no {what} '{shortened(name)}'{near(name, known)}; "
            f"there are {', '.join(known)}."
        )


def _plain(one: Standing) -> dict[str, Any]:
    item = one.item
    return {
        "id": item.id,
        "course": item.course,
        "topic": item.topic,
        "kind": item.kind,
        "place": item.place,
        "statement": item.statement,
        "examinable": item.examinable,
        "cards": list(one.coverage.cards),
        "families": list(one.coverage.families),
        "covered": one.coverage.enough,
        "seen": one.seen,
        "mastery": one.mastery,
    }


def _topics(found: list[Standing]) -> Iterator[str]:
    asked = [one for one in found if one.item.examinable]
    yield f"{'topic':<28}{'items':>6}{'covered':>9}   known"
    for topic in dict.fromkeys(one.item.topic for one in asked):
        yield _total(topic, [one for one in asked if one.item.topic == topic])
    yield _total("all", asked)
    beyond = len(found) - len(asked)
    if beyond:
        items = "1 further item is" if beyond == 1 else f"{beyond} further items are"
        yield f"{items} not asked for in the exam; --items shows all."


def _total(name: str, found: list[Standing]) -> str:
    covered = sum(one.coverage.enough for one in found)
    share = f"{covered / len(found):>7.0%}" if found else f"{'-':>7}"
    known = [one.mastery or 0.0 for one in found]
    mean = sum(known) / len(known) if any(one.seen for one in found) else None
    return f"{name:<28}{len(found):>6}{share:>9}   {_bar(mean)}"


def _items(found: list[Standing]) -> Iterator[str]:
    from quizapp.mathtext import prose

    for topic in dict.fromkeys(one.item.topic for one in found):
        yield topic
        for one in (one for one in found if one.item.topic == topic):
            yield f"  {_sign(one)} {one.item.id}  ({one.item.place})"
            for line in prose(one.item.statement, _COLUMNS - _INDENT):
                yield " " * _INDENT + line
            yield " " * _INDENT + _told(one)


def _sign(one: Standing) -> str:
    if not one.item.examinable:
        return "·"
    return "✓" if one.coverage.enough else "✗"


def _told(one: Standing) -> str:
    cards, families = len(one.coverage.cards), len(one.coverage.families)
    parts = ["1 card" if cards == 1 else f"{cards} cards"]
    if families:
        parts.append("1 computation" if families == 1 else f"{families} computations")
    if not one.item.examinable:
        parts.append("not asked for in the exam")
    elif not one.coverage.enough:
        parts.append("not covered enough")
    return f"{one.item.kind}, {', '.join(parts)}   {_bar(one.mastery)}"


def _bar(share: float | None) -> str:
    if share is None:
        return "not yet studied"
    full = round(share * _BAR)
    return f"{'█' * full}{'·' * (_BAR - full)} {share:.0%}"
