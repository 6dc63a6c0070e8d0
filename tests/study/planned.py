"""A student with a small course and an exam ahead, who studies by the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.scheduling.memory import Rating
from quizapp.study.folders import folders
from quizapp.study.review import ReviewSession, Shown
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.cards import Card
    from quizapp.packs.model import Pack

TODAY = date(2026, 3, 2)
EXAM = date(2026, 3, 12)
CARDS = 24


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@lru_cache(maxsize=1)
def small_pack() -> Pack:
    """The shipped content with a few cards of one course: two of every topic."""
    pack = load_pack(shipped_pack())
    items = {item.id for item in pack.items.values() if item.course == "nnt" and item.examinable}
    taken: dict[str, int] = {}
    kept: dict[str, Card] = {}
    for card in pack.cards.values():
        if items.intersection(card.items) and taken.get(card.topic, 0) < 3 and len(kept) < CARDS:
            taken[card.topic] = taken.get(card.topic, 0) + 1
            kept[card.id] = card
    return replace(pack, cards=kept)


def student(folder: Path, watch: Watch, **settings: object) -> Workspace:
    """The workspace of a student who has ten days and twenty minutes, or what is given."""
    opened = Workspace(folders({"QUIZAPP_HOME": str(folder)}), watch)
    opened.__dict__["pack"] = small_pack()
    if opened.is_new:
        opened.change(**{"course": "nnt", "exam_date": EXAM, "minutes_a_day": 20, **settings})
    return opened


def study(workspace: Workspace, watch: Watch, *, most: int = 200, seconds: float = 8) -> int:
    """Answer what the day brings, every fifth card wrong at first; how many answers that was.

    Exercises are put off until tomorrow.
    """
    session = ReviewSession(workspace)
    count = 0
    while count < most and (shown := session.current()) is not None:
        watch.on(seconds=seconds)
        if isinstance(shown, Shown):
            forgotten = shown.is_new and len(shown.id) % 5 == 0
            session.rate(Rating.AGAIN if forgotten else Rating.GOOD)
            count += 1
        else:
            session.bury()
    return count
