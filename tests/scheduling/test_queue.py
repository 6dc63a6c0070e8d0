from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.choosing import Entry
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler, microseconds
from quizapp.scheduling.queue import Counts, Done, Limits, Queue

DAY = date(2025, 3, 1)
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
SCHEDULER = Scheduler()
UNLIMITED = Limits(None, None)


def entries(count: int, topics: int = 4) -> list[Entry]:
    return [Entry(f"c{n:03}", f"t{n * topics // count}") for n in range(count)]


def review(due: date = DAY) -> CardMemory:
    return CardMemory("review", None, 5.0, 5.0, None, due, DAY - timedelta(days=5), 3, 0)


def learning(minutes: float) -> CardMemory:
    due = microseconds(NOW + timedelta(minutes=minutes))
    return CardMemory("learning", 0, 1.0, 5.0, due, None, DAY, 1, 0)


def drained(queue: Queue) -> list[str]:
    """All cards in the order of the day, each answered for good."""
    found = []
    while (card := queue.next(NOW)) is not None:
        found.append(card)
        queue.answered(card, review(DAY + timedelta(days=9)))
    return found


def test_a_learning_card_that_is_due_comes_before_all() -> None:
    memories = {"c002": learning(-1), "c001": learning(-2), "c000": review()}
    queue = Queue(entries(4), memories, day=DAY)
    assert drained(queue)[:2] == ["c001", "c002"]


def test_a_learning_card_waits_while_there_is_other_work() -> None:
    queue = Queue(entries(2), {"c000": learning(5)}, day=DAY)
    assert drained(queue) == ["c001", "c000"]


def test_learning_ahead_reaches_twenty_minutes() -> None:
    queue = Queue(entries(1), {"c000": learning(21)}, day=DAY)
    assert queue.next(NOW) is None
    assert queue.wakes_at() == microseconds(NOW + timedelta(minutes=21))
    assert queue.next(NOW + timedelta(minutes=1)) == "c000"


def test_asking_changes_nothing() -> None:
    queue = Queue(entries(8), {}, day=DAY)
    assert [queue.next(NOW)] * 5 == [queue.next(NOW) for _ in range(5)]


def test_new_cards_are_taken_in_syllabus_order_up_to_the_limit() -> None:
    queue = Queue(entries(40), {}, day=DAY, limits=Limits(new=20), done=Done(new=5))
    assert sorted(drained(queue)) == [f"c{n:03}" for n in range(15)]


def test_the_longest_overdue_reviews_are_taken_up_to_the_limit() -> None:
    memories = {f"c{n:03}": review(DAY - timedelta(days=n)) for n in range(40)}
    limits = Limits(new=0, reviews=10)
    queue = Queue(entries(40), memories, day=DAY, limits=limits, done=Done(reviews=4))
    assert sorted(drained(queue)) == [f"c{n:03}" for n in range(34, 40)]


@pytest.mark.parametrize("done", [Done(new=30, reviews=300), Done(new=20, reviews=200)])
def test_a_day_that_is_done_stays_done(done: Done) -> None:
    memories = {"c000": review()}
    assert Queue(entries(9), memories, day=DAY, done=done).next(NOW) is None


def test_tomorrow_s_reviews_are_not_due() -> None:
    memories = {"c000": review(DAY + timedelta(days=1))}
    assert Queue(entries(1), memories, day=DAY).next(NOW) is None


def test_held_cards_stay_out() -> None:
    memories = {"c000": review(), "c001": learning(-1)}
    queue = Queue(entries(3), memories, day=DAY, held={"c000", "c001", "c002"})
    assert queue.next(NOW) is None
    assert queue.counts() == Counts()


def test_new_cards_are_spread_evenly_through_reviews() -> None:
    memories = {f"c{n:03}": review() for n in range(10, 40)}
    order = drained(Queue(entries(40), memories, day=DAY))
    spots = [index for index, card in enumerate(order) if card not in memories]
    assert len(spots) == 10
    assert {b - a for a, b in pairwise(spots)} == {4}


def test_topics_are_mixed() -> None:
    places = entries(40)
    topic = {entry.card: entry.topic for entry in places}
    order = drained(Queue(places, {entry.card: review() for entry in places}, day=DAY))
    for start in range(0, 40, 8):
        assert Counter(topic[card] for card in order[start : start + 8]).keys() == {
            "t0",
            "t1",
            "t2",
            "t3",
        }


def test_the_order_is_that_of_the_day() -> None:
    def order(day: date) -> list[str]:
        memories = {entry.card: review() for entry in entries(40)}
        return drained(Queue(entries(40), memories, day=day))

    assert order(DAY) == order(DAY)
    assert order(DAY) != order(DAY + timedelta(days=1))


