"""The commands that look after the log: db, sync, export, import."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome, Run

ONE = "1\n3\nq\n"
"""A choice made and rated, then no more."""
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def lived(quizapp: Run, home: Path) -> Path:
    """The data file of somebody who has answered a question."""
    assert quizapp("review", "--plain", typed=ONE).status == 0
    return home / "quizapp.db"


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, quizapp: Run, tmp_path: Path) -> Run:
    """Run a command on another computer."""

    def run(*arguments: str, typed: str | bytes = "") -> Outcome:
        with monkeypatch.context() as patch:
            patch.setenv("QUIZAPP_HOME", str(tmp_path / "elsewhere"))
            return quizapp(*arguments, typed=typed)

    return run


def answers(quizapp: Run) -> list[str]:
    """The ids of all entries."""
    lines = [json.loads(line) for line in quizapp("export", "-").out.splitlines()]
    return [line["id"] for line in lines if "id" in line]


def test_data_in_order_are_said_to_be(quizapp: Run, lived: Path) -> None:
    got = quizapp("db", "doctor")
    assert (got.status, got.err) == (0, "")
    assert got.out == "✓ The data are in order.\n"
    assert quizapp("db", "doctor", "--json").json == {
        "healthy": True, "findings": [], "left": [], "rebuilt": False, "salvaged": None,
    }  # fmt: skip


def test_wrong_state_is_told_then_mended(quizapp: Run, lived: Path) -> None:
    with closing(sqlite3.connect(lived)) as connection:
        connection.execute("UPDATE card_state SET reps = 77")
        connection.commit()
    told = quizapp("db", "doctor")
    assert told.status == 1
    assert told.out.startswith("✗ The state of")
    assert "--repair" in told.out
    facts = quizapp("db", "doctor", "--json")
    assert facts.status == 1
    assert [one["repair"] for one in facts.json["findings"]] == ["rebuild"]
    mended = quizapp("db", "doctor", "--repair")
    assert mended.status == 0
    assert "derived anew" in mended.out
    assert "✓ The data are in order." in mended.out
    assert quizapp("db", "doctor").status == 0


def test_a_damaged_file_is_saved_and_kept(quizapp: Run, lived: Path) -> None:
    before = answers(quizapp)
    with lived.open("r+b") as file:
        file.write(b"\x00" * 2_000)
    today = quizapp("today")
    assert today.status == 2
    assert "`quizapp db doctor --repair`" in today.err
    assert quizapp("db", "doctor").status == 1
    done = quizapp("db", "doctor", "--repair", "--json")
    assert done.status == 0
    kept = Path(done.json["salvaged"]["kept"])
    assert kept.read_bytes()[:2_000] == b"\x00" * 2_000
    assert done.json["salvaged"]["events"] == len(before)
    assert answers(quizapp) == before


def test_a_rebuild_says_from_what(quizapp: Run, lived: Path) -> None:
    facts = quizapp("db", "rebuild", "--json").json
    assert facts["events"] == len(answers(quizapp))
    assert facts["changed"] == 0
    assert "derived anew" in quizapp("db", "rebuild").out


def test_a_backup_comes_back(quizapp: Run, lived: Path, tmp_path: Path) -> None:
    saved = quizapp("db", "backup", str(tmp_path / "b.db"), "--json").json
    assert saved["bytes"] > 0
    before = answers(quizapp)
    quizapp("review", "--plain", typed=ONE)
    assert answers(quizapp) != before
    got = quizapp("db", "restore", str(tmp_path / "b.db"))
    assert got.status == 0
    assert "kept as" in got.out
    assert answers(quizapp) == before
    again = quizapp("db", "backup", str(tmp_path / "b.db"))
    assert again.status == 2
    assert "not overwritten" in again.err


def test_backups_are_listed(quizapp: Run, lived: Path, home: Path) -> None:
    assert "no backup yet" in quizapp("db", "restore").out
    assert "backups" in quizapp("db", "backup").out
    (one,) = quizapp("db", "restore", "--json").json
    assert Path(one["file"]).parent == home / "backups"
    assert one["file"] in quizapp("db", "restore").out


def test_a_start_takes_a_backup(quizapp: Run, lived: Path) -> None:
    assert quizapp("db", "restore", "--json").json == []
    quizapp("review", "--plain", typed="q\n")
    (one,) = quizapp("db", "restore", "--json").json
    assert "quizapp-auto-" in one["file"]


def test_two_computers_exchange_what_they_have(
    quizapp: Run, elsewhere: Run, lived: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    got = quizapp("sync", str(folder))
    assert (got.status, got.err) == (0, "")
    assert "no other computer yet" in got.out
    elsewhere("review", "--plain", typed=ONE)
    facts = elsewhere("sync", str(folder), "--json").json
    assert facts["received"] == len(answers(quizapp))
    assert (facts["devices"], facts["left"], facts["warning"]) == (1, [], None)
    assert "1 other computer in" in quizapp("sync", str(folder)).out
    assert answers(quizapp) == answers(elsewhere)


def test_a_file_that_is_not_whole_is_left_with_a_sentence(
    quizapp: Run, elsewhere: Run, lived: Path, tmp_path: Path
) -> None:
    quizapp("sync", str(tmp_path))
    (file,) = tmp_path.glob("quizapp-log/*/*.jsonl")
    file.write_bytes(file.read_bytes()[:-20])
    got = elsewhere("sync", str(tmp_path))
    assert got.status == 0
    assert got.err.startswith(f"left: {file}")
    assert got.err.count("\n") == 1
    (left,) = elsewhere("sync", str(tmp_path), "--json").json["left"]
    assert left["code"] == "sync-file"
    assert quizapp("sync", str(tmp_path), "--anew").status == 0
    assert elsewhere("sync", str(tmp_path), "--json").json["left"] == []
    assert answers(quizapp) == answers(elsewhere)


def test_a_folder_that_is_not_there_is_one_sentence(quizapp: Run, tmp_path: Path) -> None:
    got = quizapp("sync", str(tmp_path / "stick"))
    assert got.status == 2
    assert "plug in or mount" in got.err


def test_a_log_goes_through_a_file_and_through_a_pipe(
    quizapp: Run, elsewhere: Run, lived: Path, tmp_path: Path
) -> None:
    file = tmp_path / "log.jsonl"
    count = quizapp("export", str(file), "--json").json["events"]
    assert quizapp("export", str(file)).status == 2
    assert quizapp("export", str(file), "--replace").status == 0
    assert elsewhere("import", str(file), "--json").json == {
        "new": count, "known": 0, "sealed": True,
    }  # fmt: skip
    piped = elsewhere("import", "-", typed=quizapp("export", "-").out)
    assert piped.out == f"0 new entries; {count} were known already.\n"
    assert answers(quizapp) == answers(elsewhere)


def test_an_import_without_its_end_says_so(quizapp: Run, elsewhere: Run, lived: Path) -> None:
    lines = quizapp("export", "-").out.splitlines(keepends=True)
    got = elsewhere("import", "-", typed="".join(lines[:-1]))
    assert got.status == 0
    assert "The last line is missing" in got.err


@pytest.mark.parametrize("line", ["{", "null", '{"id": 1}', "\x1b[31m", "[" * 10_000, "\ud800"])
def test_a_bad_line_is_named_and_nothing_comes_in(
    quizapp: Run, elsewhere: Run, lived: Path, line: str
) -> None:
    lines = quizapp("export", "-").out.splitlines()
    lines[2:] = [line]
    got = elsewhere("import", "-", typed="\n".join(lines).encode("utf-8", "surrogatepass"))
    assert got.status == 2
    assert got.err.startswith("quizapp: standard input:3: ")
    assert got.err[:-1].isprintable()
    assert answers(elsewhere) == []


def test_a_file_that_is_no_log_is_told(quizapp: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"family": "attention"}\n')
    got = quizapp("import", str(file))
    assert got.status == 2
    assert "this is no log" in got.err
    assert quizapp("import", str(tmp_path)).status == 2
    assert quizapp("import", str(tmp_path / "none")).status == 2


@pytest.mark.parametrize("action", ["doctor", "rebuild", "backup", "restore"])
def test_every_action_has_json_and_help(quizapp: Run, action: str) -> None:
    got = quizapp("db", action, "--help")
    assert got.status == 0
    assert "--json" in got.out


PROGRAM = """
import sys
from quizapp.__main__ import main
for _ in range(6):
    if main(["sync", sys.argv[1]]) != 0:
        sys.exit(1)
"""


def test_programs_that_sync_at_once_come_to_the_same(
    quizapp: Run, elsewhere: Run, lived: Path, tmp_path: Path, home: Path
) -> None:
    """Two windows on this computer and one on another, as separate programs."""
    folder = tmp_path / "shared"
    folder.mkdir()
    elsewhere("review", "--plain", typed=ONE)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder)],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "QUIZAPP_HOME": str(place), "PYTHONPATH": str(ROOT)},
        )
        for place in (home, home, tmp_path / "elsewhere")
    ]
    assert [program.wait() for program in programs] == [0, 0, 0]
    for run in (quizapp, elsewhere, quizapp):
        assert run("sync", str(folder), "--json").json["left"] == []
    assert answers(quizapp) == answers(elsewhere)
    assert quizapp("db", "doctor").status == elsewhere("db", "doctor").status == 0
