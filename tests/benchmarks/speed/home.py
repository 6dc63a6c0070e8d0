"""A data folder with a history, and the workspace on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.store.store import DATABASE
from quizapp.study.folders import folders
from quizapp.study.workspace import Workspace
from tests.benchmarks.speed.history import NOW, fill, with_cards

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class Clock:
    """Goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def workspace(home: Path, cards: int) -> Workspace:
    """The workspace of a folder with the history of so many cards, made when it is not there."""
    where = folders({"QUIZAPP_HOME": str(home)})
    if not (where.data / DATABASE).exists():
        fill(where.data, cards)
    opened = Workspace(where, Clock())
    opened.settings = replace(opened.settings, new_a_day=20, skills_a_day=0)
    opened.take(with_cards(opened.pack, opened.course.id, cards))
    return opened
