"""The plan until an exam, from the cards as they are. Pure: today is a parameter, nothing is kept.

Every item is met once in time, then cards are spaced, and the last days go to a final pass over
what gains most: all three follow from one rule, most urgent first (``standing.py``). A card never
met counts nothing on the day, so what is new is mostly met in time by itself; where a learner is
known to forget so fast that other cards gain more, one new card of each item not met yet comes
before anything else at the last moment that allows it. So if all items fit into the time left,
each is met, whoever learns.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.choosing import Entry, one_each
from quizapp.scheduling.drops import card_shares, coverage, covering
from quizapp.scheduling.final_pass import final_pass
from quizapp.scheduling.fitting import fitting
from quizapp.scheduling.foresight import Foresight
from quizapp.scheduling.forgetting import Experience, Forgetting
from quizapp.scheduling.outlook import Calendar, Deck, Outlook
from quizapp.scheduling.plan import Exam, Forecast, More, Plan, PlanCard, Share
from quizapp.scheduling.standing import Standing, expected_seconds, ordered, practised, pressing
from quizapp.scheduling.twin import Twin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quizapp.scheduling.memory import Scheduler
    from quizapp.scheduling.prices import Prices
    from quizapp.scheduling.twin import Floats, Ints

LIGHTEST = 0.02
"""The weight in planning of a card that counts nothing: it comes last, but it comes."""

BELIEVED = 50
"""So many reviews count as much in a forecast as what the schedule itself says of recall.

