"""What each rating of a card would lead to, with the next day chosen by what the days bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.scheduling.balance import Load
from quizapp.study.settings.calendar import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from quizapp.scheduling.memory import CardMemory, Rating
    from quizapp.study.workspace import Workspace


def previews(
    workspace: Workspace, memory: CardMemory | None, now: datetime, card: str
) -> dict[Rating, CardMemory]:
    """Return the memory after each rating of a card or skill, None being one never answered.

    The answer that is written with the ``due_day`` shown here is given just that. Raises
    StoreError.
    """
    scheduler, today = workspace.scheduler, workspace.today()
    plain = scheduler.preview(memory, now, today, card)
    reaches = (scheduler.days_in_reach(after, today) for after in plain.values())
    load = _load(workspace, (reach for reach in reaches if reach is not None), memory)
    return scheduler.preview(memory, now, today, card, load)


def _load(
    workspace: Workspace, reaches: Iterable[tuple[date, date]], memory: CardMemory | None
) -> Load:
    """What some ranges of days bring without the card itself, which is answered just now."""
    settings = workspace.settings
    counts: dict[date, int] = {}
    for first, last in _joined(reaches):
        counts |= workspace.store.load(first, last)
    if memory is not None and memory.due_day in counts:
        counts[memory.due_day] -= 1
    easy = {number: settings.easy_days.get(name, 1.0) for number, name in enumerate(WEEKDAYS)}
    return Load(counts, easy, frozenset(settings.days_off))


def _joined(reaches: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """The ranges, ascending; those that overlap are one."""
    held: tuple[date, date] | None = None
    for first, last in sorted(reaches):
        if held is not None and first <= held[1]:
            held = held[0], max(held[1], last)
        else:
            if held is not None:
                yield held
            held = first, last
    if held is not None:
        yield held
