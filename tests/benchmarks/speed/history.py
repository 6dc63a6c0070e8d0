"""A history of ten answers a card over three years, the same each time, and a course for it.

Of the cards 85 in a hundred have been answered, at growing distances; among the answers are undone
ones, flags and suspensions. The rows go straight into the log; what follows from them is derived by
``Store.rebuild``, so that ``quizapp db doctor`` finds nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import insert

from quizapp.cards.card import Card
from quizapp.scheduling.days import study_day
from quizapp.store import tables
from quizapp.store.events import to_json
from quizapp.store.replay import default_scheduler, settings_of
from quizapp.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.packs.model import Pack

DAYS = 1_000
FIRST = datetime(2023, 1, 1, 10, tzinfo=UTC)
NOW = FIRST + timedelta(days=DAYS)
EVENTS_A_CARD = 10
ANSWERED = 0.85
_START = int(FIRST.timestamp() * 1e6)
_DAY = 86_400_000_000
_MINUTES = 600_000_000
_AT_ONCE = 10_000
_GROWTH = 1.7


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in the order of time, one place in each column."""

    cards: np.ndarray[Any, np.dtype[np.int64]]
    at: np.ndarray[Any, np.dtype[np.int64]]
    """Microseconds since 1970."""
    ratings: np.ndarray[Any, np.dtype[np.int64]]
    ms: np.ndarray[Any, np.dtype[np.int64]]


def answers(cards: int) -> Answers:
    """The answers to so many cards, some of them to be undone."""
    rng = np.random.default_rng(1)
    count, known = cards * EVENTS_A_CARD, int(cards * ANSWERED)
    which = np.sort(np.r_[np.arange(known), rng.integers(0, known, count - known)])
    starts = np.flatnonzero(np.r_[True, which[1:] != which[:-1]])
    lengths = np.diff(np.r_[starts, count])
    nth = np.arange(count) - np.repeat(starts, lengths)
    first = rng.integers(0, DAYS - 60, known)
    last = DAYS - rng.integers(1, 50, known)
    share = (_GROWTH ** np.maximum(nth - 1, 0) - 1) / (
        _GROWTH ** np.maximum(np.repeat(lengths, lengths) - 2, 1) - 1
    )
    day = first[which] + share * (last - first)[which]
    # At some minute of the twelve hours from the morning on, the second answer ten minutes on.
    minute = rng.integers(0, 12 * 3600 * 1_000_000, known)[which]
    at = _START + np.floor(day).astype(np.int64) * _DAY + minute + (nth == 1) * _MINUTES
    order = np.argsort(at, kind="stable")
    apart = 2 * np.arange(count)
    at = np.maximum.accumulate(at[order] - apart) + apart
    ratings = rng.choice(4, count, p=(0.1, 0.06, 0.74, 0.1)) + 1
    # Nobody ends a day on Again: but for a few cards, the last answer leaves none in its steps.
    ends = (nth < 2) | (np.repeat(lengths, lengths) - 1 == nth) & (which % 500 > 0)
    ratings = np.where(ends, 3, ratings)
    return Answers(which[order], at, ratings[order], rng.integers(2_000, 20_000, count))


def name(card: int) -> str:
    """The id of a card."""
    return f"topic-{card % 28}-card-{card}"


def fill(folder: Path, cards: int) -> None:
    """Make the store of a folder with the history of so many cards."""
    with Store.open(folder, clock=lambda: NOW) as store:
        with store.writing() as connection:
            part: list[dict[str, Any]] = []
            for row in _rows(cards, store.device):
                part.append(row)
                if len(part) == _AT_ONCE:
                    connection.execute(insert(tables.events), part)
                    part = []
            connection.execute(insert(tables.events), part)
        store.rebuild()


def _rows(cards: int, device: str) -> Iterator[dict[str, Any]]:
    told = answers(cards)
    days: dict[int, str] = {}
    yield _row(device, _START - 1, "scheduler", "", settings_of(default_scheduler()))
    columns = zip(
        *(column.tolist() for column in (told.cards, told.at, told.ratings, told.ms)), strict=True
    )
    for n, (card, at, rating, ms) in enumerate(columns):
        if at // _DAY not in days:
            moment = datetime.fromtimestamp(at / 1e6, UTC)
            days[at // _DAY] = study_day(moment).isoformat()
        day, subject = days[at // _DAY], name(card)
        answer = {"card": subject, "rating": rating, "ms": ms, "how": "reveal"}
        row = _row(device, at, "review", subject, answer, day)
        yield row
        # No two answers are nearer than two ticks to each other where one of these comes between.
        if n % 400 == 7:
            yield _row(device, at, "undo", subject, {"targets": [row["id"]]}, day)
        elif n % 1_000 == 3:
            yield _row(device, at, "flag", subject, {"card": subject, "value": 1 + n % 7}, day)
        elif n % 5_000 == 4:
            yield _row(device, at, "suspend", subject, {"card": subject, "on": True}, day)


def _row(
    device: str, at: int, kind: str, subject: str, payload: dict[str, Any], day: str = "2023-01-01"
) -> dict[str, Any]:
    clock = at + (kind not in {"review", "scheduler"})
    ms = f"{clock // 1000:012x}"
    return {
        "id": f"{ms[:8]}-{ms[8:]}-7{clock % 1000:03x}-8000-{clock % 2**48:012x}",
        "device": device, "clock": clock, "at": at, "utc_offset": 0, "study_day": day,
        "kind": kind, "subject": subject, "payload": to_json(payload),
    }  # fmt: skip


def with_cards(pack: Pack, course: str, cards: int) -> Pack:
    """A pack with so many cards of one line about a course in the place of its own."""
    items = [item for item in pack.items.values() if item.course == course and item.examinable]
    return replace(pack, cards={name(n): _card(n, items[n % len(items)]) for n in range(cards)})


def _card(number: int, item: Any) -> Card:
    data = {"question": f"What is the number of card {number}?", "answer": f"It is {number}."}
    return Card(name(number), "basic", item.topic, (item.id,), (), (), (), (), "", data)
