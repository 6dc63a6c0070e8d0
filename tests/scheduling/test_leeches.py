from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from quizapp.scheduling.leeches import is_leech, told_as_leech
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler

DAY = date(2026, 1, 1)
AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
SCHEDULER = Scheduler()


def lapses() -> list[tuple[CardMemory | None, CardMemory]]:
    """Each answer of a card that is forgotten 17 times, twice each time: before and after."""
    found: list[tuple[CardMemory | None, CardMemory]] = []
    memory: CardMemory | None = None
    day = DAY
    for rating in [Rating.EASY, *[Rating.AGAIN, Rating.AGAIN, Rating.GOOD] * 17]:
        after = SCHEDULER.answer(memory, rating, AT, day, "x")
        found.append((memory, after))
        memory, day = after, after.due_day or day + timedelta(days=0)
    return found


def test_a_card_forgotten_eight_times_is_a_leech_and_stays_one() -> None:
    leeches = [is_leech(after) for _, after in lapses()]
    assert leeches == sorted(leeches)
    assert next(after.lapses for _, after in lapses() if is_leech(after)) == 8
    assert not is_leech(None)


def test_a_leech_is_told_at_the_eighth_lapse_and_every_fourth_from_then_on() -> None:
    told = [after.lapses for before, after in lapses() if told_as_leech(after, before)]
    assert told == [8, 12, 16]


def test_without_the_memory_before_every_again_of_that_lapse_tells() -> None:
    told = [after.lapses for _, after in lapses() if told_as_leech(after)]
    assert told == [8, 8, 12, 12, 16, 16]
