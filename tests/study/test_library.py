"""The packs in use, and what happens when their files change under the running program."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family_ids
from quizapp.packs import strict_yaml
from quizapp.packs.errors import PackError
from quizapp.packs.shipped import example_pack
from quizapp.study import shelf
from quizapp.study.authoring import new_pack
from quizapp.study.folders import folders
from quizapp.study.library import Library
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.packs.document import Document


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Return a pack of one's own."""
    new_pack(tmp_path / "deck", example_pack())
    return tmp_path / "deck"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(folders({"QUIZAPP_HOME": str(tmp_path / "home")}))


def library(*roots: Path) -> Library:
    return Library(roots, cache=None, families=frozenset(family_ids()))


def cards_file(deck: Path) -> Path:
    return deck / "cards" / "gradient-descent.yaml"


def write(path: Path, text: str) -> None:
    """Write a file so that its time differs, however coarse the clock of the disk is."""
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 1_000_000_000, before + 1_000_000_000))


def test_nothing_has_changed_at_first(deck: Path) -> None:
    shelf_ = library(deck)
    shelf_.load()

    assert not shelf_.changed()


def test_a_changed_card_is_taken_up(deck: Path) -> None:
    shelf_ = library(deck)
    before = shelf_.load()
    file = cards_file(deck)
    write(file, file.read_text(encoding="utf-8").replace("The learning rate.", "The step size."))

    assert shelf_.changed()
    after = shelf_.take_up().pack
    assert after is not None
    assert after.cards["gd-name"].data["answer"] == "The step size."
    assert after.cards["gd-rule"] == before.cards["gd-rule"]
    assert not shelf_.changed()


def test_a_file_with_a_new_fault_leaves_the_content_as_it_was(deck: Path) -> None:
    shelf_ = library(deck)
    shelf_.load()
    file = cards_file(deck)
    good = file.read_text(encoding="utf-8")
    write(file, good.replace("type: basic", "type: bassic"))
    change = shelf_.take_up()

    assert change.pack is None
    assert "bassic" in str(change.fault)
    assert not shelf_.changed()
    write(file, good)
    assert shelf_.take_up().pack is not None


def test_a_pack_whose_folder_has_gone_leaves_the_content_as_it_was(deck: Path) -> None:
    shelf_ = library(deck)
    shelf_.load()
    shutil.rmtree(deck)

    assert shelf_.changed()
    assert shelf_.take_up().pack is None


def test_new_and_deleted_files_are_seen(deck: Path) -> None:
    shelf_ = library(deck)
    shelf_.load()
    extra = deck / "cards" / "more.yaml"
    extra.write_text("topic: more\ncards: []\n", encoding="utf-8")
    assert shelf_.changed()
    shelf_.take_up()
    extra.unlink()
    assert shelf_.changed()


def test_only_changed_files_are_read_anew(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf_ = library(deck)
    shelf_.load()
    read: list[str] = []
    parse = strict_yaml.parse

    def counted(source: bytes, file: str) -> Document:
        read.append(file)
        return parse(source, file)

    monkeypatch.setattr(strict_yaml, "parse", counted)
    head = deck / "pack.yaml"
    write(head, head.read_text(encoding="utf-8").replace("small", "tiny"))
    shelf_.take_up()

    assert read == ["pack.yaml"]


def test_a_reading_from_memory_is_the_same_as_a_fresh_one(deck: Path) -> None:
    file = cards_file(deck)
    write(file, file.read_text(encoding="utf-8").replace("[sgd-batch-size]", "[gone]"))
    shelf_ = library(deck)
    first = shelf_.load()
    head = deck / "pack.yaml"
    write(head, head.read_text(encoding="utf-8").replace("small", "tiny"))
    again, fresh = shelf_.take_up().pack, library(deck).load()

    assert again == fresh
    assert again is not None
    assert again.faults == first.faults
    assert any("gone" in str(fault) for fault in again.faults)


# Which packs are in use


def test_an_added_pack_is_part_of_the_content(workspace: Workspace, deck: Path) -> None:
    shelf.add(workspace, deck)

    assert "deck:afternoon" in workspace.pack.courses
    assert "deck:gd-rule" in workspace.pack.cards
    assert [pack.name for pack in shelf.in_use(workspace)] == ["neural-networks", "deck"]


def test_a_pack_added_twice_is_there_once(workspace: Workspace, deck: Path) -> None:
    shelf.add(workspace, deck)
    shelf.add(workspace, deck)

    assert workspace.settings.packs == (str(deck),)


def test_a_removed_pack_is_gone_and_its_files_stay(workspace: Workspace, deck: Path) -> None:
    shelf.add(workspace, deck)
    shelf.remove(workspace, deck)

    assert workspace.settings.packs == ()
    assert cards_file(deck).exists()
    with pytest.raises(QuizError, match="not in use"):
        shelf.remove(workspace, deck)


def test_a_second_pack_of_the_same_name_is_refused(
    workspace: Workspace, deck: Path, tmp_path: Path
) -> None:
    shelf.add(workspace, deck)
    shutil.copytree(deck, tmp_path / "copy")

    with pytest.raises(QuizError, match="named 'deck' is in use already"):
        shelf.add(workspace, tmp_path / "copy")


def test_what_is_no_pack_is_not_added(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(PackError):
        shelf.add(workspace, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(QuizError, match="nothing in this pack can be used"):
        shelf.add(workspace, tmp_path / "empty")
    assert workspace.settings.packs == ()


def test_a_pack_that_has_gone_is_told_and_the_rest_works(workspace: Workspace, deck: Path) -> None:
    shelf.add(workspace, deck)
    shutil.rmtree(deck)

    assert "hub" in workspace.pack.courses
    assert any("there is no pack here" in str(fault) for fault in workspace.pack.faults)


def test_a_pack_that_may_not_be_looked_into_is_told_and_the_rest_works(
    workspace: Workspace, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.add(workspace, deck)
    looked = type(deck).stat

    def stat(path: Path, **options: bool) -> os.stat_result:
        if path.is_relative_to(deck):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return looked(path, **options)

    monkeypatch.setattr(type(deck), "stat", stat)
    assert "hub" in workspace.pack.courses
    assert any("the pack cannot be read" in str(fault) for fault in workspace.pack.faults)
    assert not workspace.library.changed()
