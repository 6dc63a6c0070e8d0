"""The look back over arrays says what py-fsrs says answer by answer."""

from __future__ import annotations

import math
from array import array
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.foreseen import replayed
from quizapp.scheduling.hindsight import MATURE_DAYS, DayTally, LookBack, look_back
from quizapp.scheduling.known import recalls
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.scheduling.past import FORGOTTEN, MOVED, Answers, KnownCards

if TYPE_CHECKING:
    from quizapp.scheduling.memory import CardMemory

FIRST = date(2025, 1, 1)
DEFAULT = Scheduler()
OTHER = Scheduler([*(w * 1.05 for w in DEFAULT.parameters[:17]), *DEFAULT.parameters[17:]])

Told = tuple[int, int, int]
"""A card, the days since the answer before, a rating."""
LOGS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([0, 0, 1, 2, 9, 40]), st.integers(1, 4)),
    max_size=40,
)


def answers_of(log: list[Told], change: int | None = None) -> Answers:
    """The columns of a log in which other parameters hold from one place on."""
    parameters = [(0, DEFAULT.parameters)]
    if change is not None:
        parameters.append((change, OTHER.parameters))
    day, days = FIRST.toordinal(), array("i")
    for _, later, _ in log:
        day += later
        days.append(day)
    names: dict[int, int] = {}
    for card, _, _ in log:
        names.setdefault(card, len(names))
    return Answers(
        tuple(f"card-{card}" for card in names),
        array("i", (names[card] for card, _, _ in log)),
        days,
        array("b", (rating for *_, rating in log)),
        array("i", range(1000, 1000 + len(log))),
        tuple(parameters),
    )


def one_by_one(answers: Answers, change: int | None) -> list[tuple[CardMemory | None, float]]:
    """The memory before each answer and the recall predicted then, by the live scheduler."""
    memories: dict[int, CardMemory] = {}
    out = []
    for place, card in enumerate(answers.cards):
        scheduler = OTHER if change is not None and place >= change else DEFAULT
        day = date.fromordinal(answers.days[place])
        before = memories.get(card)
        recall = math.nan
        if before is not None and before.last_day < day:
            recall = scheduler.retrievability(before, day)
        out.append((before, recall))
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        rating = Rating(answers.ratings[place])
        memories[card] = scheduler.answer(before, rating, at, day, str(card))
    return out


@settings(max_examples=60, deadline=None)
@given(LOGS, st.one_of(st.none(), st.integers(0, 40)))
def test_each_answer_is_seen_as_the_live_scheduler_saw_it(
    log: list[Told], change: int | None
) -> None:
    answers = answers_of(log, change)
    seen = replayed(answers)
    for place, (before, recall) in enumerate(one_by_one(answers, change)):
        assert seen.first[place] == (before is None)
        assert seen.in_review[place] == (before is not None and before.phase == "review")
        if before is not None:
            assert math.isclose(seen.stability[place], before.stability, rel_tol=1e-9)
        assert math.isnan(seen.recall[place]) == math.isnan(recall)
        if not math.isnan(recall):
            assert math.isclose(seen.recall[place], recall, rel_tol=1e-9)


@settings(max_examples=60, deadline=None)
@given(LOGS)
def test_the_tallies_are_the_sums_of_the_answers(log: list[Told]) -> None:
    answers = answers_of(log)
    found = look_back(answers)
    days: dict[int, list[int]] = {}
    predicted: dict[int, list[float]] = {}
    for place, (before, recall) in enumerate(one_by_one(answers, None)):
        right = answers.ratings[place] != 1
        tally = days.setdefault(answers.days[place], [0] * 7)
        tally[0] += 1
        tally[1] += answers.ms[place]
        tally[2] += before is None
        if before is not None and before.phase == "review" and not math.isnan(recall):
            mature = before.stability >= MATURE_DAYS
            tally[5 if mature else 3] += 1
            tally[6 if mature else 4] += right
        if not math.isnan(recall):
            percent = min(int(recall * 100 + 1e-9), 99)
            one = predicted.setdefault(percent, [0, 0.0, 0])
            for n, value in enumerate((1, recall, right)):
                one[n] += value
    assert found.days == {day: DayTally(*tally) for day, tally in days.items()}
    assert sum(one.count for one in found.predictions) == sum(one[0] for one in predicted.values())
    assert sum(one.recalled for one in found.predictions) == sum(
        one[2] for one in predicted.values()
    )
    assert all(one.percent <= 100 * one.predicted / one.count + 1e-9 for one in found.predictions)
    assert all(
        100 * one.predicted / one.count < one.percent + 1 + 1e-9 for one in found.predictions
    )


