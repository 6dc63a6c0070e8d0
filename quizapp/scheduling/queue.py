"""Which card comes next: learning cards first, then reviews and new cards, mixed by topic."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quizapp.scheduling.choosing import Entry, siblings
from quizapp.scheduling.day_choice import DayChoice
from quizapp.scheduling.memory import CardMemory, microseconds
from quizapp.scheduling.skills import family_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

_BUCKETS: tuple[Bucket, ...] = ("due", "learning", "new", "skill")
LEARN_AHEAD_MINUTES = 20
_LEARN_AHEAD = LEARN_AHEAD_MINUTES * 60 * 1_000_000

Bucket = Literal["learning", "due", "new", "skill"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a study day may bring."""

    new: int | None = 20
    """New cards a day. None means unlimited, 0 none at all."""

    reviews: int | None = 200
    """Review cards a day. None means unlimited, 0 none at all."""

    skills: int | None = 3
    """Skills a day, new and old. None means unlimited, 0 none at all."""


@dataclass(frozen=True, slots=True)
class Done:
    """What the study day has brought so far."""

    new: int = 0
    """Cards introduced."""

    reviews: int = 0
    """Cards of earlier days answered; a card answered twice counts once."""

    skills: int = 0
    """Skills answered."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Cards left today."""

    due: int = 0
    learning: int = 0
    new: int = 0
    skills: int = 0
    """Those being learned, too."""

    @property
    def total(self) -> int:
        """All that is left."""
        return self.due + self.learning + self.new + self.skills


class Queue:
    """The cards of one study day, built once and kept up to date answer by answer.

    ``order`` is the syllabus order: new cards are taken from its start. ``wanted`` cards come
    before all but the learning steps. With ``planned``, the rest is what a plan gives the day, in
    its order; without, it is what is due and what is new, up to the limits. Building is O(n log n),
    ``next`` and ``answered`` are O(log n). Which cards come in which order depends on the arguments
    alone: the shuffle is seeded by the study day.

    Of the cards of one note a day brings one: the others wait until tomorrow, also after it was
    answered. Only learning steps come back beside it.
    """

    def __init__(
        self,
        order: Sequence[Entry],
        memories: Mapping[str, CardMemory],
        *,
        day: date,
        limits: Limits | None = None,
        done: Done | None = None,
        held: Collection[str] = (),
        wanted: Iterable[str] = (),
        planned: Sequence[str] | None = None,
    ) -> None:
        self.day = day
        """The study day this queue is for; with the next one, build the next queue."""
        self._topics = {entry.card: entry.topic for entry in order}
        self._siblings = siblings(order)
        self._bucket: dict[str, Bucket] = {}
        self._due_at: dict[str, int] = {}
        self._heap: list[tuple[int, str]] = []
        self._counts: Counter[tuple[str, Bucket]] = Counter()
        self._totals: Counter[Bucket] = Counter()

        held = frozenset(held)
        present = {entry.card: entry for entry in order if entry.card not in held}
        shown = {e.kin for e in order if e.card in memories and memories[e.card].last_day == day}
        for entry in present.values():
            memory = memories.get(entry.card)
            if memory is not None and memory.due_at is not None:
                self._learn(entry.card, memory.due_at)
                shown.add(entry.kin)
        choice = DayChoice(present, memories, day, shown, frozenset(self._bucket))
        line = choice.wanted(wanted)
        if planned is None:
            line += choice.due_and_new(limits or Limits(), done or Done())
        else:
            line += choice.planned(planned)
        for card in line:
            self._put(card, "new" if card not in memories else "due")
        self._line = deque(line)

    def next(self, at: datetime) -> str | None:
        """Return the card to show at a moment, or None when nothing is left for now.

        Asking changes nothing: the card stays in front until it is answered.
        """
        now = microseconds(at)
        soonest = self._soonest()
        if soonest is not None and soonest[0] <= now:
            return soonest[1]
        while self._line and not self._waits(self._line[0]):
            self._line.popleft()
        if self._line:
            return self._line[0]
        if soonest is not None and soonest[0] <= now + _LEARN_AHEAD:
            return soonest[1]
        return None

    def wakes_at(self) -> int | None:
        """Return when the next learning card falls due, microseconds UTC; None without one."""
        soonest = self._soonest()
        return soonest[0] if soonest else None

    def answered(self, card: str, memory: CardMemory) -> None:
        """Take a card's new memory in: back among the learning cards, or done for today."""
        self.remove(card)
        self._put_off_siblings(card)
        if memory.due_at is not None:
            self._learn(card, memory.due_at)

    def remove(self, card: str) -> None:
        """Take a card out (suspended, buried or answered); one that is not in is no error."""
        bucket = self._bucket.pop(card, None)
        if bucket is None:
            return
        self._counts[self._topics[card], bucket] -= 1
        self._totals[bucket] -= 1
        self._due_at.pop(card, None)

    def put_back(self, card: str, memory: CardMemory | None) -> None:
        """Put a card in front again after an undo, with the memory it has now (None: new).

        A card that is neither due today nor planned for it, or not of this queue, only leaves.
        """
        brought = self._waits(card)
        self.remove(card)
        if card not in self._topics:
            return
        self._put_off_siblings(card)
        due = memory is None or (memory.due_day is not None and memory.due_day <= self.day)
        if memory is not None and memory.due_at is not None:
            self._learn(card, memory.due_at)
        elif due or brought:
            self._put(card, "new" if memory is None else "due")
            self._line.appendleft(card)

    def has_siblings(self, card: str) -> bool:
        """Return whether other cards of the queue's order share the card's note."""
        return card in self._siblings

    def counts(self) -> Counts:
        """Return how many cards are left today."""
        return Counts(*(self._totals[bucket] for bucket in _BUCKETS))

    def cards(self) -> frozenset[str]:
        """Return the cards that are left today."""
        return frozenset(self._bucket)

    def counts_by_topic(self) -> dict[str, Counts]:
        """Return how many cards are left today in each topic, in syllabus order."""
        return {
            topic: Counts(*(self._counts[topic, bucket] for bucket in _BUCKETS))
            for topic in dict.fromkeys(self._topics.values())
        }

    def _put_off_siblings(self, card: str) -> None:
        """Take the siblings of a card out that are not being learned."""
        for sibling in self._siblings.get(card, ()):
            if sibling != card and self._waits(sibling):
                self.remove(sibling)

    def _waits(self, card: str) -> bool:
        """Whether a card is in the line, and not among those being learned."""
        return card in self._bucket and card not in self._due_at

    def _put(self, card: str, bucket: Bucket) -> None:
        bucket = bucket if family_of(card) is None else "skill"
        self._bucket[card] = bucket
        self._counts[self._topics[card], bucket] += 1
        self._totals[bucket] += 1

    def _learn(self, card: str, due_at: int) -> None:
        if card not in self._topics:
            return
        self._put(card, "learning")
        self._due_at[card] = due_at
        heapq.heappush(self._heap, (due_at, card))

    def _soonest(self) -> tuple[int, str] | None:
        # Entries of cards answered since are dropped when they come up, not searched for.
        while self._heap and self._due_at.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        return self._heap[0] if self._heap else None