def test_counts_follow_the_answers() -> None:
    memories = {"c000": review(), "c001": review(), "c002": learning(-1)}
    queue = Queue(entries(4, topics=2), memories, day=DAY)
    assert queue.counts() == Counts(due=2, learning=1, new=1)
    assert queue.counts().total == 4
    assert queue.counts_by_topic() == {"t0": Counts(due=2), "t1": Counts(learning=1, new=1)}
    queue.answered("c000", learning(10))
    queue.answered("c003", review(DAY + timedelta(days=3)))
    assert queue.counts() == Counts(due=1, learning=2, new=0)
    assert queue.counts_by_topic() == {
        "t0": Counts(due=1, learning=1),
        "t1": Counts(learning=1),
    }


def test_an_undone_card_comes_back_in_front() -> None:
    places = entries(6)
    queue = Queue(places, {entry.card: review() for entry in places}, day=DAY)
    first = queue.next(NOW)
    assert first is not None
    queue.answered(first, learning(10))
    queue.put_back(first, review())
    assert queue.next(NOW) == first
    assert queue.counts() == Counts(due=6)
    assert sorted(drained(queue)) == [entry.card for entry in places]


def test_put_back_knows_new_learning_and_later_cards() -> None:
    queue = Queue(entries(3), {}, day=DAY)
    queue.put_back("c002", None)
    assert queue.next(NOW) == "c002"
    queue.put_back("c002", learning(-1))
    assert queue.counts() == Counts(learning=1, new=2)
    queue.put_back("c002", review(DAY + timedelta(days=1)))
    assert queue.counts() == Counts(new=2)


def test_a_card_of_another_queue_is_left_alone() -> None:
    queue = Queue(entries(2), {}, day=DAY)
    queue.answered("elsewhere", learning(-1))
    queue.put_back("elsewhere", None)
    queue.remove("elsewhere")
    assert queue.counts() == Counts(new=2)
    assert "elsewhere" not in drained(queue)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.lists(st.sampled_from(list(Rating)), max_size=80))
def test_a_day_of_answers_keeps_the_counts_and_ends(count: int, ratings: list[Rating]) -> None:
    """Whatever is answered, counts are what is left, and each card comes while it is due."""
    memories: dict[str, CardMemory] = {}
    queue = Queue(entries(count), memories, day=DAY, limits=UNLIMITED)
    at = NOW
    for rating in ratings:
        card = queue.next(at)
        if card is None:
            wake = queue.wakes_at()
            assert queue.counts().due == queue.counts().new == 0
            assert (wake is None) == (queue.counts().learning == 0)
            return
        memory = SCHEDULER.answer(memories.get(card), rating, at, DAY, card)
        memories[card] = memory
        queue.answered(card, memory)
        at += timedelta(seconds=20)
        new = count - len(memories)
        waiting = sum(memory.due_at is not None for memory in memories.values())
        assert queue.counts() == Counts(due=0, learning=waiting, new=new)


# Siblings: cards of one note ---------------------------------------------------------------


def pairs(count: int) -> list[Entry]:
    """So many notes of two cards each."""
    return [Entry(f"n{n}{end}", "t", f"n{n}") for n in range(count) for end in ("", "~back")]


def test_a_day_brings_one_card_of_a_note() -> None:
    assert sorted(drained(Queue(pairs(3), {}, day=DAY))) == ["n0", "n1", "n2"]


def test_the_limit_counts_notes_that_can_be_shown() -> None:
    queue = Queue(pairs(9), {}, day=DAY, limits=Limits(new=5))
    assert queue.counts() == Counts(new=5)
    assert len({card.partition("~")[0] for card in drained(queue)}) == 5


def test_the_longest_overdue_sibling_comes() -> None:
    memories = {"n0": review(DAY), "n0~back": review(DAY - timedelta(days=2))}
    assert drained(Queue(pairs(1), memories, day=DAY)) == ["n0~back"]


def test_a_due_card_comes_before_its_new_sibling() -> None:
    assert drained(Queue(pairs(1), {"n0~back": review()}, day=DAY)) == ["n0~back"]


def test_the_sibling_of_what_was_answered_today_waits_until_tomorrow() -> None:
    easy = CardMemory("review", None, 5.0, 5.0, None, DAY + timedelta(days=8), DAY, 1, 0)
    assert drained(Queue(pairs(1), {"n0": easy}, day=DAY)) == []
    assert drained(Queue(pairs(1), {"n0": easy}, day=DAY + timedelta(days=1))) == ["n0~back"]


def test_a_learning_step_comes_back_and_keeps_its_sibling_out() -> None:
    assert drained(Queue(pairs(1), {"n0": learning(-1)}, day=DAY)) == ["n0"]


