from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.scheduling.skills import family_of, skill_card


def test_a_skill_stands_for_its_family() -> None:
    assert family_of(skill_card("hopfield_recall")) == "hopfield_recall"


def test_a_card_is_no_skill() -> None:
    assert family_of("hopfield-energy~back") is None
    assert family_of("pack:skill") is None


def test_a_skill_comes_back_on_another_day_whatever_the_rating() -> None:
    day, at = date(2026, 1, 1), datetime(2026, 1, 1, 12, tzinfo=UTC)
    scheduler, skill = Scheduler(), skill_card("hopfield_recall")
    for first in Rating:
        memory = scheduler.answer(None, first, at, day, skill)
        for then in Rating:
            due = memory.due_day
            assert due is not None
            assert due > day
            again = scheduler.answer(memory, then, at + timedelta(days=9), due, skill)
            assert again.phase == "review"
            assert again.due_day is not None
            assert again.due_day > due
            assert again.lapses == (then is Rating.AGAIN)
