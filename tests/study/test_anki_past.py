"""Moving in from Anki with one's past."""

from __future__ import annotations

import io
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.store.anki_file import AnkiError
from quizapp.store.anki_history import AnkiCard, AnkiEntry
from quizapp.study import anki_past, shelf
from quizapp.study.anki_past import Moved, move_in
from quizapp.study.card_import.importing import import_cards
from quizapp.study.folders import folders
from quizapp.study.workspace import Workspace
from tests.store.anki_packages import DATA, database, package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from quizapp.store.events import Event

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
STUDIED = ("studied.apkg", "studied-legacy.apkg")
"""Packages that Anki wrote, with 13 answers, 2 of them from a deck of its own, and 2 by hand."""


@pytest.fixture(params=STUDIED)
def studied(request: pytest.FixtureRequest) -> Path:
    file: Path = DATA / request.param
    return file


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[], Workspace]:
    def again() -> Workspace:
        return Workspace(folders({"QUIZAPP_HOME": str(tmp_path / "home")}), lambda: NOW)

    return again


@pytest.fixture
def workspace(opened: Callable[[], Workspace]) -> Iterator[Workspace]:
    found = opened()
    yield found
    found.close()


def use(workspace: Workspace, file: Path, folder: Path) -> None:
    import_cards(file, folder)
    shelf.add(workspace, folder)


def move(workspace: Workspace, file: Path) -> Moved:
    return move_in(workspace, io.BytesIO(file.read_bytes()), file.name)


def events(workspace: Workspace) -> list[Event]:
    return [event for event in workspace.store.events() if event.device == "anki"]


def test_every_answer_comes_over_with_its_moment(
    workspace: Workspace, studied: Path, tmp_path: Path
) -> None:
    use(workspace, studied, tmp_path / "nets")

    moved = move(workspace, studied)

    assert (moved.answers, moved.known, moved.unknown) == (13, 0, 0)
    reviews = [event for event in events(workspace) if event.kind == "review"]
    assert [event.payload["rating"] for event in reviews] == [3, 1, 3, 4, 2, 3, 3, 1, 3, 4, 2, 3, 3]
    assert [event.at for event in reviews] == [
        (1_790_000_000_000 + number * 7 * 3_600_000) * 1000 for number in range(13)
    ]
    assert moved.first == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
    assert max(event.payload["ms"] for event in reviews) == 60_000


def test_what_was_done_by_hand_comes_over_too(
    workspace: Workspace, studied: Path, tmp_path: Path
) -> None:
    use(workspace, studied, tmp_path / "nets")

    moved = move(workspace, studied)

    others = Counter(event.kind for event in events(workspace) if event.kind != "review")
    assert others == {"cram": 2, "forget": 1, "suspend": 1, "flag": 1}
    assert moved.others == 5
    states = workspace.store.states()
    assert [state.flag for state in states.values() if state.flag] == [3]
    (suspended,) = [card for card, state in states.items() if state.suspended]
    assert suspended.endswith("-c2")
    # The other direction was reset by hand after its answers.
    (back,) = [card for card in states if card.endswith("~back")]
    assert states[back].memory is None


def test_the_past_makes_the_state_that_a_rebuild_makes(
    workspace: Workspace, studied: Path, tmp_path: Path
) -> None:
    use(workspace, studied, tmp_path / "nets")
    move(workspace, studied)

    live = workspace.store.states()
    workspace.store.rebuild()

    assert workspace.store.states() == live
    seen = {card: state.memory.reps for card, state in live.items() if state.memory}
    assert sorted(seen.values()) == [1, 1, 2, 2, 4]


def test_a_second_time_brings_nothing(workspace: Workspace, studied: Path, tmp_path: Path) -> None:
    use(workspace, studied, tmp_path / "nets")
    move(workspace, studied)
    before = workspace.store.events()

    again = move(workspace, studied)

    assert (again.answers, again.others, again.known, again.backup) == (0, 0, 18, None)
    assert workspace.store.events() == before


def test_both_forms_of_a_package_say_the_same(workspace: Workspace, tmp_path: Path) -> None:
    use(workspace, DATA / STUDIED[0], tmp_path / "nets")
    move(workspace, DATA / STUDIED[0])

    assert move(workspace, DATA / STUDIED[1]).known == 18


def test_the_log_as_it_was_before_is_kept(
    workspace: Workspace, studied: Path, tmp_path: Path
) -> None:
    use(workspace, studied, tmp_path / "nets")

    moved = move(workspace, studied)

    assert moved.backup is not None
    assert moved.backup.exists()


def test_answers_about_cards_that_are_not_here_are_counted(
    workspace: Workspace, studied: Path
) -> None:
    moved = move(workspace, studied)

    assert (moved.answers, moved.cards, moved.unknown) == (0, 0, 15)
    assert events(workspace) == []


