"""Looking after the log through the workspace, as the commands do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.core.errors import QuizError
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.scheduling.memory import Rating
from quizapp.scheduling.skills import skill_card
from quizapp.store.errors import StoreDamagedError, StoreExistsError
from quizapp.study import log_care
from quizapp.study.folders import folders
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.packs.model import Pack


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(shipped_pack())


@pytest.fixture
def workspace(tmp_path: Path, pack: Pack) -> Iterator[Workspace]:
    opened = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}), Watch())
    opened.__dict__["pack"] = pack
    for card in ("hop-kind-of-memory", "hop-not-a-card"):
        opened.store.review(card, Rating.GOOD, ms=1, how="self", scheduler=opened.scheduler)
    yield opened
    opened.close()


def test_a_rebuild_says_what_it_changed(workspace: Workspace) -> None:
    assert log_care.rebuild(workspace) == log_care.Rebuilt(events=3, cards=2, changed=0)
    with workspace.store.writing() as connection:
        connection.exec_driver_sql("UPDATE card_state SET reps = 9")
    assert log_care.rebuild(workspace).changed == 2


def test_a_card_that_no_pack_has_is_named(workspace: Workspace) -> None:
    (finding,) = log_care.examine(workspace)
    assert finding.code == "unknown-cards"
    assert "hop-not-a-card" in finding.message
    assert finding.repair is None


def test_exercises_are_no_strange_cards(workspace: Workspace) -> None:
    workspace.store.review(
        skill_card("attention"), Rating.GOOD, ms=1, how="self", scheduler=workspace.scheduler
    )
    (finding,) = log_care.examine(workspace)
    assert "1 card (hop-not-a-card)" in finding.message


def test_wrong_state_is_mended(workspace: Workspace) -> None:
    with workspace.store.writing() as connection:
        connection.exec_driver_sql("UPDATE card_state SET reps = 9")
    found = log_care.examine(workspace)
    assert log_care.mend(workspace, found).rebuilt
    assert [finding.code for finding in log_care.examine(workspace)] == ["unknown-cards"]


def test_a_damaged_file_is_found_and_mended(workspace: Workspace) -> None:
    path = workspace.store.path
    events = workspace.store.events(undone=True)
    workspace.close()
    with path.open("r+b") as file:
        file.write(b"\x00" * 4096)
    with pytest.raises(StoreDamagedError):
        _ = workspace.store
    found = log_care.examine(workspace)
    assert [(finding.code, finding.repair) for finding in found] == [("damaged", "salvage")]
    done = log_care.mend(workspace, found)
    assert done.salvaged is not None
    assert done.salvaged.events == 3
    assert workspace.store.events(undone=True) == events
    assert [finding.code for finding in log_care.examine(workspace)] == ["unknown-cards"]


def test_a_lost_file_comes_back_from_the_newest_backup(workspace: Workspace) -> None:
    log_care.back_up(workspace)
    path = workspace.store.path
    workspace.close()
    path.unlink()
    found = log_care.examine(workspace)
    assert [(finding.code, finding.repair) for finding in found] == [("missing", "salvage")]
    log_care.mend(workspace, found)
    assert len(workspace.store.memories()) == 2


def test_nothing_wrong_is_nothing_done(workspace: Workspace) -> None:
    done = log_care.mend(workspace, log_care.examine(workspace))
    assert done == log_care.Mended(rebuilt=False, salvaged=None)


def test_a_backup_goes_to_its_folder_or_where_one_says(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = log_care.back_up(workspace)
    assert first.parent == tmp_path / "backups"
    named = log_care.back_up(workspace, tmp_path / "mine.db")
    assert named == tmp_path / "mine.db"
    (tmp_path / "stick").mkdir()
    assert log_care.back_up(workspace, tmp_path / "stick").parent == tmp_path / "stick"
    assert [one.path for one in log_care.backups(workspace)] == [first]
    with pytest.raises(StoreExistsError):
        log_care.back_up(workspace, named)
    with pytest.raises(QuizError):
        log_care.back_up(workspace, tmp_path / "no" / "such" / "folder.db")


def test_a_restored_workspace_goes_on_at_once(workspace: Workspace) -> None:
    saved = log_care.back_up(workspace)
    device = workspace.store.device
    workspace.store.flag("hop-kind-of-memory", 3)
    done = log_care.restore(workspace, saved)
    assert (done.events, done.cards) == (3, 2)
    assert done.kept is not None
    assert done.kept.exists()
    assert workspace.store.device != device
    assert workspace.store.states()["hop-kind-of-memory"].flag == 0


def test_the_backup_of_a_start_may_outlive_the_workspace(workspace: Workspace) -> None:
    take = log_care.backup_of_start(workspace)
    workspace.close()
    path = take()
    assert path is not None
    assert path.exists()
    assert "store" not in workspace.__dict__
