"""Looking after the user's data."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from quizapp.study.log_care import Finding
    from quizapp.study.workspace import Workspace

ACTIONS = {
    "doctor": "look for faults in your data, and mend them",
    "rebuild": "derive the state of all cards anew from the log",
    "backup": "copy your data to a file",
    "restore": "put a backup in the place of your data, which are kept",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """A subcommand for each action."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    for name, about in ACTIONS.items():
        described = f"{about[:1].upper()}{about[1:]}."
        action = actions.add_parser(name, help=about, description=described)
        if name == "doctor":
            action.add_argument(
                "--repair", action="store_true", help="mend what can be mended; nothing is deleted"
            )
        elif name == "backup":
            action.add_argument(
                "file", metavar="FILE", nargs="?",
                help="a file or folder (default: the folder of backups)",
            )  # fmt: skip
        elif name == "restore":
            action.add_argument(
                "file", metavar="FILE", nargs="?", help="a backup; without it, all are listed"
            )
        add_json(action)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        return _RUNS[arguments.action](workspace, arguments)
    finally:
        workspace.close()


def _doctor(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from quizapp.study import log_care

    found = log_care.examine(workspace)
    mended = None
    if arguments.repair and any(finding.repair for finding in found):
        mended = log_care.mend(workspace, found)
        left = log_care.examine(workspace)
    else:
        left = found
    faulty = any(finding.repair for finding in left)
    if arguments.json:
        emit(_examined(found, left, mended))
        return int(faulty)
    _tell(found if mended is None else left, mended)
    return int(faulty)


def _examined(found: Sequence[Finding], left: Sequence[Finding], mended: Any) -> dict[str, Any]:
    salvaged = mended and mended.salvaged
    return {
        "healthy": not any(finding.repair for finding in left),
        "findings": [_finding(finding) for finding in found],
        "left": [_finding(finding) for finding in left],
        "rebuilt": bool(mended and mended.rebuilt),
        "salvaged": salvaged
        and {
            "kept": salvaged.kept and str(salvaged.kept),
            "events": salvaged.events,
            "from_backup": salvaged.from_backup,
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    from quizapp.cli.sentences import spoken

    return {
        "code": finding.code, "message": spoken(finding.message), "repair": finding.repair,
    }  # fmt: skip


def _tell(findings: Sequence[Finding], mended: Any) -> None:
    from quizapp.cli.sentences import spoken

    if mended is not None and mended.rebuilt:
        print("The state of all cards was derived anew from the log.")
    if mended is not None and mended.salvaged is not None:
        saved = mended.salvaged
        print(f"{saved.events} entries were saved into a new data file.")
        if saved.from_backup:
            print(f"{saved.from_backup} of them come from the newest backup.")
        if saved.kept is not None:
            print(f"The damaged file is kept as {spoken(str(saved.kept))}.")
    for finding in findings:
        print(("✗ " if finding.repair else "⚠ ") + spoken(finding.message))
    if not any(finding.repair for finding in findings):
        print("✓ The data are in order.")


def _rebuild(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from dataclasses import asdict

    from quizapp.study.log_care import rebuild

    done = rebuild(workspace)
    if arguments.json:
        emit(asdict(done))
        return 0
    print(f"{done.cards} cards derived anew from {done.events} entries.")
    if done.changed:
        print(f"The state of {done.changed} of them was not what the log gives; now it is.")
    return 0


def _backup(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from quizapp.cli.sentences import spoken
    from quizapp.study.log_care import back_up

    path = back_up(workspace, None if arguments.file is None else Path(arguments.file))
    if arguments.json:
        emit({"file": str(path), "bytes": path.stat().st_size})
    else:
        print(f"Your data are copied to {spoken(str(path))}.")
    return 0


def _restore(workspace: Workspace, arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from quizapp.cli.sentences import spoken
    from quizapp.study.log_care import restore

    if arguments.file is None:
        return _list_backups(workspace, as_json=arguments.json)
    done = restore(workspace, Path(arguments.file))
    if arguments.json:
        emit({"events": done.events, "cards": done.cards, "kept": done.kept and str(done.kept)})
        return 0
    print(f"Restored: {done.events} entries about {done.cards} cards.")
    if done.kept is not None:
        print(f"What was there before is kept as {spoken(str(done.kept))}.")
    return 0


def _list_backups(workspace: Workspace, *, as_json: bool) -> int:
    from quizapp.cli.sentences import spoken
    from quizapp.study.log_care import backups

    found = backups(workspace)
    if as_json:
        emit([
            {"file": str(one.path), "taken": one.taken.isoformat(), "bytes": one.size}
            for one in found
        ])  # fmt: skip
        return 0
    for one in found:
        print(f"{one.taken.astimezone():%Y-%m-%d %H:%M}  {spoken(str(one.path))}")
    if not found:
        print("There is no backup yet; `quizapp db backup` makes one.")
    return 0


_RUNS: dict[str, Callable[[Workspace, argparse.Namespace], int]] = {
    "doctor": _doctor,
    "rebuild": _rebuild,
    "backup": _backup,
    "restore": _restore,
}
