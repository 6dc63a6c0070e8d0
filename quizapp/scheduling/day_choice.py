"""What a study day brings beside the learning steps: what is wanted, planned, due, new."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from quizapp.scheduling.choosing import (
    first,
    in_blocks,
    mixed,
    one_each,
    reviews_due,
    spread,
)
from quizapp.scheduling.skills import family_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from quizapp.scheduling.choosing import Entry
    from quizapp.scheduling.memory import CardMemory
    from quizapp.scheduling.queue import Done, Limits


class DayChoice:
    """What a day brings beside the learning steps; of the cards of one note one is taken."""

    def __init__(
        self,
        present: Mapping[str, Entry],
        memories: Mapping[str, CardMemory],
        day: date,
        shown: set[str],
        learning: frozenset[str],
    ) -> None:
        self._present, self._memories, self._day = present, memories, day
        self._shown, self._learning = shown, learning
        self._rng = random.Random(day.toordinal())
        self._new_wanted = 0

    def wanted(self, cards: Iterable[str]) -> list[str]:
        """Return those that come first, as they are asked for."""
        entries = (self._present[card] for card in cards if card in self._present)
        chosen = list(one_each(self._open(entries), self._shown))
        self._new_wanted = sum(entry.card not in self._memories for entry in chosen)
        return [entry.card for entry in chosen]

    def planned(self, cards: Iterable[str]) -> list[str]:
        """Return what the plan gives the day, the skills spread evenly through the cards."""
        entries = (self._present[card] for card in cards if card in self._present)
        chosen = list(one_each(self._open(entries), self._shown))
        asked = [entry for entry in chosen if family_of(entry.card) is None]
        skills = [entry.card for entry in chosen if family_of(entry.card) is not None]
        return spread(in_blocks(asked, self._rng), skills)

    def due_and_new(self, limits: Limits, done: Done) -> list[str]:
        """Return reviews that are due, new cards spread among them, then skills among both."""
        everything = list(self._present.values())
        cards = [entry for entry in everything if family_of(entry.card) is None]
        skills = [entry for entry in everything if family_of(entry.card) is not None]
        due = one_each(reviews_due(cards, self._memories, self._day), self._shown)
        reviews = mixed(first(due, limits.reviews, done.reviews), self._rng)
        fresh = one_each(self._unseen(cards), self._shown)
        new = mixed(first(fresh, limits.new, done.new + self._new_wanted), self._rng)
        able = [*reviews_due(skills, self._memories, self._day), *self._unseen(skills)]
        chosen = first(one_each(able, self._shown), limits.skills, done.skills)
        return spread(spread(reviews, new), [entry.card for entry in chosen])

    def _open(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Those that are not being learned already."""
        return (entry for entry in entries if entry.card not in self._learning)

    def _unseen(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        return (entry for entry in entries if entry.card not in self._memories)
