from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from quizapp.core.ids import uuid7
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import states as statements
from quizapp.store import tables
from quizapp.store.events import Event, to_json
from quizapp.store.replay import CardState
from quizapp.store.resolving import resolve
from quizapp.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Answers, TestClock

AGAIN, HARD, GOOD, EASY = Rating
DAY = date(2025, 3, 1)
SCHEDULER = Scheduler()


def arrive(store: Store, **fields: Any) -> str:
    """Put an event of another device into the log, as a merge would."""
    clock = fields.pop("clock")
    row = {
        "id": uuid7(clock // 1000),
        "device": "elsewhere",
        "clock": clock,
        "at": clock,
        "utc_offset": 0,
        "study_day": "2025-03-01",
        **fields,
        "payload": to_json(fields["payload"]),
    }
    with store._write() as connection:
        connection.execute(insert(tables.events), row)
    return str(row["id"])


def test_an_answer_gives_what_the_scheduler_gives(store: Store, clock: TestClock) -> None:
    memory = store.review("x", GOOD, ms=1200, how="typed", scheduler=SCHEDULER)
    event = store.last_event
    assert event is not None
    assert memory == SCHEDULER.answer(None, GOOD, event.moment, event.day, "x")
    assert store.memories() == {"x": memory}
    assert store.memory("x") == memory
    assert store.memory("y") is None


def test_an_event_says_what_happened_when_and_where(folder: Path) -> None:
    zone = timezone(timedelta(hours=2))
    with Store.open(folder, clock=lambda: datetime(2025, 6, 2, 3, 30, tzinfo=zone)) as store:
        store.review("x", HARD, ms=1200, how="typed", scheduler=SCHEDULER)
        (event,) = store.events("review")
        assert event == store.last_event
        assert event.device == store.device
    assert event.payload == {"card": "x", "rating": 2, "ms": 1200, "how": "typed"}
    assert (event.kind, event.subject) == ("review", "x")
    assert event.study_day == "2025-06-01"
    assert event.utc_offset == 7200
    assert event.moment == datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
    assert event.moment.utcoffset() == timedelta(hours=2)
    assert event.id[14] == "7"


def test_the_rollover_hour_is_the_store_s(folder: Path, clock: TestClock) -> None:
    with Store.open(folder, clock=clock, rollover_hour=13) as store:
        assert store.flag("x", 1).study_day == "2025-02-28"


def test_all_is_there_after_a_restart(
    folder: Path, store: Store, clock: TestClock, answer: Answers
) -> None:
    answer("x")
    store.flag("x", 3)
    states, events, device = store.states(), store.events(), store.device
    store.close()
    with Store.open(folder, clock=clock) as again:
        assert again.states() == states
        assert again.events() == events
        assert again.device == device


def test_undo_takes_an_answer_back_and_redo_gives_it_again(store: Store, answer: Answers) -> None:
    first = answer("x")
    second = answer("x", AGAIN)
    undone = store.undo()
    assert undone is not None
    assert undone.payload["rating"] == 1
    assert store.memories() == {"x": first}
    redone = store.redo()
    assert redone == undone
    assert store.memories() == {"x": second}


def test_undo_goes_back_step_by_step_to_nothing(store: Store, answer: Answers) -> None:
    answer("x")
    store.suspend("x")
    store.bury("y", DAY + timedelta(days=1))
    store.flag("x", 2)
    kinds = []
    while (event := store.undo()) is not None:
        kinds.append(event.kind)
    assert kinds == ["flag", "bury", "suspend", "review"]
    assert store.states() == {}
    assert [event.kind for event in store.events()] == ["scheduler"] + ["undo"] * 4
    redone = []
    while (event := store.redo()) is not None:
        redone.append(event.kind)
    assert redone == ["review", "suspend", "bury", "flag"]
    assert store.states()["x"].flag == 2


def test_redo_ends_where_something_new_was_done(store: Store, answer: Answers) -> None:
    answer("x")
    answer("y")
    store.undo()
    answer("z")
    assert store.redo() is None
    store.undo()
    redone = store.redo()
    assert redone is not None
    assert redone.subject == "z"
    assert store.redo() is None


def test_undo_works_again_after_a_redo(store: Store, answer: Answers) -> None:
    answer("x")
    for _ in range(3):
        undone = store.undo()
        assert undone is not None
        assert undone.subject == "x"
        assert store.memories() == {}
        redone = store.redo()
        assert redone == undone
        assert store.memories().keys() == {"x"}


def test_undo_reaches_this_device_only(store: Store, clock: TestClock) -> None:
    arrive(
        store,
        clock=1_740_000_000_000_000,
        kind="flag",
        subject="x",
        payload={"card": "x", "value": 1},
    )
    store.rebuild()
    assert store.undo() is None
    assert store.states()["x"].flag == 1


def test_undo_survives_a_restart(
    folder: Path, store: Store, clock: TestClock, answer: Answers
) -> None:
    answer("x")
    store.close()
    with Store.open(folder, clock=clock) as again:
        undone = again.undo()
        assert undone is not None
        assert undone.subject == "x"
    with Store.open(folder, clock=clock) as again:
        assert again.memories() == {}
        assert again.redo() == undone


def test_attempts_and_exams_are_kept_and_not_undone(store: Store) -> None:
    attempt = store.append("attempt", "attention", {"seed": 7, "typed": ["1 2", "\ud800\x00é"]})
    store.append("exam-start", "sitting", {})
    store.append("exam-answer", "sitting", {"question": 1})
    assert store.undo() is None
    assert store.events("attempt") == [attempt]
    assert [event.kind for event in store.events(subject="sitting")] == [
        "exam-start",
        "exam-answer",
    ]


@pytest.mark.parametrize("kind", ["review", "undo", "suspend", "bury", "flag"])
def test_kinds_with_a_method_go_by_it(store: Store, kind: str) -> None:
    with pytest.raises(ValueError, match="method of their own"):
        store.append(kind, "x", {})


def test_a_payload_that_json_does_not_know_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        store.append("attempt", "x", {"value": float("nan")})
    assert store.events() == []


def test_the_last_writer_sets_suspension_burial_and_flag(store: Store) -> None:
    tomorrow = DAY + timedelta(days=1)
    store.suspend("x")
    store.bury("x", tomorrow)
    store.flag("x", 4)
    assert store.held(DAY) == {"x"}
    state = store.states()["x"]
    assert (state.suspended, state.buried_until, state.flag) == (True, tomorrow, 4)
    store.suspend("x", on=False)
    assert store.held(DAY) == {"x"}
    assert store.held(tomorrow) == set()
    store.bury("x", None)
    store.flag("x", 0)
    state = store.states()["x"]
    assert (state.suspended, state.buried_until, state.flag) == (False, None, 0)


def test_the_day_counts_new_cards_and_older_ones(
    store: Store, clock: TestClock, answer: Answers
) -> None:
    for card in ("x", "y", "x"):
        answer(card)
    assert store.done_today(DAY) == (2, 0)
    clock.pass_days(1)
    for card in ("x", "x", "z"):
        answer(card)
    tomorrow = DAY + timedelta(days=1)
    assert store.done_today(tomorrow) == (1, 1)
    assert store.done_today(DAY) == (2, 0)
    store.undo()
    assert store.done_today(tomorrow) == (0, 1)
    assert store.done_today(DAY + timedelta(days=2)) == (0, 0)


def test_undoing_the_first_answer_makes_a_card_new_again(
    store: Store, clock: TestClock, answer: Answers
) -> None:
    answer("x")
    store.undo()
    clock.pass_days(1)
    answer("x")
    assert store.done_today(DAY + timedelta(days=1)) == (1, 0)
    assert store.done_today(DAY) == (0, 0)


def test_scheduler_settings_hold_from_their_clock_on(store: Store) -> None:
    strict = Scheduler(retention=0.97)
    store.review("x", EASY, ms=1, how="self", scheduler=SCHEDULER)
    store.review("y", EASY, ms=1, how="self", scheduler=strict)
    store.review("z", EASY, ms=1, how="self", scheduler=strict)
    assert [event.payload["retention"] for event in store.events("scheduler")] == [0.9, 0.97]
    days = {card: memory.due_day for card, memory in store.memories().items()}
    assert days == {
        "x": DAY + timedelta(days=8),
        "y": DAY + timedelta(days=2),
        "z": DAY + timedelta(days=2),
    }
    before = store.states()
    store.rebuild()
    assert store.states() == before


def test_events_of_a_newer_version_are_kept_and_ignored(store: Store, answer: Answers) -> None:
    answer("x")
    before = store.states()
    store.append("hologram", "x", {"depth": 3})
    clock = 1_740_830_500_000_000
    for kind, payload in [
        ("review", {"card": "x", "rating": 5}),
        ("flag", {"card": "x", "value": "red"}),
        ("bury", {"card": "x", "until": "some day"}),
        ("suspend", {"card": "x"}),
        ("scheduler", {"retention": 0.9, "parameters": [1.0] * 35}),
        ("undo", {"targets": "all"}),
        ("undo", {"targets": ["not-yet-here"]}),
    ]:
        clock += 1
        arrive(store, clock=clock, kind=kind, subject="x", payload=payload)
    store.rebuild()
    assert store.states() == before
    assert [event.kind for event in store.events("hologram")] == ["hologram"]
    assert len(store.events("undo")) == 2
    answer("y")
    assert len(store.events("scheduler", undone=True)) == 2


def test_a_clock_set_back_keeps_the_order(store: Store, clock: TestClock, answer: Answers) -> None:
    answer("x")
    clock.pass_days(-400)
    answer("x", AGAIN)
    answer("x", EASY)
    clocks = [event.clock for event in store.events(undone=True)]
    assert clocks == sorted(set(clocks))
    assert [event.payload["rating"] for event in store.events("review")] == [3, 1, 4]
    before = store.states()
    store.rebuild()
    assert store.states() == before
    assert "400 days ahead" in (store.clock_warning() or "")


def test_a_pause_of_months_is_no_fault_of_the_clock(
    store: Store, clock: TestClock, answer: Answers
) -> None:
    answer("x")
    clock.pass_days(100)
    answer("x")
    event = store.last_event
    assert event is not None
    assert event.clock == event.at
    assert store.clock_warning() is None


def test_a_device_whose_clock_is_ahead_is_not_followed(
    store: Store, clock: TestClock, answer: Answers
) -> None:
    answer("x")
    wall = int(clock.now.timestamp()) * 1_000_000
    year = 365 * 86_400_000_000
    arrive(
        store,
        clock=wall + year,
        kind="review",
        subject="x",
        payload={"card": "x", "rating": 3},
    )
    store.rebuild()
    answer("x", AGAIN)
    event = store.last_event
    assert event is not None
    assert event.clock < wall + year
    assert "365 days ahead" in (store.clock_warning() or "")
    before = store.states()
    store.rebuild()
    assert store.states() == before
    ratings = [event.payload["rating"] for event in store.events("review")]
    assert ratings == [3, 1, 3]


def test_a_device_a_little_ahead_is_followed(store: Store, clock: TestClock) -> None:
    wall = int(clock.now.timestamp()) * 1_000_000
    hour = 3_600_000_000
    arrive(store, clock=wall + hour, kind="flag", subject="x", payload={"card": "x", "value": 1})
    assert store.flag("x", 2).clock == wall + hour + 1


def test_what_fails_midway_leaves_nothing(
    store: Store, answer: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer("x")
    before = store.states(), store.events(undone=True)

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr(statements, "put", fail)
        for act in (lambda: answer("y"), store.undo, lambda: store.flag("x", 1)):
            with pytest.raises(RuntimeError, match="in the middle"):
                act()
    assert (store.states(), store.events(undone=True)) == before
    answer("y")
    assert store.memories().keys() == {"x", "y"}


def test_undo_of_an_undo_of_an_undo_is_resolved_from_the_end() -> None:
    def undo(clock: int, target: str) -> Event:
        return Event(f"u{clock}", "d", clock, 0, 0, "", "undo", "", {"targets": [target]})

    chain = [undo(1, "a"), undo(2, "u1"), undo(3, "u2")]
    assert resolve(chain[:1]) == {"a"}
    assert resolve(chain[:2]) == {"u1"}
    assert resolve(chain) == {"u2", "a"}


def test_an_empty_state_leaves_no_row(store: Store, answer: Answers) -> None:
    answer("x")
    store.undo()
    assert store.states() == {}
    with store._read() as connection:
        assert statements.get(connection, "x") == CardState()
