"""Searching, reading and editing cards."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.packs.shipped import example_pack
from quizapp.study import shelf
from quizapp.study.authoring import new_pack
from quizapp.tui.screens.browse import BrowseScreen
from quizapp.tui.screens.card import page
from quizapp.tui.widgets.prose import Page
from tests.tui.acting import Watch, compare, one_line, running, until, workspace_at, write

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.study.workspace import Workspace


async def test_the_cards_stand_in_a_list(small: Workspace) -> None:
    async with running(small, "browse") as pilot:
        compare(pilot.app, "browse")


async def test_a_wide_terminal_shows_the_marked_card_beside_the_list(small: Workspace) -> None:
    async with running(small, "browse", size=(120, 24)) as pilot:
        await pilot.press("down")
        await pilot.pause()
        compare(pilot.app, "browse-wide")


async def test_words_narrow_the_list_and_escape_widens_it(small: Workspace) -> None:
    async with running(small, "browse") as pilot:
        await pilot.press("slash")
        await write(pilot, "mirror minima", "enter")
        assert "1 card " in one_line(pilot.app)
        assert "Which are minima of the energy?" in one_line(pilot.app)
        await pilot.press("escape")
        assert "4 cards" in one_line(pilot.app)


async def test_a_search_without_a_find_says_so(small: Workspace) -> None:
    async with running(small, "browse") as pilot:
        await pilot.press("slash")
        await write(pilot, "nothing of this")
        assert "No card has all of this; Esc shows all again." in one_line(pilot.app)


async def test_a_topic_and_a_type_narrow_the_list(small: Workspace) -> None:
    async with running(small, "browse") as pilot:
        await pilot.press("y", "down", "down", "enter")
        assert "2 cards" in one_line(pilot.app)
        assert "all topics · choice" in one_line(pilot.app)
        await pilot.press("t", "down", "enter")
        assert "Hopfield · choice" in one_line(pilot.app)


async def test_a_card_is_read_with_its_answer_and_n_leads_on(small: Workspace) -> None:
    async with running(small, "browse", size=(80, 32)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        compare(pilot.app, "card")
        await pilot.press("n")
        assert "13.8" in one_line(pilot.app)
        assert "2 of 4" in one_line(pilot.app)
        await pilot.press("i")
        assert "new, never answered" in one_line(pilot.app)
        await pilot.press("escape", "d")
        await pilot.pause()
        assert "Who is right" in one_line(pilot.app)


async def test_reading_schedules_nothing(small: Workspace) -> None:
    async with running(small, "browse") as pilot:
        await pilot.press("enter", "n", "n", "escape")
    assert small.store.events() == []


@pytest.fixture
def deck(tmp_path: Path, watch: Watch) -> Workspace:
    """A workspace with a pack of one's own, read from its files."""
    new_pack(tmp_path / "deck", example_pack())
    opened = workspace_at(tmp_path / "home", watch)
    shelf.add(opened, tmp_path / "deck")
    opened.change(course="deck:afternoon")
    return opened


def replace_in(tmp_path: Path, old: str, new: str) -> None:
    """Change the cards of the deck."""
    file = tmp_path / "deck" / "cards" / "gradient-descent.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new) + "\n", encoding="utf-8")


async def test_a_changed_file_is_taken_up_while_the_app_runs(
    deck: Workspace, tmp_path: Path
) -> None:
    async with running(deck, "browse") as pilot:
        assert "Write down one step" in one_line(pilot.app)
        replace_in(tmp_path, "Write down one step", "Give a single step")
        await until(pilot, lambda: "Give a single step" in one_line(pilot.app))
        await until(pilot, lambda: "The changed cards are taken up." in one_line(pilot.app))
    deck.close()


async def test_a_fault_in_a_changed_file_is_told_and_the_cards_stay(
    deck: Workspace, tmp_path: Path
) -> None:
    async with running(deck, "browse") as pilot:
        replace_in(tmp_path, "type: basic", "type: bassic")
        await until(pilot, lambda: "A changed file is not taken up" in one_line(pilot.app))
        assert "Write down one step" in one_line(pilot.app)
    deck.close()