def test_an_empty_log_has_no_tallies() -> None:
    found = look_back(answers_of([]))
    assert (dict(found.days), found.predictions) == ({}, ())


def test_the_recall_of_today_is_that_of_the_live_scheduler() -> None:
    memory = DEFAULT.answer(None, Rating.EASY, datetime(2025, 1, 1, 12, tzinfo=UTC), FIRST, "card")
    today = FIRST + timedelta(days=17)
    one = KnownCards(
        ["card"], [memory.stability], [memory.difficulty], [0], [FIRST.toordinal()], [0]
    )
    (recall,) = recalls(DEFAULT, one, today.toordinal())
    assert math.isclose(recall, DEFAULT.retrievability(memory, today), rel_tol=1e-9)
    assert recalls(DEFAULT, KnownCards([], [], [], [], [], []), today.toordinal()) == []


def part(answers: Answers, start: int, end: int | None) -> Answers:
    """Some of the answers, with numbers of their own."""
    chosen = slice(start, end)
    cards = list(answers.cards)[chosen]
    numbers = {card: n for n, card in enumerate(dict.fromkeys(cards))}
    held = [(max(0, place - start), what) for place, what in answers.parameters]
    return Answers(
        tuple(answers.names[card] for card in numbers),
        array("i", (numbers[card] for card in cards)),
        answers.days[chosen],
        answers.ratings[chosen],
        answers.ms[chosen],
        tuple(dict(held).items()),
    )


ENTRIES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([0, 0, 1, 2, 9, 40]), st.integers(0, 5)),
    max_size=40,
)


@settings(max_examples=100, deadline=None)
@given(ENTRIES, st.lists(st.integers(0, 40), max_size=3), st.one_of(st.none(), st.integers(0, 40)))
def test_a_look_back_carried_on_and_kept_is_that_over_all_answers(
    log: list[Told], cuts: list[int], change: int | None
) -> None:
    answers, found = answers_of(log, change), LookBack()
    places = sorted({0, *(cut for cut in cuts if cut < len(log))})
    for start, end in zip(places, [*places[1:], None], strict=True):
        found.take(part(answers, start, end))
        found = LookBack.from_bytes(found.to_bytes())
    carried, whole = found.hindsight(), look_back(answers)
    assert carried.days == whole.days
    for one, other in zip(carried.predictions, whole.predictions, strict=True):
        assert (one.percent, one.count, one.recalled) == (
            other.percent,
            other.count,
            other.recalled,
        )
        assert math.isclose(one.predicted, other.predicted, rel_tol=1e-12)


def test_a_card_made_new_again_has_nothing_to_predict() -> None:
    seen = replayed(answers_of([(0, 0, 4), (0, 9, FORGOTTEN), (0, 9, 3), (0, 9, 3)]))
    assert seen.first.tolist() == [True, False, True, False]
    assert math.isnan(seen.recall[2])
    assert look_back(answers_of([(0, 0, 4), (0, 9, FORGOTTEN)])).days.keys() == {FIRST.toordinal()}


def test_a_card_whose_day_was_set_is_in_review() -> None:
    seen = replayed(answers_of([(0, 0, 1), (0, 1, MOVED), (1, 0, MOVED), (0, 9, 3), (1, 9, 3)]))
    assert seen.in_review.tolist() == [False, False, False, True, False]
    assert seen.first.tolist() == [True, False, False, False, True]
