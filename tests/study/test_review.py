"""A review session over a real log and the shipped cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizapp.cards.asks import ChooseOne
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.scheduling.memory import Rating, describe_interval
from quizapp.store.errors import StoreError
from quizapp.study.folders import folders
from quizapp.study.overview import overview
from quizapp.study.review import ReviewSession, Shown
from quizapp.study.selection import advice, course_cards, course_families
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.packs.model import Pack


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(shipped_pack())


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch, pack: Pack) -> Iterator[Workspace]:
    opened = again(tmp_path, watch, pack)
    yield opened
    opened.close()


def again(tmp_path: Path, watch: Watch, pack: Pack) -> Workspace:
    """The workspace as a restarted program finds it."""
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}), watch)
    opened.__dict__["pack"] = pack
    opened.settings = replace(opened.settings, skills_a_day=0)
    return opened


def front(session: ReviewSession) -> str:
    shown = session.current()
    assert isinstance(shown, Shown)
    return shown.card.id


def test_new_cards_come_up_to_the_limit(workspace: Workspace, watch: Watch) -> None:
    workspace.change(new_a_day=3)
    session = ReviewSession(workspace)
    assert session.counts.new == 3
    seen = set()
    for _ in range(3):
        seen.add(front(session))
        session.rate(Rating.EASY)
        watch.on(seconds=5)
    assert len(seen) == 3
    assert session.current() is None
    watch.on(days=1)
    assert session.counts.new == 0, "the day's queue is built when a card is asked for"
    assert session.current() is not None
    assert session.counts.new == 3


def test_the_interval_on_the_button_is_the_interval_given(workspace: Workspace) -> None:
    for rating in Rating:
        session = ReviewSession(workspace)
        shown = session.current()
        assert shown is not None
        memory = session.rate(rating)
        told = describe_interval(memory, workspace.now(), workspace.today())
        assert told == shown.intervals[rating]


def test_again_brings_the_card_back_within_the_session(workspace: Workspace, watch: Watch) -> None:
    workspace.change(new_a_day=1)
    session = ReviewSession(workspace)
    card = front(session)
    session.rate(Rating.AGAIN)
    watch.on(minutes=2)
    assert front(session) == card


def test_undo_reaches_back_over_a_restart(tmp_path: Path, watch: Watch, pack: Pack) -> None:
    first = again(tmp_path, watch, pack)
    session = ReviewSession(first)
    cards = []
    for _ in range(3):
        cards.append(front(session))
        session.rate(Rating.GOOD)
        watch.on(seconds=3)
    first.close()
    second = again(tmp_path, watch, pack)
    session = ReviewSession(second)
    for card in reversed(cards):
        assert session.undo() == card
        assert front(session) == card
    assert session.undo() is None
    assert second.store.memories() == {}
    assert session.redo() == cards[0]
    assert list(second.store.memories()) == [cards[0]]
    second.close()


def test_bury_waits_until_tomorrow_and_suspend_for_ever(workspace: Workspace, watch: Watch) -> None:
    session = ReviewSession(workspace)
    buried = front(session)
    session.bury()
    suspended = front(session)
    session.suspend()
    assert front(session) not in {buried, suspended}
    assert workspace.store.held(workspace.today()) == {buried, suspended}
    watch.on(days=1)
    assert workspace.store.held(workspace.today()) == {suspended}
    session.undo()
    assert workspace.store.held(workspace.today()) == set()


def test_a_checked_card_suggests_its_rating(workspace: Workspace) -> None:
    session = ReviewSession(workspace)
    while not (isinstance(shown := session.current(), Shown) and isinstance(shown.ask, ChooseOne)):
        session.bury()
    right = session.judge(shown.ask.right)
    wrong = session.judge((shown.ask.right + 1) % len(shown.ask.options))
    assert session.suggestion(right) is Rating.GOOD
    assert session.suggestion(wrong) is Rating.AGAIN


def test_a_card_in_front_stays_when_the_day_turns_over(workspace: Workspace, watch: Watch) -> None:
    session = ReviewSession(workspace)
    card = front(session)
    watch.on(days=1)
    session.rate(Rating.GOOD)
    assert list(workspace.store.memories()) == [card]


def test_a_failed_write_leaves_the_card_in_front(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = ReviewSession(workspace)
    card = front(session)

    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(workspace.store, "review", full)
        with pytest.raises(StoreError):
            session.rate(Rating.GOOD)
    assert front(session) == card
    assert session.answered == 0


def test_a_topic_keeps_the_others_out(workspace: Workspace) -> None:
    session = ReviewSession(workspace, topic="backprop")
    assert set(session.counts_by_topic()) == {"backprop"}


def test_unexaminable_items_bring_no_card(workspace: Workspace) -> None:
    asked = {item for card in course_cards(workspace).values() for item in card.items}
    assert "hub-modern-hopfield-scope" not in asked


def test_every_family_of_the_first_version_is_offered(workspace: Workspace) -> None:
    assert {"hopfield-recall", "softmax", "sgd-step", "dropout"} <= set(course_families(workspace))


def test_advice_is_the_courses_own_or_the_common_one(workspace: Workspace) -> None:
    entry = workspace.pack.discrepancies["hebbian-normalisation"]
    assert advice(entry, "hub") == entry.exam_advice["hub"]
    assert advice(entry, "elsewhere") == entry.exam_advice["default"]


def test_the_overview_counts_what_the_session_will_show(workspace: Workspace) -> None:
    workspace.change(exam_date=datetime(2026, 3, 12, tzinfo=UTC).date())
    facts = overview(workspace)
    assert facts.total == ReviewSession(workspace).counts
    assert sum(counts.total for counts in facts.topics.values()) == facts.total.total
    assert facts.days_left == 10
    assert facts.done_today == 0
    session = ReviewSession(workspace)
    session.current()
    session.rate(Rating.GOOD)
    assert overview(workspace).done_today == 1


# Two directions of one note ----------------------------------------------------------------

FORMS = Path(__file__).parents[1] / "tui" / "packs" / "forms"


@pytest.fixture(scope="module")
def turned() -> Pack:
    """A pack with one reversed card alone."""
    pack = load_pack(FORMS)
    cards = {card.id: card for card in pack.cards.values() if card.type == "reversed"}
    return replace(pack, cards=cards)


def waits_today(session: ReviewSession) -> None:
    assert session.current() is None
    assert session.counts.total == 0


def test_the_other_direction_waits_until_tomorrow_also_after_a_restart(
    tmp_path: Path, watch: Watch, turned: Pack
) -> None:
    first = again(tmp_path, watch, turned)
    session = ReviewSession(first)
    assert session.counts.new == 1
    assert front(session) == "attractor"
    session.rate(Rating.EASY)
    waits_today(session)
    first.close()
    second = again(tmp_path, watch, turned)
    waits_today(ReviewSession(second))
    watch.on(days=1)
    assert front(ReviewSession(second)) == "attractor~back"
    second.close()


def test_undo_gives_the_other_direction_its_chance_back(
    tmp_path: Path, watch: Watch, turned: Pack
) -> None:
    opened = again(tmp_path, watch, turned)
    session = ReviewSession(opened)
    session.current()
    session.rate(Rating.EASY)
    assert session.undo() == "attractor"
    assert front(session) == "attractor"
    session.bury()
    assert front(session) == "attractor~back"
    assert session.undo() == "attractor"
    assert (front(session), session.counts.new) == ("attractor", 1)
    opened.close()


def test_a_learning_step_comes_back_beside_nothing_else(
    tmp_path: Path, watch: Watch, turned: Pack
) -> None:
    opened = again(tmp_path, watch, turned)
    session = ReviewSession(opened)
    session.current()
    session.rate(Rating.AGAIN)
    watch.on(minutes=2)
    assert front(session) == "attractor"
    assert session.counts.total == 1
    opened.close()


# Content that changes meanwhile ------------------------------------------------------------


def with_explanation(pack: Pack, card: str, text: str) -> Pack:
    changed = replace(pack.cards[card], explanation=text)
    return replace(pack, cards={**pack.cards, card: changed})


def test_only_a_card_that_was_changed_itself_is_shown_anew(
    workspace: Workspace, pack: Pack
) -> None:
    session = ReviewSession(workspace)
    shown = session.current()
    assert isinstance(shown, Shown)
    here, elsewhere = shown.card.id, next(c for c in pack.cards if c != shown.card.id)
    workspace.take(with_explanation(pack, elsewhere, "New."))
    session.renew()
    assert session.current() is shown
    workspace.take(with_explanation(pack, here, "New."))
    session.renew()
    again_ = session.current()
    assert isinstance(again_, Shown)
    assert (again_.card.id, again_.card.explanation) == (here, "New.")


def test_a_card_that_is_gone_gives_way_to_the_next(workspace: Workspace, pack: Pack) -> None:
    session = ReviewSession(workspace)
    gone = front(session)
    workspace.take(replace(pack, cards={n: c for n, c in pack.cards.items() if n != gone}))
    session.renew()
    assert front(session) != gone