def test_both_siblings_come_back_as_learning_steps() -> None:
    memories = {"n0": learning(-1), "n0~back": learning(-2)}
    assert drained(Queue(pairs(1), memories, day=DAY)) == ["n0~back", "n0"]


def test_a_sibling_comes_in_place_of_one_that_is_held() -> None:
    assert drained(Queue(pairs(1), {}, day=DAY, held={"n0"})) == ["n0~back"]


def test_what_is_put_back_sends_its_sibling_away() -> None:
    queue = Queue(pairs(1), {"n0": review(DAY + timedelta(days=3))}, day=DAY)
    assert queue.next(NOW) == "n0~back"
    queue.put_back("n0", None)
    assert drained(queue) == ["n0"]


@given(st.data())
@settings(max_examples=60)
def test_no_two_siblings_are_shown_unless_one_is_being_learned(data: st.DataObject) -> None:
    order = pairs(6)
    kinds = st.sampled_from([None, review(), review(DAY + timedelta(days=1)), learning(-1)])
    drawn = {entry.card: data.draw(kinds) for entry in order}
    memories = {card: memory for card, memory in drawn.items() if memory is not None}
    shown = drained(Queue(order, memories, day=DAY, limits=UNLIMITED))
    for entry in order:
        if entry.card in shown and entry.note in shown and entry.card != entry.note:
            assert "learning" in {memories[c].phase for c in (entry.card, entry.note)}


# What else a day brings --------------------------------------------------------------------


def skill(number: int) -> Entry:
    return Entry(f"skill/s{number}", "t0")


def test_a_planned_day_brings_what_is_planned_and_learning_steps() -> None:
    memories = {"c000": review(), "c001": learning(-1), "c009": review(DAY + timedelta(days=9))}
    queue = Queue(entries(12), memories, day=DAY, planned=["c009", "c005"])
    assert queue.cards() == {"c001", "c005", "c009"}
    assert queue.counts() == Counts(due=1, learning=1, new=1)


def test_planned_cards_come_in_blocks_mixed_by_topic() -> None:
    order = entries(60, topics=6)
    planned = [entry.card for entry in order]
    queue = Queue(order, {}, day=DAY, planned=planned)
    came = drained(queue)
    for start in (0, 20, 40):
        assert set(came[start : start + 20]) == set(planned[start : start + 20])
    assert came != planned


def test_skills_are_spread_through_planned_cards() -> None:
    order = [*entries(20), skill(1), skill(2)]
    came = drained(Queue(order, {}, day=DAY, planned=[entry.card for entry in order]))
    assert [came.index("skill/s1"), came.index("skill/s2")] == [5, 16]


def test_planned_cards_that_are_held_or_gone_are_passed_over() -> None:
    queue = Queue(entries(3), {}, day=DAY, planned=["c000", "gone", "c001"], held={"c000"})
    assert queue.cards() == {"c001"}


def test_a_planned_note_brings_one_card() -> None:
    order = [Entry("a", "t", "n"), Entry("b", "t", "n"), Entry("c", "t")]
    assert Queue(order, {}, day=DAY, planned=["b", "a", "c"]).cards() == {"b", "c"}


@pytest.mark.parametrize("planned", [None, ["c002"]])
def test_wanted_cards_come_first(planned: list[str] | None) -> None:
    memories = {"c004": review(DAY + timedelta(days=9))}
    queue = Queue(entries(5), memories, day=DAY, wanted=["c004", "c003"], planned=planned)
    assert drained(queue)[:2] == ["c004", "c003"]


def test_wanted_new_cards_use_the_limit_up() -> None:
    queue = Queue(entries(9), {}, day=DAY, limits=Limits(new=3), wanted=["c007", "c008"])
    assert sorted(drained(queue)) == ["c000", "c007", "c008"]


def test_skills_have_a_limit_of_their_own_and_come_by_due_day() -> None:
    order = [*entries(4), *map(skill, range(5))]
    memories = {"skill/s3": review(DAY - timedelta(days=2)), "skill/s2": review()}
    queue = Queue(order, memories, day=DAY, limits=Limits(new=1, skills=3))
    assert queue.counts() == Counts(new=1, skills=3)
    assert [c for c in drained(queue) if c.startswith("skill/")] == [
        "skill/s3",
        "skill/s2",
        "skill/s0",
    ]
    done = Queue(order, memories, day=DAY, limits=Limits(new=1, skills=3), done=Done(skills=3))
    assert done.counts().skills == 0


def test_a_planned_card_comes_back_after_an_undo() -> None:
    later = review(DAY + timedelta(days=4))
    queue = Queue(entries(3), {"c001": later}, day=DAY, planned=["c000", "c001"])
    queue.put_back("c001", later)
    assert queue.next(NOW) == "c001"
    assert queue.counts() == Counts(due=1, new=1)