def test_what_one_answers_here_goes_on_from_there(
    workspace: Workspace, studied: Path, tmp_path: Path
) -> None:
    from quizapp.scheduling.memory import Rating

    use(workspace, studied, tmp_path / "nets")
    move(workspace, studied)
    card, before = max(workspace.store.memories().items(), key=lambda one: one[1].reps)

    after = workspace.store.review(
        card, Rating.GOOD, ms=1, how="self", scheduler=workspace.scheduler
    )

    assert after.reps == before.reps + 1
    assert after.last_day == date(2026, 11, 20)
    undone = workspace.store.undo()
    assert undone is not None
    assert workspace.store.memory(card) == before
    assert workspace.store.undo() is None  # what came over is not this device's to take back


def test_cards_exported_from_here_come_home(workspace: Workspace) -> None:
    from quizapp.study.card_export.anki_cards import guid_of

    pack = workspace.pack
    card = next(iter(pack.cards.values()))
    whose = anki_past._Ours(workspace)
    there = AnkiCard(guid_of(pack.name, card), 0, suspended=False, flag=0, changed=0)
    reversed_card = next(one for one in pack.cards.values() if one.id.endswith("~back"))
    other = AnkiCard(guid_of(pack.name, reversed_card), 1, suspended=False, flag=0, changed=0)

    assert whose.card(there) == card.id
    assert whose.card(other) == reversed_card.id


# Lines of any kind -------------------------------------------------------------------------

REVLOG = "CREATE TABLE revlog (id integer PRIMARY KEY, cid, ease, ivl, factor, time, type)"
TABLES = """
    CREATE TABLE notes (id integer PRIMARY KEY, guid text);
    CREATE TABLE cards (
        id integer PRIMARY KEY, nid integer, ord integer, queue integer, flags integer, mod integer
    );
"""


def logged(*rows: tuple[Any, ...]) -> bytes:
    """A package with one card and these lines in its log."""
    content = database(
        f"{TABLES}{REVLOG};",
        (
            ("INSERT INTO notes VALUES (1, 'g')", ()),
            ("INSERT INTO cards VALUES (1, 1, 0, 2, 0, 0)", ()),
            *(("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?)", row) for row in rows),
        ),
    )
    return package({"collection.anki2": content, "media": b"{}"})


numbers = st.integers(-(2**63), 2**63 - 1) | st.integers(-2, 6)


@given(
    st.lists(st.tuples(numbers, st.just(1), *[numbers] * 5), max_size=8, unique_by=lambda r: r[0])
)
def test_whatever_stands_in_the_log_gives_events_that_replay(rows: list[tuple[Any, ...]]) -> None:
    from quizapp.store.anki_file import past
    from quizapp.store.event_lines import as_line, read_event, read_mapping
    from quizapp.store.replay import Settings, replay
    from quizapp.study.log_shapes import fault

    _, entries = past(io.BytesIO(logged(*rows)), "deck.apkg")
    writer = anki_past._Writer(_NoWorkspace())  # type: ignore[arg-type]
    made = [event for entry in entries for event in writer.of_entry("c", entry)]

    for event in made:
        assert fault(event) is None
        assert read_event(read_mapping(as_line(event))) == event
    assert len({event.id for event in made}) == len(made)
    replay(made, Settings([]))


class _NoWorkspace:
    class settings:  # noqa: N801
        rollover_hour = 4

    @staticmethod
    def now() -> datetime:
        return NOW


@given(numbers)
def test_a_card_keeps_flag_and_suspension_whatever_its_clock_said(changed: int) -> None:
    writer = anki_past._Writer(_NoWorkspace())  # type: ignore[arg-type]
    card = AnkiCard("g", 0, suspended=True, flag=2, changed=changed)

    made = list(writer.of_state("c", card))

    assert [event.kind for event in made] == ["suspend", "flag"]
    assert made == list(writer.of_state("c", card))


def test_a_value_of_another_kind_is_told(workspace: Workspace) -> None:
    with pytest.raises(AnkiError, match="another type"):
        move_in(workspace, io.BytesIO(logged((1, 1, "x", 0, 0, 0, 0))), "deck.apkg")


def test_a_package_without_a_log_has_no_past(workspace: Workspace) -> None:
    moved = move_in(workspace, io.BytesIO(_plain()), "deck.apkg")

    assert (moved.answers, moved.unknown) == (0, 0)


def _plain() -> bytes:
    content = database(TABLES)
    return package({"collection.anki2": content, "media": b"{}"})


def test_the_study_day_is_that_of_this_place_with_its_summer_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        writer = anki_past._Writer(_NoWorkspace())  # type: ignore[arg-type]
        days = []
        for moment in (datetime(2026, 7, 1, 2, 30), datetime(2026, 1, 1, 2, 30)):  # noqa: DTZ001
            at = int((moment.replace(tzinfo=UTC)).timestamp() * 1000)
            card = AnkiCard("g", 0, suspended=False, flag=0, changed=0)
            (event,) = writer.of_entry("c", AnkiEntry(card, at, 3, 2500, 10, "review"))
            days.append((event.study_day, timedelta(seconds=event.utc_offset)))
    finally:
        monkeypatch.undo()
        time.tzset()

    # 2:30 UTC is 4:30 in the summer, a new day, and 3:30 in the winter, still the old one.
    assert days == [
        ("2026-07-01", timedelta(hours=2)),
        ("2025-12-31", timedelta(hours=1)),
    ]
