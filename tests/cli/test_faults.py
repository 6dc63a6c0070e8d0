"""What a command says when the data cannot be used: one sentence, the place, the way out."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.store.faults.running import ROOT
from tests.store.faults.small_disk import on_small_disk, permitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

ONE = "1\n3\nq\n"


@pytest.fixture
def lived(quizapp: Run, home: Path) -> Path:
    """The data file of somebody who has answered a question and has a backup."""
    assert quizapp("review", "--plain", typed=ONE).status == 0
    assert quizapp("db", "backup").status == 0
    return home / "quizapp.db"


def newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")


def foreign(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA application_id = 5")


def garbage(database: Path) -> None:
    database.write_bytes(b"\xa5" * 9_000)


def emptied(database: Path) -> None:
    database.write_bytes(b"")


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        (newer, "The data was written by a newer quizapp (format 99; this one knows up to"),
        (foreign, "This is a database of another program. Nothing was changed"),
        (garbage, "The data file is damaged and was left untouched. To go on: `quizapp db doctor"),
        (emptied, "The data file is damaged and was left untouched. To go on: `quizapp db doctor"),
        (lambda database: database.unlink(), "The data file is gone, but"),
    ],
)
def test_each_fault_is_one_sentence_and_changes_nothing(
    quizapp: Run, lived: Path, done: Callable[[Path], None], sentence: str
) -> None:
    done(lived)
    before = lived.read_bytes() if lived.exists() else None
    for command in (["today"], ["review", "--plain"], ["db", "backup"], ["export", "-"]):
        got = quizapp(*command, typed=ONE)
        assert got.status == 2
        assert got.out == ""
        assert got.err.startswith(f"quizapp: {lived}: {sentence}")
        assert got.err.count("\n") == 1
        assert "Traceback" not in got.err
    assert (lived.read_bytes() if lived.exists() else None) == before


@pytest.mark.parametrize("done", [garbage, emptied, lambda database: database.unlink()])
def test_the_way_out_that_is_named_leads_out(
    quizapp: Run, lived: Path, done: Callable[[Path], None]
) -> None:
    before = quizapp("export", "-").out
    done(lived)
    assert quizapp("today").status == 2
    assert quizapp("db", "doctor", "--repair").status == 0
    assert quizapp("today").status == 0
    ids = [line for line in before.splitlines() if '"id"' in line]
    assert [line for line in quizapp("export", "-").out.splitlines() if '"id"' in line] == ids


def test_a_lock_is_said(quizapp: Run, lived: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.store.engine.BUSY_MS", 50)
    with closing(sqlite3.connect(lived, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        got = quizapp("review", "--plain", typed=ONE)
        other.execute("ROLLBACK")
    assert got.status == 2
    assert "Another program keeps the data locked, so this was not saved." in got.err
    assert quizapp("review", "--plain", typed=ONE).status == 0


@pytest.mark.skipif(not permitted(), reason="no disks of our own here")
def test_a_full_disk_is_said(lived: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    names = [shutil.which("sh") or "sh", "-c"]
    script = (
        'cp -r "$2"/. "$1" && dd if=/dev/zero of="$1/ballast" bs=1k 2>/dev/null; '
        'printf "1\\n3\\n1\\n3\\n" | QUIZAPP_HOME="$1" "$0" -m quizapp review --plain'
    )
    command = [*names, script, sys.executable, str(disk), str(lived.parent)]
    done = subprocess.run(
        on_small_disk(disk, 64_000, *command),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert f"{disk / 'quizapp.db'}: The disk is full, so this was not saved;" in done.stderr
    assert "Traceback" not in done.stderr