async def test_progress_stays_with_a_changed_card(deck: Workspace, tmp_path: Path) -> None:
    async with running(deck, "review") as pilot:
        await pilot.press("space", "3")
        await pilot.press("escape")
        known = deck.store.memories()
        replace_in(tmp_path, "Write down one step", "Give a single step")
        await until(pilot, lambda: "taken up" in one_line(pilot.app))
        assert deck.store.memories() == known != {}
    deck.close()


async def test_e_opens_the_editor_at_the_card(
    deck: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def run(line: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        started.append(line)
        return subprocess.CompletedProcess(line, 0)

    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "vim")
    monkeypatch.setattr(subprocess, "run", run)
    async with running(deck, "browse") as pilot:
        monkeypatch.setattr(type(pilot.app), "suspend", lambda _: nullcontext())
        await pilot.press("e")
        await pilot.pause()
    file = tmp_path / "deck" / "cards" / "gradient-descent.yaml"
    line = 1 + file.read_text(encoding="utf-8").splitlines().index("  - id: gd-rule")
    assert started == [["vim", f"+{line}", str(file)]]
    deck.close()


async def test_a_terminal_without_room_for_an_editor_is_told_where_the_card_is(
    deck: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "vim")
    async with running(deck, "browse") as pilot:
        await pilot.press("e")  # no terminal at all here
        await pilot.pause()
        assert "This terminal cannot make room for an editor" in one_line(pilot.app)
    deck.close()


def test_every_shipped_card_fits_a_narrow_screen(workspace: Workspace) -> None:
    for card in workspace.pack.cards.values():
        content, height = Page(list(page(workspace, card)), raw=False).at(56)
        assert max(line.cell_length for line in content.split("\n")) <= 56, card.id
        assert height > 3


def without(tmp_path: Path, name: str) -> None:
    """Delete a card of the deck."""
    file = tmp_path / "deck" / "cards" / "gradient-descent.yaml"
    head, *cards = file.read_text(encoding="utf-8").split("  - id: ")
    kept = [card for card in cards if not card.startswith(f"{name}\n")]
    assert len(kept) < len(cards)
    file.write_text("  - id: ".join([head, *kept]), encoding="utf-8")


async def taken_up(pilot: Any) -> None:
    await until(pilot, lambda: "The changed cards are taken up." in one_line(pilot.app))


async def test_a_card_that_is_gone_is_left_when_the_keys_above_it_are(
    deck: Workspace, tmp_path: Path
) -> None:
    async with running(deck, "browse") as pilot:
        await pilot.press("enter", "question_mark")
        without(tmp_path, "gd-rule")
        await taken_up(pilot)
        assert "Keys" in one_line(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, BrowseScreen)
    deck.close()


async def test_n_passes_over_a_card_that_is_gone(deck: Workspace, tmp_path: Path) -> None:
    async with running(deck, "browse") as pilot:
        await pilot.press("enter")
        assert "1 of 10" in one_line(pilot.app)
        without(tmp_path, "gd-name")
        await taken_up(pilot)
        assert "1 of 8" in one_line(pilot.app)
        await pilot.press("n")
        assert "A weight is 2" in one_line(pilot.app)
    deck.close()


async def test_a_file_saved_as_it_was_is_no_news(deck: Workspace, tmp_path: Path) -> None:
    async with running(deck, "browse") as pilot:
        taken = deck.pack
        replace_in(tmp_path, "Write down one step", "Write down one step")
        await until(pilot, lambda: deck.pack is not taken)
        await pilot.pause()
        assert "taken up" not in one_line(pilot.app)
    deck.close()


async def test_all_courses_are_counted_as_they_would_be_shown(deck: Workspace) -> None:
    async with running(deck, "browse") as pilot:
        await pilot.press("slash")
        await write(pilot, "deck:gd-name", "enter")
        await pilot.press("c")
        await pilot.pause()
        assert "All courses 2 " in one_line(pilot.app)
    deck.close()


async def test_a_card_whose_file_is_gone_cannot_be_edited(deck: Workspace, tmp_path: Path) -> None:
    async with running(deck, "browse") as pilot:
        shutil.rmtree(tmp_path / "deck")
        await pilot.press("e")
        await pilot.pause()
        assert "This file is no longer there." in one_line(pilot.app)
    deck.close()