A plan may be cautious from the first day; a forecast says what the schedule says until the
learner's own reviews speak.
"""


def plan(
    cards: Sequence[PlanCard],
    exam: Exam,
    today: date,
    scheduler: Scheduler,
    experience: Experience | None = None,
) -> Plan:
    """Return the plan from today until the exam.

    ``cards`` are in syllabus order, at least one. ``experience`` are the learner's
    reviews so far, from which it is learned how this one forgets. The same arguments give the
    same plan. On the exam's day and after it no study day is left; the forecast is then that of
    today.
    Raises ``ValueError`` without cards, or for minutes or paces that are not positive.
    """
    _check(cards, exam)
    planner = _Planner(cards, exam, today, Twin.of(scheduler), experience or Experience.of(()))
    shares, after = planner.go_on(0.0)
    more = None
    if shares:
        _, better = planner.go_on(exam.more_minutes * 60)
        more = More(exam.more_minutes, better, max(0.0, better.overall - after.overall))
    open_today = bool(shares) and shares[0].day == today
    return Plan(
        today=shares[0] if open_today else Share(today, (), (), (), 0.0),
        days=tuple(shares),
        coverage=planner.coverage,
        forecast=after,
        idle=planner.forecast(planner.deck()),
        more=more,
    )


def _check(cards: Sequence[PlanCard], exam: Exam) -> None:
    if not cards:
        raise ValueError("a plan needs at least one card")
    if exam.minutes_a_day <= 0:
        raise ValueError(f"the minutes a day must be positive, got {exam.minutes_a_day}")
    if exam.pace.new <= 0 or exam.pace.review <= 0:
        raise ValueError("the seconds of an answer must be positive")


class _Planner:
    """The cards of one plan as arrays."""

    def __init__(
        self,
        cards: Sequence[PlanCard],
        exam: Exam,
        today: date,
        twin: Twin,
        experience: Experience,
    ) -> None:
        self.cards, self.exam, self.today = cards, exam, today
        forgetting = Forgetting(-twin.decay, experience)
        self.foresight = Foresight(twin, forgetting)
        """What the plan counts on."""
        believed = forgetting.reviews / (forgetting.reviews + BELIEVED)
        self.predicted = Foresight(twin, forgetting, believed)
        """What the forecast tells."""
        self.until = max(0, (exam.day - today).days)
        self.stakes = np.array(card_shares(cards, exam.weights))
        self._entries = [Entry(str(i), card.topic, card.note) for i, card in enumerate(cards)]
        memories = [card.memory for card in cards]
        learning = [m is not None and m.due_at is not None for m in memories]
        now = [m is not None and m.last_day >= today for m in memories]
        self._in_steps = sum(a and b for a, b in zip(learning, now, strict=True))
        self._broken_off = np.array(
            [i for i, (a, b) in enumerate(zip(learning, now, strict=True)) if a and not b], np.int64
        )
        self._shown = {
            e.kin for e, a, b in zip(self._entries, learning, now, strict=True) if a or b
        }
        self.coverage, kept = coverage(cards, exam.weights, self._left(), exam.pace.new)
        self._near: Prices | None = None
        self._needed = np.array(kept, dtype=np.int64)
        self._further = np.setdiff1d(covering(cards), self._needed)

    def calendar(self, extra: float) -> Calendar:
        """Return the study days with so many seconds more on each."""
        dates = self.exam.study_days(self.today)
        days = np.array([(day - self.today).days for day in dates])
        usual = np.array([self.exam.share_of(day) for day in dates])
        seconds = usual * (self.exam.minutes_a_day * 60 + extra)
        taken = self.exam.spent_today + self._in_steps * self.exam.pace.review
        seconds[days == 0] = np.maximum(seconds[days == 0] - taken, 1.0)
        return Calendar(days.astype(np.int64), seconds, self.until)

    def deck(self) -> Deck:
        """Return the cards as they are today."""
        memories = [card.memory for card in self.cards]
        weight = np.maximum(self.stakes * len(self.cards), LIGHTEST)
        return Deck(
            seen=np.array([memory is not None for memory in memories]),
            stability=np.array([memory.stability if memory else 1.0 for memory in memories]),
            difficulty=np.array([memory.difficulty if memory else 5.0 for memory in memories]),
            # After the clock was set back the last answer may lie ahead: then it is today's.
            last=np.array(
                [min(0, (m.last_day - self.today).days) if m else 0 for m in memories],
                dtype=np.int64,
            ),
            weight=weight / weight.mean(),
        )

    def go_on(self, extra: float) -> tuple[list[Share], Forecast]:
        """Return the share of each day, with so many seconds more, and what it leads to."""
        deck, calendar = self.deck(), self.calendar(extra)
        if not len(calendar.days):
            return [], self.forecast(deck)
        outlook = Outlook(self.foresight, deck, calendar, self.exam.pace, self._needed, self._near)
        self._near, standing = outlook.settled, Standing(outlook, deck)
        shares = []
        for day, seconds in zip(calendar.days.tolist(), calendar.seconds.tolist(), strict=True):
            urgency = standing.urgency(day)
            first = self._first(deck, calendar, day)
            chosen = self._chosen(urgency, deck, calendar, day, first)
            must = np.isin(chosen, first) | np.isin(chosen, self._broken_off)
            expected = expected_seconds(self.predicted, deck, chosen, day, self.exam.pace)
            fits = fitting(expected, seconds, self.today + timedelta(days=day), must)
            chosen, must = chosen[: len(fits)], must[: len(fits)]
            enough = int(np.count_nonzero(must | (urgency[chosen] > 0)))
            shares.append(self._share(deck, chosen, day, float(fits.sum()), enough))
            practised(self.predicted, deck, chosen, day, self.until)
            standing.moved(chosen)
        return final_pass(shares), self.forecast(deck)

    def _left(self) -> float:
        """Return the seconds until the exam that steps broken off do not take."""
        steps = 2 * self.exam.pace.review * len(self._broken_off)
        return max(0.0, float(self.calendar(0.0).seconds.sum()) - steps)

    def forecast(self, deck: Deck) -> Forecast:
        """Return the recall on the exam day, if nothing more is studied."""
        recall = self.predicted.recall(deck.stability, self.until - deck.last)
        recall = np.where(deck.seen, recall, 0.0)
        topics: dict[str, list[float]] = {}
        for card, value in zip(self.cards, recall.tolist(), strict=True):
            topics.setdefault(card.topic, []).append(value)
        return Forecast(
            overall=float(self.stakes @ recall),
            topics={topic: sum(values) / len(values) for topic, values in topics.items()},
        )

    def _first(self, deck: Deck, calendar: Calendar, day: int) -> Ints:
        """Return the new cards that must come on a day so that every item is met in time.

        Those that weigh most come first, of each note one; where that does not do, siblings too.
        """
        needed = self._needed[~deck.seen[self._needed]]
        later = calendar.seconds[calendar.days > day]
        count = pressing(len(needed), later, self.exam.pace.new)
        if not count:
            return needed[:0]
        needed = needed[np.argsort(-self.stakes[needed], kind="stable")]
        shown = set(self._shown) if day == 0 else set()
        single = one_each((self._entries[place] for place in needed.tolist()), shown)
        alone = np.array([int(entry.card) for entry in single], np.int64)
        return np.concatenate([alone, needed[~np.isin(needed, alone)]])[:count]

    def _chosen(
        self, urgency: Floats, deck: Deck, calendar: Calendar, day: int, first: Ints
    ) -> Ints:
        """Return the cards of a day in order, one of each note after the first ones."""
        needed = self._needed[~deck.seen[self._needed]]
        rest = np.setdiff1d(np.flatnonzero(~deck.seen), needed)
        # Where the last card of a day leaves room, it goes to further items first.
        further = np.intersect1d(rest, self._further)
        if len(further):
            urgency[further] = np.nextafter(urgency[rest].max(), np.inf)
        order = ordered(urgency, deck, needed, first)[len(first) :]
        # Learning steps broken off on an earlier day come first, as in the queue.
        resumed = self._broken_off if day == calendar.days[0] else self._broken_off[:0]
        order, ahead = order[~np.isin(order, resumed)], [*resumed.tolist(), *first.tolist()]
        shown = {self._entries[i].kin for i in ahead} | (self._shown if day == 0 else set())
        most = int(calendar.seconds.max() // min(self.exam.pace.review, self.exam.pace.new)) + 1
        single = one_each((self._entries[place] for place in order.tolist()), shown)
        others = [int(entry.card) for entry in islice(single, most)]
        return np.array([*ahead, *others], np.int64)

    def _share(self, deck: Deck, chosen: Ints, day: int, seconds: float, enough: int) -> Share:
        new = [self.cards[place].card for place in chosen[~deck.seen[chosen]]]
        reviews = [self.cards[place].card for place in chosen[deck.seen[chosen]]]
        return Share(
            day=self.today + timedelta(days=day),
            cards=tuple(self.cards[place].card for place in chosen),
            new=tuple(new),
            reviews=tuple(reviews),
            seconds=seconds,
            enough=enough,
        )
